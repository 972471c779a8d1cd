/** A rate limit as Halo has it: so many requests in a rolling window, then 429. */
export interface FakeRateLimit {
  /** Requests that one window lets through. */
  requests: number;
  /** Length of the rolling window in milliseconds. */
  windowMs: number;
  /** Sends `Retry-After` with a 429. Halo is not known to. @default 'none' */
  retryAfter?: 'none' | 'seconds' | 'date' | undefined;
  /** Sends the 429 text as a JSON string; whether Halo does is not known. @default false */
  asJson?: boolean | undefined;
}

/** Names of the lists that a module right can be taken from. */
export type FakeResourceName =
  | 'Client'
  | 'Site'
  | 'Users'
  | 'Agent'
  | 'Team'
  | 'TopLevel'
  | 'AreaAzureTenant'
  | 'FieldInfo';

/** Habits and defects of real Halo instances, each to be switched on at creation or at run time. */
export interface FakeHaloQuirks {
  /** Lifetime of the tokens given out, in seconds. @default 3600 */
  tokenLifetimeSeconds: number;
  /** Scopes that the API application was given; asking for another one is `invalid_scope`. @default ['all'] */
  grantedScopes: readonly string[];
  /** Grants what can be granted of the scopes asked for, instead of refusing. @default false */
  narrowsScope: boolean;
  /** Answers like a Halo of another product: 401 with an empty body from the token endpoint. @default false */
  wrongProduct: boolean;
  /** Answer of `/api/authinfo`: the true one, none (404), or this object. @default 'true' */
  authInfo: 'true' | 'none' | Readonly<Record<string, unknown>>;

  /** Largest page; Halo shortens longer ones silently. @default 1000 */
  pageCap: number;
  /** Answers page 1 whatever `page_no` says. @default false */
  ignoresPageNo: boolean;
  /**
   * What `record_count` says: the truth (0 past the end, as Halo does), nothing, the length of the page, or
   * whatever the function returns for the true number.
   * @default 'exact'
   */
  recordCount: 'exact' | 'missing' | 'page-length' | ((exact: number) => number | undefined);
  /** Puts `columns`, also an array, before the rows of an envelope. @default false */
  columnsInEnvelope: boolean;
  /** Sends ids that Halo keeps as floats with a decimal point: `"client_id":12.0`. @default true */
  doubleIds: boolean;

  /**
   * Shape of the agent list: `auto` is a bare array, or `results` once `pageinate=true` is sent (and still all
   * rows); `array`, `results` and `agents` are the same whatever is sent.
   * @default 'auto'
   */
  agentListShape: 'auto' | 'array' | 'results' | 'agents';
  /** Lists an agent once for each of its teams, and once more with id null. @default false */
  agentDuplicates: boolean;
  /** Customers that the agent behind the token may use; other ones are left out with status 200. @default null, all */
  restrictedToClients: readonly number[] | null;
  /** The agent behind the token is in no team: it sees no teams and no agents. @default false */
  teamlessAgent: boolean;
  /** Modules the agent has no right to, and the status that says so, with an empty body. @default {} */
  denied: Readonly<Partial<Record<FakeResourceName, 401 | 403>>>;

  /** Status of a successful write. @default 201 */
  writeStatus: 200 | 201;
  /** Shape of the answer to a write of one row. @default 'object' */
  writeAnswer: 'object' | 'array' | 'envelope' | 'empty';

  /** Rate limit over all requests, those for tokens included. @default null, none */
  rateLimit: FakeRateLimit | null;
  /** Answers with the HTML of a proxy or login page, status 200. @default 'none' */
  htmlPage: 'none' | 'api' | 'auth' | 'all';
  /** What a path outside of API and authorisation server answers. @default 'page' */
  strayRequests: 'page' | 'not-found' | 'redirect';
  /** Fails every request as `fetch` does when there is no answer, with this code (`ECONNREFUSED`, `CERT_HAS_EXPIRED`). @default null */
  unreachable: string | null;
  /** Runs before each answer; the answer waits for its promise. @default null */
  beforeAnswer: ((request: { readonly method: string; readonly path: string }) => unknown) | null;
}

/** Any of the quirks. */
export type OptionalQuirks = { [Name in keyof FakeHaloQuirks]?: FakeHaloQuirks[Name] | undefined };

/** A Halo in the cloud that behaves. @internal */
export const DEFAULT_QUIRKS: FakeHaloQuirks = {
  tokenLifetimeSeconds: 3600,
  grantedScopes: ['all'],
  narrowsScope: false,
  wrongProduct: false,
  authInfo: 'true',
  // Pages of 999 and 1,000 customers are in production use; several lists stop at 100.
  pageCap: 1000,
  ignoresPageNo: false,
  recordCount: 'exact',
  columnsInEnvelope: false,
  doubleIds: true,
  agentListShape: 'auto',
  agentDuplicates: false,
  restrictedToClients: null,
  teamlessAgent: false,
  denied: {},
  writeStatus: 201,
  writeAnswer: 'object',
  rateLimit: null,
  htmlPage: 'none',
  strayRequests: 'page',
  unreachable: null,
  beforeAnswer: null,
};

/**
 * Returns the defaults with what the options say; undefined counts as not said. Sealed, because a misspelt quirk would
 * switch on nothing in silence.
 *
 * @internal
 */
export function pickQuirks(options: OptionalQuirks): FakeHaloQuirks {
  const given = Object.entries(options).filter(
    ([name, value]) => name in DEFAULT_QUIRKS && value !== undefined,
  );
  return Object.seal({ ...DEFAULT_QUIRKS, ...Object.fromEntries(given) });
}
