import type { MappingDocument, MappingStore } from '../workflow/types.ts';

/** The two functions of a test runner that `testMappingStore` calls; those of vitest, jest and `node:test` fit. */
export interface MappingStoreTestRunner {
  /** Opens a group of tests. */
  describe(title: string, body: () => void): unknown;
  /** Registers one test, which passes when its body resolves. */
  it(title: string, body: () => Promise<void>): unknown;
}

/** One promise of a mapping store, to run under any runner: it passes when `run` resolves. */
export interface MappingStoreCase {
  readonly title: string;
  /** Tries a new store; rejects when the store breaks the promise. */
  run(): Promise<void>;
}

/** How the contract test gets the stores it tries. */
export interface MappingStoreTestOptions {
  /** Title of the group of tests. @default 'a mapping store' */
  title?: string | undefined;
  /**
   * Opens the storage of a store a second time, as another process would. Without it, cases about two writers use
   * one store object.
   */
  reopen?: ((store: MappingStore) => MappingStore | Promise<MappingStore>) | undefined;
  /** `instanceId` of the documents saved. @default 'contract-test.example' */
  instanceId?: string | undefined;
}

/**
 * Registers the tests that every `MappingStore` must pass with a test runner.
 *
 * @param createStore returns an empty store; called once per test, so each call needs fresh storage
 * @param runner `describe` and `it` of the runner
 * @param options title, a second opening of the same storage, and the Halo instance of the documents
 * @example
 * ```ts
 * import { describe, it } from 'node:test';
 * import { testMappingStore } from 'halo-psa/testing';
 * import { createMemoryStore } from 'halo-psa/workflow';
 *
 * testMappingStore(() => createMemoryStore(), { describe, it });
 * ```
 */
export function testMappingStore(
  createStore: () => MappingStore | Promise<MappingStore>,
  runner: MappingStoreTestRunner,
  options: MappingStoreTestOptions = {},
): void {
  runner.describe(options.title ?? 'a mapping store', () => {
    for (const { title, run } of mappingStoreCases(createStore, options)) runner.it(title, run);
  });
}

/**
 * Returns the tests of `testMappingStore` as a list, for a runner that has no `describe` and `it`.
 *
 * @param createStore returns an empty store; called once per case, so each call needs fresh storage
 * @param options a second opening of the same storage, and the Halo instance of the documents
 * @example
 * ```ts
 * import { mappingStoreCases } from 'halo-psa/testing';
 * import { createMemoryStore } from 'halo-psa/workflow';
 *
 * for (const { title, run } of mappingStoreCases(() => createMemoryStore())) {
 *   await run();
 *   console.log('ok', title);
 * }
 * ```
 */
export function mappingStoreCases(
  createStore: () => MappingStore | Promise<MappingStore>,
  { reopen = (store) => store, instanceId = 'contract-test.example' }: MappingStoreTestOptions = {},
): MappingStoreCase[] {
  return Object.entries(CASES).map(([title, check]) => ({
    title,
    async run() {
      const store = await createStore();
      await check({
        store,
        other: await reopen(store),
        at: (revision, names) => documentAt(instanceId, revision, names),
      });
    },
  }));
}

interface Bench {
  readonly store: MappingStore;
  /** The same storage, opened again. */
  readonly other: MappingStore;
  /** A document of a revision, with one entry per name. */
  at(revision: number, names?: readonly string[]): MappingDocument;
}

/** So many writers make a missing check fail nearly always, and a database with a small pool still serves them. */
const RIVALS = 8;

const CASES: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  async 'gives null before the first save'({ store }) {
    equal(await store.load(), null, 'load() of an empty store');
  },

  async 'gives back what was saved, with ids of their own type and absent keys absent'({ store, other, at }) {
    const document = fullDocument(at(1));
    await store.save(document, null);
    const loaded = await other.load();
    equal(loaded, document, 'load() after save()');
    equal(
      Object.keys(loaded?.entries[1] ?? {}).sort(),
      ['organizationId', 'organizationName', 'rejected'],
      'keys of an entry',
    );
  },

  async 'replaces the document as a whole'({ store, other, at }) {
    await store.save(at(1, ['Acme', 'Globex']), null);
    await other.save(at(2, ['Initech']), 1);
    equal(await store.load(), at(2, ['Initech']), 'load() after the second save');
  },

  async 'keeps names that are keywords elsewhere, in any script'({ store, other, at }) {
    const names = [
      '__proto__',
      'constructor',
      "Robert'); DROP TABLE mappings;--",
      'Ünï€ode 株式会社 🏢',
      '',
      '\\n\u2028"',
    ];
    await store.save(at(1, names), null);
    equal(await other.load(), at(1, names), 'load()');
  },

  async 'keeps thousands of entries'({ store, other, at }) {
    const names = Array.from({ length: 3000 }, (_, index) => `Organization ${index}`);
    await store.save(at(1, names), null);
    equal((await other.load())?.entries.length, 3000, 'entries');
  },

  async 'refuses a save made from an older revision, with both revisions, and writes nothing'({
    store,
    other,
    at,
  }) {
    await store.save(at(1), null);
    await store.save(at(2, ['Acme']), 1);
    await conflicts(other.save(at(2, ['Globex']), 1), 1, 2);
    equal(await store.load(), at(2, ['Acme']), 'load() after the refused save');
  },

  async 'refuses a first save when there is a document'({ store, other, at }) {
    await store.save(at(1, ['Acme']), null);
    await conflicts(other.save(at(1, ['Globex']), null), null, 1);
    equal(await store.load(), at(1, ['Acme']), 'load() after the refused save');
  },

  async 'refuses a save made from a revision that does not exist'({ store, at }) {
    await conflicts(store.save(at(8), 7), 7, null);
    equal(await store.load(), null, 'load() after the refused save');
    await store.save(at(1), null);
    await conflicts(store.save(at(8), 7), 7, 1);
  },

  async 'lets one of several first saves at once win, and refuses the others'({ store, other, at }) {
    await oneWins(store, other, (name) => [at(1, [name]), null]);
  },

  async 'lets one of several saves at once win, and refuses the others'({ store, other, at }) {
    await store.save(at(1), null);
    await oneWins(store, other, (name) => [at(2, [name]), 1]);
  },

  async 'loses none of many saves that load again after a conflict'({ store, other, at }) {
    await store.save(at(1), null);
    const add = async (writer: MappingStore, name: string): Promise<void> => {
      const current = (await writer.load()) as MappingDocument;
      const names = [...current.entries.map((entry) => entry.organizationName), name];
      await writer.save(at(current.revision + 1, names), current.revision).catch((error) => {
        if (codeOf(error) !== 'HALO_MAPPING_STORE_CONFLICT') throw error;
        return add(writer, name);
      });
    };
    const names = Array.from({ length: RIVALS }, (_, index) => `Organization ${index}`);
    await Promise.all(names.map((name, index) => add(index % 2 === 0 ? store : other, name)));
    const final = await store.load();
    equal(final?.entries.map((entry) => entry.organizationName).sort(), names, 'entries at the end');
    equal(final?.revision, 1 + RIVALS, 'revision at the end');
  },

  async 'shares nothing with the caller'({ store, at }) {
    const given = at(1, ['Acme']);
    await store.save(given, null);
    given.entries.push(...at(1, ['Globex']).entries);
    const loaded = (await store.load()) as MappingDocument;
    equal(loaded, at(1, ['Acme']), 'load() after the saved object was changed');
    loaded.entries.length = 0;
    equal(await store.load(), at(1, ['Acme']), 'load() after a loaded object was changed');
  },

  async 'rejects with a TypeError when the revision is not the next one'({ store, at }) {
    await rejectsAsTypeError(store.save(at(2), null));
    await store.save(at(1), null);
    await rejectsAsTypeError(store.save(at(1), 1));
    await rejectsAsTypeError(store.save(at(3), 1));
    equal((await store.load())?.revision, 1, 'revision after the refused saves');
  },
};

function documentAt(instanceId: string, revision: number, names: readonly string[] = []): MappingDocument {
  const mapped = { customerName: 'Customer', source: 'manual', at: '2026-11-23T09:00:00.000Z' } as const;
  const entries = names.map((organizationName, index) => ({
    organizationId: index + 1,
    organizationName,
    mapped: { customerId: index + 100, ...mapped },
  }));
  return { format: 'halo-psa-mapping', version: 1, instanceId, revision, entries };
}

function fullDocument(empty: MappingDocument): MappingDocument {
  const decision = { at: '2026-11-23T09:00:00.123Z', by: 'kim@example.com' };
  const evidence = { confidence: 0.987_654_321_012_345_6, evidenceKinds: ['name-exact', 'domain'] };
  return {
    ...empty,
    entries: [
      {
        organizationId: 7,
        organizationName: 'Acme Ltd',
        mapped: { customerId: 42, customerName: 'Acme', source: 'suggestion', ...evidence, ...decision },
        rejected: [{ customerId: '43', customerName: 'Acme Inc', at: '2026-11-23T10:00:00+01:00' }],
      },
      {
        organizationId: '07',
        organizationName: 'Globex',
        rejected: [{ customerId: 9_007_199_254_740_991, customerName: '', ...decision }],
      },
      { organizationId: '5f0c', organizationName: 'Initech', ignored: decision },
    ],
  };
}

async function oneWins(
  store: MappingStore,
  other: MappingStore,
  saveOf: (name: string) => [MappingDocument, number | null],
): Promise<void> {
  const saves = Array.from({ length: RIVALS }, (_, index) => saveOf(`Rival ${index}`));
  const results = await Promise.allSettled(
    saves.map(([next, expected], index) => (index % 2 === 0 ? store : other).save(next, expected)),
  );
  const winners = saves.filter((_, index) => results[index]?.status === 'fulfilled');
  equal(winners.length, 1, 'saves that succeeded');
  for (const result of results) {
    if (result.status === 'rejected')
      equal(codeOf(result.reason), 'HALO_MAPPING_STORE_CONFLICT', 'code of a refused save');
  }
  equal(await store.load(), winners[0]?.[0], 'load() afterwards');
}

async function conflicts(
  save: Promise<void>,
  expectedRevision: number | null,
  actualRevision: number | null,
) {
  const { name, code, ...revisions } = await rejectionOf(save);
  equal(
    [name, code],
    ['HaloMappingStoreError', 'HALO_MAPPING_STORE_CONFLICT'],
    'name and code of the rejection',
  );
  equal(revisions.expectedRevision, expectedRevision, 'expectedRevision of the conflict');
  equal(revisions.actualRevision, actualRevision, 'actualRevision of the conflict');
}

async function rejectsAsTypeError(save: Promise<void>): Promise<void> {
  equal((await rejectionOf(save)).name, 'TypeError', 'name of the rejection');
}

async function rejectionOf(save: Promise<void>): Promise<Readonly<Record<string, unknown>>> {
  try {
    await save;
  } catch (error) {
    const { name, code, expectedRevision, actualRevision } = error as Record<string, unknown>;
    return { name, code, expectedRevision, actualRevision };
  }
  throw new Error('Expected save() to reject, but it resolved');
}

function codeOf(error: unknown): unknown {
  return error instanceof Error ? (error as Error & { code?: unknown }).code : undefined;
}

/** Compares as JSON values: the order of keys, which a database may change, is no difference. */
function equal(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [canonical(actual), canonical(expected)];
  if (got !== wanted) throw new Error(`Expected ${what} to be ${cut(wanted)}, got ${cut(got)}`);
}

/** Enough of a document to see what is wrong. */
const LONGEST_SHOWN = 400;

function cut(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? 'undefined'
  );
}
