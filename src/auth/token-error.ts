import {
  HaloAuthError,
  type HaloError,
  type HaloErrorContext,
  HaloRateLimitError,
  HaloRedirectError,
  HaloTimeoutError,
} from '../errors.ts';
import { API_DETAILS } from '../halo-screens.ts';
import { classifyNetworkFailure, networkError } from '../wire/network-failure.ts';
import { type TokenQuestion, type TokenRefusal, wrongTenant } from './token-answer.ts';
import type { TokenOutcome } from './token-request.ts';

type Outcome<Kind extends TokenOutcome['kind']> = Extract<TokenOutcome, { kind: Kind }>;

type RefusedAnswer = Outcome<'answer'> & { readonly refusal: TokenRefusal };

/** A token request that brought no token. @internal */
export type TokenFailure = Exclude<TokenOutcome, { kind: 'answer' }> | RefusedAnswer;

/** What an exchange knows when it gives up. @internal */
export interface ExchangeFacts {
  readonly question: TokenQuestion;
  /** Removes the client secret from a text. */
  readonly redact: (text: string) => string;
  readonly attempts: number;
  readonly elapsedMs: number;
  /** The time limit that applied. */
  readonly timeoutMs: number;
  /** Every attempt ended in a 500 that is not JSON. */
  readonly suspectTenant: boolean;
  /** How much longer the exchange would have waited for the rate limit. */
  readonly rateLimitBudgetMs: number;
}

/**
 * Whether the same request may succeed a moment later.
 *
 * @internal
 */
export function mayPass(failure: TokenFailure): boolean {
  switch (failure.kind) {
    case 'timeout':
    case 'rate_limited':
      return true;
    case 'network':
      return classifyNetworkFailure(failure.error).transient;
    case 'redirect':
      return false;
    case 'answer':
      return failure.answer.status === 408 || failure.answer.status >= 500;
  }
}

/**
 * Makes the error that a caller sees out of the last failure of an exchange.
 *
 * @internal
 */
export function tokenError(failure: TokenFailure, facts: ExchangeFacts): HaloError {
  const context: HaloErrorContext = {
    method: 'POST',
    path: new URL(facts.question.tokenEndpoint).pathname,
    attempts: facts.attempts,
    elapsedMs: facts.elapsedMs,
    ...('requestId' in failure && failure.requestId !== undefined
      ? { requestId: facts.redact(failure.requestId) }
      : undefined),
  };
  switch (failure.kind) {
    case 'network':
      return networkError(failure.error, context);
    case 'timeout':
      return timeoutError(context, facts);
    case 'rate_limited':
      return rateLimitError(failure, { ...context, status: 429 }, facts);
    case 'redirect':
      return redirectError(failure, { ...context, status: failure.status }, facts);
    case 'answer':
      return authError(failure, { ...context, status: failure.answer.status }, facts);
  }
}

function timeoutError(context: HaloErrorContext, { question, timeoutMs }: ExchangeFacts): HaloTimeoutError {
  return new HaloTimeoutError({
    ...context,
    code: 'HALO_TIMEOUT_TOKEN',
    timeoutMs,
    summary: `${question.tokenEndpoint} did not answer in time`,
    hint: 'Check that this machine reaches the authorisation server (firewall, VPN, proxy); if it does, try again later.',
  });
}

function rateLimitError(
  { retryAfterMs }: Outcome<'rate_limited'>,
  context: HaloErrorContext,
  { question, rateLimitBudgetMs }: ExchangeFacts,
): HaloRateLimitError {
  const tooLong = retryAfterMs !== undefined && retryAfterMs > rateLimitBudgetMs;
  return new HaloRateLimitError({
    ...context,
    code: tooLong ? 'HALO_RATE_LIMIT_WAIT_TOO_LONG' : 'HALO_RATE_LIMIT_EXHAUSTED',
    retryAfterMs,
    summary: `${question.tokenEndpoint} limits the rate of token requests`,
    hint: 'Keep one client per Halo instance, so that its token is shared; raise maxRateLimitWaitMs to wait longer; otherwise try again later.',
  });
}

function redirectError(
  failure: Outcome<'redirect'>,
  context: HaloErrorContext,
  { question, redact }: ExchangeFacts,
): HaloRedirectError {
  const targetOrigin = failure.targetOrigin === undefined ? undefined : redact(failure.targetOrigin);
  return new HaloRedirectError({
    ...context,
    code: 'HALO_REDIRECT_REFUSED',
    targetOrigin,
    summary: `${question.tokenEndpoint} redirects to ${targetOrigin ?? 'an unreadable address'}`,
    hint: `It is not followed, so that the client secret reaches no other address. Give as authServer the address that ${API_DETAILS} shows.`,
  });
}

function authError(
  failure: RefusedAnswer,
  context: HaloErrorContext,
  { question, redact, suspectTenant }: ExchangeFacts,
): HaloAuthError {
  const refusal = suspectTenant && question.tenantId !== undefined ? wrongTenant(question) : failure.refusal;
  return new HaloAuthError({
    ...context,
    code: refusal.code,
    oauthError: refusal.oauthError,
    tokenEndpoint: question.tokenEndpoint,
    summary: redact(refusal.summary),
    hint: redact(refusal.hint),
    retryable: mayPass(failure),
  });
}
