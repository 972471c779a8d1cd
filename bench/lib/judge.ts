import { type Calibration, calibrationOf, type Outcome } from '../../src/mapping/calibration.ts';
import type { MappingRecord, MappingSuggestion } from '../../src/mapping/types.ts';
import type { LabelledSet } from '../labelled-sets.ts';
import { suggestWith } from '../matchers/ours.ts';
import { type Figures, figuresOf } from './figures.ts';
import { misleadingRows } from './questions.ts';

type Suggestion = MappingSuggestion<MappingRecord, MappingRecord>;

/** What the engine said of one organization, and what is right. */
export interface JudgedRow {
  readonly suggestion: Suggestion;
  /** Ids of the accepted customers; empty when the organization has no match. */
  readonly accepted: ReadonlySet<string>;
  /** Names of these customers. */
  readonly acceptedNames: readonly string[];
  /** Whether the customer that was proposed is right; false when none was. */
  readonly isCorrect: boolean;
  /** A homonym by the making of the set, see `misleadingRows`. */
  readonly isMisleading: boolean;
}

/** A set decided by weights that were learned without its family. */
export interface JudgedSet {
  readonly name: string;
  readonly isPairs: boolean;
  readonly rows: readonly JudgedRow[];
  readonly withMatch: number;
  /** As the benchmark counts: the proposal, or the first candidate where there is none. */
  readonly figures: Figures;
  /** First candidates, with their confidence. */
  readonly outcomes: readonly Outcome[];
  readonly calibration: Calibration;
}

/** Decides a set with the given weights, one-to-one and at the default thresholds, names only. */
export function judgeSet(set: LabelledSet, weights: readonly number[]): JudgedSet {
  const rows = set.pairs ? judgePairs(set.pairs, weights) : judgeLists(set, weights);
  const withMatch = rows.filter(({ accepted }) => accepted.size > 0).length;
  const outcomes = rows.flatMap(firstOutcome);
  return {
    name: set.name,
    isPairs: set.pairs !== undefined,
    rows,
    withMatch,
    figures: figuresOf(rows.flatMap(proposal), withMatch),
    outcomes,
    calibration: calibrationOf(outcomes),
  };
}

function judgeLists(set: LabelledSet, weights: readonly number[]): JudgedRow[] {
  const { suggestions } = suggestWith(set.organizations, set.customers, {}, weights);
  const nameOf = new Map(set.customers.map(({ id, name }) => [id, name]));
  const misleading = misleadingRows(set);
  return suggestions.map((suggestion) => {
    const id = String(suggestion.organization.id);
    const accepted = set.accepted.get(id) ?? new Set<string>();
    const names = [...accepted].map((customer) => nameOf.get(customer) ?? customer);
    return judgedRow(suggestion, accepted, names, misleading.has(id));
  });
}

/** Each pair is a list of one customer. */
function judgePairs(pairs: NonNullable<LabelledSet['pairs']>, weights: readonly number[]): JudgedRow[] {
  return pairs.map(({ left, right, isMatch }) => {
    const { suggestions } = suggestWith([{ id: 'a', name: left }], [{ id: 'b', name: right }], {}, weights);
    return judgedRow(suggestions[0]!, new Set(isMatch ? ['b'] : []), isMatch ? [right] : [], false);
  });
}

function judgedRow(
  suggestion: Suggestion,
  accepted: ReadonlySet<string>,
  acceptedNames: readonly string[],
  isMisleading: boolean,
): JudgedRow {
  const { customer } = suggestion;
  const isCorrect = customer !== null && accepted.has(String(customer.id));
  return { suggestion, accepted, acceptedNames, isCorrect, isMisleading };
}

function firstOutcome({ suggestion, accepted }: JudgedRow): Outcome[] {
  const first = suggestion.candidates[0];
  return first ? [{ confidence: first.confidence, isCorrect: accepted.has(String(first.customer.id)) }] : [];
}

function proposal(row: JudgedRow): { score: number; isCorrect: boolean }[] {
  const { customer, confidence } = row.suggestion;
  if (customer !== null) return [{ score: confidence, isCorrect: row.isCorrect }];
  return firstOutcome(row).map(({ confidence: score, isCorrect }) => ({ score, isCorrect }));
}
