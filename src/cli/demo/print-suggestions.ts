import type { MappingRecord, MappingReport, MappingStatus } from '../../mapping/index.ts';
import { grid } from '../output/grid.ts';
import { duration, percent, plural, printable } from '../output/text.ts';
import { explain, namesDiffer, spread, statusWord } from './explain.ts';

type Report = MappingReport<MappingRecord, MappingRecord>;
type Print = (text: string) => void;

/** What each status asks of the reader. */
const MEANINGS: Readonly<Record<MappingStatus, string>> = {
  matched: 'sure enough to take without looking',
  review: 'a proposal for a person to confirm',
  conflict: 'several rows want one customer, or several customers are as good',
  unmatched: 'no customer is likely enough',
};
const HOW_TO_READ =
  '\nHow to read the examples: each line under "Why" is a reason with its weight, which speaks for (+) or against (-) ' +
  'this customer. The weights of all reasons together are the score (log-odds). "Sure" is how likely this customer is ' +
  'the right one; the runner-up is the next likely.';
const STATUSES = Object.keys(MEANINGS) as readonly MappingStatus[];

/** Prints how many organizations have which status, and what the engine worked with. */
export function printSummary(report: Report, ms: number, print: Print): void {
  const { summary, thresholds, unclaimed, problems, engineVersion } = report;
  print(
    grid(
      [
        { head: 'Status', width: 12 },
        { head: 'rows', width: 8, align: 'right' },
        { head: 'share', width: 10, align: 'right' },
        { head: 'meaning', share: 1 },
      ],
      STATUSES.map((status) => [
        statusWord(status),
        String(summary[status]),
        percent(summary.organizations > 0 ? summary[status] / summary.organizations : null),
        MEANINGS[status],
      ]),
      'compact',
    ),
  );
  print(
    `Engine ${engineVersion}: ${summary.organizations} x ${summary.customers} in ${duration(ms)}; matched from ` +
      `${percent(thresholds.matched)}, review from ${percent(thresholds.review)}; ` +
      `${plural(unclaimed.length, 'customer')} wanted by nobody.`,
  );
  const [first] = problems;
  if (!first) return;
  const row = `${first.side}, ${first.id}: ${first.message}`;
  print(
    `${plural(problems.length, 'oddity', 'oddities')} in the lists${problems.length > 1 ? '; the first' : ''}: ${printable(row)}`,
  );
}

/** Returns how many organizations have which status, one status a line. */
export function statusLines({ summary }: Report): string {
  return STATUSES.map((status) => {
    const count = String(summary[status]).padStart(6);
    return `${count} ${statusWord(status)}${' '.repeat(11 - status.length)}${MEANINGS[status]}`;
  }).join('\n');
}

/** Prints some suggestions of each status with their reasons. */
export function printExamples({ suggestions }: Report, count: number, print: Print): void {
  print(HOW_TO_READ);
  for (const status of STATUSES) {
    const rows = suggestions.filter((suggestion) => suggestion.status === status);
    if (rows.length === 0) continue;
    // Equal names need no reasons; they are shown only where there is nothing else.
    const telling = rows.filter(namesDiffer);
    const examples = spread(telling.length > 0 ? telling : rows, count);
    const most = rows.length > examples.length ? ` (${examples.length} of ${rows.length})` : '';
    print(`\n${statusWord(status)}${most}: ${MEANINGS[status]}`);
    print(explain(examples));
  }
}
