import { performance } from 'node:perf_hooks';
import { suggestMappings } from '../../src/mapping/index.ts';
import type { MappingReport, MappingStatus } from '../../src/mapping/types.ts';
import type { DemoArguments } from './arguments.ts';
import { explain, namesDiffer, spread, statusWord } from './explain.ts';
import { grid } from './grid.ts';
import { listThroughHalo } from './halo.ts';
import { errorTable, kindTable, missedRows, scoreTable, shown, wrongRows } from './judgement.ts';
import { type ListedRecord, type RecordList, readCustomers, readOrganizations, readTruth } from './lists.ts';
import { type JudgedSuggestion, judge } from './score.ts';
import { duration, paint, percent, plural, printable } from './text.ts';

type Report = MappingReport<ListedRecord, ListedRecord>;
type Print = (text: string) => void;

/** What each status asks of the reader. */
const MEANINGS: Readonly<Record<MappingStatus, string>> = {
  matched: 'sure enough to take without looking',
  review: 'a proposal for a person to confirm',
  conflict: 'two rows want one customer, or two customers are as good',
  unmatched: 'no customer is likely enough',
};
const STATUSES = Object.keys(MEANINGS) as MappingStatus[];

/**
 * Runs the demo and prints its sections.
 *
 * @throws {DemoError} when a file cannot be used
 */
export async function runDemo(options: DemoArguments, print: Print): Promise<void> {
  const begin = performance.now();
  const organizations = readOrganizations(options.organizations);
  const inFile = readCustomers(options.customers);
  const truth =
    options.truth === null ? null : readTruth(options.truth, organizations.records, inFile.records);

  const title = (text: string) => print(`\n${paint(['bold', 'cyan'], text)}`);
  title('1. The lists');
  printLists(options, organizations, inFile, print);

  title('2. Customers, listed through the API');
  const listed = await timed(() => listThroughHalo(inFile.records));
  const { url, report: listing, customers } = listed.value;
  print(`A fake Halo answers on ${url}; the SDK signs in and reads page by page.`);
  const { complete, expected, received, pages } = listing;
  print(
    `complete: ${paint(complete ? 'green' : 'red', complete ? 'yes' : 'no')}   expected: ${expected ?? 'not told'}   ` +
      `received: ${received}   pages: ${pages}   (${duration(listed.ms)})`,
  );

  title('3. Suggested mappings');
  const { cardinality } = options;
  const suggested = await timed(() => suggestMappings(organizations.records, customers, { cardinality }));
  printSummary(suggested.value, suggested.ms, print);
  printExamples(suggested.value, options.examples, print);

  if (truth) {
    title('4. Against the known truth');
    printJudgement(
      judge(suggested.value.suggestions, truth),
      organizations,
      customers,
      options.examples,
      print,
    );
  } else {
    print('\nGive --truth FILE.csv to see precision, recall and the errors.');
  }
  print(`\nDone in ${duration(performance.now() - begin)}.`);
}

function printLists(
  options: DemoArguments,
  organizations: RecordList,
  customers: RecordList,
  print: Print,
): void {
  if (options.bundled)
    print('Real organizations, under the names that different tools hold; see examples/data/README.md.');
  for (const [name, { file, records, unused }] of Object.entries({ organizations, customers })) {
    const note = unused.length > 0 ? `; not used: ${unused.map(printable).join(', ')}` : '';
    print(
      `${name.padEnd(14)}${String(records.length).padStart(6)}   ${options.bundled ? '' : `${printable(file)}${note}`}`.trimEnd(),
    );
  }
}

function printSummary(
  { summary, thresholds, unclaimed, problems, engineVersion }: Report,
  ms: number,
  print: Print,
): void {
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
      true,
    ),
  );
  print(
    `Engine ${engineVersion}: ${summary.organizations} x ${summary.customers} in ${duration(ms)}; matched from ` +
      `${percent(thresholds.matched)}, review from ${percent(thresholds.review)}; ` +
      `${plural(unclaimed.length, 'customer')} wanted by nobody.`,
  );
  if (problems.length > 0) {
    print(
      `${plural(problems.length, 'oddity', 'oddities')} in the lists; the first: ${printable(problems[0]!.message)}`,
    );
  }
}

function printExamples({ suggestions }: Report, count: number, print: Print): void {
  print(
    '\nReasons are log-odds: each weight speaks for (+) or against (-) the pair, and their sum is the score.',
  );
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

function printJudgement(
  judged: readonly JudgedSuggestion[],
  organizations: RecordList,
  customers: readonly ListedRecord[],
  count: number,
  print: Print,
): void {
  const left = organizations.records.length - judged.length;
  if (left > 0) print(`${plural(left, 'organization')} without a line in the truth; not judged.`);
  const absent = judged.filter(({ hasMatch }) => !hasMatch);
  const empty = absent.filter(({ right }) => right === null).length;
  print(scoreTable(judged));
  print(
    `${plural(absent.length, 'organization')} have no customer in Halo; ${empty} of them were given none.`,
  );
  const kinds = kindTable(judged);
  if (kinds) print(`\n${kinds}`);

  const wrong = wrongRows(judged);
  const surely = wrong.filter(({ suggestion }) => suggestion.status === 'matched');
  const doubtful = wrong.filter(({ suggestion }) => suggestion.status !== 'matched');
  // A wrong row that nobody looks at is the costly one, so none of these is left out.
  printErrors('Wrong and matched', surely, surely.length, customers, print);
  printErrors('Wrong, but put before a person', doubtful, count, customers, print);
  printErrors('In Halo, but not found', missedRows(judged), count, customers, print);
}

function printErrors(
  heading: string,
  rows: readonly JudgedSuggestion[],
  count: number,
  customers: readonly ListedRecord[],
  print: Print,
): void {
  const examples = rows.slice(0, count);
  print(`\n${paint('bold', heading)}: ${rows.length === 0 ? 'none' : shown(examples.length, rows.length)}`);
  if (examples.length > 0) print(errorTable(examples, customers));
}

async function timed<T>(action: () => T | Promise<T>): Promise<{ value: T; ms: number }> {
  const begin = performance.now();
  const value = await action();
  return { value, ms: performance.now() - begin };
}
