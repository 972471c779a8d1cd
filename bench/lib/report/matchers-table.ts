import type { SetResult } from '../accuracy.ts';
import { percent, table, whole } from '../tables.ts';

/** Every matcher on one set. */
export function renderLines(set: SetResult): string {
  const lines = [set.ours, ...(set.oursOnFew ? [set.oursOnFew] : []), ...set.baseline, ...set.peers];
  return table(
    ['matcher', 'names', 'organizations', 'top-1', 'F1', 'R@P99', 'R@P95', 'ms'],
    lines
      .sort((a, b) => b.organizations - a.organizations || b.figures.f1 - a.figures.f1)
      .map(({ matcher, names, organizations, figures, ms }) => [
        matcher,
        names,
        whole(organizations),
        percent(figures.top1),
        percent(figures.f1),
        percent(figures.recallAtP99),
        percent(figures.recallAtP95),
        whole(ms),
      ]),
  );
}
