import { defineConfig } from 'vitest/config';

// Started once for each mutant by scripts/mutation.ts: only the tests that know the mutated file, in one thread.
export default defineConfig({
  test: {
    // biome-ignore lint/style/noProcessEnv: the runner that starts this has no other way to say which tests to run.
    include: (process.env.MUTATION_TESTS ?? '').split(','),
    testTimeout: 20_000,
    bail: 1,
    pool: 'threads',
    isolate: false,
    fileParallelism: false,
    reporters: ['dot'],
  },
});
