import type { FetchFunction } from '../config/schema.ts';
import { isRedirect, redirectOrigin } from '../wire/answer-headers.ts';
import { fetchPlainly } from '../wire/fetch-plainly.ts';
import { parseJsonObject } from '../wire/json-object.ts';
import { discardBody, isJsonMediaType, looksLikeHtml, mediaType, readText } from '../wire/read-body.ts';

/** What `/api/authinfo` gave, a request that needs no sign-in. @internal */
export type AuthInfoOutcome =
  | { readonly kind: 'info'; readonly authUrl: string | undefined; readonly tenantId: string | undefined }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'redirect'; readonly status: number; readonly targetOrigin: string | undefined }
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'not-json'; readonly status: number }
  | { readonly kind: 'network'; readonly error: unknown }
  | { readonly kind: 'timeout' };

/** @internal */
export interface AuthInfoRequest {
  readonly apiUrl: string;
  readonly fetch: FetchFunction;
  /** Ends the request; the outcome is then `timeout`. */
  readonly signal: AbortSignal;
}

/** The live answer has about 105 bytes; what is longer is something else. */
const LARGEST_BODY_BYTES = 64 * 1024;
/** Longer values are no tenant and no address. */
const LONGEST_VALUE = 512;

/**
 * Asks Halo where to sign in. Sends no credentials, follows no redirect.
 *
 * @internal
 */
export async function fetchAuthInfo({ apiUrl, fetch, signal }: AuthInfoRequest): Promise<AuthInfoOutcome> {
  const url = `${apiUrl}/authinfo`;
  try {
    const response = await plainGet(url, fetch, signal);
    const { status, headers } = response;
    if (isRedirect(response)) {
      discardBody(response);
      return { kind: 'redirect', status, targetOrigin: redirectOrigin(headers, url) };
    }
    const type = mediaType(headers);
    const body = await readText(response, { maxBytes: LARGEST_BODY_BYTES, signal });
    if (body.kind === 'broken') return { kind: 'network', error: body.error };
    const text = body.kind === 'text' ? body.text : '';
    if (status !== 200) return { kind: 'status', status };
    if (looksLikeHtml(type, text)) return { kind: 'html', status };
    return isJsonMediaType(type) ? readInfo(text, status) : { kind: 'not-json', status };
  } catch (error) {
    return signal.aborted ? { kind: 'timeout' } : { kind: 'network', error };
  }
}

/**
 * Sends a GET without credentials; rejects with the signal's reason also where the `fetch` in use ignores it.
 *
 * @internal
 */
export function plainGet(url: string, fetch: FetchFunction, signal: AbortSignal): Promise<Response> {
  return fetchPlainly(fetch, url, signal, { method: 'GET', headers: { accept: 'application/json' } });
}

function readInfo(text: string, status: number): AuthInfoOutcome {
  const info = parseJsonObject(text);
  if (info === undefined) return { kind: 'not-json', status };
  return { kind: 'info', authUrl: textOf(info.auth_url), tenantId: textOf(info.tenant_id) };
}

function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' || text.length > LONGEST_VALUE ? undefined : text;
}
