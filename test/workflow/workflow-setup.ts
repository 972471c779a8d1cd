import { createHaloClient, type HaloClient } from '../../src/halo-client.ts';
import type { MappingRecord } from '../../src/mapping/types.ts';
import { createFakeHalo, type FakeHalo, type FakeHaloOptions } from '../../src/testing/index.ts';
import { createMappingWorkflow } from '../../src/workflow/mapping-workflow.ts';
import type { MappingWorkflow } from '../../src/workflow/mapping-workflow-types.ts';
import { createMemoryStore } from '../../src/workflow/memory-store.ts';
import type { MappingDocument, MappingStore } from '../../src/workflow/types.ts';
import type { MappingWorkflowOptions } from '../../src/workflow/workflow-types.ts';

export interface WorkflowSetup {
  readonly fake: FakeHalo;
  readonly halo: HaloClient;
  readonly store: MappingStore;
  /** What the callback returns; change it between refreshes. */
  organizations: MappingRecord[];
  readonly workflow: MappingWorkflow<MappingRecord>;
  /** Another workflow over the same Halo and store, as another process has it. */
  another(options?: Partial<MappingWorkflowOptions<MappingRecord>>): MappingWorkflow<MappingRecord>;
  saved(): Promise<MappingDocument | null>;
  /** Paths of requests to the API since the last call, without tokens. */
  requests(): string[];
}

export const CLIENTS = [
  { id: 10, name: 'Contoso Ltd' },
  { id: 11, name: 'Fabrikam Brewing plc' },
  { id: 12, name: 'Northwind Traders' },
  { id: 13, name: 'Tailspin Toys' },
];
export const ORGANIZATIONS: MappingRecord[] = [
  { id: 'c', name: 'Contoso Limited' },
  { id: 'f', name: 'Fabrikam Brewing' },
  { id: 'n', name: 'Northwind Traders' },
  { id: 'u', name: 'Unheard Of Ventures' },
];

/** Twelve hours from here on are a working day; each look at the clock is a minute later. */
const START_MS = Date.UTC(2026, 10, 23, 9);

export function setUpWorkflow(
  fakeOptions: FakeHaloOptions = {},
  options: Partial<MappingWorkflowOptions<MappingRecord>> = {},
): WorkflowSetup {
  const fake = createFakeHalo({ clients: CLIENTS, ...fakeOptions });
  const halo = createHaloClient({ ...fake.config, fetch: fake.fetch, maxRetries: 0 } as never);
  const store = options.store ?? createMemoryStore();
  let minute = 0;
  let told = 0;
  const another: WorkflowSetup['another'] = (changes = {}) =>
    createMappingWorkflow({
      halo,
      organizations: async () => setup.organizations,
      store,
      now: () => new Date(START_MS + 60_000 * minute++),
      by: 'kim',
      ...options,
      ...changes,
    });
  const setup: WorkflowSetup = {
    fake,
    halo,
    store,
    organizations: structuredClone(ORGANIZATIONS),
    get workflow() {
      return workflow;
    },
    another,
    saved: () => store.load(),
    requests() {
      const paths = fake.requests
        .slice(told)
        .filter(({ area }) => area === 'api')
        .map(({ method, path }) => `${method} ${path.replace('/api', '')}`);
      told = fake.requests.length;
      return paths;
    },
  };
  const workflow = another();
  return setup;
}

/** Maps c -> 10, f -> 11, n -> 12 and saves. */
export async function setUpSaved(
  fakeOptions: FakeHaloOptions = {},
  options: Partial<MappingWorkflowOptions<MappingRecord>> = {},
): Promise<WorkflowSetup> {
  const setup = setUpWorkflow(fakeOptions, options);
  await setup.workflow.refresh();
  for (const [organization, customer] of [
    ['c', 10],
    ['f', 11],
    ['n', 12],
  ] as const)
    setup.workflow.map(organization, customer);
  await setup.workflow.save();
  setup.requests();
  return setup;
}
