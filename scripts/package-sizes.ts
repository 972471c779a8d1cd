/**
 * Measures what each entry adds to a bundle and fails where what its import loads grew past its limit: `npm run
 * check:sizes` after a build. ky, zod, msw and Node's modules are not counted.
 */
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * Kilobytes of 1,000 bytes, minified and gzipped, a little above what the entry has: growth is a decision, which
 * changes this line.
 */
export const LIMITS_KB: Readonly<Record<string, number>> = {
  index: 66,
  // The goal, 40 times 1,024 bytes, see "Speed and size" in docs/engine.md: half of it is vocabulary.
  'mapping/index': 40.96,
  'workflow/index': 53,
  'stores/index': 7,
  'testing/index': 17,
  'testing/msw': 1,
};

/** The same for what an entry has beside the mapping engine: the goal, 25 times 1,024 bytes. */
const LIMITS_WITHOUT_ENGINE_KB: Readonly<Record<string, number>> = { index: 25.6 };

/** One entry, as a user's bundler would write it. */
interface EntrySize {
  readonly entry: string;
  readonly minifiedBytes: number;
  readonly gzipBytes: number;
  /** The part that an import loads; the rest is loaded when it is needed. */
  readonly importedGzipBytes: number;
  /** The same without the mapping engine, where the entry only passes it on. */
  readonly withoutEngineGzipBytes: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** Measures an entry of `dist`. */
async function measureEntry(entry: string): Promise<EntrySize> {
  const file = `dist/${entry}.js`;
  const { imported, later } = await bundle(file, EXTERNAL);
  const withoutEngine = await bundle(file, [...EXTERNAL, ...ENGINE_FILES]);
  return {
    entry,
    minifiedBytes: imported.length + later.length,
    gzipBytes: gzippedLength(imported) + gzippedLength(later),
    importedGzipBytes: gzippedLength(imported),
    withoutEngineGzipBytes: gzippedLength(withoutEngine.imported),
  };
}

const EXTERNAL = ['ky', 'zod', 'msw', 'node:*'];

/** The shared files of `dist` that hold the mapping engine, as scripts/name-chunks.ts names them. */
export const ENGINE_FILES = ['*mapping-engine.js', '*mapping-evaluation.js'];

/** Bytes of some code when it is gzipped; 0 for none. */
export function gzippedLength(code: Uint8Array): number {
  return code.length === 0 ? 0 : gzipSync(code, { level: 9 }).length;
}

/** Bundles a file and what it needs, and tells the code that an import runs from what is loaded later. */
export async function bundle(
  file: string,
  external: readonly string[],
  platform: 'neutral' | 'node' = 'neutral',
): Promise<{ imported: Uint8Array; later: Uint8Array }> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [file],
    outdir: 'out',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform,
    target: 'node22',
    external: [...external],
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const { outputs } = metafile;
  const imported = new Set<string>();
  const open = Object.keys(outputs).filter((name) => sameFile(outputs[name]?.entryPoint, file));
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (imported.has(name)) continue;
    imported.add(name);
    for (const { path, kind, external } of outputs[name]?.imports ?? []) {
      if (kind !== 'dynamic-import' && !external) open.push(path);
    }
  }
  const code = (wanted: boolean) =>
    Buffer.concat(
      outputFiles
        .filter(({ path }) => imported.has(relative(root, path)) === wanted)
        .map(({ contents }) => contents),
    );
  return { imported: code(true), later: code(false) };
}

function sameFile(entryPoint: string | undefined, file: string): boolean {
  return entryPoint !== undefined && resolve(root, entryPoint) === resolve(root, file);
}

if (import.meta.main) {
  const rows = await Promise.all(Object.keys(LIMITS_KB).map(measureEntry));
  const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1).padStart(8);
  console.log(`${'entry'.padEnd(18)}minified    gzip  imported  no engine        limits   (kB)`);
  for (const { entry, minifiedBytes, gzipBytes, importedGzipBytes, withoutEngineGzipBytes } of rows) {
    const limit = LIMITS_KB[entry] ?? 0;
    const ownLimit = LIMITS_WITHOUT_ENGINE_KB[entry] ?? limit;
    const tooLarge = importedGzipBytes > limit * 1000 || withoutEngineGzipBytes > ownLimit * 1000;
    if (tooLarge) process.exitCode = 1;
    const sizes = [minifiedBytes, gzipBytes].map(kilobytes).join('');
    const loaded = [importedGzipBytes, withoutEngineGzipBytes].map(kilobytes).join('   ');
    console.log(
      `${entry.padEnd(18)}${sizes}  ${loaded}${`${limit}, ${ownLimit}`.padStart(14)}${tooLarge ? '   TOO LARGE' : ''}`,
    );
  }
}
