import type { Clock } from '../clock.ts';
import type { StatedLimit } from './rate-limit-text.ts';

/** After an unexplained 429 this part of what we had used is tried: someone else uses the rest. */
const SHRINK_TO = 0.9;
/** However busy others are, a quarter of the configured limit stays ours; less would starve every listing. */
const SMALLEST_PART = 0.25;
/** Of the configured limit, won back in each window without a 429: slow enough to waste four requests an hour at most. */
const RECOVERED_PER_WINDOW = 0.1;

/** @internal */
export interface RateWindow {
  /** The limit as configured or learned. */
  limit(): { requests: number; windowMs: number };
  /** Requests that may count at one time. */
  capacity(): number;
  used(inFlight: number): number;
  hasRoom(inFlight: number): boolean;
  /** A lower bound of the wait for a call with `ahead` calls before it. */
  waitMs(ahead: number, inFlight: number): number;
  /** A request ended now: it counts for one window from here. */
  add(): void;
  /** Takes over a limit that Halo stated, never above the configured one. */
  learn(stated: StatedLimit): void;
  /** A 429 came although the budget had room: others use the limit too. */
  shrink(): void;
  /** An answer came: wins back capacity with time. */
  recover(): void;
  /** When most of the limit was used by us: milliseconds until our oldest request leaves the window. */
  ownRelief(): number | undefined;
}

/**
 * Returns the sliding log of one rate limit. A request is counted from its start until one window after its *end*, since
 * the server counts it at a moment that we cannot see, somewhere in between.
 *
 * @internal
 */
export function createRateWindow(
  settings: { readonly requests: number; readonly windowMs: number; readonly share: number },
  clock: Pick<Clock, 'monotonicMs'>,
): RateWindow {
  let { requests, windowMs } = settings;
  let reduced: number | undefined;
  let changedMs = 0;
  /** Ends of requests, oldest first, from `head` on; the clock only moves forward, so they are sorted. */
  let ends: number[] = [];
  let head = 0;

  const full = () => Math.max(1, Math.floor(requests * settings.share));
  const capacity = () => Math.min(full(), reduced ?? Number.POSITIVE_INFINITY);
  const forget = () => {
    const oldestMs = clock.monotonicMs() - windowMs;
    while (head < ends.length && (ends[head] ?? 0) <= oldestMs) head += 1;
    // Compacting at half keeps the cost per request constant.
    if (head > 64 && head * 2 > ends.length) {
      ends = ends.slice(head);
      head = 0;
    }
    return ends.length - head;
  };
  const used = (inFlight: number) => forget() + inFlight;

  return {
    limit: () => ({ requests, windowMs }),
    capacity,
    used,
    hasRoom: (inFlight) => used(inFlight) < capacity(),
    waitMs(ahead, inFlight) {
      const counted = forget();
      const slots = capacity();
      if (slots === Number.POSITIVE_INFINITY) return 0;
      // Every full capacity in front costs one window; the rest waits for the slots in the order in which they free.
      const waves = Math.floor(ahead / slots);
      const blocked = ahead - waves * slots - (slots - counted - inFlight);
      const end = blocked < 0 ? undefined : ends[head + blocked];
      const firstMs = end === undefined ? windowMs : end + windowMs - clock.monotonicMs();
      return waves * windowMs + (blocked < 0 ? 0 : firstMs);
    },
    add() {
      // Without a limit there is nothing to count; a limit learned later starts with an empty log behind a closed gate.
      if (requests !== Number.POSITIVE_INFINITY) ends.push(clock.monotonicMs());
    },
    learn(stated) {
      const rate = stated.requests / stated.windowMs;
      const configuredRate = settings.requests / settings.windowMs;
      // 60 in a minute is as much as 300 in five, but not at once.
      const stricter =
        rate < configuredRate || (rate === configuredRate && stated.windowMs < settings.windowMs);
      requests = stricter ? stated.requests : settings.requests;
      windowMs = stricter ? stated.windowMs : settings.windowMs;
      reduced = undefined;
    },
    shrink() {
      if (requests === Number.POSITIVE_INFINITY) return;
      const least = Math.ceil(full() * SMALLEST_PART);
      reduced = Math.max(least, Math.min(capacity(), Math.floor(forget() * SHRINK_TO)));
      changedMs = clock.monotonicMs();
    },
    recover() {
      if (reduced === undefined || clock.monotonicMs() - changedMs < windowMs) return;
      reduced += Math.ceil(full() * RECOVERED_PER_WINDOW);
      changedMs = clock.monotonicMs();
      if (reduced >= full()) reduced = undefined;
    },
    ownRelief() {
      const counted = forget();
      const oldest = ends[head];
      if (oldest === undefined || counted * 2 < full()) return undefined;
      return oldest + windowMs - clock.monotonicMs();
    },
  };
}
