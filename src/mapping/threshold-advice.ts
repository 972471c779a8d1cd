import type { Outcome } from './calibration.ts';
import { type Proportion, proportion } from './wilson.ts';

/** Where to set a threshold so that proposals above it are right often enough. */
export interface ThresholdAdvice {
  /** The precision asked for. */
  targetPrecision: number;
  /** Lowest confidence at which first candidates reached it; null when none did. */
  threshold: number | null;
  /** Lowest confidence at which the lower end of the interval reached it: the careful choice. Null when none did. */
  safeThreshold: number | null;
  /** First candidates at or above `threshold`, and how many of them were right. */
  proposals: number;
  correct: number;
  precision: Proportion;
  /** Share of the organizations that have a match. */
  recall: Proportion;
}

/**
 * Returns, per precision asked for, the threshold on these outcomes that finds the most.
 *
 * @param outcomes first candidates
 * @param withMatch how many organizations have a match, among them those without a candidate
 * @internal
 */
export function adviseThresholds(
  outcomes: readonly Outcome[],
  withMatch: number,
  targets: readonly number[],
): ThresholdAdvice[] {
  const steps = stepsOf(outcomes);
  return targets.map((targetPrecision) => {
    const reached = steps.findLast((step) => step.correct / step.proposals >= targetPrecision);
    const safe = steps.findLast((step) => proportion(step.correct, step.proposals).low >= targetPrecision);
    const proposals = reached?.proposals ?? 0;
    const correct = reached?.correct ?? 0;
    return {
      targetPrecision,
      threshold: reached?.threshold ?? null,
      safeThreshold: safe?.threshold ?? null,
      proposals,
      correct,
      precision: proportion(correct, proposals),
      recall: proportion(correct, withMatch),
    };
  });
}

interface Step {
  readonly threshold: number;
  readonly proposals: number;
  readonly correct: number;
}

/** What each possible threshold lets through, highest first; equal confidences pass together. */
function stepsOf(outcomes: readonly Outcome[]): Step[] {
  const sorted = [...outcomes].sort((a, b) => b.confidence - a.confidence);
  const steps: Step[] = [];
  let correct = 0;
  for (const [index, outcome] of sorted.entries()) {
    if (outcome.isCorrect) correct++;
    if (sorted[index + 1]?.confidence === outcome.confidence) continue;
    steps.push({ threshold: outcome.confidence, proposals: index + 1, correct });
  }
  return steps;
}
