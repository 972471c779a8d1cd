import { stringify } from 'csv-stringify/sync';
import { printable } from './text.ts';

/** A spreadsheet takes a cell that begins like this for a formula, and runs it. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠|%]/;

/**
 * Returns a text as a cell that a spreadsheet shows and does not run. What `unescapeFormula` reads back is the same text;
 * the apostrophe of a text that looks escaped already is doubled.
 */
export function escapeFormula(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** Returns the text that `escapeFormula` made a cell of. */
export function unescapeFormula(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/** Separators that spreadsheets expect; which one depends on the country. */
export const DELIMITERS = { comma: ',', semicolon: ';', tab: '\t' } as const;

/** Spreadsheets take a file for UTF-8 when it begins with this. */
export const BYTE_ORDER_MARK = '\uFEFF';

/** How a table is written. */
export interface CsvOptions {
  readonly delimiter?: keyof typeof DELIMITERS | undefined;
}

/** Returns rows as lines of CSV. Names come from elsewhere: no formula, no control character, no mark that turns a line. */
export function csvLines(
  rows: readonly (readonly (string | number | boolean | undefined)[])[],
  { delimiter = 'comma' }: CsvOptions = {},
): string {
  const cells = rows.map((row) => row.map((value) => cellOf(value)));
  return stringify(cells, { delimiter: DELIMITERS[delimiter] });
}

function cellOf(value: string | number | boolean | undefined): string {
  if (value === undefined) return '';
  // A number is no formula, also below zero.
  return typeof value === 'string' ? escapeFormula(printable(value)) : String(value);
}
