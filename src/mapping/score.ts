import { EVIDENCE_KINDS, KIND_OFFSETS } from './evidence-kinds.ts';
import type { PairFacts } from './pair-evidence.ts';

/**
 * Returns the weight of every kind's level, in the order of the table, added up.
 *
 * @internal
 */
export function sumOfWeights(facts: PairFacts, weights: ArrayLike<number>): number {
  let sum = 0;
  for (let kind = 0; kind < EVIDENCE_KINDS.length; kind++)
    sum += weights[KIND_OFFSETS[kind]! + facts.levels[kind]!]!;
  return sum;
}

/**
 * Checks a table of weights: one finite number for every level of every kind.
 *
 * @throws {RangeError} when the table has another length or holds anything else
 * @internal
 */
export function checkWeights(weights: readonly number[]): void {
  const wanted = KIND_OFFSETS.at(-1)!;
  if (weights.length !== wanted) {
    throw new RangeError(`The table of weights must have ${wanted} entries, not ${weights.length}.`);
  }
  for (let at = 0; at < wanted; at++) {
    if (!Number.isFinite(weights[at])) throw new RangeError(`Weight ${at} must be a finite number.`);
  }
}

/**
 * Turns scores of one organization's candidates into probabilities that each is the right one; "none of them" competes
 * with a score of 0, so they sum to less than 1. `out` may be the scores themselves.
 *
 * @internal
 */
export function probabilities(scores: ArrayLike<number>, count: number, out: Float64Array): void {
  let most = 0;
  for (let i = 0; i < count; i++) most = Math.max(most, scores[i]!);
  let total = Math.exp(-most);
  for (let i = 0; i < count; i++) {
    out[i] = Math.exp(scores[i]! - most);
    total += out[i]!;
  }
  for (let i = 0; i < count; i++) out[i]! /= total;
}
