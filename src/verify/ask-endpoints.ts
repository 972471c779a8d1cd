import type { Clock } from '../clock.ts';
import { resolveEndpoints } from '../config/endpoints.ts';
import { parseAddress } from '../config/host.ts';
import { textProblem } from '../config/settings-text.ts';
import type { DiscoverEndpointsOptions, DiscoveredEndpoints } from '../discover-endpoints.ts';
import {
  HaloConfigError,
  type HaloErrorContext,
  HaloNotFoundError,
  HaloPermissionError,
  HaloRedirectError,
  HaloResponseError,
  type HaloResponseErrorCode,
  HaloServerError,
  HaloTimeoutError,
} from '../errors.ts';
import { API_DETAILS } from '../halo-screens.ts';
import { networkError } from '../wire/network-failure.ts';
import { follow } from '../wire/on-abort.ts';
import { type AuthInfoOutcome, fetchAuthInfo } from './auth-info.ts';

/** Longer than a slow Halo takes for its smallest answer. */
const DEFAULT_TIMEOUT_MS = 10_000;

/** Asks a Halo where to sign in, and judges what it says. @internal */
export async function askEndpoints(
  host: string,
  options: DiscoverEndpointsOptions,
  clock: Clock,
): Promise<DiscoveredEndpoints> {
  const { onPremise = false, allowInsecureHttp = false, timeoutMs = DEFAULT_TIMEOUT_MS, signal } = options;
  signal?.throwIfAborted();
  const rules = { onPremise, allowInsecureHttp: onPremise && allowInsecureHttp };
  const reading = parseAddress(String(host).trim(), rules);
  if (reading.kind === 'problem') throw unusable('resourceServer', reading.message);
  const { apiUrl, resourceOrigin } = resolveEndpoints({
    resource: reading.address,
    auth: undefined,
    tenantId: undefined,
  });
  const limit = new AbortController();
  const disarm = clock.schedule(timeoutMs, () => limit.abort());
  const unfollow = follow(signal, limit);
  try {
    const outcome = await fetchAuthInfo({
      apiUrl,
      fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
      signal: limit.signal,
    });
    signal?.throwIfAborted();
    if (outcome.kind !== 'info') throw discoveryError(outcome, timeoutMs);
    return {
      resourceServer: apiUrl.replace(/\/api$/, ''),
      authServer: checkedAuthServer(outcome.authUrl, resourceOrigin, rules, options.allowAuthOrigins),
      tenantId: onPremise ? undefined : checkedTenant(outcome.tenantId),
    };
  } finally {
    disarm();
    unfollow();
  }
}

/** Judged as strictly as if a person had typed it: a server's word is worth no more. */
function checkedAuthServer(
  authUrl: string | undefined,
  resourceOrigin: string,
  rules: Parameters<typeof parseAddress>[1],
  allowed: DiscoverEndpointsOptions['allowAuthOrigins'] = [],
): string | undefined {
  if (authUrl === undefined) return undefined;
  const reading = parseAddress(authUrl, rules);
  if (reading.kind === 'problem') throw unusable('authServer', `as Halo names it ${reading.message}`);
  const { address } = reading;
  const { tokenEndpoint, authOrigin } = resolveEndpoints({
    resource: address,
    auth: address,
    tenantId: undefined,
  });
  if (authOrigin !== resourceOrigin && allowed !== 'any' && !allowed.map(originOf).includes(authOrigin)) {
    throw new HaloRedirectError({
      ...CONTEXT,
      code: 'HALO_REDIRECT_REFUSED',
      targetOrigin: authOrigin,
      summary: `Halo names an authorisation server at another origin, ${authOrigin}`,
      hint: `Compare it with ${API_DETAILS} > Authorisation Server. If it is the same, allow it with { allowAuthOrigins: ['${authOrigin}'] }`,
    });
  }
  return tokenEndpoint.replace(/\/token$/, '');
}

function originOf(text: string): string {
  return URL.canParse(text) ? new URL(text).origin : text;
}

function checkedTenant(tenantId: string | undefined): string | undefined {
  if (tenantId === undefined) return undefined;
  const problem = textProblem('tenantId', tenantId);
  if (problem !== undefined) throw unusable('tenantId', `as Halo names it ${problem}`);
  return tenantId;
}

const CONTEXT: HaloErrorContext = { method: 'GET', path: '/authinfo', attempts: 1 };

function unusable(field: 'resourceServer' | 'authServer' | 'tenantId', message: string): HaloConfigError {
  return new HaloConfigError([{ field, message, hint: `In Halo: ${API_DETAILS}.` }]);
}

function discoveryError(outcome: Exclude<AuthInfoOutcome, { kind: 'info' }>, timeoutMs: number): Error {
  switch (outcome.kind) {
    case 'network':
      return networkError(outcome.error, CONTEXT);
    case 'timeout':
      return new HaloTimeoutError({
        ...CONTEXT,
        code: 'HALO_TIMEOUT_TOTAL',
        timeoutMs,
        summary: `The host did not answer within ${timeoutMs} ms`,
        hint: 'Check that this machine reaches the host (firewall, VPN, proxy), or raise timeoutMs.',
      });
    case 'redirect':
      return new HaloRedirectError({
        ...CONTEXT,
        status: outcome.status,
        code: 'HALO_REDIRECT_REFUSED',
        targetOrigin: outcome.targetOrigin,
        summary: `The host redirects to ${outcome.targetOrigin ?? 'an unreadable address'}`,
        hint: `It is not followed. Give the address under ${API_DETAILS} > Resource Server.`,
      });
    case 'html':
      return notHalo('HALO_RESPONSE_HTML', 'A web page came back', outcome.status);
    case 'not-json':
      return notHalo(
        'HALO_RESPONSE_CONTENT_TYPE',
        'Something other than the sign-in details came back',
        outcome.status,
      );
    case 'status':
      return statusError(outcome.status);
  }
}

function notHalo(code: HaloResponseErrorCode, summary: string, status: number): HaloResponseError {
  const hint = `Compare the host with ${API_DETAILS} > Resource Server, and look at any proxy in front of Halo.`;
  return new HaloResponseError({ ...CONTEXT, status, code, summary, hint });
}

function statusError(status: number): Error {
  const context = { ...CONTEXT, status };
  const hint = `Copy the values from ${API_DETAILS} instead; not every Halo tells them.`;
  if (status === 404) {
    return new HaloNotFoundError({
      ...context,
      code: 'HALO_NOT_FOUND',
      summary: 'The host does not tell where to sign in',
      hint,
    });
  }
  if (status === 401 || status === 403) {
    const code = status === 401 ? 'HALO_PERMISSION_UNAUTHORIZED' : 'HALO_PERMISSION_FORBIDDEN';
    return new HaloPermissionError({
      ...context,
      code,
      summary: 'The host tells nobody where to sign in',
      hint,
    });
  }
  if (status >= 500) {
    return new HaloServerError({
      ...context,
      code: 'HALO_SERVER_FAILED',
      summary: 'The host fails',
      hint: 'Try again later.',
      retryable: true,
    });
  }
  return new HaloResponseError({
    ...context,
    code: 'HALO_RESPONSE_STATUS',
    summary: 'An unexpected status was answered',
    hint,
  });
}
