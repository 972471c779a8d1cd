import { createClientCredentialsMint } from '../../src/auth/client-credentials.ts';
import { parseHaloConfig } from '../../src/config/parse-halo-config.ts';
import type { FetchFunction } from '../../src/config/schema.ts';
import type { VirtualClock } from '../support/virtual-clock.ts';

export const SECRET = '14c0c9af-2b1d-4c3e/8f5a+canary000001-739e4ef2-5a6b-4c7d-9e8f-canary000002';
export const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.canarytoken000.c2lnbmF0dXJl';

export const CLOUD = {
  resourceServer: 'https://acme.halopsa.com',
  clientId: '7d3c9f52-6e2b-4d0f-9a3e-0b8c4f1d2e3a',
  clientSecret: SECRET,
  tenantId: 'acme',
} as const;

export const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** A body as Halo sends it. */
export const grant = (more: object = {}) => ({
  scope: 'all',
  token_type: 'Bearer',
  access_token: TOKEN,
  expires_in: 3600,
  refresh_token: null,
  ...more,
});

export const answer = (status: number, body: unknown, headers: Record<string, string> = JSON_TYPE) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });

/** What the endpoint does with one request. */
export type Reply = Response | Error | 'hang' | (() => Response);

export interface TokenEndpoint {
  readonly fetch: FetchFunction;
  readonly requests: readonly { readonly url: string; readonly init: RequestInit; readonly atMs: number }[];
}

/** A token endpoint as one function: replies in order, the last one repeats; notes when each request came. */
export function tokenEndpoint(clock: VirtualClock, ...replies: Reply[]): TokenEndpoint {
  const requests: { url: string; init: RequestInit; atMs: number }[] = [];
  return {
    requests,
    fetch: async (url, init) => {
      const reply = replies[Math.min(requests.length, replies.length - 1)];
      requests.push({ url, init, atMs: clock.monotonicMs() });
      if (reply === undefined || reply === 'hang') return new Promise(() => undefined);
      if (reply instanceof Error) throw reply;
      return reply instanceof Response ? reply.clone() : reply();
    },
  };
}

/** The exchange of these credentials against an endpoint. */
export function mintAt(endpoint: TokenEndpoint, clock: VirtualClock, changes: object = {}) {
  const config = parseHaloConfig({ ...CLOUD, fetch: endpoint.fetch, ...changes });
  const { credentials, endpoints, fetch, logger, maxRateLimitWaitMs } = config;
  if (credentials === undefined) throw new Error('unreachable');
  return createClientCredentialsMint({ credentials, endpoints, fetch, logger, maxRateLimitWaitMs, clock });
}
