/** Digits, and the zeros of a float column: `12`, `12.0`. */
const DIGITS = /^\d{1,16}(?:\.0{1,16})?$/;

/**
 * Returns the id that a Halo field holds, or null where Halo means "none".
 *
 * Halo writes "none" as 0, -1, -2, -3, an empty string or no field at all. An id that JavaScript cannot hold exactly is
 * null, never a neighbour of it.
 *
 * @param value an id field of a row, such as `site.maincontact_id`
 * @example
 * ```ts
 * import { haloId } from 'halo-psa';
 *
 * console.log(haloId(12.0), haloId('12')); // 12 12
 * console.log(haloId(-1), haloId('0'), haloId(undefined)); // null null null
 * ```
 */
export function haloId(value: unknown): number | null {
  const id = typeof value === 'string' && DIGITS.test(value.trim()) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null;
}
