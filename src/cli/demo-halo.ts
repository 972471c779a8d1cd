import type { HaloConfig } from '../index.ts';
import { createFakeHalo, type FakeHalo } from '../testing/index.ts';
import { exampleFile } from './demo/example-file.ts';
import { readCustomers } from './input/lists.ts';

const TEAMS = ['First Line', 'Second Line', 'Projects'];
const AGENTS = ['Kim Okafor', 'Jo Lindqvist', 'Sam Petrov', 'Alex Marsh'];

/** Returns the embedded Halo of `--demo`, which holds the example customers. */
export function createDemoHalo(): FakeHalo {
  const { records } = readCustomers(exampleFile('customers.csv'));
  return createFakeHalo({
    tenantId: 'demo',
    resourceServer: 'https://demo.halopsa.example',
    clients: records.map(({ id, name, inactive = false }) => ({ id: Number(id), name, inactive })),
    teams: TEAMS.map((name, index) => ({ id: index + 1, name })),
    agents: AGENTS.map((name, index) => ({
      id: index + 2,
      name,
      email: `${name.toLowerCase().replace(' ', '.')}@demo.example`,
      teams: [{ team_id: (index % TEAMS.length) + 1 }],
    })),
  });
}

/** Returns settings that lead to an embedded Halo. */
export function demoConfig(halo: FakeHalo): HaloConfig {
  return { ...halo.config, fetch: (url, init) => halo.fetch(url, init) };
}
