import type { FetchFunction } from '../../src/config/schema.ts';
import type { HaloClientConfig } from '../../src/halo-client.ts';
import { createRateBudgetWith, type RateBudgetOptions } from '../../src/http/rate-budget.ts';
import { createVirtualClock, type VirtualClock } from '../support/virtual-clock.ts';
import { type Canaries, createCanaries } from './canaries.ts';
import { clientRow, createRigClient, type Rig, type RigConfig } from './rig.ts';

/** One request that reached the fake Halo. */
export interface MemoryCall {
  readonly url: URL;
  readonly init: RequestInit;
  /** Of this kind, from 0. */
  readonly index: number;
  readonly atMs: number;
  /** The token that came along, for requests to the API. */
  readonly bearer: string | undefined;
}

export interface MemoryContext {
  readonly clock: VirtualClock;
  readonly canaries: Canaries;
}

/** What the fake does with a request: an answer, a failure, silence, or whatever a function makes of it. */
export type Reply =
  | Response
  | Error
  | 'hang'
  | ((call: MemoryCall, context: MemoryContext) => Response | Promise<Response>);

/** Replies in order; the last one repeats. */
export type Replies = readonly Reply[];

export interface MemoryRigOptions {
  readonly token?: Replies | undefined;
  readonly api?: Replies | undefined;
  readonly config?: RigConfig | ((context: MemoryContext) => RigConfig) | undefined;
  readonly canaries?: Canaries | undefined;
  /** A rate limit; none where left out. */
  readonly budget?: RateBudgetOptions | undefined;
  readonly clock?: VirtualClock | undefined;
}

/** A rig without sockets: one fetch function on a virtual clock. */
export interface MemoryRig extends Rig {
  readonly fetch: FetchFunction;
  readonly tokenCalls: readonly MemoryCall[];
  readonly apiCalls: readonly MemoryCall[];
  /** Requests that left for any other address. */
  readonly strayCalls: readonly string[];
  readonly context: MemoryContext;
  /** Replaces what comes from now on; the first reply answers the next request. */
  reply(replies: { token?: Replies; api?: Replies }): void;
}

const MEMORY_HOST = 'halo.example';
export const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(value), { status, headers: { ...JSON_TYPE, ...headers } });
}

export function status(
  code: number,
  headers: Record<string, string> = {},
  body: string | null = null,
): Response {
  return new Response(body, { status: code, headers });
}

/** The n-th token, as the token endpoint hands it out. */
export const grant =
  (more: object = {}): Reply =>
  ({ index }, { canaries }) =>
    json({ access_token: canaries.token(index), token_type: 'Bearer', expires_in: 3600, ...more });

/** Answers every call of a client as a healthy Halo does. */
export const healthyApi: Reply = ({ url, init }, { canaries }) => {
  if (init.method === 'DELETE') return new Response(null, { status: 204 });
  if (init.method === 'POST') {
    const [sent] = JSON.parse(String(init.body)) as Record<string, unknown>[];
    return json({ ...clientRow(canaries), ...sent }, 201);
  }
  const id = /\/(\d+)$/.exec(url.pathname)?.[1];
  return id === undefined
    ? json({ record_count: 1, clients: [clientRow(canaries)] })
    : json(clientRow(canaries, Number(id)));
};

/** The error of undici's `fetch`, with the request's token in every text of it as a platform might put it. */
export function fetchFailed(code: string, more: Record<string, unknown> = {}): Reply {
  return ({ bearer }) => {
    const cause = Object.assign(new Error(`${code} while sending ${bearer}`), { code, ...more });
    throw Object.assign(new TypeError(`fetch failed with ${bearer}`, { cause }), {
      headers: { authorization: bearer },
    });
  };
}

export function createMemoryRig(options: MemoryRigOptions = {}): MemoryRig {
  const clock = options.clock ?? createVirtualClock();
  const canaries = options.canaries ?? createCanaries();
  const context: MemoryContext = { clock, canaries };
  let tokenReplies: Replies = options.token ?? [grant()];
  let apiReplies: Replies = options.api ?? [healthyApi];
  let tokenFrom = 0;
  let apiFrom = 0;
  const tokenCalls: MemoryCall[] = [];
  const apiCalls: MemoryCall[] = [];
  const strayCalls: string[] = [];
  const openBodies = new Set<string>();
  const lines: unknown[] = [];

  const fetch: FetchFunction = async (address, init) => {
    const url = new URL(address);
    const isToken = url.pathname.endsWith('/auth/token');
    if (url.hostname !== MEMORY_HOST) strayCalls.push(`${init.method} ${url.origin}`);
    const calls = isToken ? tokenCalls : apiCalls;
    const index = calls.length;
    const bearer = new Headers(init.headers).get('authorization')?.replace('Bearer ', '');
    const call: MemoryCall = { url, init, index, atMs: clock.monotonicMs(), bearer };
    calls.push(call);
    const [replies, from] = isToken ? [tokenReplies, tokenFrom] : [apiReplies, apiFrom];
    const reply = replies[Math.min(index - from, replies.length - 1)] ?? status(500);
    const response = await answered(reply, call, context);
    return watchBody(response, `${init.method} ${url.pathname} #${index}`, openBodies);
  };

  const base: HaloClientConfig = {
    resourceServer: MEMORY_HOST,
    clientId: '5d4f0a1c-7c1e-4f0e-9c55-0d1f6c3b2a10',
    clientSecret: canaries.clientSecret,
    tenantId: 'acme',
    fetch,
  };
  const config: RigConfig = {
    ...(options.budget === undefined ? {} : { rateBudget: createRateBudgetWith(options.budget, clock) }),
    ...(typeof options.config === 'function' ? options.config(context) : options.config),
  } as RigConfig;
  const rigConfig = (
    'tokenProvider' in config || config.onPremise === true ? { tenantId: undefined, ...config } : config
  ) as RigConfig;
  const credentials =
    'tokenProvider' in config ? { clientId: undefined, clientSecret: undefined, tenantId: undefined } : {};
  const merged = { ...base, ...credentials } as HaloClientConfig;
  const halo = createRigClient(merged, rigConfig, clock, lines);

  return {
    clock,
    canaries,
    context,
    halo,
    fetch,
    lines,
    tokenCalls,
    apiCalls,
    strayCalls,
    settle: (promise) => clock.settle(promise),
    tokenRequests: () => tokenCalls.length,
    apiRequests: () => apiCalls.length,
    reply({ token, api }) {
      if (token) [tokenReplies, tokenFrom] = [token, tokenCalls.length];
      if (api) [apiReplies, apiFrom] = [api, apiCalls.length];
    },
    heal() {
      this.reply({ token: [grant()], api: [healthyApi] });
    },
    async leftovers() {
      return [
        ...[...openBodies].map((name) => `the body of ${name} is neither read nor cancelled`),
        ...(clock.pending() === 0 ? [] : [`${clock.pending()} timers are armed`]),
      ];
    },
    close: () => halo.close(),
  };
}

function answered(reply: Reply, call: MemoryCall, context: MemoryContext): Response | Promise<Response> {
  if (reply === 'hang') return silence(call.init.signal);
  if (reply instanceof Error) throw reply;
  return typeof reply === 'function' ? reply(call, context) : reply.clone();
}

/** No answer ever: rejects when its signal aborts, as `fetch` does. */
export function silence(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** Notes whether a body is let go of: an unread one would keep its connection. */
function watchBody(response: Response, name: string, open: Set<string>): Response {
  const { body } = response;
  if (body === null) return response;
  open.add(name);
  const reader = body.getReader();
  const watched = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) return controller.enqueue(value);
          open.delete(name);
          controller.close();
        } catch (error) {
          open.delete(name);
          controller.error(error);
        }
      },
      async cancel(reason) {
        open.delete(name);
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(watched, { status: response.status, headers: response.headers });
}
