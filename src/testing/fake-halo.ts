import {
  cloudConfig,
  type FakeHaloCloudConfig,
  type FakeHaloConfig,
  type FakeHaloOnPremiseConfig,
  onPremiseConfig,
} from './config.ts';
import { type FakeHaloFault, FaultQueue } from './faults.ts';
import { followRedirects } from './follow-redirects.ts';
import type { Layout } from './layout.ts';
import { ListCache } from './list-cache.ts';
import { checkOptionNames, credentialsOf, type FakeHaloOptions, layoutOf } from './options.ts';
import { type FakeHaloQuirks, pickQuirks } from './quirks.ts';
import { RateWindow } from './rate-window.ts';
import type { FakeHaloRequest, OpenRequest } from './requests.ts';
import { respond } from './respond.ts';
import { type FakeHaloServer, serve } from './server.ts';
import type { FakeHaloState } from './state.ts';
import { type FakeHaloTables, Tables } from './tables.ts';
import { IssuedTokens } from './tokens.ts';

/** A Halo for tests: it signs in, lists, reads and writes as a real one does, from rows in memory. */
export interface FakeHalo<Config extends FakeHaloConfig = FakeHaloConfig> {
  /** Settings of a client for this Halo: `createHaloClient({ ...fake.config, fetch: fake.fetch })`. */
  readonly config: Config;
  /** Answers a request as `fetch` would; another host than the fake's does not resolve. */
  fetch(input: Request | URL | string, init?: RequestInit): Promise<Response>;
  /** Every request so far, oldest first. */
  readonly requests: readonly FakeHaloRequest[];
  /** The rows: look, rename, delete. */
  readonly tables: FakeHaloTables;
  /** The switches; assign to them at any time. */
  readonly quirks: FakeHaloQuirks;
  /** Origins that the fake answers for. */
  readonly origins: readonly string[];
  /**
   * Adds a fault for the next request that it matches; several wait in line.
   *
   * @throws {TypeError} when a name in it is unknown, or `times` or `status` is out of range
   * @example
   * ```ts
   * import { createFakeHalo } from 'halo-psa/testing';
   *
   * const fake = createFakeHalo();
   * fake.enqueueFault({ method: 'POST', path: '/Client', networkError: 'ECONNRESET', processed: true });
   * ```
   */
  enqueueFault(fault: FakeHaloFault): void;
  /** Makes every token given out so far worthless: a call with one of them is answered 401. */
  revokeTokens(): void;
  /** Puts rows and quirks back to the start and forgets requests, faults, tokens and the rate window. */
  reset(): void;
  /**
   * Serves the same Halo, as one on premise, at a port of this machine; 0, the default, takes a free one. Node only.
   *
   * @throws {TypeError} when there is no Node to listen with, or `port` is not a whole number from 0 to 65535.
   * @example
   * ```ts
   * import { createHaloClient } from 'halo-psa';
   * import { createFakeHalo } from 'halo-psa/testing';
   *
   * await using server = await createFakeHalo({ clients: [{ name: 'Contoso Ltd' }] }).listen();
   * const halo = createHaloClient(server.config);
   * ```
   */
  listen(options?: { port?: number | undefined }): Promise<FakeHaloServer>;
}

/**
 * Creates a Halo that lives in memory and shares nothing with any other.
 *
 * @param options Rows to begin with, address and quirks; all may be left out.
 * @returns The fake, with a `fetch` of its own and the settings that lead to it.
 * @throws {TypeError} when an option has an unknown name, or two rows of one kind have the same id.
 * @example
 * ```ts
 * import { createHaloClient } from 'halo-psa';
 * import { createFakeHalo } from 'halo-psa/testing';
 *
 * const fake = createFakeHalo({ clients: [{ id: 12, name: 'Contoso Ltd' }], pageCap: 100 });
 * const halo = createHaloClient({ ...fake.config, fetch: fake.fetch });
 *
 * fake.tables.clients.set(12, { name: 'Contoso Group Ltd' });
 * const { name } = await halo.clients.get(12);
 * ```
 */
export function createFakeHalo(
  options?: FakeHaloOptions & { onPremise?: false | undefined },
): FakeHalo<FakeHaloCloudConfig>;
export function createFakeHalo(
  options: FakeHaloOptions & { onPremise: true },
): FakeHalo<FakeHaloOnPremiseConfig>;
export function createFakeHalo(options?: FakeHaloOptions): FakeHalo;
export function createFakeHalo(options: FakeHaloOptions = {}): FakeHalo {
  checkOptionNames(options);
  const state = createState(options);
  const requests: OpenRequest[] = [];
  const answer = (request: Request) => respond(state, requests, request);
  const { resourceServer, authServer } = state.layout;
  return {
    config: configOf(state),
    requests,
    tables: state.tables,
    quirks: state.quirks,
    origins: [...new Set([resourceServer.origin, authServer.origin])],
    fetch: (input, init) => followRedirects(answer, input, init),
    enqueueFault: (fault) => state.faults.add(fault),
    revokeTokens: () => state.tokens.revokeAll(),
    reset: () => {
      resetState(state, options);
      requests.length = 0;
    },
    listen: ({ port = 0 } = {}) => listen(state, requests, port),
  };
}

function createState(options: FakeHaloOptions): FakeHaloState {
  // Looked up at each call, so that a test's fake timers reach it.
  const nowMs = options.now ?? (() => Date.now());
  return {
    layout: layoutOf(options),
    credentials: credentialsOf(options),
    tables: new Tables(options),
    quirks: pickQuirks(options),
    tokens: new IssuedTokens(nowMs),
    faults: new FaultQueue(),
    rateWindow: new RateWindow(nowMs),
    lists: new ListCache(),
    nowMs,
  };
}

function resetState(
  { tables, quirks, tokens, faults, rateWindow }: FakeHaloState,
  options: FakeHaloOptions,
): void {
  tables.reset();
  Object.assign(quirks, pickQuirks(options));
  tokens.revokeAll();
  faults.clear();
  rateWindow.reset();
}

function configOf({ layout, credentials }: FakeHaloState): FakeHaloConfig {
  const { tenantId } = layout;
  return tenantId === undefined
    ? onPremiseConfig(layout, credentials)
    : cloudConfig({ ...layout, tenantId }, credentials);
}

async function listen(state: FakeHaloState, requests: OpenRequest[], port: number): Promise<FakeHaloServer> {
  const loopback = await serve((request) => {
    const layout = loopbackLayout(state.layout, new URL(request.url).origin);
    return respond({ ...state, layout }, requests, request);
  }, port);
  const url = `http://127.0.0.1:${loopback.port}`;
  return {
    config: onPremiseConfig(loopbackLayout(state.layout, url), state.credentials),
    url,
    port: loopback.port,
    close: loopback.close,
    [Symbol.asyncDispose]: loopback.close,
  };
}

/** The same paths on another origin, and no tenant: a loopback address is a server of one's own. */
function loopbackLayout({ resourceServer, authServer }: Layout, origin: string): Layout {
  return {
    resourceServer: new URL(resourceServer.pathname, origin),
    authServer: new URL(authServer.pathname, origin),
    tenantId: undefined,
  };
}
