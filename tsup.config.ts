import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'mapping/index': 'src/mapping/index.ts',
    'workflow/index': 'src/workflow/index.ts',
    'stores/index': 'src/stores/index.ts',
    'testing/index': 'src/testing/index.ts',
    'testing/msw': 'src/testing/msw.ts',
  },
  format: ['esm'],
  target: 'node22',
  // A client is an AsyncDisposable, which no `lib` of a year has: without this a program of a consumer does not compile.
  dts: { banner: '/// <reference lib="esnext.disposable" />' },
  // Other runtimes know Node's modules by their full name only.
  removeNodeProtocol: false,
  sourcemap: true,
  // scripts/name-chunks.ts reads what each shared file holds, and removes this.
  metafile: true,
  clean: true,
  // src/mapping/index.ts imports tables for the order they are written in; they have no effect of their own.
  esbuildOptions: (options) => {
    options.logOverride = { 'ignored-bare-import': 'silent' };
  },
});
