/**
 * Measures what each entry adds to a bundle and fails where it grew past its limit: `npm run check:sizes` after a
 * build. ky, zod, msw and Node's modules are not counted.
 */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * Kilobytes of 1,000 bytes, minified and gzipped, a little above what the entry has: growth is a decision, which
 * changes this line.
 */
export const LIMITS_KB: Readonly<Record<string, number>> = {
  index: 90,
  // 40 KB of 1,024 bytes: what a page that maps in the browser should have to load.
  'mapping/index': 40.96,
  'workflow/index': 54,
  'stores/index': 7,
  'testing/index': 17,
  'testing/msw': 1,
};

/** One bundle, as a user's bundler would make it. */
export interface EntrySize {
  readonly entry: string;
  readonly minifiedBytes: number;
  readonly gzipBytes: number;
  /** The same without the mapping engine, where the entry only passes it on. */
  readonly withoutEngineGzipBytes: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** Measures an entry of `dist`. */
export async function measureEntry(entry: string): Promise<EntrySize> {
  const whole = await bundle(entry, []);
  const withoutEngine = await bundle(entry, ['*mapping-engine.js']);
  return {
    entry,
    minifiedBytes: whole.length,
    gzipBytes: gzipSync(whole, { level: 9 }).length,
    withoutEngineGzipBytes: gzipSync(withoutEngine, { level: 9 }).length,
  };
}

async function bundle(entry: string, external: string[]): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [`dist/${entry}.js`],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    target: 'node22',
    external: ['ky', 'zod', 'msw', 'node:*', ...external],
    write: false,
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

if (import.meta.main) {
  const rows = await Promise.all(Object.keys(LIMITS_KB).map(measureEntry));
  const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1).padStart(8);
  console.log(`${'entry'.padEnd(18)}minified    gzip  no engine   limit   (kB)`);
  for (const { entry, minifiedBytes, gzipBytes, withoutEngineGzipBytes } of rows) {
    const limit = LIMITS_KB[entry] ?? 0;
    const tooLarge = gzipBytes > limit * 1000;
    if (tooLarge) process.exitCode = 1;
    const sizes = [minifiedBytes, gzipBytes].map(kilobytes).join('');
    console.log(
      `${entry.padEnd(18)}${sizes}   ${kilobytes(withoutEngineGzipBytes)}${String(limit).padStart(8)}${tooLarge ? '   TOO LARGE' : ''}`,
    );
  }
}
