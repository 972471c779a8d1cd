/**
 * Reads from an answer how long to wait before the next request, in milliseconds; null where it does not say so in a
 * form that is beyond doubt, and the caller's own back-off applies.
 *
 * - `Retry-After` (RFC 9110 section 10.2.3): whole seconds, or one of the three HTTP date forms. A date in the past is 0.
 * - Else `RateLimit-Reset`, `X-RateLimit-Reset`, `X-Rate-Limit-Reset`: seconds to wait, or the moment as epoch seconds
 *   or milliseconds, told apart by size.
 *
 * The result may be absurdly large; it is the caller who knows how long is too long.
 *
 * @internal
 */
export function parseRetryAfter(headers: Headers, nowMs: number): number | null {
  const retryAfter = headers.get('retry-after');
  if (retryAfter !== null) return parseSeconds(retryAfter) ?? untilDate(retryAfter, nowMs);
  for (const name of RESET_HEADERS) {
    const reset = parseSeconds(headers.get(name) ?? '');
    if (reset !== null) return untilReset(reset / 1000, nowMs);
  }
  return null;
}

const RESET_HEADERS = ['ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset'] as const;

/** Twelve digits hold any epoch time in seconds; thirteen one in milliseconds until the year 2286. */
const WHOLE_NUMBER = /^\d{1,13}$/;

function parseSeconds(text: string): number | null {
  const trimmed = text.trim();
  return WHOLE_NUMBER.test(trimmed) ? Number(trimmed) * 1000 : null;
}

/** Below: a delay of less than 31 years. Above: a moment after 2001 in seconds. */
const FIRST_EPOCH_SECONDS = 1e9;
/** Above: a moment in milliseconds; as seconds it would lie after the year 5138. */
const FIRST_EPOCH_MILLISECONDS = 1e11;

function untilReset(value: number, nowMs: number): number {
  if (value >= FIRST_EPOCH_MILLISECONDS) return Math.max(0, value - nowMs);
  if (value >= FIRST_EPOCH_SECONDS) return Math.max(0, value * 1000 - nowMs);
  return value * 1000;
}

const DAY = '(?<day>[A-Z][a-z]{2})';
const FULL_DAY = `(?=(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day,)${DAY}[a-z]+`;
const MONTH = '(?<month>[A-Z][a-z]{2})';
const TIME = '(?<time>\\d{2}:\\d{2}:\\d{2})';
/** The three forms of RFC 9110 section 5.6.7. `Date.parse` also takes local times and dates that do not exist. */
const DATE_FORMS: readonly RegExp[] = [
  new RegExp(`^${DAY}, (?<date>\\d{2}) ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`),
  new RegExp(`^${FULL_DAY}, (?<date>\\d{2})-${MONTH}-(?<year>\\d{2}) ${TIME} GMT$`),
  new RegExp(`^${DAY} ${MONTH} (?<date>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`),
];
/** No HTTP date is longer; a longer text is not looked at. */
const LONGEST_DATE = 40;

function untilDate(text: string, nowMs: number): number | null {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_DATE) return null;
  for (const form of DATE_FORMS) {
    const parts = form.exec(trimmed)?.groups;
    if (parts === undefined) continue;
    const { day = '', date = '', month = '', year = '', time = '' } = parts;
    const full = year.length === 2 ? fullYear(Number(year), nowMs) : year;
    const canonical = `${day}, ${date.trim().padStart(2, '0')} ${month} ${full} ${time} GMT`;
    const atMs = Date.parse(canonical);
    // A date that does not exist, or not on that day of the week, is written back otherwise than it was read.
    return new Date(atMs).toUTCString() === canonical ? Math.max(0, atMs - nowMs) : null;
  }
  return null;
}

/** RFC 9110: a two-digit year more than 50 years ahead is the past one with the same digits. */
function fullYear(twoDigits: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + twoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}
