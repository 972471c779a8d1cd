import ky from 'ky';
import { createRedactor } from '../auth/redactor.ts';
import type { AccessToken, ManagedTokenProvider } from '../auth/token-provider.ts';
import type { Clock } from '../clock.ts';
import {
  DEFAULT_MAX_RATE_LIMIT_WAIT_MS,
  DEFAULT_MAX_RETRIES,
  DEFAULT_TIMEOUT_MS,
} from '../config/defaults.ts';
import type { FetchFunction, HaloLogger } from '../config/schema.ts';
import { type Reading, readAnswer } from './answer.ts';
import { Call, type CallServices } from './call.ts';
import type { Closing } from './closing.ts';
import type { Watch } from './deadline.ts';
import { createEvents, type HaloEvents } from './events.ts';
import { apiRootOf, callLimits, type PreparedRequest, prepareRequest } from './prepare.ts';
import type { RateBudget } from './rate-budget.ts';
import type { CallOptions, HaloAnswer, HaloRequest, Transport } from './request.ts';
import { createRetryBudget } from './retry-budget.ts';

/** @internal */
export interface TransportOptions {
  /** Root of the API without a slash at its end: `https://example.halopsa.com/api`. */
  readonly apiUrl: string;
  /** Ours, or one that `guardTokenProvider` watches: what it returns can be sent. */
  readonly tokenProvider: ManagedTokenProvider;
  /** @default the global `fetch` */
  readonly fetch?: FetchFunction | undefined;
  readonly rateBudget: RateBudget;
  /** @default 60000 */
  readonly timeoutMs?: number | undefined;
  /** @default 2 */
  readonly maxRetries?: number | undefined;
  /** @default 330000 */
  readonly maxRateLimitWaitMs?: number | undefined;
  readonly logger?: HaloLogger | undefined;
  /** Removes further secrets, such as the client secret, from the words of Halo's that an error repeats. */
  readonly redact?: ((text: string) => string) | undefined;
  readonly clock: Clock;
  /** The end of the client's life. @default it has none */
  readonly closing?: Closing | undefined;
}

/** A transport that is told when its caller called it. @internal */
export interface SendingTransport extends Transport {
  /** `startedMs`: when the call began, on the clock that only moves forward. @default now */
  send(request: HaloRequest, options?: CallOptions, startedMs?: number): Promise<HaloAnswer>;
}

/** Returns the one thing that talks to Halo's API. @internal */
export function createTransport(options: TransportOptions): SendingTransport {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, maxRetries = DEFAULT_MAX_RETRIES } = options;
  const apiRoot = apiRootOf(options.apiUrl);
  const { clock, rateBudget } = options;
  const events = createEvents(options.logger);
  const services: CallServices = {
    clock,
    tokenProvider: options.tokenProvider,
    rateBudget,
    retryBudget: createRetryBudget(clock),
    events,
    maxRateLimitWaitMs: options.maxRateLimitWaitMs ?? DEFAULT_MAX_RATE_LIMIT_WAIT_MS,
    closing: options.closing,
    exchange: createExchange(options, clock),
    noteToken: createTokenNote(events, clock),
  };

  return {
    async send(request, callOptions = {}, startedMs = clock.monotonicMs()) {
      const limits = callLimits(callOptions, { timeoutMs, maxRetries });
      return new Call(services, {
        request,
        prepared: prepareRequest(request, apiRoot),
        limits,
        startedMs,
      }).run();
    },
  };
}

type Exchange = CallServices['exchange'];

function createExchange(options: Pick<TransportOptions, 'fetch' | 'redact'>, clock: Clock): Exchange {
  // Looked up at each call: tools that replace the global `fetch` do so after this client was made.
  const fetchNow: FetchFunction = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  return async (prepared: PreparedRequest, token: string, watch: Watch): Promise<Reading> => {
    const init = requestInit(prepared, token, watch.signal);
    const response = await sendOnce(prepared, () => fetchNow(prepared.url, init));
    watch.enter('body');
    return readAnswer(response, {
      url: prepared.url,
      signal: watch.signal,
      nowMs: clock.nowMs(),
      redact: (text) => createRedactor([token])(options.redact?.(text) ?? text),
    });
  };
}

/** Plain values: another implementation of `fetch` would refuse the `Request` that ky makes as foreign. */
function requestInit({ method, body }: PreparedRequest, token: string, signal: AbortSignal) {
  const headers = { accept: 'application/json', authorization: `Bearer ${token}` };
  const init = { method, headers, signal, redirect: 'manual' } as const;
  if (body === undefined) return init;
  return { ...init, headers: { ...headers, 'content-type': 'application/json' }, body };
}

/**
 * Sends one request through ky with everything off that would send it twice, elsewhere, or throw its headers about.
 *
 * Headers, signal and body go to the `fetch` in use alone. ky would copy the headers three times, token included, and
 * combine the signal with one of its own by `AbortSignal.any`, which Node frees so late that the heap grew by some
 * 10 MiB in 100,000 requests.
 */
function sendOnce({ method, url }: PreparedRequest, send: () => Promise<Response>): Promise<Response> {
  return ky(url, { method, retry: 0, timeout: false, throwHttpErrors: false, fetch: send });
}

/** Notices a new token by its expiry, so that no second copy of the token is kept. */
function createTokenNote(events: HaloEvents, clock: Clock): (token: AccessToken) => void {
  let knownExpiryMs: number | undefined;
  return ({ expiresAtMs }) => {
    if (expiresAtMs === knownExpiryMs) return;
    knownExpiryMs = expiresAtMs;
    events.emit('token', { expiresInMs: expiresAtMs - clock.nowMs() });
  };
}
