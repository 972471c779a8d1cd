import { errorTable, kindTable, missedRows, scoreTable, shown, verdict, wrongRows } from './judgement.ts';
import type { ListedRecord } from './lists.ts';
import type { JudgedSuggestion } from './score.ts';
import { paint, plural } from './text.ts';

/** What the suggestions were made from, and how many rows a section shows. */
export interface JudgementContext {
  readonly organizations: readonly ListedRecord[];
  readonly customers: readonly ListedRecord[];
  readonly examples: number;
}

/** A wrong row that nobody looks at is the costly one, so more of these are shown than of anything else. */
const COSTLY_ERRORS_SHOWN = 20;

/** Prints precision, recall and the errors. */
export function printJudgement(
  judged: readonly JudgedSuggestion[],
  { organizations, customers, examples }: JudgementContext,
  print: (text: string) => void,
): void {
  const left = organizations.length - judged.length;
  if (left > 0) print(`${plural(left, 'organization')} without a line in the truth; not judged.`);
  const absent = judged.filter(({ hasMatch }) => !hasMatch);
  const empty = absent.filter(({ right }) => right === null);
  print(scoreTable(judged));
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
  print(`\n${paint('bold', verdict(judged))}`);
}
