import { type Answer, json, text } from './answers.ts';
import type { FakeRateLimit } from './quirks.ts';

/** Counts requests in a rolling window, as Halo's gateway does. @internal */
export class RateWindow {
  #times: number[] = [];
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Lets a request through (undefined) or returns its 429; a refused one does not count. */
  admit(limit: FakeRateLimit | null): Answer | undefined {
    if (!limit) return undefined;
    const nowMs = this.#nowMs();
    this.#forgetBefore(nowMs - limit.windowMs);
    if (this.#times.length < limit.requests) {
      this.#times.push(nowMs);
      return undefined;
    }
    return refusal(limit, nowMs, (this.#times[0] ?? nowMs) + limit.windowMs);
  }

  reset(): void {
    this.#times = [];
  }

  #forgetBefore(timeMs: number): void {
    const kept = this.#times.findIndex((time) => time > timeMs);
    if (kept !== 0) this.#times = kept === -1 ? [] : this.#times.slice(kept);
  }
}

function refusal(limit: FakeRateLimit, nowMs: number, freeAtMs: number): Answer {
  const minutes = limit.windowMs / 60_000;
  const message = `Rate Limit Reached - ${limit.requests} Requests per rolling ${minutes} minute window`;
  const headers = retryAfter(limit, nowMs, freeAtMs);
  return limit.asJson ? json(message, 429, headers) : text(message, 429, headers);
}

function retryAfter(limit: FakeRateLimit, nowMs: number, freeAtMs: number): Record<string, string> {
  // Whole seconds, rounded up: one second early would be refused again.
  const seconds = Math.max(1, Math.ceil((freeAtMs - nowMs) / 1000));
  if (limit.retryAfter === 'seconds') return { 'retry-after': String(seconds) };
  if (limit.retryAfter === 'date') return { 'retry-after': new Date(nowMs + seconds * 1000).toUTCString() };
  return {};
}
