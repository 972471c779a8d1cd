import type { MappingRecord } from '../index.ts';
import { createFakeHalo, type FakeHalo } from '../testing/index.ts';
import { createMemoryStore } from '../workflow/index.ts';
import type { DemoAction } from './api-types.ts';
import type { ConsoleInstance, ConsoleOptions } from './console-options.ts';
import { ConsoleProblem } from './console-problem.ts';

/** The lists that a demo shows. */
export interface DemoLists {
  readonly organizations: readonly MappingRecord[];
  /** Their ids are used as Halo's. */
  readonly customers: readonly MappingRecord[];
}

/** The second instance is there to show that each has a mapping of its own; a short list does. */
const SECOND_INSTANCE_ROWS = 60;

/** Returns the instances of a demo: two embedded Halos that answer in this process, without any network. */
export function demoConsole({
  organizations,
  customers,
}: DemoLists): Pick<ConsoleOptions, 'instances' | 'demo'> {
  const uk = embeddedHalo('uk', customers);
  const us = embeddedHalo('us', customers.slice(0, SECOND_INSTANCE_ROWS));
  const fakes = new Map([
    ['uk', uk],
    ['us', us],
  ]);
  return {
    instances: [
      demoInstance('uk', uk, organizations),
      demoInstance('us', us, organizations.slice(0, SECOND_INSTANCE_ROWS)),
    ],
    demo: {
      credentials: Object.fromEntries([...fakes].map(([name, { config }]) => [name, credentialsOf(config)])),
      change(instance, action) {
        const fake = fakes.get(instance);
        if (fake === undefined)
          throw new ConsoleProblem(404, 'NO_SUCH_INSTANCE', `There is no instance ${instance}.`);
        changeHalo(fake, action);
      },
    },
  };
}

type CloudHalo = ReturnType<typeof embeddedHalo>;

function embeddedHalo(name: string, customers: readonly MappingRecord[]) {
  return createFakeHalo({
    clients: customers.map(({ id, name: customer, inactive = false }) => ({
      id: Number(id),
      name: customer,
      inactive,
    })),
    teams: [{ id: 1, name: 'First Line' }],
    agents: [
      { id: 2, name: 'API Agent', isapiagent: true, teams: [{ team_id: 1 }] },
      { id: 3, name: 'Sam Carter', teams: [{ team_id: 1 }] },
    ],
    // Names under .example belong to nobody.
    resourceServer: `https://${name}.halopsa.example`,
    tenantId: name,
  });
}

function demoInstance(
  name: string,
  fake: CloudHalo,
  organizations: readonly MappingRecord[],
): ConsoleInstance {
  return {
    name,
    settings: credentialsOf(fake.config),
    organizations: () => organizations,
    store: createMemoryStore(),
    fetch: fake.fetch,
  };
}

function credentialsOf({ resourceServer, tenantId, clientId, clientSecret }: CloudHalo['config']) {
  return { resourceServer, tenantId, clientId, clientSecret, authServer: `${resourceServer}/auth` };
}

function changeHalo({ tables }: FakeHalo, action: DemoAction): void {
  const id = Number(action.customerId);
  if (tables.clients.get(id) === undefined)
    throw new ConsoleProblem(404, 'NO_SUCH_CUSTOMER', `There is no customer ${action.customerId}.`);
  if (action.kind === 'rename') tables.clients.set(id, { name: action.name });
  else if (action.kind === 'deactivate') tables.clients.set(id, { inactive: true });
  else tables.clients.delete(id);
}
