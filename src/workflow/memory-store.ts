import { checkMappingSave, copyDocument, parseMappingDocument } from './mapping-document.ts';
import { mappingConflict, otherInstance } from './mapping-store-errors.ts';
import type { MappingDocument, MappingStore } from './types.ts';

/**
 * Returns a mapping store that keeps the document in this process, for tests and for programs that keep it elsewhere
 * themselves.
 *
 * @param initial document to start with; none by default
 * @throws {HaloMappingStoreError} when `initial` is no mapping document
 * @example
 * ```ts
 * import { createMemoryStore, emptyDocument } from 'halo-psa/workflow';
 *
 * const store = createMemoryStore();
 * await store.save({ ...emptyDocument('x.halopsa.com'), revision: 1 }, null);
 * console.log((await store.load())?.revision); // 1
 * ```
 */
export function createMemoryStore(initial: MappingDocument | null = null): MappingStore {
  let stored = initial === null ? null : copyDocument(parseMappingDocument(initial));
  return {
    async load() {
      return stored === null ? null : copyDocument(stored);
    },
    async save(next, expectedRevision) {
      const checked = checkMappingSave(next, expectedRevision);
      const actualRevision = stored?.revision ?? null;
      if (actualRevision !== expectedRevision) throw mappingConflict({ expectedRevision, actualRevision });
      if (stored !== null && stored.instanceId !== checked.instanceId) {
        throw otherInstance(stored.instanceId, checked.instanceId);
      }
      stored = checked;
    },
  };
}
