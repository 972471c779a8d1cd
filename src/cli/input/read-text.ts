import { readFile } from 'node:fs/promises';
import { InputError } from './input-error.ts';
import { readFailure } from './read-failure.ts';

/**
 * Reads a text file.
 *
 * @param shown the path as the person typed it
 * @throws {InputError} when it cannot be read
 */
export async function readText(file: string, shown: string = file): Promise<string> {
  const text = await readTextIfThere(file, shown);
  if (text !== null) return text;
  throw readFailure(shown, { code: 'ENOENT' });
}

/**
 * Reads a text file; null where there is none.
 *
 * @throws {InputError} when it cannot be read
 */
export async function readTextIfThere(file: string, shown: string = file): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw readFailure(shown, error);
  }
}

/**
 * Reads JSON.
 *
 * @throws {InputError} when it is none
 */
export function parseJson(text: string, shown: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may be a secret.
    throw new InputError(`${shown} is not valid JSON.`);
  }
}
