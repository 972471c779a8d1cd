import type { StandardSchemaIssue } from './standard-schema.ts';

/** The answer to one list request, opened but not yet checked row by row. @internal */
export interface DecodedPage {
  readonly rows: readonly unknown[];
  /** Halo's count of all rows; null where it is missing or cannot be true. */
  readonly count: number | null;
  /** A bare array: Halo does not page this list, so it is the whole of it. */
  readonly bare: boolean;
  /** Where the rows lie in the answer, for error paths. */
  readonly place: readonly PropertyKey[];
}

/** Descriptions of a table's columns come with some lists and are not rows. */
const NOT_ROWS = 'columns';

/**
 * Finds the rows in the answer to a list request. Halo's versions differ: a bare array, an object with the rows under
 * the resource's own name, under `results`, or under the only other name that holds an array.
 *
 * @internal
 */
export function decodePage(value: unknown, listKey: string): DecodedPage | StandardSchemaIssue {
  if (Array.isArray(value)) return { rows: value, count: null, bare: true, place: [] };
  if (typeof value !== 'object' || value === null) return expectedArray(listKey);
  const key = rowsKey(value, listKey);
  if (key === undefined) return expectedArray(listKey);
  const rows = (value as Record<string, unknown>)[key] as unknown[];
  return { rows, count: readCount(value, rows.length), bare: false, place: [key] };
}

/** Finds the single row in the answer to a read or a write: an object, or a list or envelope of one. @internal */
export function decodeRow(
  value: unknown,
  listKey: string,
): { readonly row: unknown; readonly place: readonly PropertyKey[] } | StandardSchemaIssue {
  if (Array.isArray(value)) return onlyRow(value, []);
  if (typeof value !== 'object' || value === null) return { row: value, place: [] };
  // A row may hold lists under the same names (an agent has `clients`), so its own id decides first.
  const isRow = (value as { id?: unknown }).id !== undefined;
  const key = isRow ? undefined : namedRowsKey(value, listKey);
  return key === undefined
    ? { row: value, place: [] }
    : onlyRow((value as Record<string, unknown[]>)[key]!, [key]);
}

/** Tells an opened page from a complaint about it. @internal */
export function isDecoded(page: DecodedPage | StandardSchemaIssue): page is DecodedPage {
  return 'rows' in page;
}

function onlyRow(rows: readonly unknown[], place: readonly PropertyKey[]) {
  if (rows.length === 1) return { row: rows[0], place: [...place, 0] };
  return { message: '', path: place, expected: 'exactly one row' } as StandardSchemaIssue;
}

function rowsKey(envelope: object, listKey: string): string | undefined {
  const named = namedRowsKey(envelope, listKey);
  if (named !== undefined) return named;
  const candidates = Object.keys(envelope).filter((key) => key !== NOT_ROWS && holdsArray(envelope, key));
  return candidates.length === 1 ? candidates[0] : undefined;
}

function namedRowsKey(envelope: object, listKey: string): string | undefined {
  return [listKey, 'results'].find((key) => holdsArray(envelope, key));
}

function holdsArray(envelope: object, key: string): boolean {
  return Object.hasOwn(envelope, key) && Array.isArray((envelope as Record<string, unknown>)[key]);
}

/** A count of 0 or -1 beside rows is not a count; on a page past the end 0 is what Halo always says. */
function readCount(envelope: object, rowCount: number): number | null {
  const raw = (envelope as { record_count?: unknown }).record_count;
  const count = typeof raw === 'string' && /^\d{1,15}$/.test(raw) ? Number(raw) : raw;
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0) return null;
  return count === 0 && rowCount > 0 ? null : count;
}

function expectedArray(listKey: string): StandardSchemaIssue {
  return { message: '', path: [listKey], expected: 'an array of rows' } as StandardSchemaIssue;
}
