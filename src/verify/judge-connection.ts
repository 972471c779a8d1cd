import type { ResolvedHaloConfig } from '../config/parse-halo-config.ts';
import { HaloAuthError, type HaloConfigError, HaloError, oneLine } from '../errors.ts';
import { API_DETAILS, API_SCREEN } from '../halo-screens.ts';
import { classifyNetworkFailure } from '../wire/network-failure.ts';
import type { AuthInfoOutcome } from './auth-info.ts';
import type { VerifiedToken } from './exchange-token.ts';
import { doubtful, type Finding, failed, fine } from './report.ts';

/** What a call came to; undefined where it was not made. @internal */
export type Outcome<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'failure'; readonly error: unknown };

/** Whether a host answered at all. @internal */
export type Reach =
  | { readonly kind: 'answered'; readonly host: string }
  | { readonly kind: 'network'; readonly host: string; readonly error: unknown }
  | { readonly kind: 'timeout'; readonly host: string };

/** The time of the whole verification is over. @internal */
export class TimeOver extends Error {
  override readonly name = 'TimeOver';
  readonly timeoutMs: number;

  constructor(timeoutMs: number) {
    super('the verification ran out of time');
    this.timeoutMs = timeoutMs;
  }
}

/** Settings that cannot be used. @internal */
export function judgeConfigError({ issues }: HaloConfigError): Finding {
  return failed(
    issues.map(({ field, message }) => `${field} ${message}`).join('; '),
    'The settings cannot be used; nothing was sent.',
    [...new Set(issues.map(({ hint }) => hint))].join(' '),
    'HALO_CONFIG_INVALID',
  );
}

/** Settings that can be used. @internal */
export function judgeAddress({ endpoints, credentials, insecure }: ResolvedHaloConfig): Finding {
  const tenant = credentials?.tenantId === undefined ? '' : `, tenant ${credentials.tenantId}`;
  const tokens =
    credentials === undefined ? 'tokens from a provider' : `tokens from ${endpoints.tokenEndpoint}`;
  const observed = `API at ${endpoints.apiUrl}, ${tokens}${tenant}`;
  if (!insecure) return fine(observed, 'The settings have the right form.');
  return doubtful(
    observed,
    'Over http:// the client secret and every row travel unencrypted.',
    'Give the Halo server a certificate, change the addresses to https:// and remove allowInsecureHttp.',
  );
}

/** Whether the hosts can be reached. @internal */
export function judgeReach(reaches: readonly Reach[], timeoutMs: number): Finding {
  const broken = reaches.find((reach) => reach.kind !== 'answered');
  if (broken === undefined) {
    const hosts = reaches.map(({ host }) => host).join(' and ');
    return fine(`${hosts} answered`, 'Name, connection and certificate are in order.');
  }
  if (broken.kind === 'timeout') {
    return failed(
      `${broken.host} did not answer within ${timeoutMs / 1000} s`,
      'Nothing of Halo was reached: a firewall may drop the connection, or the server is overloaded.',
      'Check that this machine reaches the host (firewall, VPN, proxy), or raise timeoutMs.',
      'HALO_TIMEOUT_TOTAL',
    );
  }
  const { code, summary, hint, systemCode } = classifyNetworkFailure(
    broken.kind === 'network' ? broken.error : undefined,
  );
  const meaning =
    code === 'HALO_NETWORK_TLS'
      ? 'The server is there, but it cannot prove who it is; nothing was sent to it.'
      : 'No answer came from the server; nothing of Halo was reached.';
  const observed = `${broken.host}: ${summary}${systemCode === undefined ? '' : ` (${systemCode})`}`;
  return failed(observed, meaning, hint, code);
}

/** What `/api/authinfo` says, compared with the settings. @internal */
export function judgeAuthInfo(outcome: AuthInfoOutcome, resolved: ResolvedHaloConfig): Finding {
  const { apiUrl } = resolved.endpoints;
  switch (outcome.kind) {
    case 'info':
      return compareAuthInfo(outcome, resolved);
    case 'html':
      return failed(
        `${apiUrl}/authinfo answered with a web page`,
        'Something other than Halo answers here: a proxy, a login page, or another site.',
        `Compare resourceServer with ${API_DETAILS} > Resource Server. If it is right, let this machine pass the proxy or sign-on page in front of Halo.`,
        'HALO_RESPONSE_HTML',
      );
    case 'not-json':
      return failed(
        `${apiUrl}/authinfo answered with something other than JSON`,
        'Something other than Halo answers here, or changes what Halo sends.',
        `Compare resourceServer with ${API_DETAILS} > Resource Server, and look at any proxy in front of Halo.`,
        'HALO_RESPONSE_CONTENT_TYPE',
      );
    case 'redirect':
      return failed(
        `${apiUrl}/authinfo redirects to ${outcome.targetOrigin ?? 'an unreadable address'}`,
        'Halo is at another address, or a sign-on page stands before it. The redirect was not followed.',
        `Set resourceServer to the address under ${API_DETAILS} > Resource Server.`,
        'HALO_REDIRECT_REFUSED',
      );
    case 'status':
      return doubtful(
        `${apiUrl}/authinfo answered with status ${outcome.status}`,
        'The sign-in details cannot be compared with the settings: the host or base path may be wrong, or this Halo does not tell.',
        `Compare resourceServer with ${API_DETAILS} > Resource Server.`,
      );
    default:
      return doubtful(
        `${apiUrl}/authinfo did not answer`,
        'The sign-in details cannot be compared with the settings.',
        'Check that this machine reaches the host (firewall, VPN, proxy).',
      );
  }
}

type Info = Extract<AuthInfoOutcome, { kind: 'info' }>;

function compareAuthInfo(info: Info, resolved: ResolvedHaloConfig): Finding {
  const named = [
    info.authUrl === undefined ? '' : `authorisation server ${shown(info.authUrl)}`,
    info.tenantId === undefined ? '' : `tenant ${shown(info.tenantId)}`,
  ].filter((text) => text !== '');
  const observed = `Halo names ${named.length === 0 ? 'neither authorisation server nor tenant' : named.join(' and ')}`;
  if (resolved.credentials === undefined)
    return fine(observed, 'Tokens come from a provider, so there is nothing to compare.');
  const differing = differences(info, resolved);
  if (differing.length === 0) return fine(observed, 'That is what the settings say, as far as it goes.');
  return doubtful(
    observed,
    `The settings say otherwise: ${differing.map(({ is }) => is).join('; ')}. Nothing was sent to an address that Halo named here.`,
    differing.map(({ fix }) => fix).join(' '),
  );
}

interface Difference {
  readonly is: string;
  readonly fix: string;
}

function differences(
  { authUrl, tenantId }: Info,
  { endpoints, credentials, onPremise }: ResolvedHaloConfig,
): Difference[] {
  const found: Difference[] = [];
  const configured = endpoints.tokenEndpoint.replace(/\/token$/, '');
  if (authUrl !== undefined && normalAddress(authUrl) !== normalAddress(configured)) {
    found.push({
      is: `authServer is ${configured}`,
      fix: `Compare authServer with ${API_DETAILS} > Authorisation Server; copy it as it stands, with or without /auth at its end.`,
    });
  }
  const own = credentials?.tenantId;
  if (tenantId !== undefined && own?.toLowerCase() !== tenantId.toLowerCase()) {
    found.push({
      is: own === undefined ? 'there is no tenantId' : `tenantId is ${own}`,
      fix: `Compare tenantId with ${API_DETAILS} > Tenant${onPremise ? ' (a Halo with a tenant is hosted: remove onPremise)' : ''}.`,
    });
  }
  return found;
}

/** Equal for addresses that lead to the same place; a text that is no address stays as it is. */
function normalAddress(text: string): string {
  try {
    const { origin, pathname } = new URL(text.includes('://') ? text : `https://${text}`);
    return `${origin}${pathname.replace(/\/+$/, '').replace(/\/token$/i, '')}`.toLowerCase();
  } catch {
    return text;
  }
}

/** A text of the server's, fit to be printed. */
function shown(text: string): string {
  return oneLine(text, 120);
}

const TOKEN_MEANINGS: Readonly<Record<string, string>> = {
  HALO_AUTH_INVALID_CLIENT: 'Halo knows no application with this client id and client secret.',
  HALO_AUTH_INVALID_SCOPE:
    'Id and secret are right, but the application was not granted every scope that is asked for.',
  HALO_AUTH_WRONG_TENANT: 'Halo fails like this for a tenant that it does not know.',
  HALO_AUTH_NO_TOKEN_ENDPOINT:
    'The authorisation server is at another address; at some installations it ends in /auth, at some it does not.',
  HALO_AUTH_RESPONSE_HTML:
    'Something other than the authorisation server answers there: another site, a proxy, or a login page.',
  HALO_AUTH_REJECTED: 'Halo refuses this application.',
  HALO_AUTH_UNAVAILABLE: 'The authorisation server fails at the moment.',
  HALO_RATE_LIMIT_EXHAUSTED:
    'Halo is reached, but so many requests came lately that it refuses more for a while.',
  HALO_RATE_LIMIT_WAIT_TOO_LONG:
    'Halo is reached, but so many requests came lately that it refuses more for a while.',
  HALO_REDIRECT_REFUSED: 'The redirect was not followed, so that the client secret reaches no other address.',
};

const OTHER_PRODUCT =
  'Halo refuses without saying why, as it does when the settings belong to another product or instance of Halo than the host.';

/** What came of the exchange of id and secret for a token. @internal */
export function judgeToken(
  outcome: Outcome<VerifiedToken>,
  resolved: ResolvedHaloConfig,
  authInfo: Finding | undefined,
): Finding {
  if (outcome.kind === 'value') {
    const { lifetimeMs } = outcome.value;
    const lifetime = lifetimeMs === null ? '' : `, valid for ${Math.round(lifetimeMs / 60_000)} min`;
    return fine(`a token was given${lifetime}`, 'Client id, client secret and tenant are right.');
  }
  const { error } = outcome;
  const finding = judgeFailure(error, tokenMeaning(error));
  const product = PRODUCTS.find(({ domain }) => resolved.endpoints.resourceHost.endsWith(domain))?.name;
  const extra =
    isUnexplained(error) && product !== undefined
      ? ` The host is one of ${product}: take all values from the API screen of that ${product}.`
      : '';
  const see = authInfo?.status === 'warning' && authInfo.fix !== null ? `${authInfo.fix} ` : '';
  return { ...finding, fix: `${see}${finding.fix}${extra}` };
}

const PRODUCTS = [
  { domain: '.halopsa.com', name: 'HaloPSA' },
  { domain: '.haloitsm.com', name: 'HaloITSM' },
  { domain: '.haloservicedesk.com', name: 'HaloServiceDesk' },
  { domain: '.halocrm.com', name: 'HaloCRM' },
] as const;

function isUnexplained(error: unknown): boolean {
  return (
    error instanceof HaloAuthError && error.code === 'HALO_AUTH_REJECTED' && error.oauthError === undefined
  );
}

function tokenMeaning(error: unknown): string {
  if (isUnexplained(error)) return OTHER_PRODUCT;
  const code = error instanceof HaloError ? error.code : '';
  return TOKEN_MEANINGS[code] ?? 'Without a token nothing can be read.';
}

/** A failure for which there is an error. @internal */
export function judgeFailure(error: unknown, meaning: string): Finding {
  if (error instanceof TimeOver) {
    return failed(
      `no answer within ${error.timeoutMs / 1000} s`,
      'The time of the verification was over before this stage had an answer.',
      'Try again, raise timeoutMs, or check the line between this machine and Halo.',
      'HALO_TIMEOUT_TOTAL',
    );
  }
  if (error instanceof HaloError) return failed(summaryOf(error), meaning, error.hint, error.code);
  return failed('an unexpected failure', meaning, `Check the settings under ${API_SCREEN}, and try again.`);
}

/** The message of an error is its summary, a full stop and its hint. */
function summaryOf({ message, hint }: HaloError): string {
  const at = message.indexOf(`. ${hint.slice(0, 40)}`);
  return at > 0 ? message.slice(0, at) : message;
}
