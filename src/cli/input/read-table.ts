import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { InputError } from './input-error.ts';
import { readFailure } from './read-failure.ts';

/** A row of a CSV file: cells by column, and the line it stands on. */
export interface TableRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** A CSV file with the columns that were asked for. */
export interface Table {
  readonly file: string;
  readonly rows: readonly TableRow[];
  /** Columns of the file that nobody asked for, as written there. */
  readonly unused: readonly string[];
}

/** Column names in lower case, words joined by "_". */
export interface Columns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const DELIMITERS = [',', ';', '\t'];

/**
 * Reads a CSV file with a header line; column order, case and spaces in column names do not matter.
 *
 * @throws {InputError} when the file cannot be read, is no CSV, misses a column, or a line has more or fewer cells
 */
export function readTable(file: string, columns: Columns): Table {
  const [header, ...body] = parseCsv(file, readText(file));
  if (!header)
    throw new InputError(`${file} is empty; expected a header line with ${list(columns.required)}.`);
  const names = header.cells.map(columnName);
  const missing = columns.required.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    throw new InputError(
      `${file} has no column ${list(missing)}; its header line is: ${header.cells.join(', ')}. ` +
        `Expected ${list(columns.required)}${columns.optional.length > 0 ? `, and if you like ${list(columns.optional)}` : ''}.`,
    );
  }
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice) throw new InputError(`${file} has two columns named "${twice}".`);
  const odd = body.find(({ cells }) => cells.length !== names.length);
  if (odd !== undefined) {
    const count = odd.cells.length === 1 ? '1 cell' : `${odd.cells.length} cells`;
    const why = odd.cells.length > names.length ? ': a name with a comma in it needs quotes around it' : '';
    throw new InputError(`${file} line ${odd.line} has ${count}, and the header line ${names.length}${why}.`);
  }
  const known = [...columns.required, ...columns.optional];
  return {
    file,
    rows: body.map(({ cells, line }) => ({ line, cells: pick(names, cells, known) })),
    unused: header.cells.filter((_, index) => names[index] !== '' && !known.includes(names[index]!)),
  };
}

function readText(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw readFailure(file, error);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${file} is not UTF-8; in a spreadsheet, save it as "CSV UTF-8".`);
  }
}

function parseCsv(file: string, text: string): { cells: string[]; line: number }[] {
  try {
    const records = parse(text, {
      delimiter: likelyDelimiter(text),
      info: true,
      // Told below in words that say what to do.
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (error) {
    if (error instanceof CsvError) throw new InputError(`${file} is not valid CSV: ${error.message}.`);
    throw error;
  }
}

/** Returns the delimiter that the header line has most of. */
function likelyDelimiter(text: string): string {
  const header = text.slice(0, text.search(/\r|\n|$/)).replaceAll(/"[^"]*"/g, '');
  const count = (delimiter: string) => header.split(delimiter).length;
  return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
}

function columnName(header: string): string {
  return header
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '');
}

function pick(
  names: readonly string[],
  cells: readonly string[],
  known: readonly string[],
): Record<string, string> {
  return Object.fromEntries(known.map((column) => [column, cells[names.indexOf(column)] ?? '']));
}

function list(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}
