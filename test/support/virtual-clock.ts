import type { Clock } from '../../src/clock.ts';
import { loadNetwork } from '../../src/load-network.ts';

// To load it takes real time, in which no virtual time limit may run out.
await loadNetwork();

/** A clock that a test moves; nothing waits for real. */
export interface VirtualClock extends Clock {
  /** `exact` timers are never skipped (see `skipDelaysUpToMs`). */
  schedule(delayMs: number, run: () => void, options?: { background?: boolean; exact?: boolean }): () => void;
  /** Moves time on by `ms`, running what falls due in order and letting promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Moves time on until `promise` settles, and returns what it returns; fails after `limitMs` of virtual time. */
  settle<T>(promise: Promise<T>, limitMs?: number): Promise<T>;
  /** Moves time on to the next timer and runs it; false when none is armed. */
  step(): Promise<boolean>;
  /** Timers that are armed now. */
  pending(): number;
  /** Timers that would keep a process alive. */
  pendingForeground(): number;
  /** Moves the wall clock alone, as a person or NTP does. */
  jumpWallClock(ms: number): void;
  /** Replaces the source of chance: a constant, or a function. */
  setRandom(random: number | (() => number)): void;
}

export interface VirtualClockOptions {
  /** Wall clock at the start, in milliseconds since 1970. */
  readonly startMs?: number;
  /** Seed of `random()`. */
  readonly seed?: number;
  /**
   * Timers of at most this many milliseconds fire by themselves on the next turn of the event loop. For tests against
   * real sockets: pauses between attempts are skipped, time limits stay under the test's control.
   */
  readonly skipDelaysUpToMs?: number;
}

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly background: boolean;
  readonly run: () => void;
}

/** A virtual day of one-second steps fits in; an endless loop does not. */
const DEFAULT_SETTLE_LIMIT_MS = 48 * 3600 * 1000;

/** One turn of the event loop drains every microtask that is ready. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

export function createVirtualClock({
  startMs = Date.UTC(2026, 0, 15, 12),
  seed = 1,
  skipDelaysUpToMs = -1,
}: VirtualClockOptions = {}): VirtualClock {
  const timers = createTimerQueue();
  let elapsedMs = 0;
  let wallOffsetMs = 0;
  let order = 0;
  let random = mulberry32(seed);

  const next = () => timers.first();

  const fire = (timer: Timer) => {
    if (!timers.delete(timer)) return;
    elapsedMs = Math.max(elapsedMs, timer.dueMs);
    timer.run();
  };

  /** Time does not pass by a limit that falls due on the way. */
  const skipTo = (timer: Timer) => {
    for (let due = next(); due && timers.has(timer); due = next()) fire(due);
  };

  const advance = async (ms: number) => {
    const endMs = elapsedMs + ms;
    await turn();
    for (let timer = next(); timer && timer.dueMs <= endMs; timer = next()) {
      fire(timer);
      await turn();
    }
    elapsedMs = Math.max(elapsedMs, endMs);
    await turn();
  };

  return {
    nowMs: () => startMs + wallOffsetMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    random: () => random(),
    schedule(delayMs, run, { background = false, exact = false } = {}) {
      const delay = Number.isFinite(delayMs) ? Math.max(0, delayMs) : Number.MAX_SAFE_INTEGER;
      const timer: Timer = { dueMs: elapsedMs + delay, order: order++, background, run };
      timers.add(timer);
      if (!exact && delay <= skipDelaysUpToMs) setImmediate(() => skipTo(timer));
      return () => timers.delete(timer);
    },
    advance,
    async settle(promise, limitMs = DEFAULT_SETTLE_LIMIT_MS) {
      let settled = false;
      const done = () => {
        settled = true;
      };
      promise.then(done, done);
      const endMs = elapsedMs + limitMs;
      await turn();
      while (!settled) {
        const timer = next();
        if (!timer) {
          await turn();
          if (!settled && timers.size() === 0)
            throw new Error('settle: nothing is scheduled and the promise is pending');
        } else if (timer.dueMs > endMs) {
          throw new Error(`settle: still pending after ${limitMs} virtual ms`);
        } else {
          fire(timer);
          await turn();
        }
      }
      return promise;
    },
    async step() {
      const timer = next();
      if (timer) fire(timer);
      await turn();
      return timer !== undefined;
    },
    pending: () => timers.size(),
    pendingForeground: () => timers.all().filter((timer) => !timer.background).length,
    jumpWallClock(ms) {
      wallOffsetMs += ms;
    },
    setRandom(source) {
      random = typeof source === 'function' ? source : () => source;
    },
  };
}

/** Mulberry32 by Tommy Ettinger (public domain): small, fast, good enough to replay a jitter. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface TimerQueue {
  add(timer: Timer): void;
  delete(timer: Timer): boolean;
  has(timer: Timer): boolean;
  first(): Timer | undefined;
  size(): number;
  all(): Timer[];
}

/** A binary heap; cancelled timers stay in it until they come up, so that ten thousand callers cost no search. */
function createTimerQueue(): TimerQueue {
  const live = new Set<Timer>();
  const heap: Timer[] = [];
  const before = (left: Timer, right: Timer) =>
    left.dueMs < right.dueMs || (left.dueMs === right.dueMs && left.order < right.order);
  const swap = (left: number, right: number) => {
    [heap[left], heap[right]] = [heap[right] as Timer, heap[left] as Timer];
  };
  const isBefore = (left: number, right: number) => before(heap[left] as Timer, heap[right] as Timer);
  const rise = (index: number) => {
    for (let at = index; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!isBefore(at, parent)) return;
      swap(at, parent);
      at = parent;
    }
  };
  const sink = () => {
    for (let at = 0; ; ) {
      const children = [2 * at + 1, 2 * at + 2].filter((child) => child < heap.length);
      const least = children.reduce((best, child) => (isBefore(child, best) ? child : best), at);
      if (least === at) return;
      swap(at, least);
      at = least;
    }
  };
  const drop = () => {
    const last = heap.pop() as Timer;
    if (heap.length === 0) return;
    heap[0] = last;
    sink();
  };
  return {
    add(timer) {
      live.add(timer);
      heap.push(timer);
      rise(heap.length - 1);
    },
    delete: (timer) => live.delete(timer),
    has: (timer) => live.has(timer),
    first() {
      while (heap[0] !== undefined && !live.has(heap[0])) drop();
      return heap[0];
    },
    size: () => live.size,
    all: () => [...live],
  };
}
