/** A server address, taken apart and checked. */
export interface Address {
  readonly protocol: 'https:' | 'http:';
  /** Host and, where one was given, port. */
  readonly host: string;
  /** Path segments without empty ones. */
  readonly segments: readonly string[];
}

/** What an address may be. */
export interface AddressRules {
  /** Allows IP addresses, single labels and `localhost`. */
  readonly onPremise: boolean;
  /** Allows `http://`. */
  readonly allowInsecureHttp: boolean;
}

export type AddressReading =
  | { readonly kind: 'address'; readonly address: Address }
  | { readonly kind: 'problem'; readonly message: string };

/** A check of one part of an address: what is wrong with it, or undefined. */
type Rule<Input> = (input: Input, rules: AddressRules) => string | undefined;

/** Twice the longest URL that browsers and proxies agree on would still fit; anything longer was pasted by mistake. */
const LONGEST_ADDRESS = 2048;

/**
 * Takes a pasted server address apart, or says what is wrong with it.
 *
 * The raw text is judged first. `new URL` may not see it before: it drops line breaks, turns full-width digits into
 * ASCII ones and takes `host@other` for a visit to `other`, each of which would send the client secret elsewhere.
 *
 * @internal
 */
export function parseAddress(text: string, rules: AddressRules): AddressReading {
  const parts = takeApart(text);
  const message =
    firstProblem(TEXT_RULES, text, rules) ??
    firstProblem(PART_RULES, parts, rules) ??
    firstProblem(
      parts.hostname.startsWith('[') ? IPV6_RULES : HOST_RULES,
      parts.hostname.toLowerCase(),
      rules,
    ) ??
    firstProblem(PORT_RULES, parts.port, rules) ??
    firstProblem(PATH_RULES, parts.path, rules);
  if (message !== undefined) return { kind: 'problem', message };
  const protocol = parts.scheme === 'http' ? 'http:' : 'https:';
  return confirm({ protocol, parts });
}

/** The platform must read the host as it was typed; a difference would be a host that nobody asked for. */
function confirm({ protocol, parts }: { protocol: 'https:' | 'http:'; parts: Parts }): AddressReading {
  const hostname = parts.hostname.toLowerCase().replace(/\.$/, '');
  const port = parts.port === undefined ? '' : `:${parts.port}`;
  try {
    const url = new URL(`${protocol}//${hostname}${port}/`);
    if (url.hostname === hostname) {
      const segments = parts.path.split('/').filter((segment) => segment !== '');
      return { kind: 'address', address: { protocol, host: url.host, segments } };
    }
  } catch {
    // Falls through: not a host for the platform.
  }
  return { kind: 'problem', message: 'is not a host name' };
}

interface Parts {
  /** In lower case; undefined where none was given. */
  readonly scheme: string | undefined;
  readonly hostname: string;
  readonly port: string | undefined;
  /** Empty, or from the first slash on. */
  readonly path: string;
}

function takeApart(text: string): Parts {
  const schemeEnd = text.indexOf('://');
  const hasScheme = schemeEnd > 0 && /^[a-z][a-z0-9+.-]*$/i.test(text.slice(0, schemeEnd));
  const rest = hasScheme ? text.slice(schemeEnd + 3) : text;
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const colon = authority.indexOf(':', authority.startsWith('[') ? authority.indexOf(']') : 0);
  return {
    scheme: hasScheme ? text.slice(0, schemeEnd).toLowerCase() : undefined,
    hostname: colon < 0 ? authority : authority.slice(0, colon),
    port: colon < 0 ? undefined : authority.slice(colon + 1),
    path: slash < 0 ? '' : rest.slice(slash),
  };
}

function firstProblem<Input>(
  table: readonly Rule<Input>[],
  input: Input,
  rules: AddressRules,
): string | undefined {
  for (const rule of table) {
    const message = rule(input, rules);
    if (message !== undefined) return message;
  }
  return undefined;
}

const TEXT_RULES: readonly Rule<string>[] = [
  (text) => (text.length > LONGEST_ADDRESS ? `is longer than ${LONGEST_ADDRESS} characters` : undefined),
  foreignCharacter,
  (text) => (text.includes('@') ? "contains '@': give only the host, without a user name" : undefined),
  (text) => (text.includes('\\') ? "contains '\\': give only the host" : undefined),
  (text) => (text.includes('%') ? "contains '%': give only the host, nothing percent-encoded" : undefined),
  (text) => (text.includes('?') ? "contains '?': give only the host, without a query" : undefined),
  (text) => (text.includes('#') ? "contains '#': give only the host, without a fragment" : undefined),
  (text) => (/^(["']).*\1$/.test(text) ? 'is wrapped in quotation marks: leave them out' : undefined),
];

/** Everything outside printable ASCII; what it is called in the message depends on what it is. */
function foreignCharacter(text: string): string | undefined {
  const foreign = text.match(/[^\x21-\x7e]/gu);
  if (foreign === null) return undefined;
  const shown = [...new Set(foreign.map(codePointOf))].slice(0, 4).join(' ');
  if (foreign.some((character) => /[\s\p{Cc}]/u.test(character)))
    return `contains a space or a control character (${shown})`;
  const letters = foreign.every((character) => /[\p{L}\p{M}]/u.test(character));
  const punycode = letters ? punycodeOf(text) : undefined;
  if (punycode === undefined) return `contains a character that no host name has (${shown})`;
  return `contains letters outside ASCII (${shown}), which make it the host ${punycode}: if that is what you mean, write it so`;
}

function codePointOf(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** For a message only, and only for a text that holds nothing but a scheme and letters, digits, dots and hyphens. */
function punycodeOf(text: string): string | undefined {
  const host = /^(?:https?:\/\/)?([\p{L}\p{M}\p{Nd}.-]{1,253})\/?$/u.exec(text)?.[1];
  try {
    return host === undefined ? undefined : new URL(`https://${host}/`).hostname;
  } catch {
    return undefined;
  }
}

const PART_RULES: readonly Rule<Parts>[] = [
  ({ scheme, hostname, path }) =>
    scheme === undefined && hostname === '' && path.startsWith('//')
      ? "starts with '//': give https:// or only the host"
      : undefined,
  ({ port }) => (port?.includes(':') ? 'has several colons: an IPv6 address stands in brackets' : undefined),
  ({ scheme, hostname, port }) =>
    scheme === undefined && port !== undefined && !/^\d+$/.test(port) && !/[.\]]/.test(hostname)
      ? "starts with a scheme other than 'https://'"
      : undefined,
  ({ scheme }) =>
    scheme !== undefined && scheme !== 'https' && scheme !== 'http'
      ? "starts with a scheme other than 'https://'"
      : undefined,
  ({ scheme }, { onPremise }) =>
    scheme === 'http' && !onPremise
      ? "starts with 'http://': a hosted Halo is reached over https only"
      : undefined,
  ({ scheme }, { allowInsecureHttp }) =>
    scheme === 'http' && !allowInsecureHttp
      ? "starts with 'http://', which sends the client secret unencrypted: use https, or accept that with allowInsecureHttp: true"
      : undefined,
  ({ hostname }) => (hostname === '' ? 'has no host' : undefined),
];

/** RFC 1035 section 2.3.4, less the length bytes of the wire form. */
const LONGEST_HOST = 253;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Windows lets administrators name servers with an underscore. */
const ON_PREMISE_LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const BYTE = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const CANONICAL_IPV4 = new RegExp(`^${BYTE}(?:\\.${BYTE}){3}$`);
/** What `new URL` takes for an IPv4 address: `127.1`, `0x7f.1` and `2130706433` as well. */
const ENDS_AS_NUMBER = /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/;

const HOST_RULES: readonly Rule<string>[] = [
  (host) => (host.length > LONGEST_HOST ? `has a host of more than ${LONGEST_HOST} characters` : undefined),
  (host, { onPremise }) =>
    ENDS_AS_NUMBER.test(host) && !onPremise
      ? 'is an IP address: a hosted Halo has a host name (set onPremise: true for a server of your own)'
      : undefined,
  (host) =>
    ENDS_AS_NUMBER.test(host) && !CANONICAL_IPV4.test(host)
      ? 'is an IP address in an unusual form: write it as four decimal numbers'
      : undefined,
  (host) =>
    /^(?:169\.254|0)\./.test(host) && CANONICAL_IPV4.test(host)
      ? 'is an address that no Halo server has'
      : undefined,
  (host, { onPremise }) =>
    /(?:^|\.)localhost\.?$/.test(host) && !onPremise
      ? 'is this machine: set onPremise: true for a server of your own'
      : undefined,
  (host, { onPremise }) => {
    const label = onPremise ? ON_PREMISE_LABEL : LABEL;
    const labels = host.replace(/\.$/, '').split('.');
    return labels.every((part) => label.test(part)) ? undefined : 'is not a host name';
  },
  (host, { onPremise }) =>
    !host.replace(/\.$/, '').includes('.') && !onPremise
      ? 'is not a full host name: give one such as example.halopsa.com'
      : undefined,
];

const IPV6_RULES: readonly Rule<string>[] = [
  (_, { onPremise }) =>
    onPremise
      ? undefined
      : 'is an IP address: a hosted Halo has a host name (set onPremise: true for a server of your own)',
  (host) => (/^\[[0-9a-f:]+\]$/.test(host) ? undefined : 'is an IP address in an unusual form'),
  // Link-local, the unspecified address, IPv4 in disguise, and where cloud machines keep their credentials.
  (host) =>
    /^\[(?:fe[89ab]|::\]|::ffff:|64:ff9b:|fd00:ec2::254\])/.test(host)
      ? 'is an address that no Halo server has'
      : undefined,
];

const PORT_RULES: readonly Rule<string | undefined>[] = [
  (port) =>
    port === undefined || (/^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535)
      ? undefined
      : 'has a port that is not a number from 1 to 65535',
];

const SEGMENT = /^[A-Za-z0-9._~-]+$/;

const PATH_RULES: readonly Rule<string>[] = [
  (path) => {
    const segments = path.replace(/^\//, '').replace(/\/$/, '').split('/');
    const clean = segments.every((segment) => SEGMENT.test(segment) && segment !== '.' && segment !== '..');
    return clean || path === '' || path === '/'
      ? undefined
      : 'has a path that no Halo server has: give only the host';
  },
];
