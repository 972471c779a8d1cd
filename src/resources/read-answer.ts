import { HaloResponseError } from '../errors.ts';
import type { HaloAnswer } from '../http/request.ts';
import { isJsonObject } from '../wire/json-object.ts';
import { decodePage, decodeRow, isDecoded } from './decode-page.ts';
import type { CheckedPage } from './listing-pass.ts';
import { quickReadOf, UNSURE } from './quick-read.ts';
import { type AnswerOrigin, type StandardSchema, schemaError, validateNow } from './standard-schema.ts';

/** What it takes to read rows of one kind. @internal */
export interface RowReader<Row extends { id: number }> {
  /** Name of the list in Halo's envelope. */
  readonly name: string;
  readonly schema: StandardSchema<Row>;
}

/** Whose answer is read, and what is known about it. @internal */
export interface RowOrigin {
  readonly operation: string;
  /** The id that the row must have. */
  readonly id?: number | undefined;
  /** Replaces the usual advice. */
  readonly hint?: string | undefined;
}

/**
 * Reads one page of a list; the whole page is checked before any row of it is handed over. The schema is asked only where
 * a quick read is not sure: it knows then, and says what is wrong and where.
 *
 * @throws {HaloResponseError} when the answer holds no list, or a row does not fit
 * @internal
 */
export function readRows<Row extends { id: number }>(
  { name, schema }: RowReader<Row>,
  { value, context }: HaloAnswer,
  operation: string,
): CheckedPage<Row> {
  const origin = { operation, context };
  if (value === undefined) throw emptyAnswer(origin);
  const page = decodePage(value, name);
  if (!isDecoded(page)) throw schemaError([page], origin);
  const read = quickReadOf(schema);
  const rows = page.rows.map((row, index) => {
    const quick = read(row);
    if (quick !== UNSURE) return quick as Row;
    return lacksId(row) ? null : validateNow(schema, row, origin, [...page.place, index]);
  });
  return { rows, count: page.count, bare: page.bare, context };
}

/**
 * Reads the one row of an answer.
 *
 * @throws {HaloResponseError} when it is not such a row, or not the one asked for
 * @internal
 */
export function readRow<Row extends { id: number }>(
  { name, schema }: RowReader<Row>,
  { value, context }: HaloAnswer,
  { id, operation, hint }: RowOrigin,
): Row {
  const origin = { operation, context, hint };
  if (value === undefined) throw emptyAnswer(origin);
  const found = decodeRow(value, name);
  if (!('row' in found)) throw schemaError([found], origin);
  const quick = quickReadOf(schema)(found.row);
  const row = quick === UNSURE ? validateNow(schema, found.row, origin, found.place) : (quick as Row);
  if (id === undefined || row.id === id) return row;
  const issue = { message: '', path: [...found.place, 'id'], expected: 'the id that was asked for' };
  throw schemaError([issue], origin);
}

/** Some Halo versions list an agent once more for each team, and leave out the id of the copies. */
function lacksId(row: unknown): boolean {
  return isJsonObject(row) && (row.id === undefined || row.id === null);
}

function emptyAnswer({ operation, context }: AnswerOrigin): HaloResponseError {
  return new HaloResponseError({
    code: 'HALO_RESPONSE_EMPTY',
    summary: `${operation} was answered with an empty body`,
    hint: 'Check that resourceServer is the Resource Server of API Details; a proxy in between may swallow answers.',
    ...context,
  });
}
