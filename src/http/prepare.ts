import { checkedSignal } from './checked-signal.ts';
import { encodeQuery } from './query.ts';
import type { CallOptions, HaloRequest } from './request.ts';

/** A request as it goes over the line, but for its token. @internal */
export interface PreparedRequest {
  readonly method: HaloRequest['method'];
  readonly url: string;
  readonly body: string | undefined;
}

/** Returns the root of the API as the URL parser writes it, without a slash at its end. @internal */
export function apiRootOf(apiUrl: string): string {
  return new URL(apiUrl).href.replace(/\/$/, '');
}

/**
 * Returns the URL and body of a request, checked: whatever the path holds, the URL stays below the API root.
 *
 * @throws {TypeError} when a part of the request cannot be sent as it is meant
 * @internal
 */
export function prepareRequest(request: HaloRequest, apiRoot: string): PreparedRequest {
  const query = request.query === undefined ? '' : encodeQuery(request.query);
  const { href } = new URL(`${apiRoot}${request.path.path}${query === '' ? '' : `?${query}`}`);
  // The parser resolves dots and backslashes: what it made of the text counts, not what the text looks like.
  if (!href.startsWith(`${apiRoot}/`)) throw new TypeError('the request would leave the API root');
  return { method: request.method, url: href, body: encodeBody(request) };
}

function encodeBody({ body, method }: HaloRequest): string | undefined {
  if (body === undefined) return undefined;
  if (method !== 'POST') throw new TypeError(`a ${method} request has no body`);
  return JSON.stringify(body);
}

/** Limits of one call, with the client's in place of what the call leaves out. @internal */
export interface CallLimits {
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly resendWrites: boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * Returns the limits of one call.
 *
 * @throws {TypeError} when a limit is out of range
 * @internal
 */
export function callLimits(
  options: CallOptions,
  defaults: Pick<CallLimits, 'timeoutMs' | 'maxRetries'>,
): CallLimits {
  const { timeoutMs = defaults.timeoutMs, maxRetries = defaults.maxRetries, resendWrites = false } = options;
  if (typeof timeoutMs !== 'number' || !(timeoutMs > 0)) {
    throw new TypeError('timeoutMs must be a number of milliseconds above 0');
  }
  if (!Number.isSafeInteger(maxRetries) || maxRetries < 0) {
    throw new TypeError('maxRetries must be a whole number from 0');
  }
  return { timeoutMs, maxRetries, resendWrites, signal: checkedSignal(options.signal) };
}
