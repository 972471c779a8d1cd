/**
 * Learns the weights of the evidence: `npm run train -- --data <folder>`.
 *
 * A conditional logit: the candidates of one organization and "none of them" compete, the weights of their evidence add
 * up, and the likelihood of the right answer is maximised, with a penalty on size and on steps between neighbouring
 * levels. No randomness: the same data gives the same table. Every figure printed is of a model that never saw the
 * family it is judged on; the table that is written is learned from all families.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CandidateFinder } from '../src/mapping/candidates.ts';
import { buildCustomerIndex } from '../src/mapping/customer-index.ts';
import { EVIDENCE_KINDS, KIND_OFFSETS } from '../src/mapping/evidence-kinds.ts';
import { parseName } from '../src/mapping/parse-name.ts';
import { type LabelledSet, readLabelledSets } from './labelled-sets.ts';

const KINDS = EVIDENCE_KINDS.length;
const WEIGHTS = KIND_OFFSETS[KINDS]!;

/** One organization: the evidence of its candidates and which of them are right. */
interface Question {
  readonly organization: string;
  readonly customers: readonly string[];
  /** Flat weight indices, KINDS per candidate. */
  readonly features: Int32Array;
  readonly count: number;
  readonly right: readonly number[];
  readonly hasMatch: boolean;
  /** Left out of learning, see `markMisleading`. */
  isMisleading: boolean;
}

interface QuestionSet {
  readonly name: string;
  readonly family: string;
  readonly questions: readonly Question[];
  readonly positives: number;
}

function drain<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function questionsOf(set: LabelledSet): QuestionSet {
  const questions: Question[] = [];
  if (set.pairs) {
    for (const pair of set.pairs) {
      // "A screening label": one-letter edits that make another company are called a match there.
      if (pair.category === 'LLM-proposed deviation') continue;
      const finder = new CandidateFinder(drain(buildCustomerIndex([parseName(pair.right)])));
      questions.push(
        question(finder, 'pair', pair.left, ['pair'], pair.isMatch ? new Set(['pair']) : undefined, [0]),
      );
    }
  } else {
    const finder = new CandidateFinder(
      drain(buildCustomerIndex(set.customers.map(({ name }) => parseName(name)))),
    );
    const ids = set.customers.map(({ id }) => id);
    for (const { id, name } of set.organizations)
      questions.push(question(finder, id, name, ids, set.accepted.get(id)));
    markMisleading(set, questions);
  }
  return {
    name: set.name,
    family: set.family,
    questions,
    positives: questions.filter((q) => q.hasMatch).length,
  };
}

function question(
  finder: CandidateFinder,
  organization: string,
  name: string,
  ids: readonly string[],
  accepted: ReadonlySet<string> | undefined,
  extra: readonly number[] = [],
): Question {
  const found = finder.find(parseName(name), extra);
  const features = new Int32Array(found.length * KINDS);
  const right: number[] = [];
  found.forEach(({ customer, facts }, at) => {
    for (let kind = 0; kind < KINDS; kind++)
      features[at * KINDS + kind] = KIND_OFFSETS[kind]! + facts.levels[kind]!;
    if (accepted?.has(ids[customer]!)) right.push(at);
  });
  return {
    organization,
    customers: found.map(({ customer }) => ids[customer]!),
    features,
    count: found.length,
    right,
    hasMatch: accepted !== undefined,
    isMisleading: false,
  };
}

/**
 * Some sets dropped the organizations whose customer has the identical name and so keep an identical name only where the
 * label says "another one". Learned from, that would teach that identical names are a bad sign.
 */
function markMisleading(set: LabelledSet, questions: readonly Question[]): void {
  const nameOf = new Map(set.customers.map(({ id, name }) => [id, plain(name)]));
  const identical = questions.filter((question, at) => {
    const name = plain(set.organizations[at]!.name);
    return question.customers.some((customer) => nameOf.get(customer) === name);
  });
  const kept = identical.filter(({ organization, right, customers }) => {
    const name = plain(set.organizations.find(({ id }) => id === organization)!.name);
    return right.some((at) => nameOf.get(customers[at]!) === name);
  });
  if (kept.length * 2 >= identical.length) return;
  for (const question of identical) question.isMisleading = true;
  console.log(
    `${set.name}: ${identical.length} questions with an identical name left out, ${kept.length} of them right`,
  );
}

function plain(name: string): string {
  const letters = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  return letters
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function scoresOf(question: Question, weights: Float64Array, out: Float64Array): void {
  for (let c = 0; c < question.count; c++) {
    let sum = 0;
    for (let k = c * KINDS; k < (c + 1) * KINDS; k++) sum += weights[question.features[k]!]!;
    out[c] = sum;
  }
}

/** Softmax over candidates and none; returns the probability of none. */
function softmax(scores: Float64Array, count: number): number {
  let most = 0;
  for (let c = 0; c < count; c++) most = Math.max(most, scores[c]!);
  let total = Math.exp(-most);
  for (let c = 0; c < count; c++) {
    scores[c] = Math.exp(scores[c]! - most);
    total += scores[c]!;
  }
  for (let c = 0; c < count; c++) scores[c]! /= total;
  return Math.exp(-most) / total;
}

/** A set counts by the root of its size: a large set has more to teach, but must not drown the others. */
function weightOf(set: QuestionSet): number {
  return 1 / Math.sqrt(set.questions.length);
}

/** Pull towards 0; a stronger pull halves no error, but brings the confidence on unseen families closer to the truth. */
const RIDGE = 0.1;
/** Pull of neighbouring levels towards each other. */
const SMOOTH = 0.03;
/** The figures no longer change after this many rounds. */
const ROUNDS = 400;

/**
 * What everyone knows and the sets hardly show: there a number or a direction that differs is rare, and where it does, the
 * label is often of another unit of the same body. The learned weight of these levels counts only where it is lower still.
 */
const KNOWN: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  numbers: { 3: -6 },
  compass: { 3: -4.5 },
  place: { 3: -6.8 },
  contrast: { 1: -5 },
  'swapped-word': { 1: -3.3, 2: -3.3 },
  'legal-form': { 9: -1.5 },
  'other-body': { 3: -2.3 },
  'nothing-shared': { 1: -3 },
};

function withKnown(weights: Float64Array): Float64Array {
  EVIDENCE_KINDS.forEach(({ kind }, at) => {
    for (const [level, weight] of Object.entries(KNOWN[kind] ?? {})) {
      const index = KIND_OFFSETS[at]! + Number(level);
      weights[index] = Math.min(weights[index]!, weight);
    }
  });
  return weights;
}

/**
 * Leading levels that say "nothing to report", held at 0: an explanation lists only what there is, and the values above
 * are differences from it.
 */
const NEUTRAL: Readonly<Record<string, number>> = {
  'left-over': 3,
  'left-over-both': 1,
  typing: 3,
  shortened: 1,
  meaning: 1,
  'word-order': 1,
  'joined-words': 1,
  'initials-within': 1,
  initials: 1,
  'legal-form': 1,
  reading: 1,
  numbers: 1,
  compass: 1,
  place: 1,
  contrast: 1,
  'swapped-word': 1,
  'nothing-shared': 1,
  'other-body': 1,
  'near-rivals': 1,
  namesakes: 1,
};
const IS_HELD = new Uint8Array(WEIGHTS);
EVIDENCE_KINDS.forEach(({ kind }, at) => {
  for (let level = 0; level < (NEUTRAL[kind] ?? 0); level++) IS_HELD[KIND_OFFSETS[at]! + level] = 1;
});
/** The base rate is no evidence and is learned freely. */
const START = KIND_OFFSETS[EVIDENCE_KINDS.findIndex(({ kind }) => kind === 'start')]!;

/** Neighbouring levels: of a scale, and of both directions of a grid. */
const NEIGHBOURS: readonly (readonly [number, number])[] = EVIDENCE_KINDS.flatMap((kind, at) => {
  const from = KIND_OFFSETS[at]!;
  const pairs: [number, number][] = [];
  const columns =
    { words: 5, lead: 6, initials: 4, 'short-name': 3 }[kind.kind as string] ?? (kind.isScale ? 1 : 0);
  if (columns === 0) return pairs;
  const first = kind.kind === 'initials' ? 1 : 0;
  for (let level = first; level < kind.levels; level++) {
    if (level + columns < kind.levels) pairs.push([from + level, from + level + columns]);
    if (columns > 1 && (level - first + 1) % columns !== 0 && level + 1 < kind.levels)
      pairs.push([from + level, from + level + 1]);
  }
  return pairs;
});

/** Full-batch gradient descent with Adam's step sizes: a convex problem but for organizations with several right answers. */
function learn(sets: readonly QuestionSet[]): Float64Array {
  const weights = new Float64Array(WEIGHTS);
  const first = new Float64Array(WEIGHTS);
  const second = new Float64Array(WEIGHTS);
  const gradient = new Float64Array(WEIGHTS);
  const scores = new Float64Array(64);
  let total = 0;
  for (const set of sets) total += weightOf(set) * set.questions.length;
  for (let round = 1; round <= ROUNDS; round++) {
    gradient.fill(0);
    for (const set of sets) {
      const share = weightOf(set) / total;
      for (const question of set.questions) addGradient(question, weights, share, gradient, scores);
    }
    const scale = 1 / 300;
    for (let i = 0; i < WEIGHTS; i++) {
      if (i !== START) gradient[i]! += RIDGE * scale * weights[i]!;
    }
    for (const [a, b] of NEIGHBOURS) {
      const step = SMOOTH * scale * (weights[a]! - weights[b]!);
      gradient[a]! += step;
      gradient[b]! -= step;
    }
    for (let i = 0; i < WEIGHTS; i++) if (IS_HELD[i] === 1) gradient[i] = 0;
    const rate = 0.08 * Math.min(1, (2 * (ROUNDS - round) + 1) / ROUNDS);
    for (let i = 0; i < WEIGHTS; i++) {
      first[i] = 0.9 * first[i]! + 0.1 * gradient[i]!;
      second[i] = 0.999 * second[i]! + 0.001 * gradient[i]! ** 2;
      weights[i]! -=
        (rate * (first[i]! / (1 - 0.9 ** round))) / (Math.sqrt(second[i]! / (1 - 0.999 ** round)) + 1e-8);
    }
  }
  return rescaled(withKnown(weights), sets);
}

/** Fits one factor for all weights and one shift of the base rate, since the known weights moved the confidences. */
function rescaled(weights: Float64Array, sets: readonly QuestionSet[]): Float64Array {
  const scores = new Float64Array(64);
  const total = sets.reduce((sum, set) => sum + weightOf(set) * set.questions.length, 0);
  let factor = 1;
  let shift = 0;
  for (let round = 1; round <= 60; round++) {
    let factorSlope = 0;
    let shiftSlope = 0;
    for (const set of sets) {
      const share = weightOf(set) / total;
      for (const question of set.questions) {
        if (question.isMisleading) continue;
        scoresOf(question, weights, scores);
        const raw = scores.slice(0, question.count);
        for (let c = 0; c < question.count; c++) scores[c] = factor * raw[c]! + shift;
        softmax(scores, question.count);
        let right = 0;
        for (const at of question.right) right += scores[at]!;
        for (let c = 0; c < question.count; c++) {
          const target = question.right.includes(c) ? scores[c]! / right : 0;
          factorSlope += share * (scores[c]! - target) * raw[c]!;
          shiftSlope += share * (scores[c]! - target);
        }
      }
    }
    factor -= 0.3 * factorSlope;
    shift -= 1.5 * shiftSlope;
  }
  const scaled = weights.map((weight) => weight * factor);
  scaled[START]! += shift;
  console.log(`  all weights times ${factor.toFixed(3)}, base rate moved by ${shift.toFixed(2)}`);
  return scaled;
}

function addGradient(
  question: Question,
  weights: Float64Array,
  share: number,
  gradient: Float64Array,
  scores: Float64Array,
): void {
  if (question.isMisleading) return;
  scoresOf(question, weights, scores);
  softmax(scores, question.count);
  let right = 0;
  for (const at of question.right) right += scores[at]!;
  const isNone = question.right.length === 0;
  for (let c = 0; c < question.count; c++) {
    const probability = scores[c]!;
    const target = isNone ? 0 : question.right.includes(c) ? probability / right : 0;
    const slope = share * (probability - target);
    if (Math.abs(slope) < 1e-12) continue;
    for (let k = c * KINDS; k < (c + 1) * KINDS; k++) gradient[question.features[k]!]! += slope;
  }
}

interface Proposal {
  readonly confidence: number;
  readonly isRight: boolean;
  readonly hasMatch: boolean;
}

function propose(set: QuestionSet, weights: Float64Array): Proposal[] {
  const scores = new Float64Array(64);
  return set.questions.map((question) => {
    scoresOf(question, weights, scores);
    softmax(scores, question.count);
    let best = -1;
    for (let c = 0; c < question.count; c++) if (best < 0 || scores[c]! > scores[best]!) best = c;
    return {
      confidence: best < 0 ? 0 : scores[best]!,
      isRight: question.right.includes(best),
      hasMatch: question.hasMatch,
    };
  });
}

export function figures(proposals: readonly Proposal[]): Record<string, number> {
  const sorted = [...proposals].sort((a, b) => b.confidence - a.confidence);
  const positives = proposals.filter(({ hasMatch }) => hasMatch).length;
  let right = 0;
  let f1 = 0;
  let p99 = 0;
  let p95 = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (sorted[i]!.isRight) right++;
    if (i + 1 < sorted.length && sorted[i + 1]!.confidence === sorted[i]!.confidence) continue;
    const precision = right / (i + 1);
    const recall = right / positives;
    if (precision + recall > 0) f1 = Math.max(f1, (2 * precision * recall) / (precision + recall));
    if (precision >= 0.99) p99 = Math.max(p99, recall);
    if (precision >= 0.95) p95 = Math.max(p95, recall);
  }
  return { top1: right / positives, f1, p95, p99, ece: calibrationError(proposals) };
}

function calibrationError(proposals: readonly Proposal[]): number {
  const sorted = [...proposals].sort((a, b) => a.confidence - b.confidence);
  let error = 0;
  for (let bin = 0; bin < 10; bin++) {
    const rows = sorted.slice(
      Math.floor((bin * sorted.length) / 10),
      Math.floor(((bin + 1) * sorted.length) / 10),
    );
    let gap = 0;
    for (const { confidence, isRight } of rows) gap += confidence - (isRight ? 1 : 0);
    error += Math.abs(gap) / sorted.length;
  }
  return error;
}

function reliability(proposals: readonly Proposal[]): string {
  const sorted = [...proposals].sort((a, b) => a.confidence - b.confidence);
  const out: string[] = [];
  for (let bin = 0; bin < 10; bin++) {
    const rows = sorted.slice(
      Math.floor((bin * sorted.length) / 10),
      Math.floor(((bin + 1) * sorted.length) / 10),
    );
    const mean = rows.reduce((sum, { confidence }) => sum + confidence, 0) / rows.length;
    const hit = rows.filter(({ isRight }) => isRight).length / rows.length;
    out.push(`${(100 * mean).toFixed(0)}>${(100 * hit).toFixed(0)}`);
  }
  return `    ${out.join('  ')}`;
}

const percent = (value: number | undefined) => (100 * (value ?? 0)).toFixed(1).padStart(6);

function main(): void {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      data: { type: 'string' },
      folds: { type: 'string' },
      judge: { type: 'boolean', default: true },
    },
  });
  if (values.data === undefined) throw new Error('Say where the labelled sets are: --data <folder>');
  const sets = readLabelledSets(values.data).map(questionsOf);
  const families = [...new Set(sets.map(({ family }) => family))];
  const pooled: Proposal[] = [];
  console.log('Each set decided by weights learned without its family, in percent');
  console.log('set                 top1     F1  R@P95  R@P99    ECE  recall of candidates');
  for (const family of values.judge ? families : []) {
    const weights = learn(sets.filter((set) => set.family !== family));
    if (values.folds !== undefined) writeFold(values.folds, family, weights);
    for (const set of sets) {
      if (set.family !== family) continue;
      const proposals = propose(set, weights);
      if (family !== 'nk') pooled.push(...proposals);
      const f = figures(proposals);
      const recall = set.questions.filter(({ right }) => right.length > 0).length / set.positives;
      console.log(
        set.name.padEnd(17),
        percent(f.top1),
        percent(f.f1),
        percent(f.p95),
        percent(f.p99),
        percent(f.ece),
        percent(recall),
      );
    }
  }
  const f = figures(pooled);
  console.log(
    'pooled'.padEnd(17),
    percent(f.top1),
    percent(f.f1),
    percent(f.p95),
    percent(f.p99),
    percent(f.ece),
  );
  console.log('confidence > share that was right, ten bins of equal count:', reliability(pooled));
  for (const precision of [0.99, 0.993])
    console.log('threshold for', precision, thresholdFor(pooled, precision));
  writeWeights(learn(sets), sets);
}

/** Keeps the weights learned without a family, for `npm run bench:mapping -- --folds <folder>`. */
function writeFold(folder: string, family: string, weights: Float64Array): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${family}.json`), JSON.stringify([...weights]));
}

function thresholdFor(proposals: readonly Proposal[], wanted: number): string {
  const sorted = [...proposals].sort((a, b) => b.confidence - a.confidence);
  let right = 0;
  let found = 1;
  let taken = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (sorted[i]!.isRight) right++;
    if (right / (i + 1) >= wanted) {
      found = sorted[i]!.confidence;
      taken = i + 1;
    }
  }
  return `${found.toFixed(4)} takes ${taken} of ${sorted.length}`;
}

function writeWeights(weights: Float64Array, sets: readonly QuestionSet[]): void {
  const lines = EVIDENCE_KINDS.map(({ kind }, at) => {
    const values = [...weights.slice(KIND_OFFSETS[at]!, KIND_OFFSETS[at + 1]!)].map((value) =>
      Number(value.toFixed(2)),
    );
    return `  // ${kind}\n  ${values.join(', ')},`;
  });
  const text = `// Written by \`npm run train\`; do not edit. Learned from ${sets.map(({ name }) => name).join(', ')}.
// Third-party labels: the data stays outside this repository, the table below is all that is taken from it.

/** Weight of every level of every kind of evidence, in log-odds. @internal */
// biome-ignore format: one kind a line
export const EVIDENCE_WEIGHTS: readonly number[] = [
${lines.join('\n')}
];
`;
  writeFileSync(fileURLToPath(new URL('../src/mapping/weights.ts', import.meta.url)), text);
}

main();
