import { InputError } from './input-error.ts';

/** What a failed read means to the person who typed the path. */
const READ_FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'this is a folder, not a file',
  EACCES: 'no permission to read it',
};

/** Returns the error of a file that could not be read. */
export function readFailure(file: string, error: unknown): InputError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new InputError(`Cannot read ${file}: ${READ_FAILURES[code ?? ''] ?? message}.`);
}
