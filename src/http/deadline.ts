import type { Clock } from '../clock.ts';
import { onAbort } from '../wire/on-abort.ts';
import type { Closing } from './closing.ts';

/** Where a call was when its time ran out. @internal */
export type Phase = 'token' | 'headers' | 'body' | 'total';

/** Thrown inside the transport when a time limit of ours ran out; never leaves it. @internal */
export class TimeRanOut extends Error {
  override readonly name = 'TimeRanOut';
  readonly phase: Phase;
  readonly limitMs: number;

  constructor(phase: Phase, limitMs: number) {
    super(`time ran out in phase ${phase}`);
    this.phase = phase;
    this.limitMs = limitMs;
  }
}

/** Thrown inside the transport when the client is closed; never leaves it. @internal */
export class ClientClosed extends Error {
  override readonly name = 'ClientClosed';
}

/** A stretch of a call under watch. @internal */
export interface Watch {
  /** Aborts when the stretch has to end, whatever the reason. */
  readonly signal: AbortSignal;
  /** Says what the call is doing now, for the error. */
  enter(phase: Phase): void;
  /** Stops the clock, or starts it again: what is waited for meanwhile is not the call's own time. */
  pause(paused: boolean): void;
}

/** The time of one call. @internal */
export interface Deadline {
  /** Runs a stretch that uses up the call's time: at most `limitMs`, and at most what is left. */
  spend<T>(phase: Phase, limitMs: number, work: (watch: Watch) => Promise<T>): Promise<T>;
  /** Runs a stretch that costs the call nothing, such as a wait for the rate limit; an abort still ends it. */
  free<T>(work: (watch: Watch) => Promise<T>): Promise<T>;
  /** Whether the caller has aborted or the client is closed, so that nothing may be begun. */
  isOver(): boolean;
  /** Milliseconds left of the call's own time. */
  remainingMs(): number;
}

/** @internal */
export interface DeadlineOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** What the call had used up before. @default 0 */
  readonly spentMs?: number | undefined;
  /** The caller's. */
  readonly signal?: AbortSignal | undefined;
  readonly closing?: Closing | undefined;
}

/**
 * Returns the deadline of one call. Every stretch rejects at once when the caller aborts (with the signal's reason,
 * unwrapped), when the client is closed or when time runs out, also if the work ignores its signal; and leaves neither
 * a timer nor a listener.
 *
 * @internal
 */
export function createDeadline({
  clock,
  timeoutMs,
  spentMs: before = 0,
  signal,
  closing,
}: DeadlineOptions): Deadline {
  let spentMs = before;
  const remainingMs = () => Math.max(0, timeoutMs - spentMs);

  const watched = async <T>(
    phase: Phase,
    limitMs: number,
    work: (watch: Watch) => Promise<T>,
  ): Promise<T> => {
    if (signal?.aborted) throw signal.reason;
    if (closing?.closed) throw new ClientClosed('the client is closed');
    const leftMs = remainingMs();
    const timed = limitMs !== Number.POSITIVE_INFINITY;
    if (timed && leftMs === 0) throw new TimeRanOut('total', timeoutMs);
    const controller = new AbortController();
    let current = phase;
    let stop: (reason: unknown) => void = () => {};
    const interrupted = new Promise<never>((_, reject) => {
      stop = (reason) => {
        reject(reason);
        controller.abort(reason);
      };
    });
    const final = leftMs <= limitMs;
    const expire = () => stop(new TimeRanOut(current, final ? timeoutMs : limitMs));
    const timer = createPausableTimer(clock, timed ? Math.min(limitMs, leftMs) : undefined, expire);
    const forgetSignal = onAbort(signal, () => stop(signal?.reason));
    const forgetClosing = closing?.onClose(() => stop(new ClientClosed('the client was closed')));
    try {
      const enter = (next: Phase) => {
        current = next;
      };
      const watch = { signal: controller.signal, enter, pause: timer.pause };
      return await Promise.race([work(watch), interrupted]);
    } finally {
      spentMs += timer.stop();
      forgetSignal();
      forgetClosing?.();
    }
  };

  return {
    isOver: () => signal?.aborted === true || closing?.closed === true,
    remainingMs,
    spend: watched,
    free: (work) => watched('total', Number.POSITIVE_INFINITY, work),
  };
}

interface PausableTimer {
  readonly pause: (paused: boolean) => void;
  /** Ends it; returns the milliseconds that it ran. */
  stop(): number;
}

/** A timer that can stand still; without a limit it never runs, and has run for 0 ms. */
function createPausableTimer(clock: Clock, limitMs: number | undefined, expire: () => void): PausableTimer {
  if (limitMs === undefined) return { pause: () => {}, stop: () => 0 };
  let ranMs = 0;
  let sinceMs: number | undefined;
  let stopped = false;
  let cancel = () => {};
  const hold = () => {
    cancel();
    if (sinceMs !== undefined) ranMs += clock.monotonicMs() - sinceMs;
    sinceMs = undefined;
  };
  const run = () => {
    if (sinceMs !== undefined || stopped) return;
    sinceMs = clock.monotonicMs();
    cancel = clock.schedule(limitMs - ranMs, expire);
  };
  run();
  return {
    pause: (paused) => (paused ? hold() : run()),
    stop() {
      hold();
      stopped = true;
      return ranMs;
    },
  };
}
