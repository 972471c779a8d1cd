import type { HaloErrorContext, HaloNetworkErrorCode } from '../errors.ts';
import { HaloNetworkError, HaloTimeoutError } from '../errors.ts';
import { errorChain, type Link, safeCause } from './error-chain.ts';

/**
 * What a rejected `fetch`, or a body that broke off, says about the line between here and Halo.
 *
 * @internal
 */
export interface NetworkFailure {
  readonly code: HaloNetworkErrorCode;
  /** The platform's own code, such as `ENOTFOUND`. */
  readonly systemCode: string | undefined;
  /** What failed, without a full stop. */
  readonly summary: string;
  readonly hint: string;
  /** `no`: provably no byte of the request reached the other side, so even a write may be sent again. */
  readonly sent: 'no' | 'maybe';
  /** Whether the same request may succeed on its own; a certificate does not repair itself. */
  readonly transient: boolean;
  /** Set where the platform's own time limit ran out, which is reported as a timeout. */
  readonly timeout: 'connect' | 'headers' | 'body' | undefined;
}

type Verdict = Omit<NetworkFailure, 'systemCode' | 'timeout'> & Partial<Pick<NetworkFailure, 'timeout'>>;

const HOST_HINT =
  'Check the spelling of the resource server and of the authorisation server, and the DNS of this machine.';
const LINE_HINT =
  'Check that this machine reaches the Halo server (firewall, VPN, proxy); if it does, try again later.';
const CLOCK_HINT =
  'Check the clock of this machine; if it is right, the certificate of the server has to be renewed.';
const NAME_HINT = 'Use the host name that the certificate of the server was issued for.';
const AUTHORITY_HINT =
  "If the server uses your organization's own authority, start Node with NODE_EXTRA_CA_CERTS=/path/to/ca.pem, or pass a `fetch` that trusts it.";
const CHAIN_HINT = `The server should send its intermediate certificates. ${AUTHORITY_HINT}`;
const CLIENT_CERTIFICATE_HINT =
  'The server asks for a client certificate: pass a `fetch` that presents one, or have the requirement lifted for the API.';
const TLS_HINT =
  'Check that the port speaks HTTPS with TLS 1.2 or newer, and that no proxy between here and Halo intercepts it.';
const PROXY_HINT =
  'Check the proxy settings of this machine (HTTPS_PROXY, NO_PROXY) and the name and password for the proxy.';

const dns: Verdict = {
  code: 'HALO_NETWORK_DNS',
  summary: 'The host name was not found',
  hint: HOST_HINT,
  sent: 'no',
  transient: true,
};
const refused: Verdict = {
  code: 'HALO_NETWORK_REFUSED',
  summary: 'The server refused the connection',
  hint: `Check host and port. ${LINE_HINT}`,
  sent: 'no',
  transient: true,
};
const unreachable: Verdict = {
  code: 'HALO_NETWORK_FAILED',
  summary: 'The server cannot be reached from here',
  hint: LINE_HINT,
  sent: 'maybe',
  transient: true,
};
const reset: Verdict = {
  code: 'HALO_NETWORK_RESET',
  summary: 'The connection broke off',
  hint: LINE_HINT,
  sent: 'maybe',
  transient: true,
};
const protocol: Verdict = {
  code: 'HALO_NETWORK_PROTOCOL',
  summary: 'The server answered with something other than HTTP',
  hint: 'Check host and port, and any proxy between here and Halo.',
  sent: 'maybe',
  transient: true,
};
const headerOverflow: Verdict = {
  code: 'HALO_NETWORK_HEADER_OVERFLOW',
  summary: 'The server answered with too many headers',
  hint: 'Look for a proxy between here and Halo that adds headers.',
  sent: 'maybe',
  transient: false,
};
const proxy: Verdict = {
  code: 'HALO_NETWORK_PROXY',
  summary: 'The proxy did not open a connection',
  hint: PROXY_HINT,
  sent: 'no',
  transient: false,
};

/** A certificate is checked before the request is written; an alert of the server may come after it. */
function tls(summary: string, hint: string, sent: 'no' | 'maybe' = 'no'): Verdict {
  return { code: 'HALO_NETWORK_TLS', summary, hint, sent, transient: false };
}
const untrusted = tls(
  'The certificate of the server comes from an authority that is not trusted here',
  AUTHORITY_HINT,
);
const brokenChain = tls(
  'The certificate of the server cannot be checked up to a trusted authority',
  CHAIN_HINT,
);

function platformTimeout(timeout: 'connect' | 'headers' | 'body', sent: 'no' | 'maybe'): Verdict {
  return {
    code: 'HALO_NETWORK_FAILED',
    summary: `The server took too long (${timeout})`,
    hint: LINE_HINT,
    sent,
    transient: true,
    timeout,
  };
}

/** Codes of Node's `dns`, `net`, `tls` and `zlib`, of OpenSSL's certificate check, and of undici. */
const VERDICTS: ReadonlyMap<string, Verdict> = new Map([
  ['ENOTFOUND', dns],
  ['EAI_AGAIN', dns],
  ['EAI_NODATA', dns],
  ['EAI_NONAME', dns],
  ['EAI_FAIL', dns],
  ['ECONNREFUSED', refused],
  ['EHOSTUNREACH', unreachable],
  ['ENETUNREACH', unreachable],
  ['EHOSTDOWN', unreachable],
  ['ENETDOWN', unreachable],
  ['EADDRNOTAVAIL', unreachable],
  ['EACCES', unreachable],
  ['EPERM', unreachable],
  ['ECONNRESET', reset],
  ['ECONNABORTED', reset],
  ['EPIPE', reset],
  ['UND_ERR_SOCKET', reset],
  ['UND_ERR_CLOSED', reset],
  ['UND_ERR_DESTROYED', reset],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', reset],
  ['ETIMEDOUT', platformTimeout('connect', 'maybe')],
  ['UND_ERR_CONNECT_TIMEOUT', platformTimeout('connect', 'no')],
  ['UND_ERR_HEADERS_TIMEOUT', platformTimeout('headers', 'maybe')],
  ['UND_ERR_BODY_TIMEOUT', platformTimeout('body', 'maybe')],
  ['UND_ERR_HEADERS_OVERFLOW', headerOverflow],
  ['HPE_HEADER_OVERFLOW', headerOverflow],
  ['UND_ERR_PRX_TLS', proxy],
  ['UND_ERR_PRX_CONN', proxy],
  ['CERT_HAS_EXPIRED', tls('The certificate of the server has expired', CLOCK_HINT)],
  ['CERT_NOT_YET_VALID', tls('The certificate of the server is not valid yet', CLOCK_HINT)],
  ['ERR_TLS_CERT_ALTNAME_INVALID', tls('The certificate of the server is for another host', NAME_HINT)],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', untrusted],
  ['SELF_SIGNED_CERT_IN_CHAIN', untrusted],
  ['CERT_UNTRUSTED', untrusted],
  ['UNABLE_TO_GET_ISSUER_CERT', brokenChain],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', brokenChain],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', brokenChain],
  ['CERT_REVOKED', tls('The certificate of the server was revoked', 'The server needs a new certificate.')],
  ['CERT_REJECTED', untrusted],
  [
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    tls('The server wants a client certificate', CLIENT_CERTIFICATE_HINT, 'maybe'),
  ],
  [
    'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    tls('The server does not accept the client certificate', CLIENT_CERTIFICATE_HINT, 'maybe'),
  ],
  [
    'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
    tls('The server broke off the TLS handshake', `${CLIENT_CERTIFICATE_HINT} ${TLS_HINT}`, 'maybe'),
  ],
  [
    'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
    tls('The server broke off the TLS handshake', `${CLIENT_CERTIFICATE_HINT} ${TLS_HINT}`, 'maybe'),
  ],
  ['ERR_SSL_UNSUPPORTED_PROTOCOL', tls('The server speaks too old a version of TLS', TLS_HINT)],
  ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', tls('The server speaks no version of TLS allowed here', TLS_HINT)],
  ['ERR_SSL_WRONG_VERSION_NUMBER', tls('The port does not speak TLS', TLS_HINT)],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', tls('The port does not speak TLS', TLS_HINT)],
  ['EPROTO', tls('The TLS connection failed', TLS_HINT, 'maybe')],
]);

/** For the codes that come in families. */
const FAMILIES: readonly (readonly [prefix: string, verdict: Verdict])[] = [
  ['ERR_SSL_', tls('The TLS connection failed', TLS_HINT, 'maybe')],
  ['ERR_TLS_', tls('The TLS connection failed', TLS_HINT, 'maybe')],
  ['CERT_', untrusted],
  ['HPE_', protocol],
];

/** Browsers give no code, and undici's parser gives its class name only. */
const NAMES: ReadonlyMap<string, Verdict> = new Map([['HTTPParserError', protocol]]);

const unknownFailure: Verdict = {
  code: 'HALO_NETWORK_FAILED',
  summary: 'The request failed before an answer arrived',
  hint: LINE_HINT,
  sent: 'maybe',
  transient: true,
};

/**
 * Classifies what `fetch` or a body reader threw, by the most specific code anywhere in its chain of causes.
 *
 * @internal
 */
export function classifyNetworkFailure(error: unknown): NetworkFailure {
  const chain = errorChain(error);
  const known = chain.flatMap((link) => {
    const verdict = verdictOf(link);
    return verdict === undefined
      ? []
      : [{ verdict, systemCode: link.code, connecting: link.syscall === 'connect' }];
  });
  const first = known[0];
  if (first === undefined) {
    const systemCode = chain.find((link) => link.code !== undefined)?.code;
    return { ...unknownFailure, systemCode, timeout: undefined };
  }
  // Several addresses of one host may have failed in different ways: unsent only if each of them was.
  const unsent = known.every(({ verdict, connecting }) => verdict.sent === 'no' || connecting);
  return {
    ...first.verdict,
    summary: `${first.verdict.summary}${routesOf(chain)}`,
    systemCode: first.systemCode,
    sent: unsent ? 'no' : 'maybe',
    timeout: first.verdict.timeout,
  };
}

/**
 * Makes the error that a caller sees out of what `fetch` or a body reader threw.
 *
 * @internal
 */
export function networkError(
  error: unknown,
  context: HaloErrorContext,
  failure: NetworkFailure = classifyNetworkFailure(error),
): HaloNetworkError | HaloTimeoutError {
  const { summary, hint, systemCode } = failure;
  const common = { ...context, summary, hint, cause: safeCause(error) };
  if (failure.timeout !== undefined) {
    const code = (
      { connect: 'HALO_TIMEOUT_CONNECT', headers: 'HALO_TIMEOUT_HEADERS', body: 'HALO_TIMEOUT_BODY' } as const
    )[failure.timeout];
    return new HaloTimeoutError({ ...common, code, timeoutMs: Math.round(context.elapsedMs ?? 0) });
  }
  return new HaloNetworkError({ ...common, code: failure.code, systemCode, retryable: failure.transient });
}

/** How each address family failed, where a host has several: a dead IPv6 route is fixed elsewhere than a closed port. */
function routesOf(chain: readonly Link[]): string {
  const routes = chain.flatMap(({ family, code }) => (family && code ? [`${family} ${code}`] : []));
  return routes.length < 2 ? '' : ` (${[...new Set(routes)].join(', ')})`;
}

function verdictOf(link: Link): Verdict | undefined {
  const { code } = link;
  if (link.refusedTunnel) return proxy;
  if (code === undefined) return NAMES.get(link.name);
  return VERDICTS.get(code) ?? FAMILIES.find(([prefix]) => code.startsWith(prefix))?.[1];
}
