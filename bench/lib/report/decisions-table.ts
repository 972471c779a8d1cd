import { proportion } from '../../../src/mapping/wilson.ts';
import type { SetResult } from '../accuracy.ts';
import { percent, table } from '../tables.ts';
import { interval, pooled } from './pooled.ts';

/** What the engine decides at its default thresholds, one set a row and all together. */
export function renderDecisions(sets: readonly SetResult[]): string {
  const all = pooled(sets);
  const rows = sets.map((set) => {
    const { matched, review, conflict, unmatched } = set.evaluation!.byStatus;
    return [
      set.set,
      matched.rows,
      interval(matched.precision),
      percent(matched.recall.value),
      percent(set.ours.figures.recallAtP99),
      review.rows,
      percent(review.precision.value),
      percent(review.matchAmongCandidates.value),
      conflict.rows,
      unmatched.rows,
    ];
  });
  return table(
    [
      'set',
      'matched',
      'precision (95 % interval)',
      'recall',
      'R@P99',
      'review',
      'precision',
      'match listed',
      'conflict',
      'unmatched',
    ],
    [
      ...rows,
      [
        'all',
        all.proposals,
        interval(proportion(all.correct, all.proposals)),
        percent(all.recall),
        '',
        '',
        '',
        percent(all.reviewListed),
        '',
        '',
      ],
    ],
  );
}
