import { randomBytes } from 'node:crypto';
import { access, constants, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../input/input-error.ts';

const FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EROFS: 'the disk can only be read',
  EISDIR: 'this is a folder',
  ENOSPC: 'the disk is full',
};

/**
 * Makes sure that a file can be written, before work is done for it.
 *
 * @throws {InputError} when its folder is not there, or cannot be written
 */
export async function requireFolderOf(path: string): Promise<void> {
  try {
    await access(dirname(path), constants.W_OK);
  } catch (error) {
    throw writeFailure(path, error);
  }
}

/** What a new file may be used for by others: customer names are nobody's business, so nothing. */
const OWNER_ONLY = 0o600;

/**
 * Writes a file as a whole: whoever reads it, and whenever this program is stopped, it is the old or the new one.
 *
 * @throws {InputError} when it cannot be written
 */
export async function writeWholeFile(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.tmp`);
  try {
    await writeFile(temporary, text, { mode: OWNER_ONLY, flush: true });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw writeFailure(path, error);
  }
}

function writeFailure(path: string, error: unknown): InputError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new InputError(`Cannot write ${path}: ${FAILURES[code ?? ''] ?? message}.`);
}
