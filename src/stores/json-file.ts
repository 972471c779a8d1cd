import { resolve } from 'node:path';
import { type Clock, systemClock } from '../clock.ts';
import { checkMappingSave, DEFAULT_MAX_BYTES, formatMappingDocument } from '../workflow/mapping-document.ts';
import { documentTooLarge, mappingConflict, otherInstance } from '../workflow/mapping-store-errors.ts';
import type { MappingDocument, MappingStore } from '../workflow/types.ts';
import { fileError, unfinishedSave } from './file-errors.ts';
import { type FileSystem, nodeFileSystem, systemCodeOf } from './file-system.ts';
import { resolveTarget } from './resolve-target.ts';
import {
  claimRevision,
  finishSave,
  type Place,
  placeOf,
  putInPlace,
  readState,
  removeTraces,
} from './revision-files.ts';

/** Options of `createJsonFileStore`. */
export interface JsonFileStoreOptions {
  /** The Halo instance the file must belong to. @default any */
  instanceId?: string | undefined;
  /** Largest file read or written, in bytes. @default 64 MiB */
  maxBytes?: number | undefined;
}

/**
 * Returns a mapping store that keeps the document in one JSON file, safe against other processes that save it, against
 * `kill -9` and against a full disk: the file is always an old or a new document, never a torn one.
 *
 * The folder must exist, and its file system must have hard links. Several processes of one machine may share the
 * file; for several machines use a database.
 *
 * @param path path of the file; it need not exist. A symbolic link is followed
 * @param options the Halo instance expected, and the largest size in bytes
 * @throws {TypeError} when `path` is blank or no text, or `maxBytes` is no whole number above 0
 * @example
 * ```ts
 * import { createJsonFileStore } from 'halo-psa/stores';
 * import { applyChanges, emptyDocument } from 'halo-psa/workflow';
 *
 * const store = createJsonFileStore('mapping.json', { instanceId: 'x.halopsa.com' });
 * const current = await store.load();
 * const mapped = { customerId: 42, customerName: 'Acme', source: 'manual', at: '2026-11-23T09:00:00Z' } as const;
 * const changes = [{ kind: 'map', organizationId: 7, organizationName: 'Acme Ltd', mapped }] as const;
 * await store.save(applyChanges(current ?? emptyDocument('x.halopsa.com'), changes), current?.revision ?? null);
 * ```
 */
export function createJsonFileStore(path: string, options: JsonFileStoreOptions = {}): MappingStore {
  return createJsonFileStoreOn(nodeFileSystem, systemClock, path, options);
}

/** `createJsonFileStore` over another file system and clock. @internal */
export function createJsonFileStoreOn(
  fileSystem: FileSystem,
  clock: Clock,
  path: string,
  { instanceId, maxBytes = DEFAULT_MAX_BYTES }: JsonFileStoreOptions = {},
): MappingStore {
  if (typeof path !== 'string' || path.trim() === '' || path.includes('\0'))
    throw new TypeError('Expected `path` to be the path of a file');
  if (!(Number.isSafeInteger(maxBytes) && maxBytes > 0)) {
    throw new TypeError('Expected `maxBytes` to be a whole number above 0');
  }
  // Now, so that a later change of the working directory does not move the store.
  const file = resolve(path);
  const locate = async () =>
    placeOf(await resolveTarget(fileSystem, file), { fileSystem, clock, parsing: { instanceId, maxBytes } });
  return {
    async load() {
      try {
        return await loadFrom(await locate());
      } catch (error) {
        if (systemCodeOf(error) === 'ENOENT') return null;
        throw fileError(error, { file, doing: 'read', maxBytes });
      }
    },
    async save(next, expectedRevision) {
      const checked = checkMappingSave(next, expectedRevision);
      const bytes = new TextEncoder().encode(formatMappingDocument(checked));
      if (bytes.length > maxBytes) throw documentTooLarge(`${bytes.length} bytes`, maxBytes, file);
      try {
        await saveTo(await locate(), { checked, bytes, expectedRevision });
      } catch (error) {
        throw fileError(error, { file, doing: 'save', maxBytes });
      }
    },
  };
}

async function loadFrom(place: Place): Promise<MappingDocument | null> {
  const { document, unfinished } = await readState(place);
  // Whoever may only read still gets the newest document; the next writer puts it in place.
  if (unfinished !== null) await finishSave(place, unfinished).catch(() => undefined);
  return document;
}

async function saveTo(
  place: Place,
  save: { checked: MappingDocument; bytes: Uint8Array; expectedRevision: number | null },
): Promise<void> {
  const { checked, bytes, expectedRevision } = save;
  const { revision } = checked;
  const announcement = await claimRevision(place, { revision, bytes }, (current) => {
    const actualRevision = current?.revision ?? null;
    if (actualRevision !== expectedRevision) throw mappingConflict({ expectedRevision, actualRevision });
    if (current !== null && current.instanceId !== checked.instanceId) {
      throw otherInstance(current.instanceId, checked.instanceId, place.names.file);
    }
  });
  try {
    await putInPlace(place, announcement);
  } catch (error) {
    throw unfinishedSave(error, place.names.file, place.names.claim(revision));
  }
  // What stays behind does no harm, and the next save removes it.
  await removeTraces(place, revision).catch(() => undefined);
}
