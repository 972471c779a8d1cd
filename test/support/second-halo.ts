import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HaloCloudConfig } from '../../src/config/schema.ts';
import type { SecondAnswer } from './second-halo/answer.ts';
import { answerApi, type SecondHaloHabits } from './second-halo/api.ts';
import {
  KINDS,
  type KindName,
  type SecondHaloRows,
  type SecondRow,
  SecondTables,
} from './second-halo/rows.ts';

/**
 * A second Halo, on a port of this machine. It shares nothing with the fake Halo of `halo-psa/testing`: it was written
 * from the documentation of Halo's API and recorded answers alone, so that a habit of the real one that the fake
 * got wrong shows as a difference between the two.
 */
export interface SecondHalo extends AsyncDisposable {
  /** Settings of a client of this Halo as a hosted one; `fetch` leads its address to the port. */
  readonly config: HaloCloudConfig;
  /** What it does in its own way; assign at any time. */
  habits: SecondHaloHabits;
  /** Requests that came, oldest first. */
  readonly requests: readonly SecondRequest[];
  /** A row as it is stored. */
  row(kind: KindName, id: number): SecondRow | undefined;
  /** Answers the next request that fits with this instead. */
  breakNext(fault: SecondFault): void;
  /** Makes every token given out so far worthless. */
  revokeTokens(): void;
}

export interface SecondRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly status: number;
}

export interface SecondFault extends SecondAnswer {
  /** Part of the path. */
  readonly path: string;
  /** @default any */
  readonly method?: string | undefined;
  /** Requests it is good for. @default 1 */
  readonly times?: number | undefined;
}

export interface SecondHaloOptions extends SecondHaloRows, Partial<SecondHaloHabits> {
  /** Scopes that the application was given. @default all */
  readonly grantedScopes?: readonly string[] | undefined;
  /** Requests in a rolling window of five minutes; tokens count. @default no limit */
  readonly requestsPerWindow?: number | undefined;
  /** @default Date.now */
  readonly nowMs?: (() => number) | undefined;
}

const CREDENTIALS = {
  clientId: '3f0c7a52-8a4b-4c43-9a55-5d2f0b6c9e11',
  clientSecret: '14c0c9af-2d9b-4f5e-8f10-6a7b1c2d3e4f-739e4ef2-0b1c-4d5e-9f60-7a8b9c0d1e2f',
  tenantId: 'second',
} as const;
/** An address of a hosted Halo; `config.fetch` leads it to this machine. */
const ORIGIN = 'https://second.halopsa.example';
const TOKEN_LIFETIME_SECONDS = 3600;
const WINDOW_MS = 5 * 60 * 1000;

/** Starts a second Halo. */
export async function startSecondHalo(options: SecondHaloOptions = {}): Promise<SecondHalo> {
  const halo = new Halo(options);
  const server = createServer((request, response) => {
    halo.serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const local = `http://127.0.0.1:${port}`;
  return Object.assign(halo, {
    config: {
      resourceServer: ORIGIN,
      ...CREDENTIALS,
      fetch: (url: string, init: RequestInit) => fetch(url.replace(ORIGIN, local), init),
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

class Halo {
  habits: SecondHaloHabits;
  readonly requests: SecondRequest[] = [];
  readonly #tables: SecondTables;
  readonly #grantedScopes: readonly string[];
  readonly #requestsPerWindow: number;
  readonly #nowMs: () => number;
  readonly #tokens = new Map<string, { readonly scopes: readonly string[]; readonly expiresAtMs: number }>();
  readonly #faults: { fault: SecondFault; left: number }[] = [];
  #issued = 0;
  #recent: number[] = [];

  constructor(options: SecondHaloOptions) {
    const { pageCap = 1000, agentList = 'results', restrictedToClients = null, denied = {} } = options;
    this.habits = { pageCap, agentList, restrictedToClients, denied };
    this.#tables = new SecondTables(options);
    this.#grantedScopes = options.grantedScopes ?? ['all'];
    this.#requestsPerWindow = options.requestsPerWindow ?? Number.POSITIVE_INFINITY;
    this.#nowMs = options.nowMs ?? Date.now;
  }

  row(kind: KindName, id: number): SecondRow | undefined {
    return this.#tables.get(KINDS.find(({ name }) => name === kind)!, id);
  }

  breakNext(fault: SecondFault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  revokeTokens(): void {
    this.#tokens.clear();
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', ORIGIN);
    const method = request.method ?? 'GET';
    const body = Buffer.concat(chunks).toString('utf8');
    const answer = this.#answer(method, url, request, body);
    this.requests.push({
      method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      status: answer.status,
    });
    response.writeHead(
      answer.status,
      answer.contentType === undefined ? {} : { 'content-type': answer.contentType },
    );
    response.end(answer.body);
  }

  #answer(method: string, url: URL, { headers }: IncomingMessage, body: string): SecondAnswer {
    const path = url.pathname.toLowerCase();
    if (this.#isOverLimit()) {
      return text(429, 'Rate Limit Reached - 300 Requests per rolling 5 minute window');
    }
    const fault = this.#takeFault(method, path);
    if (fault !== undefined) return fault;
    const contentType = headers['content-type'] ?? '';
    if (path === '/auth/token') return this.#token(method, url, contentType, body);
    if (path === '/api/authinfo') {
      return jsonText(200, { auth_url: `${ORIGIN}/auth`, tenant_id: CREDENTIALS.tenantId });
    }
    if (!path.startsWith('/api/')) return page();
    const scopes = this.#scopesOf(headers.authorization);
    if (scopes === undefined) return { status: 401, body: '' };
    const apiPath = url.pathname.slice('/api'.length);
    return answerApi(
      { method, path: apiPath, query: url.searchParams, contentType, body, scopes },
      this.#tables,
      this.habits,
    );
  }

  #token(method: string, url: URL, contentType: string, body: string): SecondAnswer {
    if (method !== 'POST') return { status: 404, body: '' };
    const form = new URLSearchParams(contentType.includes('x-www-form-urlencoded') ? body : '');
    const tenant = url.searchParams.get('tenant');
    // One source saw a wrong tenant: 500, and no JSON. None at all is fine on the customer's own host.
    if (tenant !== null && tenant !== CREDENTIALS.tenantId) return { status: 500, body: '' };
    const missing = ['grant_type', 'client_id', 'client_secret'].find((name) => !form.get(name));
    if (missing !== undefined) {
      return oauthError(400, 'invalid_request', `The mandatory '${missing}' parameter is missing.`);
    }
    if (form.get('grant_type') !== 'client_credentials') {
      return oauthError(400, 'unsupported_grant_type', "The specified 'grant_type' is not supported.");
    }
    const { clientId, clientSecret } = CREDENTIALS;
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
      return oauthError(401, 'invalid_client', 'The specified client credentials are invalid.');
    }
    const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
    if (scopes.some((scope) => !this.#isGranted(scope))) {
      return oauthError(400, 'invalid_scope', "The specified 'scope' is invalid.");
    }
    return this.#issue(scopes);
  }

  #isGranted(scope: string): boolean {
    return SCOPES.has(scope) && (this.#grantedScopes.includes('all') || this.#grantedScopes.includes(scope));
  }

  #issue(scopes: readonly string[]): SecondAnswer {
    const token = `eyJhbGciOiJSUzI1NiJ9.second.${++this.#issued}`;
    this.#tokens.set(token, { scopes, expiresAtMs: this.#nowMs() + TOKEN_LIFETIME_SECONDS * 1000 });
    return jsonText(200, {
      scope: scopes.join(' '),
      token_type: 'Bearer',
      access_token: token,
      expires_in: TOKEN_LIFETIME_SECONDS,
      refresh_token: null,
      id_token: 'eyJhbGciOiJSUzI1NiJ9.second.id',
    });
  }

  #scopesOf(authorization: string | undefined): readonly string[] | undefined {
    const [, token = ''] = /^Bearer (.+)$/.exec(authorization ?? '') ?? [];
    const known = this.#tokens.get(token);
    return known !== undefined && known.expiresAtMs > this.#nowMs() ? known.scopes : undefined;
  }

  #isOverLimit(): boolean {
    const now = this.#nowMs();
    this.#recent = this.#recent.filter((atMs) => atMs > now - WINDOW_MS);
    if (this.#recent.length >= this.#requestsPerWindow) return true;
    this.#recent.push(now);
    return false;
  }

  #takeFault(method: string, path: string): SecondAnswer | undefined {
    const found = this.#faults.find(
      ({ fault, left }) =>
        left > 0 && path.includes(fault.path.toLowerCase()) && (fault.method ?? method) === method,
    );
    if (found === undefined) return undefined;
    found.left--;
    return found.fault;
  }
}

/** Those that concern customers and agents, of the list on the screen of an application. */
const SCOPES: ReadonlySet<string> = new Set([
  'all',
  'all:standard',
  'admin',
  'read:customers',
  'edit:customers',
  'read:tickets',
  'edit:tickets',
  'offline_access',
]);

function oauthError(status: number, error: string, description: string): SecondAnswer {
  return jsonText(status, { error, error_description: description });
}

function jsonText(status: number, value: unknown): SecondAnswer {
  return { status, body: JSON.stringify(value), contentType: 'application/json; charset=utf-8' };
}

function text(status: number, body: string): SecondAnswer {
  return { status, body, contentType: 'text/plain; charset=utf-8' };
}

/** The web application that answers every other path. */
function page(): SecondAnswer {
  return { status: 200, body: '<!DOCTYPE html><title>Halo</title>', contentType: 'text/html' };
}
