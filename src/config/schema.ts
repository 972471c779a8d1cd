import type { Secret } from '../auth/secret.ts';
import type { TokenProvider } from '../auth/token-provider.ts';

/** `fetch` as this package calls it: a URL string and plain values, so that any implementation fits. */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;

/** Receives what the SDK has to say. `console` fits. */
export type HaloLogger = Partial<
  Record<
    'debug' | 'info' | 'warn' | 'error',
    (message: string, fields: Readonly<Record<string, string | number | boolean>>) => void
  >
>;

/** Settings that do not concern signing in. */
export interface HaloTransportSettings {
  /** Replaces the global `fetch`, for a private CA or a proxy of your own. */
  fetch?: FetchFunction | undefined;
  /** Bounds one call from the method call to the parsed value, in milliseconds. @default 60000 */
  timeoutMs?: number | undefined;
  /** Resends after network errors, truncated answers and 5xx. 0 sends once. @default 2 */
  maxRetries?: number | undefined;
  /** Longest wait for the rate limit, in milliseconds; a longer one is an error at once. @default 330000 */
  maxRateLimitWaitMs?: number | undefined;
  /** Receives warnings and debug lines; never a secret, a query value or a row. */
  logger?: HaloLogger | undefined;
}

/** The values of Halo's API application, as its screens name them. */
export interface HaloCredentials {
  /** *Client ID* of the API application. */
  clientId: string;
  /** *Client Secret* of the API application, shown once when it was made. */
  clientSecret: string | Secret;
  /** OAuth scope. @default 'all' */
  scope?: string | undefined;
  /** *Authorisation Server*, taken literally: the token URL is this plus `/token`. @default the resource server's `/auth` */
  authServer?: string | undefined;
}

/** A hosted Halo. */
export interface HaloCloudConfig extends HaloTransportSettings, HaloCredentials {
  /** *Resource Server*, such as `example.halopsa.com`. */
  resourceServer: string;
  /** *Tenant*, as API Details shows it. */
  tenantId: string;
  onPremise?: false | undefined;
}

/** A Halo that runs on the organization's own server. */
export interface HaloOnPremiseConfig extends HaloTransportSettings, HaloCredentials {
  /** *Resource Server*, with port and base path where there are any: `https://desk.corp.local:8443/halo`. */
  resourceServer: string;
  tenantId?: undefined;
  onPremise: true;
  /** Allows `http://`, which sends the client secret unencrypted. @default false */
  allowInsecureHttp?: boolean | undefined;
}

/** Settings of one Halo instance. */
export type HaloConfig = HaloCloudConfig | HaloOnPremiseConfig;

/** Settings of a client that gets its tokens elsewhere. */
export interface HaloTokenProviderConfig extends HaloTransportSettings {
  resourceServer: string;
  onPremise?: boolean | undefined;
  allowInsecureHttp?: boolean | undefined;
  tokenProvider: TokenProvider;
}
