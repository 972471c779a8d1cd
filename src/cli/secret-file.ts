import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createSecret, type Secret } from '../index.ts';
import type { CliContext } from './context.ts';
import { InputError } from './input/input-error.ts';
import { readText } from './input/read-text.ts';

/** Reads a client secret from a file of its own. */
export async function readSecretFile(path: string, context: CliContext): Promise<Secret> {
  const file = resolve(context.cwd, path);
  const text = await readText(file, path);
  await warnIfOthersCanRead(file, context);
  // Editors end a file with a line break; the secret has none.
  const secret = text.replace(/\r?\n$/, '');
  if (secret.trim() === '') throw new InputError(`${path} is empty; expected the client secret.`);
  return createSecret(secret);
}

const READABLE_BY_OTHERS = 0o044;

/** Says so when a file that holds a secret can be read by other users. Windows keeps no such bits. */
export async function warnIfOthersCanRead(file: string, { err }: CliContext): Promise<void> {
  if (process.platform === 'win32') return;
  const { mode } = await stat(file);
  if ((mode & READABLE_BY_OTHERS) === 0) return;
  const shown = (mode & 0o777).toString(8);
  await err.line(
    `${err.paint('yellow', 'warning:')} ${file} holds a secret and others can read it (mode ${shown}); run: chmod 600 ${file}`,
  );
}
