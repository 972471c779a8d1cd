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

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const LONG_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const TIME = '(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})';
/** The three forms of RFC 9110 section 5.6.7. `Date.parse` also takes local times and dates that do not exist. */
const DATE_FORMS: readonly RegExp[] = [
  new RegExp(`^(?<day>[A-Z][a-z]{2}), (?<date>\\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\\d{4}) ${TIME} GMT$`),
  new RegExp(
    `^(?<longDay>[A-Z][a-z]{5,8}), (?<date>\\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\\d{2}) ${TIME} GMT$`,
  ),
  new RegExp(`^(?<day>[A-Z][a-z]{2}) (?<month>[A-Z][a-z]{2}) (?<date>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`),
];
/** No HTTP date is longer; a longer text is not looked at. */
const LONGEST_DATE = 40;

function untilDate(text: string, nowMs: number): number | null {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_DATE) return null;
  for (const form of DATE_FORMS) {
    const parts = form.exec(trimmed)?.groups;
    if (parts !== undefined) {
      const atMs = dateMs(parts, nowMs);
      return atMs === null ? null : Math.max(0, atMs - nowMs);
    }
  }
  return null;
}

function dateMs(parts: Record<string, string | undefined>, nowMs: number): number | null {
  const number = (name: string) => Number(parts[name]);
  const month = MONTHS.indexOf(parts.month ?? '');
  const weekday = parts.day === undefined ? LONG_DAYS.indexOf(parts.longDay ?? '') : DAYS.indexOf(parts.day);
  const year = parts.year?.length === 2 ? fullYear(number('year'), nowMs) : number('year');
  const moment = new Date(
    Date.UTC(year, month, number('date'), number('hour'), number('minute'), number('second')),
  );
  const real =
    month >= 0 &&
    moment.getUTCMonth() === month &&
    moment.getUTCDate() === number('date') &&
    moment.getUTCDay() === weekday &&
    number('hour') < 24 &&
    number('minute') < 60 &&
    number('second') < 60;
  return real ? moment.getTime() : null;
}

/** RFC 9110: a two-digit year more than 50 years ahead is the past one with the same digits. */
function fullYear(twoDigits: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + twoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}
