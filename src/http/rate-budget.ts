import { type Clock, systemClock } from '../clock.ts';
import { onAbort } from '../wire/on-abort.ts';
import { refuseUnknownNames } from './known-names.ts';
import { createRateGate, type RateGate } from './rate-gate.ts';
import type { StatedLimit } from './rate-limit-text.ts';
import { createRateWindow, type RateWindow } from './rate-window.ts';

/** Halo's oldest published limit: 300 requests in any 5 minutes. The newer one, 500 in 3 minutes, allows more. */
const DEFAULT_REQUESTS = 300;
const DEFAULT_WINDOW_MS = 300_000;
/** Leaves a tenth to the tenant's other integrations, so that they still work while we run. */
const DEFAULT_SHARE = 0.9;
/** What a rate limit wastes when it closes is what was in flight; four also hide the latency of an ordinary call. */
const DEFAULT_CONCURRENCY = 4;
/** A longer queue would not be served within any wait a caller accepts, and only holds memory. */
const DEFAULT_QUEUE = 10_000;

/** Settings of a rate budget. */
export interface RateBudgetOptions {
  /** Requests that Halo allows in one window; `Infinity` for no limit (on-premise). @default 300 */
  readonly requests?: number | undefined;
  /** Length of Halo's rolling window, in milliseconds. @default 300000 */
  readonly windowMs?: number | undefined;
  /** Part of Halo's limit that this budget may use, above 0 and at most 1. @default 0.9 */
  readonly share?: number | undefined;
  /** Requests in flight at one time. @default 4 */
  readonly concurrency?: number | undefined;
  /** Calls that may wait at one time; the next one fails with `HALO_RATE_LIMIT_QUEUE_FULL`. @default 10000 */
  readonly maxQueue?: number | undefined;
}

/** What a rate budget knows at one moment. */
export interface RateBudgetSnapshot {
  /** Requests per window as configured or as learned from Halo; `Infinity` for no limit. */
  readonly requests: number;
  readonly windowMs: number;
  readonly share: number;
  readonly concurrency: number;
  readonly maxQueue: number;
  /** Requests per window that this budget allows itself now. */
  readonly capacity: number;
  /** Requests that count against the window now, those in flight included. */
  readonly used: number;
  readonly inFlight: number;
  readonly queued: number;
  /** Whether a 429 has closed the budget; one probe reopens it. */
  readonly closed: boolean;
  /** Milliseconds until a closed budget sends its probe; 0 when open. */
  readonly opensInMs: number;
}

/** Why a call waits. @internal */
export type WaitReason = 'window' | 'rate-limit' | 'concurrency';

/** Thrown when a slot cannot be had; the transport turns it into a `HaloRateLimitError`. @internal */
export class RateLimitRefusal extends Error {
  override readonly name = 'RateLimitRefusal';
  readonly kind: 'queue-full' | 'wait-too-long' | 'exhausted';
  readonly retryAfterMs: number | undefined;

  constructor(kind: 'queue-full' | 'wait-too-long' | 'exhausted', retryAfterMs?: number) {
    super(`rate budget: ${kind}`);
    this.kind = kind;
    // A caller waits this long: a part of a millisecond less would be too early.
    this.retryAfterMs = retryAfterMs === undefined ? undefined : Math.ceil(retryAfterMs);
  }
}

/** The right to send one request. Exactly one of its methods is called, once. @internal */
export interface RateSlot {
  /** Halo answered with anything but 429. */
  answered(stated?: StatedLimit): void;
  /** Halo answered 429. */
  limited(details: { retryAfterMs?: number | undefined; stated?: StatedLimit | undefined }): void;
  /** The request was sent, or may have been, and no answer came. */
  lost(): void;
  /** Nothing was sent. */
  unsent(): void;
}

/** @internal */
export interface AcquireOptions {
  readonly signal?: AbortSignal | undefined;
  /** Longest wait; a wait known to be longer is refused at once. */
  readonly maxWaitMs: number;
  /** A request that was sent before goes before those that have not been sent yet, and is never one too many. */
  readonly resend?: boolean;
  /** Called when the call has to wait, before it does. */
  readonly onWait?: ((wait: { reason: WaitReason; waitMs: number; queued: number }) => void) | undefined;
}

/** One rate limit, for one client or for several that share it. Made by `createRateBudget`. */
export interface RateBudget {
  /** Returns what the budget knows now. */
  snapshot(): RateBudgetSnapshot;
  /** Takes a slot where one is free and nobody waits for it. @internal */
  tryAcquire(resend?: boolean): RateSlot | undefined;
  /** @internal */
  acquire(options: AcquireOptions): Promise<RateSlot>;
}

interface Waiter {
  readonly grant: (slot: RateSlot) => void;
}

/**
 * Returns a budget that keeps requests within Halo's rate limit: a slot is busy from the request until a window after its
 * answer, and a 429 stops every caller until one probe has passed.
 *
 * Give the same object to several clients of one Halo instance to make them share its limit.
 *
 * @param options the limit, in requests and milliseconds; defaults suit a hosted Halo
 * @throws {TypeError} when a number is out of range, or an option is unknown
 * @example
 * ```ts
 * import { createRateBudget } from 'halo-psa';
 *
 * // A nightly job that leaves half of the limit to everyone else.
 * const rateBudget = createRateBudget({ requests: 500, windowMs: 180_000, share: 0.5 });
 * console.log(rateBudget.snapshot().capacity); // 250
 * ```
 */
export function createRateBudget(options: RateBudgetOptions = {}): RateBudget {
  return createRateBudgetWith(options, systemClock);
}

/** The same with a clock of the caller's. @internal */
export function createRateBudgetWith(options: RateBudgetOptions, clock: Clock): RateBudget {
  return new SlidingRateBudget(withDefaults(options), clock);
}

type Settings = { readonly [Key in keyof RateBudgetOptions]-?: number };

class SlidingRateBudget implements RateBudget {
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #window: RateWindow;
  readonly #gate: RateGate;
  /** Insertion order is the order of service; a Set forgets an aborted waiter without searching. */
  readonly #resends = new Set<Waiter>();
  readonly #fresh = new Set<Waiter>();
  #inFlight = 0;
  #cancelWake: (() => void) | undefined;

  constructor(settings: Settings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    this.#window = createRateWindow(settings, clock);
    this.#gate = createRateGate(clock);
  }

  snapshot(): RateBudgetSnapshot {
    const { share, concurrency, maxQueue } = this.#settings;
    return {
      ...this.#window.limit(),
      share,
      concurrency,
      maxQueue,
      capacity: this.#window.capacity(),
      used: this.#window.used(this.#inFlight),
      inFlight: this.#inFlight,
      queued: this.#queued(),
      closed: this.#gate.closed(),
      opensInMs: this.#gate.probeInMs(),
    };
  }

  tryAcquire(resend = false): RateSlot | undefined {
    return this.#ahead(resend) === 0 && this.#mayStart() ? this.#start() : undefined;
  }

  acquire({ signal, maxWaitMs, resend = false, onWait }: AcquireOptions): Promise<RateSlot> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    const free = this.tryAcquire(resend);
    if (free !== undefined) return Promise.resolve(free);
    if (!resend && this.#queued() >= this.#settings.maxQueue) {
      return Promise.reject(new RateLimitRefusal('queue-full'));
    }
    const wait = this.#expectedWait(this.#ahead(resend));
    if (wait.waitMs > maxWaitMs) {
      return Promise.reject(new RateLimitRefusal('wait-too-long', wait.waitMs));
    }
    onWait?.({ ...wait, queued: this.#queued() + 1 });
    return this.#enqueue(resend ? this.#resends : this.#fresh, maxWaitMs, signal);
  }

  #enqueue(queue: Set<Waiter>, maxWaitMs: number, signal: AbortSignal | undefined): Promise<RateSlot> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        queue.delete(waiter);
        cancelTimer();
        forget();
      };
      const giveUp = (reason: unknown) => {
        leave();
        this.#serve();
        reject(reason);
      };
      const cancelTimer = this.#clock.schedule(maxWaitMs, () => giveUp(new RateLimitRefusal('exhausted')));
      const waiter: Waiter = {
        grant(slot) {
          leave();
          resolve(slot);
        },
      };
      const forget = onAbort(signal, () => giveUp(signal?.reason));
      queue.add(waiter);
      this.#serve();
    });
  }

  #ahead(resend: boolean): number {
    return resend ? this.#resends.size : this.#queued();
  }

  #queued(): number {
    return this.#resends.size + this.#fresh.size;
  }

  #mayStart(): boolean {
    if (!this.#gate.admits() || !this.#window.hasRoom(this.#inFlight)) return false;
    return this.#inFlight < this.#settings.concurrency;
  }

  #expectedWait(ahead: number): { reason: WaitReason; waitMs: number } {
    const gateMs = this.#gate.statedWaitMs();
    const windowMs = this.#window.waitMs(ahead, this.#inFlight);
    if (windowMs > gateMs) return { reason: 'window', waitMs: windowMs };
    return { reason: this.#gate.closed() ? 'rate-limit' : 'concurrency', waitMs: gateMs };
  }

  #start(): RateSlot {
    const ticket = this.#gate.enter();
    this.#inFlight += 1;
    let open = true;
    const finish = (counts: boolean, settle: () => void) => {
      if (!open) return;
      open = false;
      this.#inFlight -= 1;
      if (counts) this.#window.add();
      settle();
      this.#serve();
    };
    return {
      answered: (stated) =>
        finish(true, () => {
          if (stated) this.#window.learn(stated);
          this.#window.recover();
          this.#gate.passed(ticket);
        }),
      limited: ({ retryAfterMs, stated }) =>
        finish(true, () => {
          if (stated) this.#window.learn(stated);
          else if (!this.#gate.closed()) this.#window.shrink();
          this.#gate.refused(ticket, retryAfterMs, this.#window.ownRelief());
        }),
      lost: () => finish(true, () => this.#gate.abandoned(ticket)),
      unsent: () => finish(false, () => this.#gate.abandoned(ticket)),
    };
  }

  /** Grants what may start now, then sleeps until the next moment at which something may change by itself. */
  #serve(): void {
    for (let waiter = this.#first(); waiter && this.#mayStart(); waiter = this.#first()) {
      waiter.grant(this.#start());
    }
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    if (this.#queued() === 0 || this.#inFlight >= this.#settings.concurrency) return;
    const wakeMs = Math.max(this.#gate.probeInMs(), this.#window.waitMs(0, this.#inFlight));
    if (wakeMs > 0) this.#cancelWake = this.#clock.schedule(wakeMs, () => this.#serve());
  }

  #first(): Waiter | undefined {
    return (this.#resends.values().next().value ?? this.#fresh.values().next().value) as Waiter | undefined;
  }
}

const OPTION_NAMES: readonly (keyof RateBudgetOptions)[] = [
  'requests',
  'windowMs',
  'share',
  'concurrency',
  'maxQueue',
];

function withDefaults(options: RateBudgetOptions): Settings {
  refuseUnknownNames('options of createRateBudget', options, OPTION_NAMES);
  const settings = {
    requests: options.requests ?? DEFAULT_REQUESTS,
    windowMs: options.windowMs ?? DEFAULT_WINDOW_MS,
    share: options.share ?? DEFAULT_SHARE,
    concurrency: options.concurrency ?? DEFAULT_CONCURRENCY,
    maxQueue: options.maxQueue ?? DEFAULT_QUEUE,
  };
  const whole = (value: number) => value === Number.POSITIVE_INFINITY || Number.isSafeInteger(value);
  const checks: readonly (readonly [keyof Settings, boolean, string])[] = [
    ['requests', whole(settings.requests) && settings.requests >= 1, 'a whole number from 1, or Infinity'],
    ['windowMs', Number.isFinite(settings.windowMs) && settings.windowMs >= 1, 'milliseconds from 1'],
    ['share', settings.share > 0 && settings.share <= 1, 'above 0 and at most 1'],
    [
      'concurrency',
      whole(settings.concurrency) && settings.concurrency >= 1,
      'a whole number from 1, or Infinity',
    ],
    ['maxQueue', whole(settings.maxQueue) && settings.maxQueue >= 0, 'a whole number from 0, or Infinity'],
  ];
  const wrong = checks.find(([, fits]) => !fits);
  if (wrong) throw new TypeError(`createRateBudget: ${wrong[0]} must be ${wrong[2]}`);
  return settings;
}
