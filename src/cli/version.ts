import { readFileSync } from 'node:fs';

/** Returns the version of the package; its manifest lies two folders up, in the source tree as in the built package. */
export function packageVersion(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
