import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    // Examples and README snippets import the package by name, as a user would.
    alias: [
      { find: /^halo-psa$/, replacement: source('index.ts') },
      { find: /^halo-psa\/mapping$/, replacement: source('mapping/index.ts') },
      { find: /^halo-psa\/workflow$/, replacement: source('workflow/index.ts') },
      { find: /^halo-psa\/stores$/, replacement: source('stores/index.ts') },
      { find: /^halo-psa\/testing$/, replacement: source('testing/index.ts') },
      { find: /^halo-psa\/testing\/msw$/, replacement: source('testing/msw.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // In a real browser, on the built page: vitest.console.config.ts.
    exclude: ['test/console/browser/**'],
    testTimeout: 20_000,
    typecheck: { enabled: false },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text', 'json-summary'],
      thresholds: {
        'src/config/**': { statements: 95 },
        'src/auth/**': { statements: 95 },
        'src/http/**': { statements: 95 },
        'src/mapping/**': { statements: 95 },
      },
    },
  },
});
