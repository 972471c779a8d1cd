import type { Clock } from '../clock.ts';
import type { ResolvedCredentials } from '../config/parse-halo-config.ts';
import type { FetchFunction } from '../config/schema.ts';
import { isRedirect, redirectOrigin, requestIdOf } from '../wire/answer-headers.ts';
import { fetchPlainly } from '../wire/fetch-plainly.ts';
import { follow } from '../wire/on-abort.ts';
import { discardBody, mediaType, readText } from '../wire/read-body.ts';
import { parseRetryAfter } from '../wire/retry-after.ts';
import type { TokenAnswer } from './token-answer.ts';

/** What came of one token request. @internal */
export type TokenOutcome =
  | {
      readonly kind: 'answer';
      readonly answer: TokenAnswer;
      readonly requestId: string | undefined;
      readonly retryAfterMs: number | undefined;
    }
  | {
      readonly kind: 'rate_limited';
      readonly requestId: string | undefined;
      readonly retryAfterMs: number | undefined;
    }
  | {
      readonly kind: 'redirect';
      readonly status: number;
      readonly targetOrigin: string | undefined;
      readonly requestId: string | undefined;
    }
  | { readonly kind: 'timeout'; readonly timeoutMs: number }
  | { readonly kind: 'network'; readonly error: unknown };

/** @internal */
export interface TokenRequestOptions {
  readonly fetch: FetchFunction | undefined;
  readonly clock: Clock;
  readonly tokenUrl: string;
  readonly credentials: ResolvedCredentials;
  /** From the call of `fetch` to the last byte of the body. */
  readonly timeoutMs: number;
  /** Ends the request. */
  readonly closed?: AbortSignal | undefined;
}

/** A token answer is a few kilobytes; what is longer is something else. */
const LARGEST_BODY_BYTES = 64 * 1024;

/**
 * Sends one token request and reads its answer, within one time limit that no trickle of bytes prolongs.
 *
 * @internal
 */
export async function sendTokenRequest(options: TokenRequestOptions): Promise<TokenOutcome> {
  const { clock, timeoutMs, closed } = options;
  const limit = new AbortController();
  const disarm = clock.schedule(timeoutMs, () => limit.abort());
  const unfollow = follow(closed, limit);
  try {
    const response = await fetchToken(options, limit.signal);
    return await readOutcome(response, options, limit.signal);
  } catch (error) {
    return limit.signal.aborted ? { kind: 'timeout', timeoutMs } : { kind: 'network', error };
  } finally {
    disarm();
    unfollow();
  }
}

function fetchToken(options: TokenRequestOptions, signal: AbortSignal): Promise<Response> {
  const { credentials, tokenUrl } = options;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret.reveal(),
    scope: credentials.scope,
  });
  return fetchPlainly(options.fetch ?? globalThis.fetch, tokenUrl, signal, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
}

async function readOutcome(
  response: Response,
  { clock, tokenUrl }: TokenRequestOptions,
  signal: AbortSignal,
): Promise<TokenOutcome> {
  const { status, headers } = response;
  const requestId = requestIdOf(headers);
  if (isRedirect(response)) {
    discardBody(response);
    return { kind: 'redirect', status, targetOrigin: redirectOrigin(headers, tokenUrl), requestId };
  }
  const retryAfterMs = parseRetryAfter(headers, clock.nowMs()) ?? undefined;
  if (status === 429) {
    discardBody(response);
    return { kind: 'rate_limited', requestId, retryAfterMs };
  }
  const body = await readText(response, { maxBytes: LARGEST_BODY_BYTES, signal });
  // The status of a refusal says enough; of a success, the body is everything.
  if (body.kind === 'broken' && status === 200) return { kind: 'network', error: body.error };
  return {
    kind: 'answer',
    answer: {
      status,
      mediaType: mediaType(headers),
      text: body.kind === 'text' ? body.text : '',
      unreadable: body.kind === 'too_large' || body.kind === 'encoding' ? body.kind : undefined,
    },
    requestId,
    retryAfterMs,
  };
}
