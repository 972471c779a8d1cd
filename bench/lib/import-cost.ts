import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { median } from './statistics.ts';

/** What one entry costs. */
export interface ImportCost {
  readonly name: string;
  readonly version: string;
  /** Median of fresh processes. */
  readonly importMs: number;
  /** Minified and gzipped with everything it needs. */
  readonly gzipBytes: number;
  /** The same without ky and zod; for our entries only. */
  readonly ownGzipBytes: number | null;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const OWN_ENTRIES = ['index', 'mapping/index', 'workflow/index', 'stores/index', 'testing/index'];
const PEERS = ['openai', '@octokit/rest', 'stripe', '@notionhq/client', 'axios'];
const RUNS = 15;

/** Every entry of ours, ky and zod on their own, and the peers, taking turns. */
export async function measureImports(log: (text: string) => void): Promise<ImportCost[]> {
  const subjects = [
    ...OWN_ENTRIES.map((entry) => ({
      name: `halo-psa/${entry}`.replace(/\/index$/, ''),
      file: join(root, 'dist', `${entry}.js`),
    })),
    ...['ky', 'zod'].map((name) => ({ name, file: resolveFrom(root, name) })),
    ...PEERS.map((name) => ({ name, file: resolveFrom(join(root, 'bench/'), name) })),
  ];
  const times = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  for (let run = 0; run < RUNS; run += 1) {
    for (const { name, file } of subjects) times.get(name)!.push(importMs(file));
    log(`import, run ${run + 1} of ${RUNS}`);
  }
  const costs: ImportCost[] = [];
  for (const { name, file } of subjects) {
    const isOwn = name.startsWith('halo-psa');
    costs.push({
      name,
      version: versionOf(name, file),
      importMs: median(times.get(name)!),
      gzipBytes: await gzipBytesOf(file, []),
      ownGzipBytes: isOwn ? await gzipBytesOf(file, ['ky', 'zod']) : null,
    });
  }
  return costs;
}

function resolveFrom(folder: string, name: string): string {
  const resolver = `import.meta.resolve(${JSON.stringify(name)})`;
  const url = execFileSync(process.execPath, ['--input-type=module', '-e', `console.log(${resolver})`], {
    cwd: folder,
    encoding: 'utf8',
  });
  return fileURLToPath(url.trim());
}

function importMs(file: string): number {
  const source = `const at = performance.now();
await import(${JSON.stringify(pathToFileURL(file).href)});
console.log(performance.now() - at);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', source], { encoding: 'utf8' }));
}

function versionOf(name: string, file: string): string {
  const home = name.startsWith('halo-psa')
    ? root
    : file.slice(0, file.indexOf(`node_modules/${name}/`) + `node_modules/${name}/`.length);
  return JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version;
}

async function gzipBytesOf(file: string, external: string[]): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external,
    write: false,
    logLevel: 'error',
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}
