import type { Address } from './host.ts';

/** Where one Halo instance is reached. No URL ends in a slash. */
export interface HaloEndpoints {
  /** All resource calls start with this: `https://example.halopsa.com/api`. */
  readonly apiUrl: string;
  /** Scheme, host and port of `apiUrl`. A token goes nowhere else. */
  readonly resourceOrigin: string;
  /** Host and port of the resource server, which names the instance. */
  readonly resourceHost: string;
  /** Token requests are posted here, tenant included: `https://example.halopsa.com/auth/token?tenant=acme`. */
  readonly tokenUrl: string;
  /** `tokenUrl` without its query, for messages. */
  readonly tokenEndpoint: string;
  /** Scheme, host and port of `tokenUrl`. The client secret goes nowhere else. */
  readonly authOrigin: string;
}

/** Checked values that endpoints are made of. */
export interface EndpointParts {
  readonly resource: Address;
  /** Undefined: the resource server's own `/auth`. */
  readonly auth: Address | undefined;
  readonly tenantId: string | undefined;
}

/**
 * Derives every URL of an instance from checked values.
 *
 * @internal
 */
export function resolveEndpoints({ resource, auth, tenantId }: EndpointParts): HaloEndpoints {
  const resourceOrigin = originOf(resource);
  const base = resourceOrigin + pathOf(baseSegments(resource));
  const authServer = auth === undefined ? `${base}/auth` : originOf(auth) + pathOf(authSegments(auth));
  const tokenEndpoint = `${authServer}/token`;
  const query = tenantId === undefined ? '' : `?${new URLSearchParams({ tenant: tenantId })}`;
  return {
    apiUrl: `${base}/api`,
    resourceOrigin,
    resourceHost: resource.host,
    tokenUrl: tokenEndpoint + query,
    tokenEndpoint,
    authOrigin: auth === undefined ? resourceOrigin : originOf(auth),
  };
}

/**
 * The path that Halo is installed under: that of the resource server without the `/api` that is often pasted with it.
 *
 * @internal
 */
export function baseSegments({ segments }: Address): readonly string[] {
  return segments.at(-1)?.toLowerCase() === 'api' ? segments.slice(0, -1) : segments;
}

/** The path of the authorisation server: without the `/token` of a pasted token URL. */
function authSegments({ segments }: Address): readonly string[] {
  return segments.at(-1)?.toLowerCase() === 'token' ? segments.slice(0, -1) : segments;
}

function originOf({ protocol, host }: Address): string {
  return `${protocol}//${host}`;
}

function pathOf(segments: readonly string[]): string {
  return segments.map((segment) => `/${segment}`).join('');
}
