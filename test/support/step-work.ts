/**
 * Counts how often each piece of the engine's code runs between two yields. Runs in a thread of its own: what counts slows
 * all code of its thread, and would take the counts from a report of coverage.
 */
import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { type Answer, type DecisionRules, decide } from '../../src/mapping/decide.ts';
import { finish } from '../../src/mapping/suggest-mappings.ts';
import { prepareCustomers, suggestSteps } from '../../src/mapping/suggest-steps.ts';
import type { DecidedPair, MappingRecord } from '../../src/mapping/types.ts';

/** Stages of a report, each for lists of a length. */
const STAGES = {
  'customers are checked and indexed': (rows: number) => prepareCustomers(customersOf(rows), {}),
  'confirmed pairs are read': (rows: number) => prepareCustomers([], { confirmed: pairsOf(rows) }),
  'rejected pairs are read': (rows: number) => prepareCustomers([], { rejected: pairsOf(rows) }),
  'organizations are checked, asked and reported': (rows: number) =>
    suggestSteps(blanksOf(rows), finish(prepareCustomers([], {}))),
  'rows are decided together': (rows: number) => decide(tiedAnswersOf(rows), tiedRulesOf(rows, true)),
  'rows are decided alone': (rows: number) => decide(tiedAnswersOf(rows), tiedRulesOf(rows, false)),
} as const;

export type Stage = keyof typeof STAGES;
export const STAGE_NAMES = Object.keys(STAGES) as readonly Stage[];

/** Per stage: a piece of code, as `file:line function`, and its most runs between two yields. */
export type StepWork = Readonly<Record<Stage, Readonly<Record<string, number>>>>;

/** Names share words as real ones do. */
function customersOf(rows: number): MappingRecord[] {
  const wordOf = (number: number) => `zar${((number + 1) * 7919).toString(36)}`;
  return numbersTo(rows).map((i) => ({ id: `c${i}`, name: `${wordOf(i)} ${wordOf(i % 300)} Group` }));
}

/** What the search costs is bounded elsewhere: these ask for nothing. */
function blanksOf(rows: number): MappingRecord[] {
  return numbersTo(rows).map((i) => ({ id: `o${i}`, name: '' }));
}

function pairsOf(rows: number): DecidedPair[] {
  return numbersTo(rows).map((i) => ({ organizationId: `o${i}`, customerId: `c${i}` }));
}

/** Two organizations want one customer equally: half as many ties as rows. */
export function tiedAnswersOf(rows: number): Answer[] {
  return numbersTo(rows).map((i) => ({
    isConfirmed: false,
    needsReview: false,
    candidates: [{ customer: i >> 1, confidence: 0.95, needsPerson: false }],
  }));
}

/** Rules for as many customers. */
export function tiedRulesOf(customers: number, isOneToOne: boolean): DecisionRules {
  const thresholds = { matched: 0.9, review: 0.5 };
  return { thresholds, isOneToOne, customers, needsReview: () => false, mayBeMatched: () => true };
}

function numbersTo(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** Runs all stages for lists of these lengths, in a thread of its own. */
export function countStepWork(lengths: readonly [number, number]): Promise<[StepWork, StepWork]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url));
    worker.once('message', resolve).once('error', reject);
    worker.postMessage(lengths);
  });
}

const ENGINE = new URL('../../src/mapping/', import.meta.url).href;

async function count(session: Session, steps: Generator<unknown, unknown>): Promise<Record<string, number>> {
  const most: Record<string, number> = {};
  await session.post('Profiler.takePreciseCoverage');
  for (let isDone = false; !isDone; ) {
    isDone = steps.next().done === true;
    const { result } = await session.post('Profiler.takePreciseCoverage');
    for (const { url, functions } of result) {
      if (!url.startsWith(ENGINE)) continue;
      for (const { functionName, ranges } of functions)
        for (const { startOffset, count: runs } of ranges) {
          const piece = `${url.slice(ENGINE.length)}:${lineAt(url, startOffset)} ${functionName}`.trim();
          most[piece] = Math.max(most[piece] ?? 0, runs);
        }
    }
  }
  return most;
}

const sources = new Map<string, string>();

function lineAt(url: string, offset: number): number {
  const source = sources.get(url) ?? readFileSync(new URL(url), 'utf8');
  sources.set(url, source);
  return source.slice(0, offset).split('\n').length;
}

if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  port.once('message', async (lengths: readonly number[]) => {
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    const work: StepWork[] = [];
    for (const rows of lengths) {
      const counted: Partial<Record<Stage, Record<string, number>>> = {};
      for (const stage of STAGE_NAMES) counted[stage] = await count(session, STAGES[stage](rows));
      work.push(counted as StepWork);
    }
    port.postMessage(work);
  });
}
