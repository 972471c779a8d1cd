import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle, ENGINE_FILES, gzippedLength } from '../../scripts/package-sizes.ts';
import { median } from './statistics.ts';

/** What one entry costs. */
export interface ImportCost {
  readonly name: string;
  readonly version: string;
  /** Median of fresh processes, by the clock. */
  readonly importMs: number;
  /** The same in processor time, which other programs on the machine hardly change. */
  readonly importCpuMs: number;
  /** What the import loads, minified and gzipped. */
  readonly gzipBytes: number;
  /** The same without ky and zod; for our entries only, as are the following. */
  readonly ownGzipBytes: number | null;
  /** The same without the mapping engine too. */
  readonly noEngineGzipBytes: number | null;
  /** Own code that is loaded when it is needed. */
  readonly laterGzipBytes: number | null;
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
  const times = new Map<string, ImportTime[]>(subjects.map(({ name }) => [name, []]));
  for (let run = 0; run < RUNS; run += 1) {
    for (const { name, file } of subjects) times.get(name)!.push(importTime(file));
    log(`import, run ${run + 1} of ${RUNS}`);
  }
  const costs: ImportCost[] = [];
  for (const { name, file } of subjects) {
    const isOwn = name.startsWith('halo-psa');
    costs.push({
      name,
      version: versionOf(name, file),
      importMs: median(times.get(name)!.map(({ wallMs }) => wallMs)),
      importCpuMs: median(times.get(name)!.map(({ cpuMs }) => cpuMs)),
      gzipBytes: (await gzipBytesOf(file, [])).imported,
      ...(isOwn ? await ownBytesOf(file) : NOT_OURS),
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

interface ImportTime {
  readonly wallMs: number;
  readonly cpuMs: number;
}

function importTime(file: string): ImportTime {
  const source = `const at = performance.now();
const before = process.cpuUsage();
await import(${JSON.stringify(pathToFileURL(file).href)});
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ wallMs: performance.now() - at, cpuMs: (user + system) / 1000 }));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', source], { encoding: 'utf8' }),
  );
}

function versionOf(name: string, file: string): string {
  const home = name.startsWith('halo-psa')
    ? root
    : file.slice(0, file.indexOf(`node_modules/${name}/`) + `node_modules/${name}/`.length);
  return JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version;
}

const NOT_OURS = { ownGzipBytes: null, noEngineGzipBytes: null, laterGzipBytes: null };

async function ownBytesOf(file: string) {
  const own = await gzipBytesOf(file, ['ky', 'zod']);
  const { imported } = await gzipBytesOf(file, ['ky', 'zod', ...ENGINE_FILES]);
  return { ownGzipBytes: own.imported, noEngineGzipBytes: imported, laterGzipBytes: own.later };
}

async function gzipBytesOf(file: string, external: readonly string[]) {
  const { imported, later } = await bundle(file, external, 'node');
  return { imported: gzippedLength(imported), later: gzippedLength(later) };
}
