import type { AccessToken, ManagedTokenProvider } from '../auth/token-provider.ts';
import { type Clock, sleep } from '../clock.ts';
import type { HaloError, HaloErrorContext } from '../errors.ts';
import type { Reading } from './answer.ts';
import type { Closing } from './closing.ts';
import { ClientClosed, createDeadline, type Deadline, TimeRanOut, type Watch } from './deadline.ts';
import type { HaloEventFields, HaloEvents } from './events.ts';
import { type AttemptFailure, type Failure, lineFailure } from './failure.ts';
import type { CallLimits, PreparedRequest } from './prepare.ts';
import { type RateBudget, RateLimitRefusal, type RateSlot } from './rate-budget.ts';
import type { HaloAnswer, HaloRequest } from './request.ts';
import type { RetryBudget } from './retry-budget.ts';
import { decide, mayHaveActed, type Outcome, pauseMs } from './retry-policy.ts';
import { toHaloError, toUncertainError } from './translate-error.ts';

/** What the calls of one client share. @internal */
export interface CallServices {
  readonly clock: Clock;
  /** Ours, or one that `guardTokenProvider` watches: what it returns can be sent. */
  readonly tokenProvider: ManagedTokenProvider;
  readonly rateBudget: RateBudget;
  readonly retryBudget: RetryBudget;
  readonly events: HaloEvents;
  readonly maxRateLimitWaitMs: number;
  readonly closing: Closing | undefined;
  /** Sends once and reads the answer; rejects with what the platform threw, or when the watch ends. */
  readonly exchange: (prepared: PreparedRequest, token: string, watch: Watch) => Promise<Reading>;
  /** Told of every token in use. */
  readonly noteToken: (token: AccessToken) => void;
}

/** What sets one call apart. @internal */
export interface CallFacts {
  readonly request: HaloRequest;
  readonly prepared: PreparedRequest;
  readonly limits: CallLimits;
  /** When the caller called, on the clock that only moves forward. */
  readonly startedMs: number;
}

/** One attempt may take this long; two of them fit into the default deadline of a call. */
const LONGEST_ATTEMPT_MS = 30_000;

/**
 * One call, from its first wait to its value. The only loop that sends anything again.
 *
 * @internal
 */
export class Call {
  readonly #services: CallServices;
  readonly #request: HaloRequest;
  readonly #prepared: PreparedRequest;
  readonly #limits: CallLimits;
  readonly #deadline: Deadline;
  readonly #startedMs: number;
  #attempts = 0;
  #resends = 0;
  #waitedMs = 0;
  #renewed = false;
  /** The last answer was 429. */
  #limited = false;
  /** Halo may have acted on an attempt of this write. */
  #maybeWritten = false;

  constructor(services: CallServices, { request, prepared, limits, startedMs }: CallFacts) {
    this.#services = services;
    this.#request = request;
    this.#prepared = prepared;
    this.#limits = limits;
    this.#startedMs = startedMs;
    const { clock, closing } = services;
    const { timeoutMs, signal } = limits;
    const spentMs = clock.monotonicMs() - startedMs;
    this.#deadline = createDeadline({ clock, closing, timeoutMs, spentMs, signal });
  }

  /** Sends until there is an answer, or nothing more to try. */
  async run(): Promise<HaloAnswer> {
    for (;;) {
      const { reading, token } = await this.#attempt();
      if (reading.kind === 'value') return this.#deliver(reading);
      await this.#recover(reading.failure, token);
    }
  }

  async #attempt(): Promise<{ reading: Reading; token: AccessToken }> {
    const slot = await this.#slot();
    try {
      const token = await this.#token();
      return { token, reading: await this.#exchange(token, slot) };
    } finally {
      // Does nothing to a slot that the exchange has settled.
      slot.unsent();
    }
  }

  async #slot(): Promise<RateSlot> {
    const { rateBudget, maxRateLimitWaitMs, clock } = this.#services;
    const resend = this.#attempts > 0;
    const free = this.#deadline.isOver() ? undefined : rateBudget.tryAcquire(resend);
    if (free !== undefined) {
      this.#limited = false;
      return free;
    }
    const startedMs = clock.monotonicMs();
    let pending: Promise<RateSlot> | undefined;
    try {
      const slot = await this.#deadline.free(({ signal }) => {
        pending = rateBudget.acquire({
          signal,
          maxWaitMs: maxRateLimitWaitMs - this.#waitedMs,
          resend,
          onWait: (wait) => this.#noteWait(wait),
        });
        return pending;
      });
      this.#waitedMs += clock.monotonicMs() - startedMs;
      this.#limited = false;
      return slot;
    } catch (error) {
      // A slot granted to a call that has just ended must not stay taken.
      pending?.then(
        (slot) => slot.unsent(),
        () => undefined,
      );
      if (!(error instanceof RateLimitRefusal)) throw this.#ended(error);
      const status = this.#limited ? 429 : undefined;
      throw this.#error({ kind: 'budget', refusal: error, status, limitMs: maxRateLimitWaitMs });
    }
  }

  /** A token to send; with `rejected`, another one where the provider has or makes one. */
  async #token(rejected?: AccessToken): Promise<AccessToken> {
    const { tokenProvider, noteToken } = this.#services;
    let token = rejected === undefined ? tokenProvider.readyToken?.() : undefined;
    try {
      token ??= await this.#deadline.spend('token', this.#limits.timeoutMs, async ({ signal, pause }) =>
        tokenProvider.getToken({ signal, rejected, onLimited: pause }),
      );
    } catch (error) {
      if (this.#interrupted(error)) throw this.#ended(error);
      // A provider is ours or guarded: it rejects with errors of this package only.
      throw this.#certain(error as HaloError);
    }
    noteToken(token);
    return token;
  }

  /** Sends once, and settles the slot by what is known then. */
  async #exchange(token: AccessToken, slot: RateSlot): Promise<Reading> {
    const { clock, exchange } = this.#services;
    const startedMs = clock.monotonicMs();
    let begun = false;
    let reading: Reading;
    try {
      reading = await this.#deadline.spend('headers', LONGEST_ATTEMPT_MS, (watch) => {
        begun = true;
        this.#attempts += 1;
        return exchange(this.#prepared, token.token, watch);
      });
    } catch (error) {
      // Nothing has left: the slot is given back, and the outcome of a write is certain.
      if (!begun) throw this.#ended(error);
      if (this.#limits.signal?.aborted) {
        slot.lost();
        this.#noteRequest({ reason: 'aborted' }, startedMs);
        throw this.#limits.signal.reason;
      }
      reading = { kind: 'failure', failure: brokenOff(error) };
    }
    settle(slot, reading);
    this.#noteRequest(readingFacts(reading), startedMs);
    return reading;
  }

  #deliver(reading: Extract<Reading, { kind: 'value' }>): HaloAnswer {
    this.#services.retryBudget.succeeded(this.#resends > 0);
    if (reading.replaced)
      this.#services.events.emit('drift', { ...this.#eventFacts(), reason: 'invalid-utf-8' });
    const { value, status, requestId } = reading;
    return { value, context: { ...this.#context(), status, requestId } };
  }

  /** Returns when the request is to be sent again; throws the error of the call otherwise. */
  async #recover(failure: AttemptFailure, token: AccessToken): Promise<void> {
    const { effect } = this.#request;
    const { outcome } = failure;
    this.#maybeWritten ||= mayHaveActed(effect, outcome);
    const verdict = decide({
      effect,
      outcome,
      resends: this.#resends,
      renewed: this.#renewed,
      ...this.#limits,
    });
    if (verdict === 'wait') {
      this.#limited = true;
    } else if (verdict === 'renew') {
      this.#renewed = true;
      const next = await this.#token(token);
      // The provider stands by a fresh token: then the 401 is about rights, and final.
      if (next.token === token.token) throw this.#error(failure);
      this.#noteRetry(outcome, 0);
    } else if (verdict === 'resend') {
      await this.#pause(failure);
    } else {
      throw this.#error(failure);
    }
  }

  async #pause(failure: AttemptFailure): Promise<void> {
    const { clock, retryBudget } = this.#services;
    const leftMs = this.#deadline.remainingMs();
    const askedMs = failure.kind === 'status' ? failure.retryAfterMs : undefined;
    const waitMs = askedMs ?? pauseMs(this.#resends + 1, clock.random());
    if (askedMs !== undefined && askedMs >= leftMs)
      throw this.#error(tooLongAPause(failure, this.#limits.timeoutMs));
    if (waitMs >= leftMs || !retryBudget.take()) throw this.#error(failure);
    this.#resends += 1;
    this.#noteRetry(failure.outcome, waitMs);
    try {
      await this.#deadline.spend('total', this.#limits.timeoutMs, ({ signal }) =>
        sleep(clock, waitMs, { signal }),
      );
    } catch (error) {
      throw this.#ended(error);
    }
  }

  /** Whether a stretch was ended by us or by the caller, rather than by what it ran. */
  #interrupted(error: unknown): boolean {
    return (
      this.#limits.signal?.aborted === true || error instanceof TimeRanOut || error instanceof ClientClosed
    );
  }

  #ended(error: unknown): unknown {
    if (this.#limits.signal?.aborted) return this.#limits.signal.reason;
    return this.#error(brokenOff(error));
  }

  #error(failure: Failure): HaloError {
    return this.#certain(toHaloError(failure, this.#context()));
  }

  #certain(error: HaloError): HaloError {
    return this.#maybeWritten ? toUncertainError(error, this.#request, this.#context()) : error;
  }

  #context(): HaloErrorContext {
    const { method, path } = this.#request;
    const elapsedMs = this.#services.clock.monotonicMs() - this.#startedMs;
    return { method, path: path.template, attempts: this.#attempts, elapsedMs };
  }

  #eventFacts() {
    return { method: this.#request.method, path: this.#request.path.template, attempt: this.#attempts };
  }

  #noteRequest(facts: HaloEventFields, startedMs: number): void {
    const { clock, events } = this.#services;
    events.emit('request', { ...this.#eventFacts(), ...facts, ms: clock.monotonicMs() - startedMs });
  }

  #noteRetry(reason: Outcome, waitMs: number): void {
    this.#services.events.emit('retry', { ...this.#eventFacts(), reason, waitMs });
  }

  #noteWait({ reason, waitMs, queued }: { reason: string; waitMs: number; queued: number }): void {
    const untilMs = this.#services.clock.nowMs() + waitMs;
    this.#services.events.emit('wait', { ...this.#eventFacts(), reason, waitMs, untilMs, queued });
  }
}

function brokenOff(error: unknown): AttemptFailure {
  if (error instanceof ClientClosed) return { kind: 'closed', outcome: 'closed' };
  if (!(error instanceof TimeRanOut)) return lineFailure(error);
  const { phase, limitMs } = error;
  return { kind: 'time', outcome: 'timeout', phase, limitMs };
}

function tooLongAPause(failure: AttemptFailure, limitMs: number): Failure {
  const status = failure.kind === 'status' ? failure.status : undefined;
  return { kind: 'time', outcome: 'timeout', phase: 'total', limitMs, status };
}

/** Tells the budget what the attempt has shown. */
function settle(slot: RateSlot, reading: Reading): void {
  const failure = reading.kind === 'failure' ? reading.failure : undefined;
  if (reading.kind === 'value') slot.answered(reading.stated);
  else if (failure?.kind === 'status' && failure.status === 429) slot.limited(failure);
  else if (failure?.kind === 'status') slot.answered(failure.stated);
  else if (failure?.kind === 'body') slot.answered();
  else if (failure?.outcome === 'unsent' || failure?.outcome === 'untrusted') slot.unsent();
  else slot.lost();
}

function readingFacts(reading: Reading): HaloEventFields {
  if (reading.kind === 'value') return { status: reading.status, requestId: reading.requestId };
  const { failure } = reading;
  const answered = failure.kind === 'status' || failure.kind === 'body';
  return answered
    ? { status: failure.status, requestId: failure.requestId, reason: failure.outcome }
    : { reason: failure.outcome };
}
