/**
 * Runs all benchmarks one after the other: `npm run build && npm run bench -- --data <folder>`. Prints a table for each
 * area and writes docs/benchmarks.md. All options go to the mapping benchmark; without `--data` it runs on generated lists.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const AREAS = [
  ['mapping.ts', process.argv.slice(2)],
  ['client.ts', process.argv.includes('--no-write') ? ['--no-write'] : []],
] as const;

for (const [script, options] of AREAS) {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const { status } = spawnSync(process.execPath, [file, ...options], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
