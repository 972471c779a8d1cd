/**
 * Compares the mapping engine with other libraries: `npm run bench:mapping -- --data <folder>`.
 * Prints tables and writes docs/benchmarks.md. bench/README.md says which data, where from, and what is measured.
 */
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LabelledSet } from './labelled-sets.ts';
import { judgeSet, type Line, type SetResult } from './lib/accuracy.ts';
import { PEER_BUDGET, setsToCompare } from './lib/compared-sets.ts';
import type { Matcher } from './lib/matcher.ts';
import { measurePeers, type PeerRun } from './lib/peer-runs.ts';
import { renderReport } from './lib/report.ts';
import { measureScaling, type ScalingRow } from './lib/scaling.ts';
import { measureSearchRecall, type SearchRecall } from './lib/search-recall.ts';
import { writeSection } from './lib/sections.ts';
import { PEERS } from './matchers/peers.ts';
import { tfidfTrigrams } from './matchers/tfidf-trigrams.ts';
import { ASYNC_MATCHER, listsOf } from './measure.ts';

const HELP = `npm run bench:mapping -- --data <folder> [options]
  --data <folder>     labelled sets (see bench/README.md); lists.mjs and tfidf3.mjs are used where the folder has them
  --folds <folder>    weights learned without each family, as npm run train -- --folds <folder> writes them
  --sets <names>      only sets whose name contains one of these, separated by commas
  --peers <names>     only peers whose name contains one of these, separated by commas; "none" for no peer
  --sizes <numbers>   sizes of the scaling runs; default 200,2000,10000,50000,100000; "none" for no scaling runs
  --jobs <number>     other matchers measured at the same time, default 1: one for each processor that has nothing else to do
  --resume            takes the results of other matchers that an earlier run left in reports/bench-mapping
  --peers-only        measures the other matchers and stops, for a later run with --resume
  --errors <number>   also prints the surest mistakes on each set; they are never written to a file
  --no-write          print only
A full run takes about an hour, half of that with --jobs 2, most of it in the slow peers.`;

/** Up to as many customers the search finds exactly what it would find without pruning. */
const EXACT_SIZE = 5000;

const { values } = parseArgs({
  allowNegative: true,
  options: {
    data: { type: 'string' },
    folds: { type: 'string' },
    sets: { type: 'string', default: '' },
    peers: { type: 'string', default: '' },
    sizes: { type: 'string', default: '200,2000,10000,50000,100000' },
    jobs: { type: 'string', default: '1' },
    resume: { type: 'boolean', default: false },
    'peers-only': { type: 'boolean', default: false },
    errors: { type: 'string', default: '0' },
    write: { type: 'boolean', default: true },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  const peers = values.peers === 'none' ? [] : PEERS.filter(({ id }) => isWanted(id, values.peers));
  const sizes = values.sizes === 'none' ? [] : values.sizes.split(',').map(Number);
  const sets = setsToCompare(values.data).filter(({ name }) => isWanted(name, values.sets));
  const runs = peerRuns(sets, peers);
  const lines = await measurePeers(runs, values.data, Number(values.jobs), values.resume, log);
  if (!values['peers-only']) await report(sets, peers, sizes, lines);
}

/** The quick matchers first, so that a run that is stopped leaves as many results as possible. */
function peerRuns(sets: readonly LabelledSet[], peers: readonly Matcher[]): PeerRun[] {
  return [tfidfTrigrams, ...peers].flatMap(({ id }) =>
    sets.flatMap(({ name, family }) =>
      (['raw', 'cleaned'] as const).map((names) => ({
        set: name,
        matcher: id,
        names,
        isTimed: family === 'generated',
      })),
    ),
  );
}

async function report(
  sets: readonly LabelledSet[],
  peers: readonly Matcher[],
  sizes: readonly number[],
  lines: ReadonlyMap<PeerRun, Line>,
): Promise<void> {
  const results: SetResult[] = sets.map((set) => {
    const ofSet = [...lines].filter(([run]) => run.set === set.name).map(([, line]) => line);
    const baseline = ofSet.filter(({ matcher }) => matcher === tfidfTrigrams.id);
    const others = ofSet.filter(({ matcher }) => matcher !== tfidfTrigrams.id);
    const result = judgeSet(set, baseline, others, foldWeights(set.family));
    log(
      `${set.name}  ours: F1 ${(100 * result.ours.figures.f1).toFixed(1)} in ${Math.round(result.ours.ms)} ms`,
    );
    return result;
  });
  const scaling: ScalingRow[] = measureScaling(
    sizes.length === 0 ? [] : scaledMatchers(values.data, peers),
    sizes,
    PEER_BUDGET.peerMs,
    values.data,
    log,
  );
  const text = renderReport({
    machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`,
    node: process.versions.node,
    date: new Date().toISOString().slice(0, 10),
    versions: versionsOf(peers),
    sets: results,
    scaling,
    recalls: await searchRecalls(sizes),
  });
  console.log(text);
  for (const result of results) printMistakes(result, sets, Number(values.errors));
  if (values.write) write(text);
}

/** At the size up to which the search promises to be exact, and at the largest. */
async function searchRecalls(sizes: readonly number[]): Promise<SearchRecall[]> {
  if (sizes.length === 0) return [];
  const recalls: SearchRecall[] = [];
  for (const size of [EXACT_SIZE, Math.max(...sizes)]) {
    const { organizations, customers } = await listsOf(size, values.data);
    recalls.push(measureSearchRecall(organizations, customers));
    log(`search at ${size}: ${(100 * recalls.at(-1)!.keptOfTen).toFixed(2)} % of the best ten kept`);
  }
  return recalls;
}

/** Versions of the libraries behind the matchers, as they are installed for the benchmark. */
function versionsOf(matchers: readonly Matcher[]): string {
  const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
  return Object.entries<string>(dependencies)
    .filter(([name]) =>
      matchers.some(({ id }) => name.toLowerCase().includes(id.split(' ')[0]!.toLowerCase())),
    )
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

function printMistakes({ set, evaluation }: SetResult, sets: readonly LabelledSet[], limit: number): void {
  if (evaluation === null || limit === 0) return;
  const customers = sets.find(({ name }) => name === set)!.customers;
  const nameOf = new Map(customers.map(({ id, name }) => [id, name]));
  console.log(`\n## Surest mistakes on ${set}\n`);
  for (const mistake of evaluation.mistakes.slice(0, limit)) {
    const accepted = mistake.acceptedCustomerIds.map((id) => nameOf.get(id)).join(' / ') || 'nobody';
    const { organization, customer, status, confidence } = mistake;
    console.log(
      `${confidence.toFixed(3)} ${status}: "${organization.name}" is "${accepted}", not "${customer?.name ?? 'nobody'}"`,
    );
  }
}

function isWanted(name: string, wanted: string): boolean {
  return wanted.split(',').some((part) => name.toLowerCase().includes(part.trim().toLowerCase()));
}

function foldWeights(family: string): readonly number[] | undefined {
  const file = join(values.folds ?? '', `${family}.json`);
  return values.folds !== undefined && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function scaledMatchers(folder: string | undefined, peers: readonly { readonly id: string }[]) {
  const hasBaselineScript = folder !== undefined && existsSync(join(folder, 'tfidf3.mjs'));
  return [
    { id: 'halo-psa 1', isPeer: false },
    { id: 'halo-psa 5', isPeer: false },
    { id: ASYNC_MATCHER, isPeer: false },
    { id: tfidfTrigrams.id, isPeer: false },
    ...(hasBaselineScript ? [{ id: 'tfidf3.mjs', isPeer: false }] : []),
    ...peers.map(({ id }) => ({ id, isPeer: true })),
  ];
}

function write(text: string): void {
  log(`wrote ${writeSection('mapping', text)}`);
}

function log(text: string): void {
  console.error(text);
}
