import { HaloMappingStoreError, type HaloMappingStoreErrorCode } from '../errors.ts';
import { documentTooLarge } from '../workflow/mapping-store-errors.ts';
import { FileTooLargeError, systemCodeOf } from './file-system.ts';

interface Reason {
  readonly code: HaloMappingStoreErrorCode;
  readonly what: string;
  readonly hint: string;
}

const NO_PERMISSION: Reason = {
  code: 'HALO_MAPPING_STORE_NO_PERMISSION',
  what: 'this process may not read or write here',
  hint: 'Give it the right to create, rename and remove files in the folder, not only to write the file.',
};
const DISK_FULL: Reason = {
  code: 'HALO_MAPPING_STORE_DISK_FULL',
  what: 'the disk or the quota is full',
  hint: 'Free some space and save again.',
};
const NO_HARD_LINKS: Reason = {
  code: 'HALO_MAPPING_STORE_NO_HARD_LINKS',
  what: 'the file system refuses hard links, which a safe save needs',
  hint: 'Keep the file on another file system (FAT, exFAT and some network shares have no links), or use another store.',
};

const REASONS: Readonly<Record<string, Reason>> = {
  EACCES: NO_PERMISSION,
  EPERM: NO_PERMISSION,
  EROFS: NO_PERMISSION,
  ENOSPC: DISK_FULL,
  EDQUOT: DISK_FULL,
  ENOTSUP: NO_HARD_LINKS,
  EOPNOTSUPP: NO_HARD_LINKS,
  ENOSYS: NO_HARD_LINKS,
  ENOENT: {
    code: 'HALO_MAPPING_STORE_IO',
    what: 'the folder does not exist',
    hint: 'Create the folder first.',
  },
  EISDIR: {
    code: 'HALO_MAPPING_STORE_IO',
    what: 'the path is not a regular file',
    hint: 'Give the path of a file, not of a folder, pipe or device.',
  },
};
const OTHER: Reason = {
  code: 'HALO_MAPPING_STORE_IO',
  what: 'the file system failed',
  hint: 'Look up the system code, and load again to see what is stored.',
};

/**
 * Turns a failure of the file system into the error of a store. Errors of ours and mistakes in the code pass as they
 * are.
 *
 * @internal
 */
export function fileError(
  error: unknown,
  context: { readonly file: string; readonly doing: 'read' | 'save'; readonly maxBytes: number },
): unknown {
  const { file, doing, maxBytes } = context;
  if (error instanceof FileTooLargeError) return documentTooLarge(`${error.sizeBytes} bytes`, maxBytes, file);
  const systemCode = systemCodeOf(error);
  if (error instanceof HaloMappingStoreError || systemCode === undefined) return error;
  const reason = REASONS[systemCode] ?? OTHER;
  return new HaloMappingStoreError({
    code: reason.code,
    summary: `Could not ${doing} ${file.split(/[/\\]/).at(-1)}: ${reason.what} (${systemCode})`,
    hint: reason.hint,
    file,
    systemCode,
  });
}

/** The file system refused a hard link for a reason that means "never". @internal */
export function linkError(error: unknown): unknown {
  // FAT and exFAT say EPERM. The folder was writable a moment ago, so that is not about rights.
  return systemCodeOf(error) === 'EPERM'
    ? Object.assign(new Error('No hard links'), { code: 'ENOTSUP' })
    : error;
}

/**
 * A save that is claimed, so that every load returns it, but whose file could not be replaced.
 *
 * @internal
 */
export function unfinishedSave(error: unknown, file: string, claim: string): unknown {
  const systemCode = systemCodeOf(error);
  if (systemCode === undefined) return error;
  return new HaloMappingStoreError({
    code: 'HALO_MAPPING_STORE_UNFINISHED',
    summary: `The save is safe in ${claim.split(/[/\\]/).at(-1)}, but the file itself could not be replaced (${systemCode})`,
    hint: 'Do not save it again: the next load returns it and puts it in place. Close a program that holds the file open.',
    file,
    systemCode,
  });
}

/** Others saved so often meanwhile that no consistent state could be read. @internal */
export function tooBusy(file: string): HaloMappingStoreError {
  return new HaloMappingStoreError({
    code: 'HALO_MAPPING_STORE_BUSY',
    summary: 'Others save this mapping faster than it can be read',
    hint: 'Try again in a moment.',
    retryable: true,
    file,
  });
}
