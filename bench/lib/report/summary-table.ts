import type { SetResult } from '../accuracy.ts';
import { percent, table } from '../tables.ts';
import { bestOf, errorRatio } from './rivals.ts';

/** Ours beside the baseline and the best other matcher, one set a row. */
export function renderSummary(sets: readonly SetResult[]): string {
  return table(
    [
      'set',
      'baseline F1',
      'best peer',
      'its F1',
      'halo-psa F1',
      'error left',
      'R@P99 baseline',
      'R@P99 halo-psa',
      'top-1 baseline',
      'top-1 halo-psa',
    ],
    sets.map((set) => {
      const baseline = bestOf(set.baseline)!;
      const peer = bestOf(set.peers);
      return [
        set.set,
        percent(baseline.figures.f1),
        peer ? `${peer.matcher} (${peer.names})` : 'n/a',
        percent(peer?.figures.f1),
        percent(set.ours.figures.f1),
        percent(errorRatio(set)),
        percent(baseline.figures.recallAtP99),
        percent(set.ours.figures.recallAtP99),
        percent(baseline.figures.top1),
        percent(set.ours.figures.top1),
      ];
    }),
  );
}
