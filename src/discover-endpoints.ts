import { type Clock, systemClock } from './clock.ts';
import type { FetchFunction } from './config/schema.ts';
import { loadNetwork } from './load-network.ts';

/** Options of `discoverEndpoints`. */
export interface DiscoverEndpointsOptions {
  /**
   * Origins, other than the host's own, that may be proposed as authorisation server; `'any'` for every one.
   * @default none
   */
  allowAuthOrigins?: readonly string[] | 'any' | undefined;
  /** Allows IP addresses, single labels and base paths, as for `createHaloClient`. @default false */
  onPremise?: boolean | undefined;
  /** Allows `http://` on-premise. @default false */
  allowInsecureHttp?: boolean | undefined;
  /** Replaces the global `fetch`. */
  fetch?: FetchFunction | undefined;
  /** In milliseconds. @default 10000 */
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** What a Halo says of where to sign in. A proposal: show it to a person before a secret is sent there. */
export interface DiscoveredEndpoints {
  readonly resourceServer: string;
  /** Undefined where Halo does not say. */
  readonly authServer: string | undefined;
  /** Undefined on-premise, and where Halo does not say. */
  readonly tenantId: string | undefined;
}

/**
 * Asks a Halo, without signing in, for its authorisation server and tenant.
 *
 * The answer is unauthenticated, and the client secret would go where it says. Therefore nothing uses it by itself, and
 * an authorisation server of another origin than the host's is refused unless it is allowed.
 *
 * @param host the resource server, as for `createHaloClient`
 * @param options `allowAuthOrigins`, `onPremise`, `allowInsecureHttp`, `fetch`, `timeoutMs` in milliseconds, `signal`
 * @throws {HaloConfigError} when `host` is not usable, or Halo names an unusable authorisation server or tenant
 * @throws {HaloRedirectError} when Halo names another origin, as `targetOrigin`, or redirects
 * @throws {HaloNotFoundError} when the host does not tell
 * @throws {HaloResponseError} when something other than Halo answers
 * @throws {HaloNetworkError} when no answer comes
 * @throws {HaloTimeoutError} when no answer comes in time
 * @example
 * ```ts
 * import { discoverEndpoints } from 'halo-psa';
 *
 * const { authServer, tenantId } = await discoverEndpoints('example.halopsa.com');
 * console.log(authServer, tenantId); // to fill in a form, for a person to confirm
 * ```
 */
export function discoverEndpoints(
  host: string,
  options: DiscoverEndpointsOptions = {},
): Promise<DiscoveredEndpoints> {
  return discoverEndpointsWith(host, options, systemClock);
}

/** The same with a clock of the caller's. @internal */
export async function discoverEndpointsWith(
  host: string,
  options: DiscoverEndpointsOptions,
  clock: Clock,
): Promise<DiscoveredEndpoints> {
  const { askEndpoints } = await loadNetwork();
  return askEndpoints(host, options, clock);
}
