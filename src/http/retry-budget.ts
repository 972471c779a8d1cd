import type { Clock } from '../clock.ts';

/** Resends that a client may make before any has helped: enough for a script, nothing to a dead server. */
const CAPACITY = 20;
/** One resend per ten successes keeps the extra load of a half-broken server at 10 %. */
const EARNED_BY_SUCCESS = 0.1;
/** A client that calls once a minute earns too little by success: this refills it in under two minutes. */
const EARNED_PER_SECOND = 0.2;

/** Bounds the resends of one client, so that an outage is not amplified. @internal */
export interface RetryBudget {
  /** Takes one resend; false when there is none left. */
  take(): boolean;
  /** An attempt succeeded. */
  succeeded(): void;
}

/** Returns a token bucket (as in Finagle's RetryBudget): successes and time fill it, resends empty it. @internal */
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
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    succeeded: () => earn(EARNED_BY_SUCCESS),
  };
}
