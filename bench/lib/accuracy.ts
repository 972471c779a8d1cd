import { type Calibration, calibrationOf, type Outcome } from '../../src/mapping/calibration.ts';
import { evaluateMappings, type MappingEvaluation } from '../../src/mapping/evaluate.ts';
import type { MappingRecord } from '../../src/mapping/types.ts';
import type { LabelledSet, NamedRow } from '../labelled-sets.ts';
import { type Report, suggestWith } from '../matchers/ours.ts';
import { cleanName } from './clean-name.ts';
import { type Figures, figuresOf, type Proposal } from './figures.ts';
import type { Matcher } from './matcher.ts';
import { spreadSample } from './spread-sample.ts';
import { median } from './statistics.ts';

/** A peer that would take longer on a set is asked for the first organizations only. */
export interface Budget {
  readonly peerMs: number;
  readonly fewOrganizations: number;
}

/** One line of the comparison on a set. */
export interface Line {
  readonly matcher: string;
  readonly names: 'raw' | 'cleaned' | 'as given';
  readonly organizations: number;
  readonly figures: Figures;
  readonly ms: number;
  /** The engine's time for the same organizations, in the same process. */
  readonly oursMs?: number;
}

export type Evaluation = MappingEvaluation<MappingRecord, MappingRecord>;

/** Everything measured on one set. */
export interface SetResult {
  readonly set: string;
  readonly family: string;
  readonly organizations: number;
  readonly customers: number;
  readonly withMatch: number;
  /** Whether the set's own family was kept out of the weights that decided it. */
  readonly isUnseen: boolean;
  readonly baseline: readonly Line[];
  readonly peers: readonly Line[];
  readonly ours: Line;
  /** Ours on as few organizations as the slow peers got; null where none was slow. */
  readonly oursOnFew: Line | null;
  /** Of our report; null for sets of single pairs. */
  readonly evaluation: Evaluation | null;
  readonly calibration: Calibration;
  readonly outcomes: readonly Outcome[];
}

/** Fast matchers run again, up to this often and this long, and the median counts. */
const REPEATS = 15;
const REPEAT_WITHIN_MS = 3000;
/** Organizations that a matcher is tried on before its time is estimated. */
const TRIAL = 10;

/** Runs one matcher on one set, and the engine beside it on the same organizations. */
export function comparePeer(set: LabelledSet, matcher: Matcher, names: Line['names'], budget: Budget): Line {
  const line = set.pairs ? runOnPairs(set, matcher, names) : runOnLists(set, matcher, names, budget);
  const ours = runOurs(sampleOf(set, line.organizations), undefined).line;
  return { ...line, oursMs: ours.ms };
}

/** What the engine makes of a set, beside what the others made of it. */
export function judgeSet(
  set: LabelledSet,
  baseline: readonly Line[],
  peers: readonly Line[],
  weights: readonly number[] | undefined,
): SetResult {
  const ours = runOurs(set, weights);
  const fewest = Math.min(...peers.map((line) => line.organizations), ours.line.organizations);
  return {
    set: set.name,
    family: set.family,
    organizations: set.pairs?.length ?? set.organizations.length,
    customers: set.pairs?.length ?? set.customers.length,
    withMatch: set.pairs?.filter((pair) => pair.isMatch).length ?? set.accepted.size,
    isUnseen: weights !== undefined,
    baseline,
    peers,
    ours: ours.line,
    oursOnFew: fewest < ours.line.organizations ? runOurs(sampleOf(set, fewest), weights).line : null,
    evaluation: ours.evaluation,
    calibration: calibrationOf(ours.outcomes),
    outcomes: ours.outcomes,
  };
}

/** The same set with fewer organizations. */
function sampleOf(set: LabelledSet, count: number): LabelledSet {
  if (set.pairs || count === set.organizations.length) return set;
  const organizations = spreadSample(set.organizations, count);
  const ids = new Set(organizations.map(({ id }) => id));
  return { ...set, organizations, accepted: new Map([...set.accepted].filter(([id]) => ids.has(id))) };
}

function runOnLists(set: LabelledSet, matcher: Matcher, names: Line['names'], budget: Budget): Line {
  const nameOf = (row: NamedRow) => (names === 'raw' ? row.name : cleanName(row.name));
  const startedAt = performance.now();
  const cpuAt = process.cpuUsage();
  const customers = set.customers.map(nameOf);
  const find = matcher.prepare(customers, set.organizations.map(nameOf));
  const preparedMs = performance.now() - startedAt;
  const preparedCpuMs = cpuMsSince(cpuAt);
  const ask = (organizations: readonly NamedRow[]) => {
    const proposals: Proposal[] = [];
    for (const organization of organizations) {
      const hit = find(nameOf(organization));
      if (!hit) continue;
      const isCorrect = set.accepted.get(organization.id)?.has(set.customers[hit.index]!.id) ?? false;
      proposals.push({ score: hit.score, isCorrect });
    }
    return proposals;
  };
  // Processor time: how many organizations are asked must not depend on what else the machine does.
  const trialAt = process.cpuUsage();
  ask(set.organizations.slice(0, TRIAL));
  const perOrganizationMs = cpuMsSince(trialAt) / Math.min(TRIAL, set.organizations.length);
  const isSlow = preparedCpuMs + perOrganizationMs * set.organizations.length > budget.peerMs;
  const asked = isSlow ? sampleOf(set, budget.fewOrganizations) : set;
  const timesMs: number[] = [];
  let proposals: Proposal[] = [];
  const repeatUntil = performance.now() + REPEAT_WITHIN_MS;
  do {
    const runAt = performance.now();
    proposals = ask(asked.organizations);
    timesMs.push(performance.now() - runAt);
  } while (timesMs.length < REPEATS && performance.now() < repeatUntil);
  return {
    matcher: matcher.id,
    names,
    organizations: asked.organizations.length,
    figures: figuresOf(proposals, asked.accepted.size),
    ms: preparedMs + median(timesMs),
  };
}

function cpuMsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** A set of single pairs: each is a list of one customer. */
function runOnPairs(set: LabelledSet, matcher: Matcher, names: Line['names']): Line {
  const nameOf = (name: string) => (names === 'raw' ? name : cleanName(name));
  const startedAt = performance.now();
  const proposals = set.pairs!.flatMap((pair): Proposal[] => {
    const hit = matcher.prepare([nameOf(pair.right)], [nameOf(pair.left)])(nameOf(pair.left));
    return hit ? [{ score: hit.score, isCorrect: pair.isMatch }] : [];
  });
  return {
    matcher: matcher.id,
    names,
    organizations: set.pairs!.length,
    figures: figuresOf(proposals, set.pairs!.filter((pair) => pair.isMatch).length),
    ms: performance.now() - startedAt,
  };
}

interface OurRun {
  readonly line: Line;
  readonly evaluation: Evaluation | null;
  readonly outcomes: readonly Outcome[];
}

function runOurs(set: LabelledSet, weights: readonly number[] | undefined): OurRun {
  return set.pairs ? runOursOnPairs(set, weights) : runOursOnLists(set, weights);
}

function runOursOnLists(set: LabelledSet, weights: readonly number[] | undefined): OurRun {
  const timesMs: number[] = [];
  let report: Report;
  const repeatUntil = performance.now() + REPEAT_WITHIN_MS;
  do {
    const runAt = performance.now();
    report = suggestWith(set.organizations, set.customers, {}, weights);
    timesMs.push(performance.now() - runAt);
  } while (timesMs.length < REPEATS && performance.now() < repeatUntil);
  const outcomes = outcomesOf(report, set.accepted, false);
  const truth = set.organizations.map(({ id }) => ({
    organizationId: id,
    customerId: set.accepted.has(id) ? [...set.accepted.get(id)!] : null,
  }));
  const proposals = outcomesOf(report, set.accepted, true).map(({ confidence, isCorrect }) => ({
    score: confidence,
    isCorrect,
  }));
  return {
    line: {
      matcher: 'halo-psa',
      names: 'as given',
      organizations: set.organizations.length,
      figures: figuresOf(proposals, set.accepted.size),
      ms: median(timesMs),
    },
    evaluation: evaluateMappings(report, truth),
    outcomes,
  };
}

/** What is proposed (the first candidate where nothing is), or the first candidate in any case. */
function outcomesOf(
  report: Report,
  accepted: ReadonlyMap<string, ReadonlySet<string>>,
  isProposalFirst: boolean,
): Outcome[] {
  return report.suggestions.flatMap((suggestion): Outcome[] => {
    const first = suggestion.candidates[0];
    const isProposed = isProposalFirst && suggestion.customer !== null;
    const customer = isProposed ? suggestion.customer : first?.customer;
    if (!customer) return [];
    const confidence = isProposed ? suggestion.confidence : first!.confidence;
    const isCorrect = accepted.get(String(suggestion.organization.id))?.has(String(customer.id)) ?? false;
    return [{ confidence, isCorrect }];
  });
}

function runOursOnPairs(set: LabelledSet, weights: readonly number[] | undefined): OurRun {
  const startedAt = performance.now();
  const outcomes = set.pairs!.flatMap((pair): Outcome[] => {
    const report = suggestWith([{ id: 'a', name: pair.left }], [{ id: 'b', name: pair.right }], {}, weights);
    const first = report.suggestions[0]!.candidates[0];
    return first ? [{ confidence: first.confidence, isCorrect: pair.isMatch }] : [];
  });
  const proposals = outcomes.map(({ confidence, isCorrect }) => ({ score: confidence, isCorrect }));
  return {
    line: {
      matcher: 'halo-psa',
      names: 'as given',
      organizations: set.pairs!.length,
      figures: figuresOf(proposals, set.pairs!.filter((pair) => pair.isMatch).length),
      ms: performance.now() - startedAt,
    },
    evaluation: null,
    outcomes,
  };
}
