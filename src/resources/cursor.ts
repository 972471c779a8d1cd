import { type Sweep, startSweep } from './sweep.ts';

/** Version, page, size, rows read before it, first count. */
const CURSOR = /^1\.(\d{1,9})\.(\d{1,16})\.(\d{1,9})\.(\d{1,16}|-)$/;

/**
 * Writes down where a sweep stands, in a few characters. The ids seen are not part of it: a resumed listing starts with
 * none, and rows that moved meanwhile can come twice.
 *
 * @internal
 */
export function toCursor({ page, size, sum, firstCount }: Sweep): string {
  return `1.${page}.${size}.${sum}.${firstCount ?? '-'}`;
}

/**
 * Reads such a text back.
 *
 * @throws {TypeError} when it is not one
 * @internal
 */
export function fromCursor(cursor: string): Sweep {
  const match = typeof cursor === 'string' ? CURSOR.exec(cursor) : null;
  const [page, size, sum] = (match ?? []).slice(1, 4).map(Number);
  if (match === null || !page || !size || sum === undefined) {
    throw new TypeError('from must be the cursor of a listing report');
  }
  const firstCount = match[4] === '-' ? null : Number(match[4]);
  return { ...startSweep(size), page, sum, firstCount, lastCount: firstCount };
}
