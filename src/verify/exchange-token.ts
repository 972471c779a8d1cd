import { createRedactor } from '../auth/redactor.ts';
import { isPlain500, readTokenAnswer, type TokenQuestion } from '../auth/token-answer.ts';
import { mayPass, type TokenFailure, tokenError } from '../auth/token-error.ts';
import { sendTokenRequest } from '../auth/token-request.ts';
import { type Clock, sleep } from '../clock.ts';
import type { HaloEndpoints } from '../config/endpoints.ts';
import type { ResolvedCredentials } from '../config/parse-halo-config.ts';
import type { FetchFunction } from '../config/schema.ts';

/** A token, and the scopes that Halo says it has. @internal */
export interface VerifiedToken {
  readonly token: string;
  readonly lifetimeMs: number | null;
  /** Undefined where nobody says. */
  readonly scope: string | undefined;
}

/** @internal */
export interface ExchangeOptions {
  readonly endpoints: HaloEndpoints;
  readonly credentials: ResolvedCredentials;
  readonly fetch: FetchFunction;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** One request more than one: a single 500 says little, two in a row are what a wrong tenant looks like. */
const MOST_ATTEMPTS = 2;
/** Long enough for a load balancer to notice, short enough for a person who waits. */
const PAUSE_MS = 500;

/**
 * Exchanges the credentials for a token of its own, so that a client secret that has ended is noticed also while an
 * older token still works. Never waits for a rate limit.
 *
 * @throws {HaloError} when there is no token; the signal's reason when it aborts
 * @internal
 */
export async function exchangeToken(options: ExchangeOptions): Promise<VerifiedToken> {
  const { endpoints, credentials, fetch, clock, timeoutMs, signal } = options;
  const { tokenUrl, tokenEndpoint } = endpoints;
  const question: TokenQuestion = {
    tokenEndpoint,
    scope: credentials.scope,
    tenantId: credentials.tenantId,
  };
  const startedMs = clock.monotonicMs();
  let onlyPlain500 = true;
  for (let attempts = 1; ; attempts += 1) {
    const request = { fetch, clock, tokenUrl, credentials, timeoutMs, closed: signal };
    const outcome = await sendTokenRequest(request);
    signal.throwIfAborted();
    let failure: TokenFailure;
    if (outcome.kind === 'answer') {
      const reading = readTokenAnswer(outcome.answer, question);
      if (reading.kind === 'token') return { ...reading, scope: reading.scope ?? credentials.scope };
      onlyPlain500 &&= isPlain500(outcome.answer);
      failure = { ...outcome, refusal: reading };
    } else {
      onlyPlain500 = false;
      failure = outcome;
    }
    if (attempts >= MOST_ATTEMPTS || failure.kind === 'rate_limited' || !mayPass(failure)) {
      throw tokenError(failure, {
        question,
        redact: createRedactor([credentials.clientSecret]),
        attempts,
        elapsedMs: clock.monotonicMs() - startedMs,
        timeoutMs,
        suspectTenant: onlyPlain500 && attempts > 1,
        rateLimitBudgetMs: 0,
      });
    }
    await sleep(clock, PAUSE_MS, { signal });
  }
}
