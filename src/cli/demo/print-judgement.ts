import type { MappingReport } from '../../mapping/index.ts';
import { evaluateMappings } from '../../mapping/index.ts';
import type { ListedRecord, TruthRow } from '../input/lists.ts';
import { paint, plural } from '../output/text.ts';
import { CONFLICT_MARK, type CustomerNames, errorList } from './error-list.ts';
import { errorTable, kindTable, missedRows, scoreTable, shown, verdict, wrongRows } from './judgement.ts';
import { countListed, type JudgedSuggestion, judge } from './score.ts';

type Print = (text: string) => void;

/** The customers to name in errors, and how many rows a section shows at most if that is more than usual. */
export interface JudgementContext {
  readonly customers: readonly ListedRecord[];
  readonly examples: number;
}

/** Every error of the example lists with room to spare; long lists of the caller's would bury the figures. */
const ERRORS_SHOWN = 250;

/** Prints the errors of a report first and its precision and recall last, where the reader's eye ends. */
export function printJudgement(
  report: MappingReport<ListedRecord, ListedRecord>,
  truth: ReadonlyMap<string, TruthRow>,
  { customers, examples }: JudgementContext,
  print: Print,
): void {
  const answers = [...truth].map(([id, { customerIds }]) => [id, [...customerIds]] as const);
  const evaluation = evaluateMappings(report, new Map(answers));
  const judged = judge(report.suggestions, truth);
  if (evaluation.unlabelled > 0) {
    print(`${plural(evaluation.unlabelled, 'organization')} without a line in the truth; not judged.`);
  }
  const names = new Map(customers.map(({ id, name }) => [id, name]));
  printErrors(judged, names, Math.max(examples, ERRORS_SHOWN), print);
  const kinds = kindTable(judged);
  if (kinds) print(`\n${kinds}`);

  print(`\n${scoreTable(evaluation)}`);
  print('In parentheses: where the figure lies with 95% confidence, judged by this many rows.');
  print(`The right customer is among the candidates of ${countListed(judged)} of ${evaluation.withMatch}.`);
  const absent = judged.filter(({ hasMatch }) => !hasMatch);
  const empty = absent.filter(({ right }) => right === null);
  print(`Organizations without a customer in Halo: ${absent.length}; left without one: ${empty.length}.`);
  print(`\n${paint('bold', verdict(evaluation))}`);
}

interface ErrorPart {
  readonly heading: string;
  readonly legend: string;
  readonly rows: readonly JudgedSuggestion[];
  readonly layOut: (rows: readonly JudgedSuggestion[], names: CustomerNames) => string;
}

function printErrors(
  judged: readonly JudgedSuggestion[],
  names: CustomerNames,
  most: number,
  print: Print,
): void {
  const printPart = ({ heading, legend, rows, layOut }: ErrorPart) => {
    const part = rows.slice(0, most);
    print(`\n${paint('bold', heading)}: ${rows.length === 0 ? 'none' : shown(part.length, rows.length)}`);
    if (part.length > 0) print(`${legend}\n${layOut(part, names)}`);
  };
  const wrong = wrongRows(judged);
  // A wrong row that nobody looks at is the costly one, so it is shown at length.
  const surely = wrong.filter(({ suggestion }) => suggestion.status === 'matched');
  const doubtful = wrong.filter(({ suggestion }) => suggestion.status !== 'matched');
  printPart({
    heading: 'In Halo, but not found',
    legend: 'Organization → its customer, by what makes the names differ:',
    rows: missedRows(judged),
    layOut: errorList,
  });
  printPart({
    heading: 'Wrong, but put before a person',
    legend: `How sure, organization → the proposed customer (${CONFLICT_MARK}: in conflict). Where no right one is named, Halo has none:`,
    rows: doubtful,
    layOut: errorList,
  });
  printPart({
    heading: 'Wrong and matched',
    legend: 'A person may never see these.',
    rows: surely,
    layOut: errorTable,
  });
}
