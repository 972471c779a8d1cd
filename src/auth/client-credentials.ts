import { type Clock, sleep } from '../clock.ts';
import type { HaloEndpoints } from '../config/endpoints.ts';
import type { ResolvedCredentials } from '../config/parse-halo-config.ts';
import type { FetchFunction, HaloLogger } from '../config/schema.ts';
import type { HaloError } from '../errors.ts';
import type { MintedToken, MintOptions, MintToken } from './mint-token.ts';
import { createRedactor } from './redactor.ts';
import { isPlain500, readTokenAnswer, type TokenQuestion } from './token-answer.ts';
import { mayPass, type TokenFailure, tokenError } from './token-error.ts';
import { sendTokenRequest } from './token-request.ts';

/** @internal */
export interface ClientCredentialsOptions {
  /** Undefined: the global `fetch`, looked up at every request. */
  readonly fetch: FetchFunction | undefined;
  readonly endpoints: HaloEndpoints;
  readonly credentials: ResolvedCredentials;
  readonly clock: Clock;
  /** Longest sum of waits for the rate limit. */
  readonly maxRateLimitWaitMs: number;
  readonly logger: HaloLogger;
}

/** Half of the total, so that one stalled request leaves room for another. */
const ATTEMPT_TIMEOUT_MS = 15_000;
/** All requests, bodies and pauses between them; waits for the rate limit come on top. */
const TOTAL_TIMEOUT_MS = 30_000;
/** Two failures in a row are common behind a load balancer that is switching over, three are an outage. */
const MAX_RESENDS = 2;
/** First pause before a resend; it doubles, and chance takes off up to half. */
const FIRST_PAUSE_MS = 500;
/**
 * Waits after a 429 that names none. Together they outlast Halo's longest published window of 300 s and stay below the
 * default `maxRateLimitWaitMs` of 330 s.
 */
const RATE_LIMIT_WAITS_MS = [10_000, 60_000, 240_000] as const;
/** Chance adds up to this part, so that many processes do not come back at once. */
const RATE_LIMIT_JITTER = 0.05;
/** A wait that a person would notice is told. */
const NOTICEABLE_WAIT_MS = 1000;

/**
 * Returns a function that exchanges client id and secret for one token, and remembers nothing.
 *
 * - One attempt takes at most 15 s, all of them 30 s, body and pauses included.
 * - Network errors, time-outs, 408 and 5xx are sent again, at most twice; a token request changes nothing at Halo.
 * - 429 waits as long as the answer says, else 10, 60 and 240 s, as long as `maxRateLimitWaitMs` allows.
 * - Any other answer that is no usable token is final: `HaloAuthError`, and for a redirect `HaloRedirectError`.
 *
 * @internal
 */
export function createClientCredentialsMint(options: ClientCredentialsOptions): MintToken {
  return (mintOptions) => new Exchange(options, mintOptions).run();
}

type RateLimited = Extract<TokenFailure, { kind: 'rate_limited' }>;

/** One exchange: what has been spent of its limits. */
class Exchange {
  readonly #options: ClientCredentialsOptions;
  readonly #mintOptions: MintOptions;
  readonly #question: TokenQuestion;
  readonly #redact: (text: string) => string;
  readonly #startedAtMs: number;
  #attempts = 0;
  #resends = 0;
  #rateLimitWaits = 0;
  #rateLimitWaitedMs = 0;
  /** Every answer so far was a 500 that is not JSON. */
  #onlyPlain500 = true;

  constructor(options: ClientCredentialsOptions, mintOptions: MintOptions) {
    const { endpoints, credentials, clock } = options;
    this.#options = options;
    this.#mintOptions = mintOptions;
    this.#question = {
      tokenEndpoint: endpoints.tokenEndpoint,
      scope: credentials.scope,
      tenantId: credentials.tenantId,
    };
    this.#redact = createRedactor([credentials.clientSecret]);
    this.#startedAtMs = clock.monotonicMs();
  }

  async run(): Promise<MintedToken> {
    while (true) {
      const result = await this.#attempt();
      if (!('kind' in result)) return result;
      const limited = result.kind === 'rate_limited';
      const pauseMs = limited ? this.#rateLimitPause(result) : this.#resendPause(result);
      if (pauseMs === undefined || !(await this.#pause(pauseMs, limited))) throw this.#errorOf(result);
    }
  }

  /** Waits; false when meanwhile the last caller who would have used the token has left. */
  async #pause(pauseMs: number, limited: boolean): Promise<boolean> {
    const { abandoned, onLimited } = this.#mintOptions;
    if (limited) onLimited?.(true);
    try {
      await sleep(this.#options.clock, pauseMs, { signal: abandoned });
      return true;
    } catch {
      return false;
    } finally {
      if (limited) onLimited?.(false);
    }
  }

  async #attempt(): Promise<MintedToken | TokenFailure> {
    const { clock, endpoints, credentials, fetch } = this.#options;
    this.#attempts += 1;
    const requestedAt = { requestedAtMs: clock.nowMs(), requestedAtMonotonicMs: clock.monotonicMs() };
    const timeoutMs = Math.min(ATTEMPT_TIMEOUT_MS, this.#remainingMs());
    const tokenUrl = endpoints.tokenUrl;
    const { closed } = this.#mintOptions;
    const outcome = await sendTokenRequest({ fetch, clock, tokenUrl, credentials, timeoutMs, closed });
    if (outcome.kind !== 'answer') {
      this.#onlyPlain500 = false;
      return outcome;
    }
    const { answer } = outcome;
    this.#onlyPlain500 &&= isPlain500(answer);
    const reading = readTokenAnswer(answer, this.#question);
    if (reading.kind === 'refusal') return { ...outcome, refusal: reading };
    return { token: reading.token, lifetimeMs: reading.lifetimeMs, ...requestedAt };
  }

  /** What is left of the total; waits for the rate limit do not count. */
  #remainingMs(): number {
    const elapsedMs = this.#options.clock.monotonicMs() - this.#startedAtMs;
    return TOTAL_TIMEOUT_MS - elapsedMs + this.#rateLimitWaitedMs;
  }

  /** Milliseconds until the next request after a failure that may pass; undefined when the failure is final. */
  #resendPause(failure: TokenFailure): number | undefined {
    if (!this.#mintOptions.resend || !mayPass(failure) || this.#resends >= MAX_RESENDS) return undefined;
    const backOffMs = FIRST_PAUSE_MS * 2 ** this.#resends * (1 - this.#options.clock.random() / 2);
    const askedMs = failure.kind === 'answer' ? (failure.retryAfterMs ?? 0) : 0;
    const pauseMs = Math.max(backOffMs, askedMs);
    if (pauseMs >= this.#remainingMs()) return undefined;
    this.#resends += 1;
    return pauseMs;
  }

  /** Milliseconds until the next request after a 429; undefined when the wait would be too long. */
  #rateLimitPause({ retryAfterMs }: RateLimited): number | undefined {
    if (!this.#mintOptions.resend) return undefined;
    const { clock, logger, maxRateLimitWaitMs } = this.#options;
    const ownMs = RATE_LIMIT_WAITS_MS[this.#rateLimitWaits];
    if (ownMs === undefined) return undefined;
    const pauseMs = retryAfterMs ?? ownMs * (1 + RATE_LIMIT_JITTER * clock.random());
    if (this.#rateLimitWaitedMs + pauseMs > maxRateLimitWaitMs) return undefined;
    this.#rateLimitWaits += 1;
    this.#rateLimitWaitedMs += pauseMs;
    if (pauseMs > NOTICEABLE_WAIT_MS) {
      const waitMs = Math.round(pauseMs);
      logger.warn?.('Halo limits token requests: waiting', {
        reason: 'rate-limit',
        waitMs,
        attempt: this.#attempts,
      });
    }
    return pauseMs;
  }

  #errorOf(failure: TokenFailure): HaloError {
    const { clock, maxRateLimitWaitMs } = this.#options;
    return tokenError(failure, {
      question: this.#question,
      redact: this.#redact,
      attempts: this.#attempts,
      elapsedMs: clock.monotonicMs() - this.#startedAtMs,
      timeoutMs: this.#attempts > 1 ? TOTAL_TIMEOUT_MS : ATTEMPT_TIMEOUT_MS,
      // One plain 500 is a failure like any other; a row of them is what a wrong tenant looks like.
      suspectTenant: this.#onlyPlain500 && this.#attempts > 1,
      rateLimitBudgetMs: maxRateLimitWaitMs - this.#rateLimitWaitedMs,
    });
  }
}
