// npm run mutation [-- name...]: changes the code of the parts that must not be wrong, one place at a time, and counts
// how many changes no test notices. The runner is a command, since Stryker's own for vitest runs no test of version 5.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

interface Part {
  readonly name: string;
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

/** Without the properties, which take the longest and notice the least. */
const LISTING_TESTS = [
  'test/resources/listing.test.ts',
  'test/resources/listing-completeness.test.ts',
  'test/resources/sweep.test.ts',
];

const PARTS: readonly Part[] = [
  {
    name: 'token-cache',
    mutate: ['src/auth/token-cache.ts'],
    tests: ['test/auth/token-cache*.test.ts'],
  },
  {
    name: 'retry-policy',
    mutate: ['src/http/retry-policy.ts', 'src/http/retry-budget.ts'],
    tests: ['test/http/retry-policy.test.ts'],
  },
  {
    name: 'redaction',
    mutate: ['src/auth/redactor.ts', 'src/auth/secret.ts'],
    tests: ['test/auth/redactor.test.ts', 'test/auth/secret.test.ts'],
  },
  {
    name: 'endpoints',
    mutate: ['src/config/endpoints.ts'],
    tests: ['test/config/parse-halo-config.test.ts', 'test/config/env.test.ts'],
  },
  {
    name: 'sweep',
    mutate: ['src/resources/sweep.ts', 'src/resources/listing-pass.ts'],
    tests: LISTING_TESTS,
  },
  {
    name: 'rate-gate',
    mutate: ['src/http/rate-gate.ts', 'src/http/rate-limit-text.ts'],
    tests: ['test/http/rate-*.test.ts'],
  },
  {
    name: 'rate-window',
    mutate: ['src/http/rate-window.ts'],
    tests: ['test/http/rate-window.test.ts', 'test/http/rate-budget.test.ts'],
  },
  {
    name: 'rate-budget',
    mutate: ['src/http/rate-budget.ts'],
    tests: ['test/http/rate-budget.test.ts'],
  },
  {
    name: 'listing',
    mutate: ['src/resources/listing-run.ts', 'src/resources/listing.ts'],
    tests: LISTING_TESTS,
  },
];

/** Below this the tests are not worth their name. */
const LEAST_PERCENT = 85;

interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

function mutate({ name, mutate: files, tests }: Part): { killed: number; survivors: string[] } {
  const directory = `reports/mutation/${name}`;
  mkdirSync(directory, { recursive: true });
  const config = {
    testRunner: 'command',
    commandRunner: { command: 'vitest run --config vitest.mutation.config.ts' },
    mutate: files,
    reporters: ['json'],
    jsonReporter: { fileName: `${directory}/mutation.json` },
    coverageAnalysis: 'off',
    concurrency: 2,
    timeoutMS: 30_000,
    tempDirName: `.stryker-tmp/${name}`,
    ignorePatterns: ['/bench', '/dist', '/docs', '/examples', '/reports'],
  };
  const file = `${directory}/stryker.config.json`;
  writeFileSync(file, JSON.stringify(config, null, 2));
  const { status } = spawnSync('stryker', ['run', file, '--logLevel', 'warn'], {
    stdio: 'inherit',
    env: { ...process.env, MUTATION_TESTS: tests.join(',') },
  });
  if (status !== 0) throw new Error(`stryker failed for ${name}`);
  const report = JSON.parse(readFileSync(`${directory}/mutation.json`, 'utf8')) as {
    files: Record<string, { mutants: Mutant[] }>;
  };
  const all = Object.entries(report.files).flatMap(([path, { mutants }]) =>
    mutants.map((mutant) => ({ path, mutant })),
  );
  const judged = all.filter(({ mutant }) => mutant.status !== 'Ignored' && mutant.status !== 'CompileError');
  const survived = judged.filter(
    ({ mutant }) => !['Killed', 'Timeout', 'RuntimeError'].includes(mutant.status),
  );
  return {
    killed: (100 * (judged.length - survived.length)) / Math.max(1, judged.length),
    survivors: survived.map(
      ({ path, mutant: { location, mutatorName, replacement } }) =>
        `${path}:${location.start.line}:${location.start.column} ${mutatorName}: ${(replacement ?? '').replace(/\s+/g, ' ').slice(0, 80)}`,
    ),
  };
}

const asked = process.argv.slice(2);
let poor = 0;
for (const part of PARTS.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  const { killed, survivors } = mutate(part);
  if (killed < LEAST_PERCENT) poor += 1;
  console.log(`\n${part.name}: ${killed.toFixed(1)} % killed, ${survivors.length} survive`);
  for (const survivor of survivors) console.log(`  ${survivor}`);
}
process.exit(poor === 0 ? 0 : 1);
