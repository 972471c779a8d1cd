/** A limit as a server states it. */
export interface StatedLimit {
  readonly requests: number;
  readonly windowMs: number;
}

/** The sentence is 60 characters long; more than this is not it. */
const LONGEST_TEXT = 512;
/** Beyond these a number is nonsense or hostile: no service grants a million requests, or counts over more than a day. */
const MOST_REQUESTS = 1_000_000;
const LONGEST_WINDOW_MS = 24 * 3600 * 1000;

const UNIT_MS: Readonly<Record<string, number>> = { second: 1000, minute: 60_000, hour: 3_600_000 };

/** Every quantifier is bounded, and digits, spaces and words cannot stand for one another: linear on any text. */
const SENTENCE =
  /(?<![\d.,])(\d{1,7}) {1,3}(?:API )?requests? (?:per|in|\/) (?:a )?(?:rolling )?(\d{0,5}) ?(second|minute|hour)s?/i;

/**
 * Returns the limit that an answer's text states, such as "Rate Limit Reached - 300 Requests per rolling 5 minute window";
 * undefined when it states none that makes sense.
 *
 * @internal
 */
export function parseRateLimitText(text: string): StatedLimit | undefined {
  if (text.length > LONGEST_TEXT) return undefined;
  const match = SENTENCE.exec(text);
  if (!match) return undefined;
  const [, requests, count, unit] = match;
  return sensible(Number(requests), Number(count || '1') * (UNIT_MS[unit?.toLowerCase() ?? ''] ?? 0));
}

/** Header pairs in use, most standard first; the window is in seconds. */
const LIMIT_HEADERS = ['ratelimit-limit', 'x-ratelimit-limit', 'x-rate-limit-limit'] as const;
const WINDOW_HEADERS = ['ratelimit-window', 'x-ratelimit-window', 'x-rate-limit-window'] as const;

/**
 * Returns the limit that headers state: `RateLimit-Policy: 300;w=300` (draft-ietf-httpapi-ratelimit-headers), or a limit
 * with its window. A limit without a window says too little.
 *
 * @internal
 */
export function parseRateLimitHeaders(headers: Pick<Headers, 'get'>): StatedLimit | undefined {
  const policy = /^[^,]{0,64}?(?:\bq=)?(\d{1,7});\s?w=(\d{1,6})\b/.exec(
    (headers.get('ratelimit-policy') ?? '').slice(0, 256),
  );
  if (policy) return sensible(Number(policy[1]), Number(policy[2]) * 1000);
  const requests = firstNumber(headers, LIMIT_HEADERS);
  if (requests === undefined) return undefined;
  const windowSeconds = firstNumber(headers, WINDOW_HEADERS);
  if (windowSeconds === undefined) return undefined;
  return sensible(requests, windowSeconds * 1000);
}

function firstNumber(headers: Pick<Headers, 'get'>, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null && /^\d{1,7}$/.test(value.trim())) return Number(value);
  }
  return undefined;
}

function sensible(requests: number, windowMs: number): StatedLimit | undefined {
  const fits =
    requests >= 1 && requests <= MOST_REQUESTS && windowMs >= 1000 && windowMs <= LONGEST_WINDOW_MS;
  return fits ? { requests, windowMs } : undefined;
}
