/**
 * Measures what the client adds to a bare request, and what an import costs: `npm run bench:client`. Prints tables and
 * writes its part of docs/benchmarks.md. `-- --no-write` prints only; `-- --only calls,listing,imports` runs some, and
 * writes only when none is missing.
 */
import { fork } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  type CallTimes,
  type ListingTime,
  type ListingTimes,
  measureCalls,
  measureListing,
} from './lib/call-overhead.ts';
import { LISTED_ROWS, PAGE_SIZE } from './lib/halo-server.ts';
import { type ImportCost, measureImports } from './lib/import-cost.ts';
import { writeSection } from './lib/sections.ts';
import { table, whole } from './lib/tables.ts';

const AREAS = ['calls', 'listing', 'imports'];
const { values } = parseArgs({
  allowNegative: true,
  options: {
    write: { type: 'boolean', default: true },
    only: { type: 'string', default: AREAS.join(',') },
  },
});
const wanted = new Set(values.only.split(','));
const unknown = [...wanted].find((area) => !AREAS.includes(area));
if (unknown !== undefined) throw new Error(`--only ${unknown} is unknown; there are ${AREAS.join(', ')}`);

function renderCalls({ fetchUs, kyUs, sdkUs }: CallTimes): string {
  const line = (name: string, us: number) => [name, whole(us), (us / kyUs).toFixed(2), whole(us - fetchUs)];
  return `## One call\n\n\`clients.get(12)\` over loopback, one after another, in microseconds (medians). Goals: at most 1.2 x ky alone, at most 150 more than bare \`fetch\`.\n\n${table(
    ['way', 'median µs', 'x ky', 'over fetch µs'],
    [line('fetch + JSON.parse', fetchUs), line('ky alone', kyUs), line('halo-psa', sdkUs)],
  )}`;
}

function renderListing({ byFetch, bySdk, bytesPerRow }: ListingTimes): string {
  const line = (name: string, { wallMs, cpuMs }: ListingTime, held: string) => [
    name,
    whole(wallMs),
    (wallMs / byFetch.wallMs).toFixed(2),
    whole(cpuMs),
    (cpuMs / byFetch.cpuMs).toFixed(2),
    held,
  ];
  return `## ${whole(LISTED_ROWS)} rows\n\nListed ${PAGE_SIZE} at a time; medians, by the clock and in processor time. The loop by hand checks nothing; the listing checks each row, the count and repeated ids. Goals: at most 1.3 x the loop by the clock, at most 100 bytes a row held.\n\n${table(
    ['way', 'ms', 'x loop', 'cpu ms', 'x loop', 'bytes held a row'],
    [
      line('fetch loop by hand', byFetch, 'n/a'),
      line('halo-psa', bySdk, bytesPerRow < 1 ? 'below 1' : bytesPerRow.toFixed(0)),
    ],
  )}`;
}

function renderImports(costs: readonly ImportCost[]): string {
  const kilobytes = (bytes: number | null) => (bytes === null ? 'n/a' : (bytes / 1000).toFixed(1));
  return `## Import\n\nTime of \`import()\` in a fresh process (medians, by the clock and in processor time), and what it loads, minified and gzipped: with everything, own code (without ky and zod), own code without the mapping engine; then the own code that is loaded when it is needed. Goals for \`halo-psa\`: at most 60 ms, and at most 25.6 kB (25 x 1,024 bytes) of its own beside the engine, which may have 40.96.\n\n${table(
    ['entry', 'version', 'import ms', 'cpu ms', 'gzip kB', 'own kB', 'no engine kB', 'later kB'],
    costs.map((cost) => [
      cost.name,
      cost.version,
      cost.importMs.toFixed(1),
      cost.importCpuMs.toFixed(1),
      kilobytes(cost.gzipBytes),
      kilobytes(cost.ownGzipBytes),
      kilobytes(cost.noEngineGzipBytes),
      kilobytes(cost.laterGzipBytes),
    ]),
  )}`;
}

/** The collector, without a flag on the command line. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}

/** Says when other programs shared the machine: times by the clock then mean little. */
function busyNote(): string {
  const load = loadavg()[0] ?? 0;
  if (load <= cpus().length) return '';
  return ` The machine was busy with other work (load ${load.toFixed(0)}): read the processor times.`;
}

const log = (text: string) => console.error(text);
const parts = [
  `# The client\n\nWritten by \`npm run bench:client\`. ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}.${busyNote()}`,
];
if (wanted.has('calls') || wanted.has('listing')) {
  const server = fork(fileURLToPath(new URL('lib/halo-server.ts', import.meta.url)), { silent: true });
  const port = await new Promise<string>((resolve) =>
    server.stdout?.once('data', (data) => resolve(String(data).trim())),
  );
  const origin = `http://127.0.0.1:${port}`;
  if (wanted.has('calls')) parts.push(renderCalls(await measureCalls(origin)));
  if (wanted.has('listing')) parts.push(renderListing(await measureListing(origin, collector())));
  server.disconnect();
}
if (wanted.has('imports')) parts.push(renderImports(await measureImports(log)));
const text = parts.join('\n\n');
console.log(text);
if (values.write && wanted.size < AREAS.length) log('not written: some areas are missing');
else if (values.write) log(`wrote ${writeSection('client', text)}`);
