import type { Clock } from '../clock.ts';

/** What one resend costs. Whole numbers, so that ten tenths are one. */
const COST = 10;
/** Twenty resends before any has helped: enough for a script, nothing to a dead server. */
const CAPACITY = 20 * COST;
/** One resend per ten calls that succeed at once keeps the extra load on a half-broken server at some 10 %. */
const EARNED_BY_SUCCESS = 1;
/** One resend per 5 s: a client that calls once a minute earns too little by success. */
const EARNED_PER_SECOND = 2;

/** Bounds the resends of one client, so that an outage is not amplified. @internal */
export interface RetryBudget {
  /** Takes one resend; false when there is none left. */
  take(): boolean;
  /** A call succeeded. One that a resend has saved gives that resend back: it helped, and may help the next call. */
  succeeded(resent: boolean): void;
}

/** Returns a token bucket (as in Finagle's RetryBudget, with the refund of the AWS SDKs' retry quota). @internal */
export function createRetryBudget(clock: Pick<Clock, 'monotonicMs'>): RetryBudget {
  let tokens = CAPACITY;
  let countedMs = clock.monotonicMs();
  const earn = (amount: number) => {
    tokens = Math.min(CAPACITY, tokens + amount);
  };
  return {
    take() {
      const nowMs = clock.monotonicMs();
      earn(((nowMs - countedMs) / 1000) * EARNED_PER_SECOND);
      countedMs = nowMs;
      if (tokens < COST) return false;
      tokens -= COST;
      return true;
    },
    succeeded: (resent) => earn(resent ? COST : EARNED_BY_SUCCESS),
  };
}
