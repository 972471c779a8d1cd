import { calibrationOf } from '../../../src/mapping/calibration.ts';
import { proportion } from '../../../src/mapping/wilson.ts';
import type { SetResult } from '../accuracy.ts';
import { percent } from '../tables.ts';
import type { Goal } from './goal.ts';
import { interval, pooled } from './pooled.ts';
import { bestOf, errorRatio, rivalOf } from './rivals.ts';

/** Goals for sets with known answers. */
export function accuracyGoals(sets: readonly SetResult[]): Goal[] {
  return [...rivalGoals(sets), ...decisionGoals(sets), ...calibrationGoals(sets), ...acronymGoals(sets)];
}

function rivalGoals(sets: readonly SetResult[]): Goal[] {
  const ratios = sets.map(errorRatio).filter((ratio) => ratio !== null);
  const ahead = sets.filter((set) => {
    const rival = rivalOf(set);
    return rival !== null && rival.best.figures.f1 - rival.ours.figures.f1 > 0.005;
  });
  return [
    [
      'mean error left, against the best other matcher',
      'at most 70.0',
      percent(ratios.reduce((sum, r) => sum + r, 0) / ratios.length),
    ],
    ['sets on which a peer is ahead by more than 0.5 points of F1', '0', namesOf(ahead)],
  ];
}

function decisionGoals(sets: readonly SetResult[]): Goal[] {
  const all = pooled(sets);
  const precisions = sets.map((set) => set.evaluation!.byStatus.matched.precision.value ?? 1);
  const lowRecall = sets.filter((set) => {
    const reachable = set.ours.figures.recallAtP99;
    return reachable > 0.2 && (set.evaluation!.byStatus.matched.recall.value ?? 0) < 0.8 * reachable;
  });
  return [
    [
      'precision of matched, all sets',
      'at least 99.0, interval from 98.5',
      interval(proportion(all.correct, all.proposals)),
    ],
    ['lowest precision of matched on a set', 'at least 97.0', percent(Math.min(...precisions))],
    ['sets whose matched recall is below 80 % of their R@P99', '0', namesOf(lowRecall)],
    ['review rows with a match that list it', 'at least 90.0', percent(all.reviewListed)],
  ];
}

function calibrationGoals(sets: readonly SetResult[]): Goal[] {
  const { expectedCalibrationError } = calibrationOf(sets.flatMap((set) => set.outcomes));
  const highest = Math.max(...sets.map((set) => set.calibration.expectedCalibrationError ?? 0));
  const noBetter = sets.filter(
    ({ calibration: { brierScore, baseRateBrierScore } }) => (brierScore ?? 0) >= (baseRateBrierScore ?? 1),
  );
  return [
    ['expected calibration error, all sets', 'at most 5.0', percent(expectedCalibrationError)],
    ['highest on a set', 'at most 10.0', percent(highest)],
    ['sets whose Brier score is not below the base rate', '0', namesOf(noBetter)],
  ];
}

function acronymGoals(sets: readonly SetResult[]): Goal[] {
  return sets
    .filter(({ set }) => set.includes('acronym'))
    .map((set) => {
      const baseline = bestOf(set.baseline)!.figures.top1;
      return [
        `top-1 on ${set.set}, as a multiple of the baseline`,
        'at least 10',
        (set.ours.figures.top1 / baseline).toFixed(1),
      ];
    });
}

function namesOf(sets: readonly SetResult[]): string {
  return sets.map(({ set }) => set).join(', ') || '0';
}
