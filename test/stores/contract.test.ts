import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createJsonFileStore } from '../../src/stores/json-file.ts';
import { mappingStoreCases, testMappingStore } from '../../src/testing/mapping-store-contract.ts';
import { mappingConflict } from '../../src/workflow/mapping-store-errors.ts';
import type { MappingDocument, MappingStore } from '../../src/workflow/types.ts';

const folder = mkdtempSync(join(tmpdir(), 'halo-psa-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const paths = new WeakMap<MappingStore, string>();
let files = 0;

testMappingStore(
  () => {
    files += 1;
    const path = join(folder, `mapping-${files}.json`);
    const store = createJsonFileStore(path);
    paths.set(store, path);
    return store;
  },
  { describe, it },
  { title: 'the JSON-file store', reopen: (store) => createJsonFileStore(paths.get(store) ?? '') },
);

describe('the contract test', () => {
  /** Stores that each break one promise. */
  const broken: [string, string, () => MappingStore][] = [
    ['never refuses', 'refuses a save made from an older revision', () => forgetful({ check: false })],
    ['looks long before it writes', 'lets one of several saves at once win', () => forgetful({ slow: true })],
    ['hands out its own object', 'shares nothing with the caller', () => forgetful({ share: true })],
    ['turns ids into text', 'with ids of their own type', () => forgetful({ textIds: true })],
    ['accepts any revision', 'rejects with a TypeError', () => forgetful({ anyRevision: true })],
    ['tells the wrong revision', 'with both revisions', () => forgetful({ wrongRevision: true })],
  ];
  it.each(broken)('fails a store that %s', async (_what, title, createStore) => {
    const failed: string[] = [];
    for (const { title: each, run } of mappingStoreCases(createStore)) {
      await run().catch(() => failed.push(each));
    }
    expect(failed).toContainEqual(expect.stringContaining(title));
  });

  it('runs under node:test too', () => {
    const source = (path: string) => JSON.stringify(new URL(`../../src/${path}`, import.meta.url).href);
    const script = `
      import { describe, it } from 'node:test';
      import { testMappingStore } from ${source('testing/mapping-store-contract.ts')};
      import { createMemoryStore } from ${source('workflow/memory-store.ts')};
      testMappingStore(() => createMemoryStore(), { describe, it });
      testMappingStore(() => ({ load: async () => null, save: async () => {} }), { describe, it });
    `;
    const args = ['--test-reporter=tap', '--input-type=module', '--eval', script];
    // A test process that finds itself inside another one reports to that instead.
    const { stdout } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    });
    expect(stdout).toMatch(/^# pass 1\d$/m);
    expect(stdout).toMatch(/^# fail (9|1\d)$/m);
  });
});

interface Flaws {
  check?: boolean;
  slow?: boolean;
  share?: boolean;
  textIds?: boolean;
  anyRevision?: boolean;
  wrongRevision?: boolean;
}

/** A store as one might write it in a hurry. */
function forgetful({ check = true, slow, share, textIds, anyRevision, wrongRevision }: Flaws): MappingStore {
  let stored: MappingDocument | null = null;
  const copy = (document: MappingDocument | null): MappingDocument | null =>
    share || document === null ? document : structuredClone(document);
  return {
    load: async () => copy(stored),
    async save(next, expectedRevision) {
      if (!anyRevision && next.revision !== (expectedRevision ?? 0) + 1) throw new TypeError('revision');
      const actualRevision = stored?.revision ?? null;
      if (check && actualRevision !== expectedRevision) {
        throw mappingConflict({ expectedRevision, actualRevision: wrongRevision ? -1 : actualRevision });
      }
      if (slow) await null;
      stored = copy(next);
      if (textIds && stored) {
        stored.entries = stored.entries.map((entry) => ({
          ...entry,
          organizationId: String(entry.organizationId),
        }));
      }
    },
  };
}
