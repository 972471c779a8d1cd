import type { Clock } from '../clock.ts';
import { HaloAuthError, HaloRateLimitError } from '../errors.ts';
import { raceAbort } from '../wire/race-abort.ts';
import type { MintedToken, MintToken } from './mint-token.ts';
import { INSPECT, REDACTED } from './secret.ts';
import type { AccessToken, GetTokenOptions, ManagedTokenProvider } from './token-provider.ts';

/** A token is refreshed ahead of time within this window, so that no call waits for it. */
const SOFT_WINDOW_MS = 120_000;
/** Of a short life, the last fifth. */
const SOFT_WINDOW_SHARE = 0.2;
/** Shifts the window by up to this part, so that many processes started together do not refresh together. */
const SOFT_WINDOW_JITTER = 0.1;
/** A token this close to its end may expire on its way to Halo. Of a short life, half the soft window. */
const HARD_MARGIN_MS = 10_000;
/** Nothing shorter is kept track of: a server that says 1 s would be asked without pause. */
const SHORTEST_LIFETIME_MS = 1000;
/** Whatever the server says, a revoked secret is noticed within a day. */
const LONGEST_LIFETIME_MS = 24 * 60 * 60 * 1000;
/** Two exchanges for want of a fresh token are at least this far apart. */
const SHORTEST_INTERVAL_MS = 1000;
/** A token forced by a 401 and answered 401 again is not the cause of it; asking on would be a storm. */
const FORCED_REST_MS = 30_000;
/** Wrong credentials do not become right by asking again, and some servers lock an application that tries. */
const REFUSAL_REST_MS = 30_000;
/** Back-off of background refreshes: 1 s, doubled up to this; chance takes off up to half. */
const LONGEST_BACK_OFF_MS = 30_000;
/** At most this many background attempts start within a minute. */
const BACKGROUND_ATTEMPTS = 4;
const BACKGROUND_ATTEMPTS_PER_MS = 60_000;

/** Answers that say that the credentials are wrong, and not that something is broken. */
const REFUSING_STATUSES: ReadonlySet<number | undefined> = new Set([400, 401, 403]);

interface HeldToken {
  readonly access: AccessToken;
  readonly minted: MintedToken;
  readonly softAgeMs: number;
  readonly hardAgeMs: number;
  readonly forced: boolean;
}

interface Flight {
  readonly promise: Promise<AccessToken>;
  /** Nobody asked for it: its failure is quiet. */
  readonly background: boolean;
  /** Replaces a token that was answered 401. */
  readonly forced: boolean;
  /** What each caller who waits for it wants to be told about waits for the rate limit. */
  readonly waiters: Set<GetTokenOptions['onLimited']>;
  /** Aborts when the last of them has left. */
  readonly abandoned: AbortController;
  /** Whether it waits for the rate limit now. */
  limited: boolean;
}

/** @internal */
export interface TokenCacheOptions {
  readonly mint: MintToken;
  readonly clock: Clock;
}

/**
 * Keeps one token and decides when a new one is made:
 *
 * - Fresh: returned at once.
 * - Soft window, the last min(120 s, 20 % of its life), shifted by up to 10 % by chance: returned at once, and refreshed
 *   in the background. A failure is quiet; the next attempt follows after 1, 2, 4 .. 30 s, at most 4 a minute, and
 *   only when a call comes along: there is no timer.
 * - Hard margin, the last 10 s: callers wait for a new one.
 * - One exchange at a time, shared by all who wait. A caller that aborts leaves alone; the exchange goes on, and serves
 *   those who remain or come next. When all have left, the request in flight may end, and nothing follows it.
 * - `rejected`: a new token, if the rejected one is still the current one and was not itself forced by a 401 less than
 *   30 s ago.
 * - Credentials refused with 400, 401 or 403: every caller within 30 s gets the same error without a request.
 * - Age is the larger of what the wall clock and the monotonic clock say, so that neither a clock set back nor a
 *   suspended machine makes a token immortal.
 *
 * @internal
 */
export class TokenCache implements ManagedTokenProvider {
  readonly #mint: MintToken;
  readonly #clock: Clock;
  #held: HeldToken | undefined;
  #flight: Flight | undefined;
  #refusal: { readonly error: unknown; readonly untilMs: number } | undefined;
  readonly #closed = new AbortController();
  #backgroundFailures = 0;
  #backgroundRestUntilMs = Number.NEGATIVE_INFINITY;
  #backgroundStartsMs: readonly number[] = [];

  constructor({ mint, clock }: TokenCacheOptions) {
    this.#mint = mint;
    this.#clock = clock;
  }

  async getToken({ signal, rejected, onLimited }: GetTokenOptions = {}): Promise<AccessToken> {
    while (true) {
      if (signal?.aborted) throw signal.reason;
      const force = rejected !== undefined && this.#mustReplace(rejected);
      const ready = force ? undefined : this.readyToken();
      if (ready !== undefined) return ready;
      const flight = this.#flight ?? this.#takeOff({ background: false, forced: force });
      try {
        return await this.#ride(flight, signal, onLimited);
      } catch (error) {
        // An attempt that nobody waited for is sent once only; who waits for a token deserves a full one.
        if (signal?.aborted || !(flight.background || flight.abandoned.signal.aborted)) throw error;
      }
    }
  }

  /** Ends the exchange in flight and forgets the token. Who shares this provider with others does not call it. @internal */
  close(): void {
    this.#closed.abort();
    this.#held = undefined;
  }

  toJSON(): Record<string, string> {
    return { token: REDACTED };
  }

  [INSPECT](): string {
    return `TokenProvider { token: ${REDACTED} }`;
  }

  /** The token in hand if it may be used as it is; starts a refresh where it is time for one. @internal */
  readyToken(): AccessToken | undefined {
    const held = this.#held;
    if (held === undefined || this.#flight?.forced) return undefined;
    const ageMs = this.#ageMs(held.minted);
    if (ageMs >= Math.max(held.hardAgeMs, SHORTEST_INTERVAL_MS)) return undefined;
    if (ageMs >= held.softAgeMs) this.#refreshInBackground();
    return held.access;
  }

  /** Waits for an exchange among others, and tells it when the last of them leaves. */
  async #ride(
    flight: Flight,
    signal: AbortSignal | undefined,
    onLimited: GetTokenOptions['onLimited'],
  ): Promise<AccessToken> {
    // A function of its own: two callers may pass the same one.
    const waiter = (waiting: boolean) => onLimited?.(waiting);
    flight.waiters.add(waiter);
    if (flight.limited) waiter(true);
    try {
      return await raceAbort(flight.promise, signal);
    } finally {
      flight.waiters.delete(waiter);
      if (signal?.aborted && flight.waiters.size === 0) flight.abandoned.abort();
    }
  }

  #mustReplace(rejected: AccessToken): boolean {
    const held = this.#held;
    if (held === undefined || held.access.token !== rejected.token) return false;
    return !held.forced || this.#ageMs(held.minted) >= FORCED_REST_MS;
  }

  #ageMs({ requestedAtMs, requestedAtMonotonicMs }: MintedToken): number {
    const { nowMs, monotonicMs } = { nowMs: this.#clock.nowMs(), monotonicMs: this.#clock.monotonicMs() };
    return Math.max(nowMs - requestedAtMs, monotonicMs - requestedAtMonotonicMs);
  }

  #refreshInBackground(): void {
    const nowMs = this.#clock.monotonicMs();
    if (this.#flight !== undefined || nowMs < this.#backgroundRestUntilMs || this.#refusedUntil(nowMs))
      return;
    const recent = this.#backgroundStartsMs.filter((startMs) => nowMs - startMs < BACKGROUND_ATTEMPTS_PER_MS);
    if (recent.length >= BACKGROUND_ATTEMPTS) return;
    this.#backgroundStartsMs = [...recent, nowMs];
    this.#takeOff({ background: true, forced: false });
  }

  #refusedUntil(nowMs: number): boolean {
    return this.#refusal !== undefined && nowMs < this.#refusal.untilMs;
  }

  #takeOff(kind: { readonly background: boolean; readonly forced: boolean }): Flight {
    if (this.#refusal !== undefined && this.#refusedUntil(this.#clock.monotonicMs()))
      throw this.#refusal.error;
    // The exchange starts a moment later, when the flight is already known: even one that throws at once lands in it.
    const minting = Promise.resolve().then(() =>
      this.#mint({
        resend: !kind.background,
        abandoned: flight.abandoned.signal,
        closed: this.#closed.signal,
        onLimited: (waiting) => {
          flight.limited = waiting;
          for (const waiter of flight.waiters) waiter?.(waiting);
        },
      }),
    );
    const flight: Flight = {
      ...kind,
      waiters: new Set(),
      abandoned: new AbortController(),
      limited: false,
      promise: minting.then(
        (minted) => this.#land(flight, minted),
        (error: unknown) => this.#crash(flight, error),
      ),
    };
    flight.promise.catch(() => undefined);
    this.#flight = flight;
    return flight;
  }

  #land(flight: Flight, minted: MintedToken): AccessToken {
    const held = this.#hold(minted, flight.forced);
    // An answer that comes as the client is closed is not kept.
    if (!this.#closed.signal.aborted) this.#held = held;
    this.#flight = undefined;
    this.#refusal = undefined;
    this.#backgroundFailures = 0;
    return held.access;
  }

  #crash(flight: Flight, error: unknown): never {
    this.#flight = undefined;
    const nowMs = this.#clock.monotonicMs();
    if (error instanceof HaloAuthError && REFUSING_STATUSES.has(error.status)) {
      this.#refusal = { error, untilMs: nowMs + REFUSAL_REST_MS };
    }
    if (flight.background) this.#backgroundRestUntilMs = nowMs + this.#backOffMs(error);
    throw error;
  }

  #backOffMs(error: unknown): number {
    const fullMs = Math.min(1000 * 2 ** this.#backgroundFailures, LONGEST_BACK_OFF_MS);
    this.#backgroundFailures += 1;
    const askedMs = error instanceof HaloRateLimitError ? (error.retryAfterMs ?? 0) : 0;
    return Math.max(fullMs * (1 - this.#clock.random() / 2), askedMs);
  }

  #hold(minted: MintedToken, forced: boolean): HeldToken {
    const lifetimeMs = Math.min(Math.max(minted.lifetimeMs, SHORTEST_LIFETIME_MS), LONGEST_LIFETIME_MS);
    const windowMs = Math.min(SOFT_WINDOW_MS, lifetimeMs * SOFT_WINDOW_SHARE);
    const shift = 1 + SOFT_WINDOW_JITTER * (2 * this.#clock.random() - 1);
    return {
      access: Object.freeze({ token: minted.token, expiresAtMs: minted.requestedAtMs + lifetimeMs }),
      minted,
      softAgeMs: lifetimeMs - windowMs * shift,
      hardAgeMs: lifetimeMs - Math.min(HARD_MARGIN_MS, windowMs / 2),
      forced,
    };
  }
}
