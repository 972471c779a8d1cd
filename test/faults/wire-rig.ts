import type { TlsOptions } from 'node:tls';
import type { HaloClientConfig } from '../../src/halo-client.ts';
import {
  answer,
  type RawServer,
  type ReceivedRequest,
  type Script,
  startRawServer,
} from '../support/raw-server.ts';
import { createVirtualClock, type VirtualClock } from '../support/virtual-clock.ts';
import { type Canaries, createCanaries } from './canaries.ts';
import { clientRow, createRigClient, type Rig, type RigConfig, turn, turns } from './rig.ts';

export interface WireContext {
  readonly clock: VirtualClock;
  readonly canaries: Canaries;
}

/** Scripts in order of the requests, the last one repeats; or what a function makes of each request. */
export type Scripts =
  | readonly Script[]
  | ((request: ReceivedRequest, index: number, context: WireContext) => Script);

export interface WirePorts {
  readonly apiPort: number;
  /** A port on which nobody listens. */
  readonly closedPort: number;
}

export interface WireRigOptions {
  readonly token?: Scripts | undefined;
  readonly api?: Scripts | undefined;
  readonly config?: RigConfig | ((context: WireContext & WirePorts) => RigConfig) | undefined;
  /** Puts the API behind TLS. */
  readonly apiTls?: TlsOptions | undefined;
  /** Timers of at most so many milliseconds are skipped. @default 10,000: the pauses between attempts */
  readonly skipPausesUpToMs?: number | undefined;
}

/** A rig of real sockets: the platform's own `fetch` against one scripted server for tokens and one for the API. */
export interface WireRig extends Rig {
  readonly auth: RawServer;
  readonly api: RawServer;
}

/** Pauses between attempts are at most 8 s and are skipped; limits of attempts, 15 s and 30 s, are not. */
const SKIPPED_PAUSE_MS = 10_000;
/** Turns of the event loop after which everything that both ends had ready has arrived. */
const SETTLING_TURNS = 40;
/** A case that is still open after this many real milliseconds hangs. */
const LONGEST_CASE_MS = 15_000;

/** The bytes that a healthy token endpoint answers with. */
export function grantBytes(canaries: Canaries, index: number): Uint8Array {
  return answer(
    200,
    JSON.stringify({ access_token: canaries.token(index), token_type: 'Bearer', expires_in: 3600 }),
  );
}

/** The bytes that a healthy API answers a request with. */
export function healthyBytes({ method, target, body }: ReceivedRequest, canaries: Canaries): Uint8Array {
  if (method === 'DELETE') return answer(200, '');
  if (method === 'POST') {
    const [sent] = JSON.parse(body) as Record<string, unknown>[];
    return answer(201, JSON.stringify({ ...clientRow(canaries), ...sent }));
  }
  const id = /\/(\d+)(?:\?|$)/.exec(target)?.[1];
  const value =
    id === undefined ? { record_count: 1, clients: [clientRow(canaries)] } : clientRow(canaries, Number(id));
  return answer(200, JSON.stringify(value));
}

export async function createWireRig(options: WireRigOptions = {}): Promise<WireRig> {
  const clock = createVirtualClock({ skipDelaysUpToMs: options.skipPausesUpToMs ?? SKIPPED_PAUSE_MS });
  const canaries = createCanaries();
  const context = { clock, canaries };
  let healed = false;
  const scriptOf = (
    scripts: Scripts | undefined,
    request: ReceivedRequest,
    index: number,
    healthy: Script,
  ): Script => {
    if (healed || scripts === undefined) return healthy;
    if (typeof scripts === 'function') return scripts(request, index, context);
    return scripts[Math.min(index, scripts.length - 1)] ?? healthy;
  };
  const auth = await startRawServer(
    (request, index) => scriptOf(options.token, request, index, [{ write: grantBytes(canaries, index) }]),
    { clock },
  );
  const api = await startRawServer(
    (request, index) => scriptOf(options.api, request, index, [{ write: healthyBytes(request, canaries) }]),
    { clock, tls: options.apiTls },
  );
  const base: HaloClientConfig = {
    resourceServer: api.origin,
    authServer: `${auth.origin}/auth`,
    clientId: '5d4f0a1c-7c1e-4f0e-9c55-0d1f6c3b2a10',
    clientSecret: canaries.clientSecret,
    onPremise: true,
    allowInsecureHttp: true,
  };
  const lines: unknown[] = [];
  const config =
    typeof options.config === 'function'
      ? options.config({ ...context, apiPort: api.port, closedPort: await closedPort() })
      : (options.config ?? {});
  const halo = createRigClient(base, config, clock, lines);

  return {
    clock,
    canaries,
    halo,
    lines,
    auth,
    api,
    tokenRequests: () => auth.requests.length,
    apiRequests: () => api.requests.length,
    settle: (promise) => settleOnWire(promise, clock, [auth, api]),
    heal() {
      healed = true;
    },
    async leftovers() {
      await Promise.all([auth.closeIdle(), api.closeIdle()]);
      for (let left = 2000; left > 0 && auth.openSockets() + api.openSockets() > 0; left -= 1) await turn();
      const sockets = auth.openSockets() + api.openSockets();
      return [
        ...(sockets === 0 ? [] : [`${sockets} sockets are open that are not idle`]),
        ...(clock.pending() === 0 ? [] : [`${clock.pending()} timers are armed`]),
      ];
    },
    async close() {
      await halo.close();
      await Promise.all([auth.close(), api.close()]);
    },
  };
}

async function closedPort(): Promise<number> {
  const server = await startRawServer([]);
  await server.close();
  return server.port;
}

/**
 * Waits for a promise. While a server holds back an answer, virtual time goes on timer by timer; while bytes are under
 * way, it stands still.
 */
async function settleOnWire<T>(
  promise: Promise<T>,
  clock: VirtualClock,
  servers: readonly RawServer[],
): Promise<T> {
  let settled = false;
  const done = () => {
    settled = true;
  };
  promise.then(done, done);
  const holding = () => servers.some((server) => server.holding() > 0);
  const endMs = performance.now() + LONGEST_CASE_MS;
  for (;;) {
    await turn();
    if (settled) return promise;
    if (performance.now() > endMs)
      throw new Error('the case hangs: nothing is held back and nothing arrives');
    if (!holding()) continue;
    await turns(SETTLING_TURNS);
    if (!settled && holding()) await clock.step();
  }
}
