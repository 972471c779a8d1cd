import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What decides whether a request is answered. */
export interface RequestFacts {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** Where the console listens and what opens it. */
export interface ConsoleAddress {
  readonly port: number;
  readonly token: string;
}

/** Why a request is refused. */
export interface Refusal {
  readonly status: 401 | 403 | 405 | 415 | 421;
  readonly code: string;
  readonly message: string;
}

/**
 * Returns why a request is refused, or null. A page of another site may send requests here, also under a name that it
 * has made resolve to this machine: `Host`, `Origin` and `Sec-Fetch-Site` give it away, and it does not know the token.
 */
export function judgeRequest(
  { method, path, headers }: RequestFacts,
  { port, token }: ConsoleAddress,
): Refusal | null {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!hosts.includes(headers.host ?? ''))
    return refuse(421, 'WRONG_HOST', `This console answers at ${hosts[0]} only.`);
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`)
    return refuse(403, 'WRONG_ORIGIN', 'Another site may not use this console.');
  if (!path.startsWith('/api/')) {
    return method === 'GET' || method === 'HEAD'
      ? null
      : refuse(405, 'WRONG_METHOD', 'A page can only be read.');
  }
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return refuse(403, 'WRONG_ORIGIN', 'Another site may not use this console.');
  if (!isToken(headers.authorization, token))
    return refuse(401, 'WRONG_TOKEN', 'Open the address that the terminal shows; it holds the key.');
  if (method !== 'GET' && method !== 'POST')
    return refuse(405, 'WRONG_METHOD', 'Only GET and POST are known here.');
  if (method === 'POST' && !/^application\/json(;|$)/.test(headers['content-type'] ?? ''))
    return refuse(415, 'WRONG_CONTENT_TYPE', 'Send JSON, with content-type application/json.');
  return null;
}

function refuse(status: Refusal['status'], code: string, message: string): Refusal {
  return { status, code, message };
}

/** Compares digests, so that neither length nor time tells anything of the token. */
function isToken(authorization: string | undefined, token: string): boolean {
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
