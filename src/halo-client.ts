import { createRedactor } from './auth/redactor.ts';
import { INSPECT } from './auth/secret.ts';
import { type Clock, systemClock } from './clock.ts';
import { parseHaloConfig, type ResolvedHaloConfig } from './config/parse-halo-config.ts';
import type { HaloConfig, HaloTokenProviderConfig } from './config/schema.ts';
import { warnIfInsecure } from './config/warn-if-insecure.ts';
import { tokenProviderOf } from './create-token-provider.ts';
import { HaloConfigError } from './errors.ts';
import { closedError } from './http/closed-error.ts';
import { type Connection, createConnection } from './http/connection.ts';
import { createRateBudgetWith, type RateBudget, type RateBudgetSnapshot } from './http/rate-budget.ts';
import type { CallOptions } from './http/request.ts';
import { loadNetwork } from './load-network.ts';
import { type Agents, createAgents } from './resources/agents.ts';
import { type Clients, clientDescriptor } from './resources/clients.ts';
import { type HaloRequestSpec, sendRaw } from './resources/raw-request.ts';
import { createDeletableResource, createResource } from './resources/resource.ts';
import { type Sites, siteDescriptor } from './resources/sites.ts';
import type { StandardSchema } from './resources/standard-schema.ts';
import { type Teams, teamDescriptor } from './resources/teams.ts';
import type { VerificationReport } from './verify/report.ts';
import { type VerifyOptions, verifyResolved } from './verify-connection.ts';

/** Settings of a client. */
export type HaloClientConfig = (HaloConfig | HaloTokenProviderConfig) & {
  /** One rate limit for several clients of the same Halo. @default a budget of its own */
  rateBudget?: RateBudget | undefined;
};

/** One Halo. Made by `createHaloClient`; make one per instance and keep it, since token and rate limit live in it. */
export interface HaloClient extends AsyncDisposable {
  /** Host and port of the resource server, which names the instance. */
  readonly host: string;
  /** Customers, which Halo's API calls clients. */
  readonly clients: Clients;
  /** The sites of customers. */
  readonly sites: Sites;
  /** The people and API accounts who work in Halo. */
  readonly agents: Agents;
  /** The teams of agents. */
  readonly teams: Teams;
  /**
   * Sends a request to any part of Halo's API and returns what the schema makes of the answer: zod, Valibot, ArkType or
   * any other Standard Schema. Without a schema the answer is unknown, and undefined where Halo sent none.
   *
   * @param spec method (default GET), path below the API root, query and body in Halo's own names
   * @throws {TypeError} when the method or the path cannot be sent
   * @throws {HaloResponseError} when the answer does not fit the schema
   * @example
   * ```ts
   * import { configFromEnv, createHaloClient } from 'halo-psa';
   * import { z } from 'zod';
   *
   * const halo = createHaloClient(configFromEnv());
   * const ticket = z.looseObject({ id: z.int(), summary: z.string() });
   * const { summary } = await halo.request({ path: '/Tickets/5' }, ticket);
   * console.log(summary);
   * ```
   */
  request<Output>(
    spec: HaloRequestSpec,
    schema: StandardSchema<Output>,
    options?: CallOptions,
  ): Promise<Output>;
  request(spec: HaloRequestSpec, schema?: undefined, options?: CallOptions): Promise<unknown>;
  /**
   * Tells what works and what does not, stage by stage: address, DNS and TLS, sign-in details, token, agent, customers,
   * teams, agents, scope. Each stage says what was seen, what it means and which Halo screen to open.
   *
   * It signs in anew, sends at most 8 requests, changes nothing and takes no part in the rate budget. A connection that
   * does not work is a report, not an error.
   *
   * @param options `timeoutMs` for all of it, in milliseconds (15,000), `signal`, and `onStage` to follow it
   * @throws {TypeError} when `timeoutMs` is not a number above 0
   * @example
   * ```ts
   * import { configFromEnv, createHaloClient, formatVerification } from 'halo-psa';
   *
   * const halo = createHaloClient(configFromEnv());
   * const report = await halo.verify();
   * console.log(formatVerification(report));
   * process.exitCode = report.ok ? 0 : 1;
   * ```
   */
  verify(options?: VerifyOptions): Promise<VerificationReport>;
  /** Returns what the rate budget knows now. */
  budget(): RateBudgetSnapshot;
  /** Ends the calls in flight, forgets the token and refuses further calls. */
  close(): Promise<void>;
}

/**
 * Returns a client of one Halo; nothing is sent before its first call.
 *
 * Calls reject with a `HaloError` (see `isHaloError`), or with the signal's reason when the caller aborted.
 *
 * @param config address and credentials as *API Details* shows them, or a `tokenProvider`; times in milliseconds
 * @throws {HaloConfigError} when the settings cannot be used, with every problem at once
 * @example
 * ```ts
 * import { configFromEnv, createHaloClient } from 'halo-psa';
 *
 * await using halo = createHaloClient(configFromEnv());
 * for await (const client of halo.clients.list({ search: 'Contoso' })) {
 *   console.log(client.id, client.name);
 * }
 * ```
 */
export function createHaloClient(config: HaloClientConfig): HaloClient {
  return createHaloClientWith(config, systemClock);
}

/** The same with a clock of the caller's. @internal */
export function createHaloClientWith(config: HaloClientConfig, clock: Clock): HaloClient {
  const { rateBudget, settings } = splitConfig(config);
  const resolved = parseHaloConfig(settings);
  return new WiredHaloClient({
    connection: connect(resolved, rateBudget, clock),
    host: resolved.endpoints.resourceHost,
    verify: (options) => verifyResolved(resolved, options, clock),
  });
}

interface Wiring {
  readonly connection: Connection;
  readonly host: string;
  readonly verify: (options: VerifyOptions) => Promise<VerificationReport>;
}

/** Holds nothing but methods and the host, so there is nothing in it to print by accident. */
class WiredHaloClient implements HaloClient {
  readonly clients: Clients;
  readonly sites: Sites;
  readonly agents: Agents;
  readonly teams: Teams;
  readonly host: string;
  readonly #connection: Connection;
  readonly #verify: Wiring['verify'];
  readonly #closed = new AbortController();

  constructor({ connection, host, verify }: Wiring) {
    this.#connection = connection;
    this.#verify = verify;
    this.host = host;
    this.clients = createDeletableResource(connection, clientDescriptor);
    this.sites = createDeletableResource(connection, siteDescriptor);
    this.agents = createAgents(connection);
    this.teams = createResource(connection, teamDescriptor);
  }

  request<Output>(
    spec: HaloRequestSpec,
    schema: StandardSchema<Output>,
    options?: CallOptions,
  ): Promise<Output>;
  request(spec: HaloRequestSpec, schema?: undefined, options?: CallOptions): Promise<unknown>;
  request(spec: HaloRequestSpec, schema?: StandardSchema, options?: CallOptions): Promise<unknown> {
    return sendRaw(this.#connection, spec, schema, options);
  }

  async verify(options: VerifyOptions = {}): Promise<VerificationReport> {
    const { signal: closed } = this.#closed;
    const signal = options.signal ? AbortSignal.any([options.signal, closed]) : closed;
    return this.#verify({ ...options, signal });
  }

  budget(): RateBudgetSnapshot {
    return this.#connection.budget();
  }

  close(): Promise<void> {
    this.#closed.abort(closedError());
    return this.#connection.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  toJSON(): Record<string, string> {
    return { resourceServer: this.host };
  }

  [INSPECT](): string {
    return `HaloClient { resourceServer: '${this.host}' }`;
  }
}

/** The budget is an object with a life of its own, not a setting to be checked. */
function splitConfig(config: HaloClientConfig): { rateBudget: RateBudget | undefined; settings: unknown } {
  if (typeof config !== 'object' || config === null) return { rateBudget: undefined, settings: config };
  const { rateBudget, ...settings } = config;
  if (rateBudget !== undefined && typeof rateBudget?.acquire !== 'function') {
    throw new HaloConfigError([
      {
        field: 'rateBudget',
        message: 'is not a rate budget',
        hint: 'Pass the result of createRateBudget, or leave it out.',
      },
    ]);
  }
  return { rateBudget, settings };
}

function connect(resolved: ResolvedHaloConfig, rateBudget: RateBudget | undefined, clock: Clock): Connection {
  const { credentials, endpoints, onPremise, logger, fetch, timeoutMs, maxRetries, maxRateLimitWaitMs } =
    resolved;
  warnIfInsecure(resolved);
  const tokenProvider = tokenProviderOf(resolved, clock);
  return createConnection({
    load: loadNetwork,
    apiUrl: endpoints.apiUrl,
    tokenProvider,
    onClose: () => tokenProvider.close?.(),
    fetch,
    timeoutMs,
    maxRetries,
    maxRateLimitWaitMs,
    logger,
    // The rate limit belongs to hosted instances; on-premise the administrator decides.
    rateBudget: rateBudget ?? createRateBudgetWith(onPremise ? { requests: Infinity } : {}, clock),
    redact: credentials === undefined ? undefined : createRedactor([credentials.clientSecret]),
    clock,
  });
}
