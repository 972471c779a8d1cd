/** `2026-10-03T06:24:10.967`, with or without time, fraction of any length, `Z` or an offset. */
const HALO_DATE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Halo writes "no date" as the zero of its database: 1900-01-01, 1899-12-30 or 1901-01-01, sometimes moved by a time
 * zone; .NET's own zero is 0001-01-01. Dates of birth start later than this year, so none is lost.
 */
const FIRST_REAL_YEAR = 1902;

/**
 * Returns the moment a Halo date stands for, or null where Halo means "no date".
 *
 * Halo sends no zone; such a date is UTC. Every year before 1902 is Halo's "none", and so is anything that is not a date.
 *
 * @param value a date field of a row, such as `client.datecreated`
 * @example
 * ```ts
 * import { haloDate } from 'halo-psa';
 *
 * console.log(haloDate('2026-10-03T06:24:10.967')?.toISOString()); // 2026-10-03T06:24:10.967Z
 * console.log(haloDate('1900-01-01T00:00:00')); // null
 * ```
 */
export function haloDate(value: unknown): Date | null {
  if (typeof value !== 'string') return null;
  const match = HALO_DATE.exec(value);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const utc = new Date(Date.UTC(year!, month! - 1, day!, hour, minute, second, milliseconds(match[7])));
  // Date.UTC rolls over: 30 February becomes 2 March, hour 25 the next day.
  const rolledOver =
    utc.getUTCMonth() !== month! - 1 || utc.getUTCDate() !== day || utc.getUTCHours() !== hour;
  if (year! < FIRST_REAL_YEAR || rolledOver || minute! > 59 || second! > 59) return null;
  return new Date(utc.getTime() - offsetMinutes(match[8]) * 60_000);
}

function milliseconds(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3));
}

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}
