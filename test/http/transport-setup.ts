import type { AccessToken, GetTokenOptions, TokenProvider } from '../../src/auth/token-provider.ts';
import type { FetchFunction } from '../../src/config/schema.ts';
import { type ConnectionOptions, createConnection } from '../../src/http/connection.ts';
import { path } from '../../src/http/path.ts';
import { createRateBudgetWith } from '../../src/http/rate-budget.ts';
import type { HaloRequest } from '../../src/http/request.ts';
import { createTransport } from '../../src/http/transport.ts';
import { createVirtualClock, type VirtualClock } from '../support/virtual-clock.ts';

/** What no error, log or event may ever show. */
export const CANARIES = {
  token: 'canary-token/+=7Qx1',
  clientSecret: 'canary-secret/+=9Zk"2',
  row: 'canary-row Zürich Ltd',
  query: 'canary-query&=4',
} as const;
export const TOKEN = CANARIES.token;

export const readClient: HaloRequest = { method: 'GET', path: path`/Client/${42}`, effect: 'read' };
export const createClient: HaloRequest = {
  method: 'POST',
  path: path`/Client`,
  effect: 'create',
  body: [{ name: CANARIES.row }],
  lookup: 'List clients with search set to the name that was sent.',
};
export const updateClient: HaloRequest = { ...createClient, effect: 'update', lookup: undefined };
export const deleteClient: HaloRequest = { method: 'DELETE', path: path`/Client/${42}`, effect: 'delete' };

export const API_URL = 'https://halo.example/api';

/** One call of the fake `fetch`. */
export interface FetchCall {
  readonly url: string;
  readonly init: RequestInit;
}

type Answer = Response | Error | ((call: FetchCall) => Response | Promise<Response>);

/** A `fetch` that gives the n-th call the n-th answer; the last one repeats. */
export function fakeFetch(...answers: readonly Answer[]): { fetch: FetchFunction; calls: FetchCall[] } {
  const calls: FetchCall[] = [];
  const fetch: FetchFunction = async (url, init) => {
    const answer = answers[Math.min(calls.push({ url, init }) - 1, answers.length - 1)];
    if (answer instanceof Error) throw answer;
    if (typeof answer === 'function') return answer({ url, init });
    return answer?.clone() ?? Response.error();
  };
  return { fetch, calls };
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

export function status(code: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status: code, headers });
}

/** The error of undici's `fetch` with one cause. */
export function fetchFailed(code: string, more: Record<string, unknown> = {}): TypeError {
  const cause = Object.assign(new Error(`${code} while sending Bearer ${TOKEN}`), { code, ...more });
  return new TypeError('fetch failed', { cause });
}

/** Hands out TOKEN, then TOKEN-1, TOKEN-2 for each refused one. */
function fakeTokens(clock: VirtualClock): TokenProvider & { asked: (string | undefined)[] } {
  const asked: (string | undefined)[] = [];
  let current: AccessToken = { token: TOKEN, expiresAtMs: clock.nowMs() + 3_600_000 };
  let made = 0;
  return {
    asked,
    async getToken({ rejected }: GetTokenOptions = {}) {
      asked.push(rejected?.token);
      if (rejected?.token === current.token) {
        made += 1;
        current = { token: `${TOKEN}-${made}`, expiresAtMs: current.expiresAtMs + 1 };
      }
      return current;
    },
  };
}

/** A transport on the virtual clock, whose budget has no limit unless a test gives it one. */
export function setup(fetch: FetchFunction | undefined, options: Partial<ConnectionOptions> = {}) {
  const clock = (options.clock as VirtualClock | undefined) ?? createVirtualClock();
  const tokens = fakeTokens(clock);
  const rateBudget = createRateBudgetWith({ requests: Number.POSITIVE_INFINITY, concurrency: 100 }, clock);
  const lines: unknown[] = [];
  const log = (level: string) => (message: string, fields: unknown) =>
    void lines.push({ level, message, fields });
  const logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
  const transport = createConnection({
    load: async () => ({ createTransport }),
    apiUrl: API_URL,
    tokenProvider: tokens,
    fetch,
    rateBudget,
    logger,
    clock,
    ...options,
  });
  return { clock, tokens, rateBudget, lines, transport };
}

/** The error of a call that must fail, with the virtual clock run on until it does. */
export async function failureOf(
  clock: VirtualClock,
  call: Promise<unknown>,
): Promise<Error & Record<string, unknown>> {
  return clock.settle(
    call.then(
      () => Promise.reject(new Error('the call succeeded')),
      (error) => error,
    ),
  );
}
