import { createHaloClientWith, type HaloClient, type HaloClientConfig } from '../../src/halo-client.ts';
import { createFakeHalo, type FakeAzureTenantSeed } from '../../src/testing/index.ts';
import type { SecondHaloHabits } from './second-halo/api.ts';
import type { SecondRow } from './second-halo/rows.ts';
import { type SecondHaloOptions, startSecondHalo } from './second-halo.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** What a test says of a Halo, whichever of the two it is. */
export interface HaloOptions
  extends Pick<SecondHaloOptions, keyof SecondHaloHabits | 'grantedScopes' | 'requestsPerWindow'> {
  readonly clients?: readonly NamedRow[] | undefined;
  readonly agents?: readonly NamedRow[] | undefined;
  readonly teams?: readonly NamedRow[] | undefined;
}

export type NamedRow = SecondRow & { readonly name: string };

/** One answer that goes wrong. */
export interface Fault {
  readonly path: string;
  readonly method?: string | undefined;
  readonly status: number;
  readonly body: string;
  readonly contentType?: string | undefined;
  readonly times?: number | undefined;
}

/** A Halo and a client of it. */
export interface Opened extends AsyncDisposable {
  readonly halo: HaloClient;
  readonly config: HaloClientConfig;
  /** A client with other settings. */
  connect(settings: Partial<HaloClientConfig>): HaloClient;
  breakNext(fault: Fault): void;
  revokeTokens(): void;
  /** Sends one request as it is, without the client. */
  raw(path: string, init?: RequestInit): Promise<Response>;
  /** Method, path below `/api` and status of every request to the API, in order. */
  calls(): string[];
  /** The query of the newest request. */
  lastQuery(): Readonly<Record<string, string>>;
  tokenRequests(): number;
}

export type OpenHalo = (options?: HaloOptions) => Promise<Opened>;

/** Pauses between attempts are skipped; the limit of one exchange for a token, 15 s, is not. */
const SKIPPED_PAUSE_MS = 9000;

/** Opens the server that was written from the documentation alone. */
export const openSecondHalo: OpenHalo = async (options = {}) => {
  const clock = createVirtualClock({ skipDelaysUpToMs: SKIPPED_PAUSE_MS });
  const second = await startSecondHalo({ ...options, sites: mainSites(options), nowMs: clock.nowMs });
  const connect = (settings: Partial<HaloClientConfig>) =>
    createHaloClientWith({ ...second.config, ...settings } as HaloClientConfig, clock);
  return {
    halo: connect({}),
    config: second.config,
    connect,
    breakNext: (fault) => second.breakNext(fault),
    revokeTokens: () => second.revokeTokens(),
    raw: (path, init = {}) => second.config.fetch!(`${second.config.resourceServer}${path}`, init),
    calls: () => second.requests.flatMap(describeCall),
    lastQuery: () => second.requests.at(-1)?.query ?? {},
    tokenRequests: () => second.requests.filter(({ path }) => path.endsWith('/token')).length,
    [Symbol.asyncDispose]: () => second[Symbol.asyncDispose](),
  };
};

/** Opens the fake Halo that the package ships. */
export const openFakeHalo: OpenHalo = async (options = {}) => {
  const { agentList = 'results', requestsPerWindow, ...rest } = options;
  const clock = createVirtualClock({ skipDelaysUpToMs: SKIPPED_PAUSE_MS });
  const fake = createFakeHalo({
    ...rest,
    denied: rest.denied ?? {},
    // Links to Microsoft tenants are rows of their own there.
    azureTenants: (rest.clients ?? []).flatMap(
      (client) => (client.azure_tenants ?? []) as FakeAzureTenantSeed[],
    ),
    agentListShape: agentList === 'array' ? 'array' : 'auto',
    rateLimit: requestsPerWindow === undefined ? null : { requests: requestsPerWindow, windowMs: 300_000 },
    now: clock.nowMs,
  });
  const connect = (settings: Partial<HaloClientConfig>) =>
    createHaloClientWith({ ...fake.config, fetch: fake.fetch, ...settings } as HaloClientConfig, clock);
  return {
    halo: connect({}),
    config: { ...fake.config, fetch: fake.fetch },
    connect,
    breakNext: ({ contentType, ...fault }) =>
      fake.enqueueFault({
        ...fault,
        headers: contentType === undefined ? {} : { 'content-type': contentType },
      }),
    revokeTokens: () => fake.revokeTokens(),
    raw: (path, init = {}) => fake.fetch(`${fake.origins[0]}${path}`, init),
    calls: () => fake.requests.flatMap(describeCall),
    lastQuery: () => fake.requests.at(-1)?.query ?? {},
    tokenRequests: () => fake.requests.filter(({ path }) => path.endsWith('/token')).length,
    [Symbol.asyncDispose]: async () => {},
  };
};

/** Halo makes a main site for every customer. */
function mainSites({ clients = [] }: HaloOptions): SecondRow[] {
  return clients.map(({ id, name }, index) => ({
    id: index + 1,
    name: 'Main',
    client_id: id,
    client_name: name,
    clientsite_name: `${name}/Main`,
    inactive: false,
    use: 'site',
  }));
}

function describeCall({
  method,
  path,
  status,
}: {
  method: string;
  path: string;
  status: number | null;
}): string[] {
  return path.includes('/api/') ? [`${method} ${path.replace(/^.*\/api\//, '/')} ${status}`] : [];
}
