import { describe, expect, it } from 'vitest';
import { testMappingStore } from '../../src/testing/mapping-store-contract.ts';
import { applyChanges, emptyDocument } from '../../src/workflow/document-changes.ts';
import { createMemoryStore } from '../../src/workflow/memory-store.ts';

testMappingStore(() => createMemoryStore(), { describe, it }, { title: 'the memory store' });

describe('the memory store', () => {
  const first = applyChanges(emptyDocument('uk.halopsa.com'), []);

  it('starts with a copy of the document it is given', async () => {
    const given = structuredClone(first);
    const store = createMemoryStore(given);
    given.revision = 99;
    expect(await store.load()).toEqual(first);
  });

  it('refuses a document of another Halo instance', async () => {
    const store = createMemoryStore(first);
    await expect(
      store.save({ ...first, revision: 2, instanceId: 'us.halopsa.com' }, 1),
    ).rejects.toMatchObject({
      code: 'HALO_MAPPING_STORE_OTHER_INSTANCE',
    });
    expect((await store.load())?.revision).toBe(1);
  });

  it('refuses to start with something that is no mapping document', () => {
    expect(() => createMemoryStore({ ...first, entries: [{}] } as never)).toThrow(
      expect.objectContaining({ code: 'HALO_MAPPING_STORE_DAMAGED' }),
    );
  });
});
