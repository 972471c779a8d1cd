import { type Calibration, calibrationOf } from '../../src/mapping/calibration.ts';
import { proportion } from '../../src/mapping/wilson.ts';
import type { JudgedRow, JudgedSet } from './judge.ts';
import { percent, table } from './tables.ts';

/** Best F1 of the baseline and of the other libraries on each public set, as `npm run bench:mapping` measured them. */
const BEST_OTHER_F1: Readonly<Record<string, number>> = {
  'sp500-sec': 0.968,
  'fin-isin-2k': 0.965,
  'pudl-utilities': 0.955,
  'ror-alias-2k': 0.674,
  'ror-acronym-2k': 0.071,
  'nsi-brands-latin': 0.58,
};

/** Everything asked of weights that never saw the family they decide, as Markdown. */
export function renderOutOfFamily(sets: readonly JudgedSet[]): string {
  // Single pairs have no rivals and screening labels: shown, but not pooled with lists.
  const lists = sets.filter(({ isPairs }) => !isPairs);
  return [
    '## Each set decided by weights learned without its family, in percent',
    table(
      ['set', 'top-1', 'F1', 'R@P95', 'R@P99', 'error left', 'calibration error', 'Brier', 'base rate'],
      sets.map(figureRow),
    ),
    `Mean error left, against the best other matcher: ${percent(meanErrorLeft(lists))}`,
    '## `matched` and `review`',
    table(
      ['set', 'matched', 'wrong', 'precision', 'from', 'recall', 'of R@P99', 'review', 'list their match'],
      [...sets.map((set) => decisionRow(set.name, set.rows, set)), ...pooledRows(lists)],
    ),
    '## Confidence of the first candidates, all lists, ten bins of equal count',
    reliability(calibrationOf(lists.flatMap(({ outcomes }) => outcomes))),
  ].join('\n\n');
}

function figureRow({ name, figures, calibration }: JudgedSet): string[] {
  const other = BEST_OTHER_F1[name];
  return [
    name,
    percent(figures.top1),
    percent(figures.f1),
    percent(figures.recallAtP95),
    percent(figures.recallAtP99),
    percent(other === undefined ? null : (1 - figures.f1) / (1 - other)),
    percent(calibration.expectedCalibrationError),
    percent(calibration.brierScore),
    percent(calibration.baseRateBrierScore),
  ];
}

function meanErrorLeft(sets: readonly JudgedSet[]): number {
  const known = sets.filter(({ name }) => BEST_OTHER_F1[name] !== undefined);
  const sum = known.reduce(
    (total, { name, figures }) => total + (1 - figures.f1) / (1 - BEST_OTHER_F1[name]!),
    0,
  );
  return sum / known.length;
}

function decisionRow(name: string, rows: readonly JudgedRow[], set?: JudgedSet): (string | number)[] {
  const matched = rows.filter(({ suggestion }) => suggestion.status === 'matched');
  const correct = matched.filter(({ isCorrect }) => isCorrect).length;
  const withMatch = rows.filter(({ accepted }) => accepted.size > 0).length;
  const review = rows.filter(
    ({ suggestion, accepted }) => suggestion.status === 'review' && accepted.size > 0,
  );
  const listed = review.filter(({ suggestion, accepted }) =>
    suggestion.candidates.some(({ customer }) => accepted.has(String(customer.id))),
  );
  const precision = proportion(correct, matched.length);
  const reachable = set?.figures.recallAtP99 ?? 0;
  return [
    name,
    matched.length,
    matched.length - correct,
    percent(precision.value),
    percent(precision.low),
    percent(correct / withMatch),
    reachable > 0.2 ? percent(correct / withMatch / reachable) : '-',
    review.length,
    percent(listed.length / review.length),
  ];
}

function pooledRows(lists: readonly JudgedSet[]): (string | number)[][] {
  const all = lists.flatMap(({ rows }) => rows);
  return [
    decisionRow('all lists', all),
    decisionRow(
      'without homonyms',
      all.filter(({ isMisleading }) => !isMisleading),
    ),
  ];
}

function reliability({
  bins,
  expectedCalibrationError,
  brierScore,
  baseRateBrierScore,
}: Calibration): string {
  return [
    table(
      ['confidence from', 'to', 'mean', 'right', 'count'],
      bins.map((bin) => [
        percent(bin.lowestConfidence),
        percent(bin.highestConfidence),
        percent(bin.meanConfidence),
        percent(bin.accuracy),
        bin.count,
      ]),
    ),
    `Calibration error ${percent(expectedCalibrationError)}, Brier score ${percent(brierScore)} (of the base rate ${percent(baseRateBrierScore)})`,
  ].join('\n\n');
}
