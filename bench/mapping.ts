/**
 * Compares the mapping engine with other libraries: `npm run bench:mapping -- --data <folder>`.
 * Prints tables and writes docs/benchmarks.md. bench/README.md says which data, where from, and what is measured.
 */
import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type LabelledSet, readLabelledSets } from './labelled-sets.ts';
import { type Budget, compareOn, type SetResult } from './lib/accuracy.ts';
import { generatedLists } from './lib/generated-lists.ts';
import { renderReport } from './lib/report.ts';
import { measureScaling, type ScalingRow } from './lib/scaling.ts';
import { writeSection } from './lib/sections.ts';
import { PEERS } from './matchers/peers.ts';
import { tfidfTrigrams } from './matchers/tfidf-trigrams.ts';

const HELP = `npm run bench:mapping -- --data <folder> [options]
  --data <folder>     labelled sets (see bench/README.md); lists.mjs and tfidf3.mjs are used where the folder has them
  --folds <folder>    weights learned without each family, as npm run train -- --folds <folder> writes them
  --sets <names>      only sets whose name contains one of these, separated by commas
  --peers <names>     only peers whose name contains one of these, separated by commas; "none" for no peer
  --sizes <numbers>   sizes of the scaling runs; default 200,2000,10000,50000,100000; "none" for no scaling runs
  --errors <number>   also prints the surest mistakes on each set; they are never written to a file
  --no-write          print only
A full run takes about an hour, most of it in the slow peers.`;

/** Two minutes a set, as long as a person would wait; slower peers get the first 400 organizations. */
const BUDGET: Budget = { peerMs: 120_000, fewOrganizations: 400 };
/** What a large provider of managed services has. */
const USUAL_SIZE = 2000;

const { values } = parseArgs({
  allowNegative: true,
  options: {
    data: { type: 'string' },
    folds: { type: 'string' },
    sets: { type: 'string', default: '' },
    peers: { type: 'string', default: '' },
    sizes: { type: 'string', default: '200,2000,10000,50000,100000' },
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
  const sets = setsToCompare(values.data);
  const results: SetResult[] = sets
    .filter(({ name }) => isWanted(name, values.sets))
    .map((set) => compareOn(set, tfidfTrigrams, peers, BUDGET, foldWeights(set.family), log));
  const scaling: ScalingRow[] = measureScaling(
    sizes.length === 0 ? [] : scaledMatchers(values.data, peers),
    sizes,
    BUDGET.peerMs,
    values.data,
    log,
  );
  const text = renderReport({
    machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`,
    node: process.versions.node,
    date: new Date().toISOString().slice(0, 10),
    sets: results,
    scaling,
  });
  console.log(text);
  for (const result of results) printMistakes(result, sets, Number(values.errors));
  if (values.write) write(text);
}

function setsToCompare(folder: string | undefined): LabelledSet[] {
  return [...(folder === undefined ? [] : readLabelledSets(folder)), generatedLists(USUAL_SIZE)];
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
