import { evaluateMappings } from '../../src/mapping/index.ts';
import type { MappingReport } from '../../src/mapping/types.ts';
import { errorTable, kindTable, missedRows, scoreTable, shown, verdict, wrongRows } from './judgement.ts';
import type { ListedRecord, TruthRow } from './lists.ts';
import { countListed, type JudgedSuggestion, judge } from './score.ts';
import { paint, plural } from './text.ts';

/** The customers to name in errors, and how many rows a section shows. */
export interface JudgementContext {
  readonly customers: readonly ListedRecord[];
  readonly examples: number;
}

/** A wrong row that nobody looks at is the costly one, so more of these are shown than of anything else. */
const COSTLY_ERRORS_SHOWN = 20;

/** Prints precision, recall and the errors of a report. */
export function printJudgement(
  report: MappingReport<ListedRecord, ListedRecord>,
  truth: ReadonlyMap<string, TruthRow>,
  { customers, examples }: JudgementContext,
  print: (text: string) => void,
): void {
  const answers = [...truth].map(([id, { customerIds }]) => [id, [...customerIds]] as const);
  const evaluation = evaluateMappings(report, new Map(answers));
  const judged = judge(report.suggestions, truth);
  if (evaluation.unlabelled > 0) {
    print(`${plural(evaluation.unlabelled, 'organization')} without a line in the truth; not judged.`);
  }
  print(scoreTable(evaluation));
  print('In parentheses: where the figure lies with 95% confidence, judged by this many rows.');
  print(`The right customer is among the candidates of ${countListed(judged)} of ${evaluation.withMatch}.`);
  const absent = judged.filter(({ hasMatch }) => !hasMatch);
  const empty = absent.filter(({ right }) => right === null);
  print(`Organizations without a customer in Halo: ${absent.length}; left without one: ${empty.length}.`);
  const kinds = kindTable(judged);
  if (kinds) print(`\n${kinds}`);

  const printErrors = (heading: string, rows: readonly JudgedSuggestion[], most: number) => {
    const part = rows.slice(0, most);
    print(`\n${paint('bold', heading)}: ${rows.length === 0 ? 'none' : shown(part.length, rows.length)}`);
    if (part.length > 0) print(errorTable(part, customers));
  };
  const wrong = wrongRows(judged);
  const surely = wrong.filter(({ suggestion }) => suggestion.status === 'matched');
  const doubtful = wrong.filter(({ suggestion }) => suggestion.status !== 'matched');
  printErrors('Wrong and matched', surely, Math.max(examples, COSTLY_ERRORS_SHOWN));
  printErrors('Wrong, but put before a person', doubtful, examples);
  printErrors('In Halo, but not found', missedRows(judged), examples);
  print(`\n${paint('bold', verdict(evaluation))}`);
}
