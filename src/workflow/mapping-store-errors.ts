import type { z } from 'zod';
import { HaloMappingStoreError, type HaloSchemaIssue } from '../errors.ts';

/**
 * Returns the error that a `MappingStore` throws when another save came first, for a store of your own.
 *
 * @param revisions.expectedRevision revision that the save was based on; null for "no document yet"
 * @param revisions.actualRevision revision that the store holds; null for none
 * @example
 * ```ts
 * import { mappingConflict } from 'halo-psa/workflow';
 *
 * const error = mappingConflict({ expectedRevision: 4, actualRevision: 5 });
 * console.log(error.code); // HALO_MAPPING_STORE_CONFLICT
 * ```
 */
export function mappingConflict(revisions: {
  readonly expectedRevision: number | null;
  readonly actualRevision: number | null;
}): HaloMappingStoreError {
  const { expectedRevision, actualRevision } = revisions;
  return new HaloMappingStoreError({
    code: 'HALO_MAPPING_STORE_CONFLICT',
    summary: `The mapping was saved by someone else: this save was made from ${revisionText(expectedRevision)}, the store holds ${revisionText(actualRevision)}`,
    hint: 'Nothing was written. Load the document again, apply the changes to it and save; a mapping workflow does so with reapply() and save().',
    expectedRevision,
    actualRevision,
  });
}

function revisionText(revision: number | null): string {
  return revision === null ? 'no document' : `revision ${revision}`;
}

/** Ten places are enough to see what is wrong; a damaged document may have thousands. */
const MOST_ISSUES = 10;

/** What zod found, as places and messages. Values are never repeated. @internal */
export function schemaIssues(error: z.ZodError): HaloSchemaIssue[] {
  return error.issues.slice(0, MOST_ISSUES).map((issue) => ({
    path: issue.path.reduce<string>(
      (path, key) =>
        typeof key === 'number' ? `${path}[${key}]` : path === '' ? String(key) : `${path}.${String(key)}`,
      '',
    ),
    message: issue.message,
  }));
}

/** What to call a document in a message: a file by its name only, because a long path would push out the reason. */
function called(file: string | undefined): string {
  return file === undefined ? 'The stored mapping' : `The mapping in ${file.split(/[/\\]/).at(-1)}`;
}

/** @internal */
export function damagedDocument(
  what: string,
  { issues = [], file }: { issues?: readonly HaloSchemaIssue[]; file?: string | undefined } = {},
): HaloMappingStoreError {
  const places = issues
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  return new HaloMappingStoreError({
    code: 'HALO_MAPPING_STORE_DAMAGED',
    summary: `${called(file)} is damaged: ${what}${places === '' ? '' : `: ${places}`}`,
    hint: 'It is left as it is. Restore it from a backup or version control, or mend the place named.',
    issues,
    file,
  });
}

/** @internal */
export function documentTooLarge(size: string, maxBytes: number, file?: string): HaloMappingStoreError {
  return new HaloMappingStoreError({
    code: 'HALO_MAPPING_STORE_TOO_LARGE',
    summary: `${called(file)} has ${size}; at most ${maxBytes} are allowed`,
    hint: 'Check that this is the right file; if it is, raise maxBytes.',
    file,
  });
}

/** @internal */
export function newerVersion(version: number, known: number, file?: string): HaloMappingStoreError {
  return new HaloMappingStoreError({
    code: 'HALO_MAPPING_STORE_NEWER_VERSION',
    summary: `${called(file)} has format version ${version}; this release of halo-psa knows versions up to ${known}`,
    hint: 'Upgrade halo-psa to the release that wrote it, or newer. The document is left as it is.',
    file,
  });
}

/** @internal */
export function otherInstance(stored: string, wanted: string, file?: string): HaloMappingStoreError {
  return new HaloMappingStoreError({
    code: 'HALO_MAPPING_STORE_OTHER_INSTANCE',
    summary: `${called(file)} belongs to the Halo instance ${stored}, not to ${wanted}`,
    hint: 'Give each Halo instance a store of its own, or set instanceId to the one the mapping was made for.',
    file,
  });
}
