import type { RequestEffect } from './request.ts';

/**
 * How one attempt ended, other than with an answer to return.
 *
 * @internal
 */
export type Outcome =
  | 'unsent' // DNS failure or refused connection: no byte of the request left
  | 'untrusted' // TLS or proxy refused before the request left; sending again changes nothing
  | 'network' // the line broke after the request may have left
  | 'garbled' // the answer was not HTTP
  | 'timeout' // an attempt or the whole call ran out of time
  | 'closed' // the client was closed meanwhile
  | 'truncated' // the body ended early or could not be decoded
  | 'unusable' // something came that sending again will not mend: a TLS alert, a body too large or not JSON
  | 'unauthorized' // 401
  | 'limited' // 429
  | 'unavailable' // 408, 500, 502, 503, 504
  | 'failed' // any other 5xx
  | 'refused'; // 3xx, 4xx and every other status: Halo, or something before it, said no

/**
 * What to do next. `renew`: resend once with a new token. `wait`: resend when the rate limit allows. `resend`: resend
 * after a pause, counted. `stop`: give up with the error of the outcome. `uncertain`: give up, outcome unknown.
 *
 * @internal
 */
export type Verdict = 'renew' | 'wait' | 'resend' | 'stop' | 'uncertain';

interface Rule {
  /** For a read, and for an update or delete whose caller opted in. */
  readonly read: Verdict;
  /** For a write: `uncertain` as soon as Halo may have acted on it. */
  readonly write: Verdict;
  /** Resends of this outcome, where more would be pointless. */
  readonly atMost?: number;
}

/** The whole policy. 401 and 429 are answered before Halo acts; nothing else that follows a sent byte is proof. */
const RULES: Readonly<Record<Outcome, Rule>> = {
  unsent: { read: 'resend', write: 'resend' },
  untrusted: { read: 'stop', write: 'stop' },
  network: { read: 'resend', write: 'uncertain' },
  garbled: { read: 'resend', write: 'uncertain', atMost: 1 },
  timeout: { read: 'resend', write: 'uncertain' },
  closed: { read: 'stop', write: 'uncertain' },
  truncated: { read: 'resend', write: 'uncertain' },
  unusable: { read: 'stop', write: 'uncertain' },
  unauthorized: { read: 'renew', write: 'renew' },
  limited: { read: 'wait', write: 'wait' },
  unavailable: { read: 'resend', write: 'uncertain' },
  failed: { read: 'stop', write: 'uncertain' },
  refused: { read: 'stop', write: 'stop' },
};

/** Statuses that say nothing was done: not implemented, HTTP version not supported. */
const NEVER_PROCESSED: ReadonlySet<number> = new Set([501, 505]);
const WORTH_RESENDING: ReadonlySet<number> = new Set([408, 500, 502, 503, 504]);

/** Returns how a status that is not 2xx counts. @internal */
export function outcomeOfStatus(status: number): Outcome {
  if (status === 401) return 'unauthorized';
  if (status === 429) return 'limited';
  if (WORTH_RESENDING.has(status)) return 'unavailable';
  if (NEVER_PROCESSED.has(status)) return 'refused';
  return status >= 500 ? 'failed' : 'refused';
}

/** What is known when an attempt has failed. @internal */
export interface RetryFacts {
  readonly effect: RequestEffect;
  readonly outcome: Outcome;
  /** Counted resends so far. */
  readonly resends: number;
  readonly maxRetries: number;
  /** Whether a 401 has been answered with a new token already. */
  readonly renewed: boolean;
  /** Whether the caller allows updates and deletes to be resent. */
  readonly resendWrites: boolean;
}

/** Returns what to do after a failed attempt. Pure. @internal */
export function decide(facts: RetryFacts): Verdict {
  const { effect, outcome, resends, maxRetries, renewed, resendWrites } = facts;
  const rule = RULES[outcome];
  const repeatable = effect === 'read' || (resendWrites && effect !== 'create');
  // A caller who allows resends still has to be told when the last one's outcome is unknown.
  const giveUp = effect !== 'read' && rule.write === 'uncertain' ? 'uncertain' : 'stop';
  const verdict = repeatable ? rule.read : rule.write;
  if (verdict === 'wait') return 'wait';
  if (verdict === 'renew') return renewed ? giveUp : 'renew';
  const allowed = Math.min(maxRetries, rule.atMost ?? maxRetries);
  return verdict === 'resend' && resends < allowed ? 'resend' : giveUp;
}

/** Returns whether Halo may have acted on a write that ended this way. @internal */
export function mayHaveActed(effect: RequestEffect, outcome: Outcome): boolean {
  return effect !== 'read' && RULES[outcome].write === 'uncertain';
}

/** First pause: long enough for a load balancer to notice, short enough for a person. */
const FIRST_PAUSE_MS = 500;
/** Longest pause of ours: two of them still fit into the default deadline of 60 s. */
const LONGEST_PAUSE_MS = 8_000;

/**
 * Returns the pause before counted resend number `resend` (from 1): full jitter, so that clients that failed together do
 * not return together (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
 *
 * @internal
 */
export function pauseMs(resend: number, random: number): number {
  return random * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (resend - 1));
}
