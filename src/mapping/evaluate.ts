import { type Calibration, calibrationOf, type Outcome } from './calibration.ts';
import { adviseThresholds, type ThresholdAdvice } from './threshold-advice.ts';
import { type CustomerIds, type MappingTruth, readTruth } from './truth.ts';
import type { MappingRecord, MappingReport, MappingStatus, MappingSuggestion } from './types.ts';
import { type Proportion, proportion } from './wilson.ts';

/** Options of `evaluateMappings`. */
export interface EvaluationOptions {
  /** Precisions for which to advise a threshold, each 0..1. @default [0.9, 0.95, 0.99] */
  targetPrecisions?: readonly number[];
}

/** How good a set of proposals is. */
export interface Accuracy {
  /** Rows that propose a customer. */
  proposals: number;
  correct: number;
  /** Share of the proposals that is right. */
  precision: Proportion;
  /** Share of the organizations with a match that is found. */
  recall: Proportion;
  /** Harmonic mean of precision and recall; 0 when nothing is found. */
  f1: number;
}

/** How good the rows of one status are. */
export interface StatusAccuracy extends Accuracy {
  /** Rows of this status whose truth is known. */
  rows: number;
  /** Of these, rows that have a match. */
  withMatch: number;
  /** Share of these that list their match among the candidates. */
  matchAmongCandidates: Proportion;
}

/** What one kind of evidence is worth on this data. */
export interface EvidenceLift {
  kind: string;
  label: string;
  /** Listed candidates that carry it. */
  candidates: number;
  /** Of these, right ones. */
  correct: number;
  /** How many times as often as an average candidate one with this evidence is right; below 1 it counts against. */
  lift: number | null;
  meanWeight: number;
}

/** A proposal that is wrong, or a match that was not proposed. */
export interface MappingMistake<O, C> {
  organization: O;
  status: MappingStatus;
  /** The proposed customer; null when none was. */
  customer: C | null;
  confidence: number;
  /** Ids of the accepted customers; empty when the organization is none of them. */
  acceptedCustomerIds: string[];
}

/** What `evaluateMappings` returns. */
export interface MappingEvaluation<O, C> {
  /** Organizations of the report whose truth is known; all figures are about these. */
  organizations: number;
  /** Of these, organizations that have a match. */
  withMatch: number;
  /** Organizations of the report that the truth does not mention. */
  unlabelled: number;
  /** Ids that the truth mentions and the report does not have. */
  missingOrganizationIds: string[];
  /** `matched` and `review` rows together. */
  overall: Accuracy;
  byStatus: Record<MappingStatus, StatusAccuracy>;
  /** Over the first candidate of each organization. */
  calibration: Calibration;
  /** Over all listed candidates; most frequent kind first. */
  evidence: EvidenceLift[];
  /** Over the first candidate of each organization, per precision asked for. */
  thresholds: ThresholdAdvice[];
  /** Surest first. */
  mistakes: MappingMistake<O, C>[];
}

const STATUSES: readonly MappingStatus[] = ['matched', 'review', 'conflict', 'unmatched'];
const DEFAULT_TARGETS: readonly number[] = [0.9, 0.95, 0.99];

/**
 * Returns how good a report is, measured against answers that are known.
 *
 * @param report what `suggestMappings` returned
 * @param truth one row per organization (more for several accepted customers), or a Map from organization id to
 *   customer id, ids or null; ids are compared as strings
 * @param options precisions for which to advise a threshold
 * @throws {TypeError} when a truth row or a target precision is of the wrong type
 * @example
 * ```ts
 * import { evaluateMappings, suggestMappings } from 'halo-psa/mapping';
 *
 * const organizations = [{ id: 'o1', name: 'Brightwater Plumbing' }];
 * const customers = [{ id: 7, name: 'Brightwater Plumbing Ltd' }];
 * const report = suggestMappings(organizations, customers);
 * const evaluation = evaluateMappings(report, [{ organizationId: 'o1', customerId: 7 }]);
 * console.log(evaluation.overall.f1, evaluation.byStatus.matched.precision);
 * ```
 */
export function evaluateMappings<O extends MappingRecord, C extends MappingRecord>(
  report: MappingReport<O, C>,
  truth: Iterable<MappingTruth> | ReadonlyMap<string | number, CustomerIds>,
  options: EvaluationOptions = {},
): MappingEvaluation<O, C> {
  const targets = options.targetPrecisions ?? DEFAULT_TARGETS;
  for (const target of targets) {
    if (!(target >= 0 && target <= 1)) throw new TypeError('targetPrecisions must be numbers from 0 to 1');
  }
  const accepted = readTruth(truth);
  const rows = labelledRows(report.suggestions, accepted);
  const withMatch = rows.filter((row) => row.accepted.size > 0).length;
  const outcomes = rows.flatMap(firstOutcome);
  const known = new Set(report.suggestions.map((suggestion) => String(suggestion.organization.id)));
  return {
    organizations: rows.length,
    withMatch,
    unlabelled: report.suggestions.length - rows.length,
    missingOrganizationIds: [...accepted.keys()].filter((id) => !known.has(id)),
    overall: accuracyOf(rows.filter(isProposal), withMatch),
    byStatus: Object.fromEntries(
      STATUSES.map((status) => [status, statusAccuracy(rows, status, withMatch)]),
    ) as Record<MappingStatus, StatusAccuracy>,
    calibration: calibrationOf(outcomes),
    evidence: evidenceLift(rows),
    thresholds: adviseThresholds(outcomes, withMatch, targets),
    mistakes: mistakesOf(rows),
  };
}

interface LabelledRow<O, C> {
  readonly suggestion: MappingSuggestion<O, C>;
  /** Empty when the organization has no match. */
  readonly accepted: ReadonlySet<string>;
}

function labelledRows<O extends MappingRecord, C>(
  suggestions: readonly MappingSuggestion<O, C>[],
  accepted: ReadonlyMap<string, ReadonlySet<string>>,
): LabelledRow<O, C>[] {
  return suggestions.flatMap((suggestion) => {
    const ids = accepted.get(String(suggestion.organization.id));
    return ids ? [{ suggestion, accepted: ids }] : [];
  });
}

/** A conflict names a customer without proposing it. */
function isProposal(row: LabelledRow<unknown, unknown>): boolean {
  return row.suggestion.status === 'matched' || row.suggestion.status === 'review';
}

function accepts(row: LabelledRow<unknown, MappingRecord>, customer: MappingRecord | null): boolean {
  return customer !== null && row.accepted.has(String(customer.id));
}

function firstOutcome(row: LabelledRow<unknown, MappingRecord>): Outcome[] {
  const first = row.suggestion.candidates[0];
  return first ? [{ confidence: first.confidence, isCorrect: accepts(row, first.customer) }] : [];
}

function accuracyOf(proposals: readonly LabelledRow<unknown, MappingRecord>[], withMatch: number): Accuracy {
  const correct = proposals.filter((row) => accepts(row, row.suggestion.customer)).length;
  return {
    proposals: proposals.length,
    correct,
    precision: proportion(correct, proposals.length),
    recall: proportion(correct, withMatch),
    f1: correct === 0 ? 0 : (2 * correct) / (proposals.length + withMatch),
  };
}

function statusAccuracy(
  rows: readonly LabelledRow<unknown, MappingRecord>[],
  status: MappingStatus,
  withMatch: number,
): StatusAccuracy {
  const ofStatus = rows.filter((row) => row.suggestion.status === status);
  const matchable = ofStatus.filter((row) => row.accepted.size > 0);
  const listed = matchable.filter((row) =>
    row.suggestion.candidates.some((candidate) => accepts(row, candidate.customer)),
  );
  return {
    ...accuracyOf(
      ofStatus.filter((row) => row.suggestion.customer !== null),
      withMatch,
    ),
    rows: ofStatus.length,
    withMatch: matchable.length,
    matchAmongCandidates: proportion(listed.length, matchable.length),
  };
}

interface Tally {
  readonly label: string;
  readonly weights: number[];
  correct: number;
}

function evidenceLift(rows: readonly LabelledRow<unknown, MappingRecord>[]): EvidenceLift[] {
  const tallies = new Map<string, Tally>();
  let candidates = 0;
  let correct = 0;
  for (const row of rows) {
    for (const candidate of row.suggestion.candidates) {
      const isCorrect = accepts(row, candidate.customer);
      candidates++;
      if (isCorrect) correct++;
      for (const [kind, { label, weight }] of weightPerKind(candidate.evidence)) {
        const tally = tallies.get(kind) ?? { label, weights: [], correct: 0 };
        tallies.set(kind, tally);
        tally.weights.push(weight);
        if (isCorrect) tally.correct++;
      }
    }
  }
  const baseRate = correct / candidates;
  return [...tallies]
    .map(([kind, tally]) => ({
      kind,
      label: tally.label,
      candidates: tally.weights.length,
      correct: tally.correct,
      lift: correct === 0 ? null : tally.correct / tally.weights.length / baseRate,
      meanWeight: meanInFixedOrder(tally.weights),
    }))
    .sort((a, b) => b.candidates - a.candidates || (a.kind < b.kind ? -1 : 1));
}

/** A kind may occur twice in one candidate, for two words; it counts once, with the sum of its weights. */
function weightPerKind(
  evidence: readonly { kind: string; label: string; weight: number }[],
): Map<string, { label: string; weight: number }> {
  const kinds = new Map<string, { label: string; weight: number }>();
  for (const { kind, label, weight } of evidence) {
    kinds.set(kind, { label, weight: weight + (kinds.get(kind)?.weight ?? 0) });
  }
  return kinds;
}

/** Sorted first: a sum of floats depends on its order, and the order of the rows must change nothing. */
function meanInFixedOrder(values: readonly number[]): number {
  let sum = 0;
  for (const value of [...values].sort((a, b) => a - b)) sum += value;
  return sum / values.length;
}

function mistakesOf<O, C extends MappingRecord>(rows: readonly LabelledRow<O, C>[]): MappingMistake<O, C>[] {
  return rows
    .filter((row) => {
      const isRight = accepts(row, row.suggestion.customer);
      return isProposal(row) ? !isRight : row.accepted.size > 0;
    })
    .map(({ suggestion, accepted }) => ({
      organization: suggestion.organization,
      status: suggestion.status,
      customer: suggestion.customer,
      confidence: suggestion.confidence,
      acceptedCustomerIds: [...accepted],
    }))
    .sort((a, b) => b.confidence - a.confidence);
}
