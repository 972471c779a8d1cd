import { isTenantPlatform, suffixLabels } from './domain-suffixes.ts';
import { domainIn, oneOf, pattern } from './lookup.ts';
import { decodePunycode } from './punycode.ts';

/** The longest host name is 253 letters (RFC 1035); scheme, user and path may stand around it. */
const LONGEST_DOMAIN_TEXT = 2048;
const LONGEST_HOST = 253;

/** Mail providers that use one name below many top levels. */
const MAIL_BRANDS =
  'gmail googlemail hotmail outlook live msn yahoo ymail rocketmail aol gmx yandex protonmail';

/** Mail for everyone, by providers and by access networks: an address there says nothing about the employer. */
const MAIL_DOMAINS =
  'com:zoho bigpond icloud sina me qq 126 163 frontier rogers email sky mac foxmail fastmail ntlworld hey tuta tutanota sohu plusnet mail virginmedia btinternet naver telia btconnect net:verizon charter telkomsa att telus centurylink cox bellsouth earthlink comcast laposte bell windstream orange hanmail virgin talktalk daum sbcglobal eircom ukr optonline fr:free wanadoo orange sfr ca:shaw videotron sympatico me:proton es:terra ne.jp:docomo com.au:tpg optusnet com.br:terra uol bol be:proximus telenet cz:seznam no:online de:freenet t-online posteo web hu:freemail ru:inbox bk mail ya org:mailbox at:aon ch:bluewin pl:wp o2 onet pt:sapo co.uk:blueyonder o2 tiscali co.nz:xtra net.au:bigpond it:alice libero virgilio tiscali nl:xs4all kpnmail home ziggo co.il:walla';

/** Sites that host pages of many firms, and names that people put where a domain is asked for. */
const SHARED_SITES =
  'com:google facebook fb instagram linkedin twitter x youtube tiktok github yelp yell amazon wix godaddy amazonaws azure microsoft office microsoftonline example test domain none company ee:linktr ly:bit net:cloudfront windows example org:example';

/** Top levels after which a bare "word.tld" typed as a name is a domain; the rest may be initials or file names. */
const TOP_LEVELS_IN_NAMES =
  'ae cl au legal bg agency se tw london sg hu uk ke es ng ph hr mx gr eg cz shop store dev pt za lk biz info id ro ee cloud health ma in services ru lv nz care de gov il hk my net th law ie dk ar tr io com edu me no nl is solutions app ca lu tech pl dental tv fr br co ua be pe it tn rs ch sk kr online pk jp vn group ai us cn bd fi sa at si eu lt org';

const isMailBrand = oneOf(MAIL_BRANDS);
const isMailDomain = domainIn(MAIL_DOMAINS);
const isSharedSite = domainIn(SHARED_SITES);
const isUsualTopLevel = oneOf(TOP_LEVELS_IN_NAMES);
const label = pattern('^[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}_-]*[\\p{L}\\p{M}\\p{N}])?$', 'u');

/**
 * Returns the part of a host that its owner registered: "mail.acme.co.uk" is "acme.co.uk". On platforms that give
 * each customer a name below theirs it is that name: "acme.onmicrosoft.com". Null for an address, a single word or a
 * bare suffix.
 *
 * @param host a host name in lower case, without port
 * @internal
 */
export function registrableDomain(host: string): string | null {
  const labels = host.split('.');
  const suffix = suffixLabels(labels);
  // "school.sch.uk", where schools usually have one more level, and platforms themselves stand for themselves.
  if (labels.length === suffix && (suffix === 3 || isTenantPlatform(host))) return host;
  if (labels.length <= suffix) return null;
  const owned = labels.slice(-suffix - 1).join('.');
  // The second name that Microsoft gives each tenant, for mail routing.
  return owned.endsWith('.mail.onmicrosoft.com') ? owned.replace('.mail.', '.') : owned;
}

/**
 * Returns the registrable domain in a host, URL or e-mail address; null when there is none.
 *
 * @param text a host, URL or e-mail address, of any length
 * @param registrable cuts a host to its registrable domain; the caller's own, such as one that knows every suffix
 * @internal
 */
export function parseDomain(
  text: string,
  registrable: (host: string) => string | null = registrableDomain,
): string | null {
  const host = parseHost(text);
  return host === null ? null : registrable(host);
}

/** Returns the host in a host, URL or e-mail address, in lower case, punycode decoded; null when there is none. */
function parseHost(text: string): string | null {
  let rest = text.slice(0, LONGEST_DOMAIN_TEXT).trim().toLowerCase();
  // "Jo Smith <jo@acme.com>"
  if (rest.endsWith('>')) rest = rest.slice(rest.lastIndexOf('<') + 1, -1);
  const scheme = rest.indexOf('://');
  if (scheme !== -1) rest = rest.slice(scheme + 3);
  else if (rest.startsWith('mailto:')) rest = rest.slice(7);
  const end = rest.search(/[/?#\\\s,;]/);
  if (end !== -1) rest = rest.slice(0, end);
  rest = rest.slice(rest.lastIndexOf('@') + 1).replace(/:\d{0,5}$/, '');
  if (rest.startsWith('*.')) rest = rest.slice(2);
  if (rest.endsWith('.')) rest = rest.slice(0, -1);
  const labels = rest.split('.').map(decodePunycode);
  const last = labels.at(-1)!;
  if (rest.length > LONGEST_HOST || labels.length < 2 || last.length < 2 || /\d/.test(last)) return null;
  return labels.every((each) => each.length <= 63 && label().test(each)) ? labels.join('.') : null;
}

/**
 * Tells whether many unrelated people share a domain: free mail, access networks, social and hosting sites.
 *
 * @param domain a registrable domain, in lower case
 * @internal
 */
export function isSharedDomain(domain: string): boolean {
  if (isMailDomain(domain) || isSharedSite(domain) || isTenantPlatform(domain)) return true;
  return isMailBrand(domain.slice(0, domain.indexOf('.')));
}

/**
 * Returns the brand in a domain that was typed as the whole name: "acme" for "www.acme.co.uk", "acme.onmicrosoft.com"
 * or "info@acme.com". Null for every other name, also for one that only contains a domain.
 *
 * @param name the name as typed
 * @internal
 */
export function domainInName(name: string): string | null {
  const trimmed = name.slice(0, LONGEST_DOMAIN_TEXT).trim().toLowerCase();
  if (trimmed === '' || /\s/.test(trimmed)) return null;
  const host = parseHost(trimmed);
  const domain = host === null ? null : registrableDomain(host);
  if (host === null || domain === null) return null;
  const isMarked = host.startsWith('www.') || trimmed.includes('://') || trimmed.includes('@');
  const isUsual = isUsualTopLevel(host.slice(host.lastIndexOf('.') + 1));
  const brand = domain.slice(0, domain.indexOf('.'));
  // "a.b.co" or "j.me" are initials rather than a site.
  if (brand.length < 2 || !(isMarked || isUsual)) return null;
  return isSharedDomain(domain) && trimmed.includes('@') ? null : brand;
}
