import type { SetResult } from './accuracy.ts';
import { renderCalibration } from './report/calibration-tables.ts';
import { renderDecisions } from './report/decisions-table.ts';
import { renderGoals } from './report/goals-table.ts';
import { renderLines } from './report/matchers-table.ts';
import { renderScaling } from './report/scaling-tables.ts';
import { renderSummary } from './report/summary-table.ts';
import type { ScalingRow } from './scaling.ts';
import type { SearchRecall } from './search-recall.ts';
import { whole } from './tables.ts';

/** Everything that was measured, and where. */
export interface BenchResult {
  readonly machine: string;
  readonly node: string;
  readonly date: string;
  /** Of the other libraries, one after the other. */
  readonly versions: string;
  readonly sets: readonly SetResult[];
  readonly scaling: readonly ScalingRow[];
  readonly recalls: readonly SearchRecall[];
}

/** The whole report in Markdown. */
export function renderReport(result: BenchResult): string {
  const labelled = result.sets.filter(({ evaluation }) => evaluation !== null);
  const known = labelled.filter(({ family }) => family !== 'generated');
  const parts = [
    '# Benchmarks of the mapping engine',
    `Written by \`npm run bench:mapping\`; see [bench/README.md](../bench/README.md) for the data sets and how to repeat it. ${result.date}, Node ${result.node}, ${result.machine}, one thread.${result.versions === '' ? '' : ` Beside it: ${result.versions}.`} Figures are percentages unless a unit is given. Peers get the names raw and cleaned (lower case, no accents, punctuation, legal form or leading article); the engine gets them as they are, names only. F1 is the best over all thresholds; R@P99 is the recall at 99 % precision; an organization without a match counts as one for which every proposal is wrong.`,
  ];
  if (result.sets.length > 0) {
    parts.push('## Summary', renderSummary(result.sets));
    parts.push('## Decisions of the engine at its default thresholds', renderDecisions(known));
    parts.push('## Calibration', renderCalibration(known));
    parts.push('## Figures against their goals', renderGoals(result));
  }
  if (result.scaling.length > 0) parts.push('## Time and memory by size', renderScaling(result.scaling));
  for (const set of result.sets) {
    parts.push(
      `## ${set.set}`,
      `${whole(set.organizations)} organizations, ${whole(set.withMatch)} with a match, ${whole(set.customers)} customers.${set.isUnseen ? ' Decided by weights learned without this family of sets.' : ''}`,
      renderLines(set),
    );
  }
  return `${parts.join('\n\n')}\n`;
}
