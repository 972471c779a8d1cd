/**
 * Builds the page of the console into `dist/console`, and the script and style that a report carries inside itself.
 * `npm run build` calls it; by itself, `node scripts/build-page.ts` is enough while the page is worked on.
 */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = `${root}src/console/page`;

/** Each is one script and one style sheet, named after its key. */
const PARTS: Readonly<Record<string, string>> = {
  console: `${page}/index.html`,
  report: `${page}/report.tsx`,
};

/** Builds all parts and returns the source files in them, relative to the project. */
export async function buildPage(): Promise<string[]> {
  // Vite would build for development where a test runner has said so, and the package has to be the same to the byte.
  process.env.NODE_ENV = 'production';
  const sources = new Set<string>();
  for (const [index, [name, input]] of Object.entries(PARTS).entries()) {
    const result = await build({
      root: page,
      configFile: false,
      base: './',
      logLevel: 'warn',
      oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
      build: {
        outDir: `${root}dist/console`,
        emptyOutDir: index === 0,
        target: 'es2023',
        // The first versions with light-dark().
        cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
        modulePreload: { polyfill: false },
        // The policy of the page allows its own files only.
        assetsInlineLimit: 0,
        rolldownOptions: {
          input,
          output: { entryFileNames: `${name}.js`, assetFileNames: `${name}[extname]` },
        },
      },
    });
    for (const bundle of [result].flat())
      for (const part of 'output' in bundle ? bundle.output : [])
        if (part.type === 'chunk')
          for (const file of Object.keys(part.modules)) sources.add(relative(root, file));
  }
  return [...sources];
}

if (import.meta.main) await buildPage();
