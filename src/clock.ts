import { onAbort } from './wire/on-abort.ts';

/**
 * Time and chance, handed in so that a test can run a day of traffic in a second and replay every jitter.
 *
 * @internal
 */
export interface Clock {
  /** Wall clock in milliseconds since 1970. For expiry times that a server dictates; may jump. */
  nowMs(): number;
  /** Milliseconds on a clock that only moves forward. For durations and deadlines. */
  monotonicMs(): number;
  /** Uniform in [0, 1). */
  random(): number;
  /**
   * Calls `run` once after at least `delayMs`; the result cancels it.
   * `background` timers never keep the process alive.
   */
  schedule(delayMs: number, run: () => void, options?: { background?: boolean }): () => void;
}

/** A longer delay makes `setTimeout` fire after 1 ms (Node and browsers keep it in a signed 32-bit number). */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The real clock. @internal */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  random: () => Math.random(),
  schedule(delayMs, run, { background = false } = {}) {
    let remainingMs = Number.isFinite(delayMs) ? Math.max(0, delayMs) : Number.MAX_SAFE_INTEGER;
    let timer: ReturnType<typeof setTimeout>;
    const arm = () => {
      const stepMs = Math.min(remainingMs, LONGEST_TIMER_MS);
      timer = setTimeout(() => {
        remainingMs -= stepMs;
        if (remainingMs > 0) arm();
        else run();
      }, stepMs);
      // Browsers return a number, which has no unref and needs none.
      if (background) (timer as { unref?: () => void }).unref?.();
    };
    arm();
    return () => clearTimeout(timer);
  },
};

/**
 * Resolves after `delayMs`, or rejects with the signal's reason as soon as it aborts; leaves no listener behind.
 *
 * @internal
 */
export function sleep(
  clock: Clock,
  delayMs: number,
  { signal, background = false }: { signal?: AbortSignal | undefined; background?: boolean } = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const forget = onAbort(signal, () => {
      cancel();
      reject(signal?.reason);
    });
    const cancel = clock.schedule(
      delayMs,
      () => {
        forget();
        resolve();
      },
      { background },
    );
  });
}
