import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The console in a real browser, on the page as it was built: `npm run test:console` after `npm run build`. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [], exclude: [] } },
  defineConfig({
    test: {
      include: ['test/console/browser/*.test.ts'],
      // One browser at a time: what is measured would otherwise be the others.
      fileParallelism: false,
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  }),
);
