import type { Accuracy, MappingEvaluation } from '../../mapping/index.ts';
import type { ListedRecord } from '../input/lists.ts';
import { cell, grid } from '../output/grid.ts';
import { paint, percent, plural } from '../output/text.ts';
import { type CustomerNames, rightAnswer } from './error-list.ts';
import { statusWord } from './explain.ts';
import { countByKind, type JudgedSuggestion } from './score.ts';

type Evaluation = MappingEvaluation<ListedRecord, ListedRecord>;

/** Returns precision and recall with their 95 % intervals (Wilson), of `matched` alone and of all proposals. */
export function scoreTable({ byStatus, overall, withMatch }: Evaluation): string {
  const row = (name: string, { proposals, correct, precision, recall }: Accuracy) => [
    name,
    String(proposals),
    String(correct),
    String(proposals - correct),
    interval(precision),
    interval(recall),
  ];
  return grid(
    [
      { head: 'What you would take', share: 1 },
      { head: 'named', width: 9, align: 'right' },
      { head: 'right', width: 9, align: 'right' },
      { head: 'wrong', width: 9, align: 'right' },
      { head: 'precision', width: 21, align: 'right' },
      { head: `recall of ${withMatch}`, width: 21, align: 'right' },
    ],
    [row('matched alone', byStatus.matched), row('overall: matched, review', overall)],
    'compact',
  );
}

/** Returns a share and where it may lie: "96.8% (94 to 98)". */
function interval({ value, low, high }: Accuracy['precision']): string {
  return value === null ? '-' : `${percent(value)} (${Math.round(low * 100)} to ${Math.round(high * 100)})`;
}

/** Returns what became of each kind of difference; null where the truth names no kinds. */
export function kindTable(judged: readonly JudgedSuggestion[]): string | null {
  const counts = countByKind(judged);
  if (counts.every(({ kind }) => kind === '')) return null;
  const number = { width: 11, align: 'right' } as const;
  return grid(
    [
      { head: 'Kind of difference', share: 1 },
      { head: 'rows', ...number },
      { head: 'matched', ...number },
      { head: 'review', ...number },
      { head: 'conflict', ...number },
      { head: 'unmatched', ...number },
      { head: 'wrong', ...number },
    ],
    counts.map(({ kind, rows, matched, review, conflict, unmatched, wrong }) => [
      cell(kind || '(none given)'),
      ...[rows, matched, review, conflict, unmatched].map(String),
      wrong > 0 ? paint('red', String(wrong)) : '0',
    ]),
    'compact',
  );
}

/** Returns the rows where a customer was named and is not the right one, surest first. */
export function wrongRows(judged: readonly JudgedSuggestion[]): JudgedSuggestion[] {
  return judged
    .filter(({ right }) => right === false)
    .sort((a, b) => b.suggestion.confidence - a.suggestion.confidence);
}

/** Returns the rows that were left without a customer and have one, those that came nearest first. */
export function missedRows(judged: readonly JudgedSuggestion[]): JudgedSuggestion[] {
  const nearest = ({ suggestion }: JudgedSuggestion) => suggestion.candidates[0]?.confidence ?? 0;
  return judged
    .filter(({ suggestion, hasMatch }) => suggestion.customer === null && hasMatch)
    .sort((a, b) => nearest(b) - nearest(a));
}

/** Returns errors as a table: what was said, what is right and why. */
export function errorTable(rows: readonly JudgedSuggestion[], names: CustomerNames): string {
  return grid(
    [
      { head: 'Organization', share: 30 },
      { head: 'The suggestion', share: 34 },
      { head: 'The truth', share: 40 },
    ],
    rows.map(({ suggestion, truth }) => [
      cell(suggestion.organization.name),
      suggestedCell(suggestion),
      cell(rightAnswer(truth.customerIds, names), ...(truth.note ? [truth.note] : [])),
    ]),
  );
}

function suggestedCell({ customer, confidence, status }: JudgedSuggestion['suggestion']): string {
  if (customer === null) return statusWord(status);
  return `${cell(customer.name)}\n${statusWord(status)}, ${percent(confidence)} sure`;
}

/** Returns how many rows follow, and how to see the others. */
export function shown(count: number, total: number): string {
  return count < total ? `${count} of ${total}; --examples ${total} shows all` : plural(total, 'row');
}

/** Returns the figures that matter in one sentence. */
export function verdict({ byStatus, overall }: Evaluation): string {
  const figures = (name: string, { precision, recall }: Accuracy) =>
    `${name}: precision ${percent(precision.value)}, recall ${percent(recall.value)}`;
  return `${figures('matched', byStatus.matched)}   ${figures('overall', overall)}`;
}
