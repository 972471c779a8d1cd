import type { Layout } from './layout.ts';
import { locate } from './layout.ts';

/** One request that a fake Halo received. Secrets in it read `[redacted]`. */
export interface FakeHaloRequest {
  /** Upper case. */
  readonly method: string;
  /** Whole URL without its query. */
  readonly url: string;
  /** Path of the URL, as it was sent: `/api/Client/12`. */
  readonly path: string;
  /** Which application it was for: Halo's API, its authorisation server, or neither. */
  readonly area: 'api' | 'auth' | 'outside' | 'elsewhere';
  readonly query: Readonly<Record<string, string>>;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, the fields of a form, other text, or undefined when there was none. */
  readonly body: unknown;
  /** When it came, in milliseconds by the fake's clock. */
  readonly atMs: number;
  /** Status of the answer; null while there is none, and for good when the connection failed. */
  readonly status: number | null;
}

/** A recorded request whose status is still to be filled in. @internal */
export type OpenRequest = { -readonly [Field in keyof FakeHaloRequest]: FakeHaloRequest[Field] };

const REDACTED = '[redacted]';
const SECRET_HEADERS: ReadonlySet<string> = new Set(['authorization', 'x-halo-api-key', 'cookie']);
const SECRET_FIELDS: ReadonlySet<string> = new Set([
  'client_secret',
  'password',
  'refresh_token',
  'assertion',
]);

/** Returns what is worth keeping of a request. @internal */
export function recordRequest(request: Request, body: string, layout: Layout, atMs: number): OpenRequest {
  const url = new URL(request.url);
  return {
    method: request.method.toUpperCase(),
    url: url.origin + url.pathname,
    path: url.pathname,
    area: locate(url, layout).area,
    query: redact(url.searchParams),
    headers: redactHeaders(request.headers),
    body: bodyOf(body, request.headers.get('content-type') ?? ''),
    atMs,
    status: null,
  };
}

function bodyOf(body: string, contentType: string): unknown {
  if (body === '') return undefined;
  if (contentType.includes('x-www-form-urlencoded')) return redact(new URLSearchParams(body));
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function redact(fields: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    [...fields].map(([name, value]) => [name, SECRET_FIELDS.has(name.toLowerCase()) ? REDACTED : value]),
  );
}

function redactHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    [...headers].map(([name, value]) => {
      if (!SECRET_HEADERS.has(name)) return [name, value];
      // The scheme stays: whether a request carried a token at all is worth asserting.
      const scheme = /^(bearer|basic) /i.exec(value)?.[0] ?? '';
      return [name, scheme + REDACTED];
    }),
  );
}
