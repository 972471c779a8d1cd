import { isTenantPlatform, suffixLabels } from './domain-suffixes.ts';
import { decodePunycode } from './punycode.ts';

/** The longest host name is 253 letters (RFC 1035); scheme, user and path may stand around it. */
const LONGEST_DOMAIN_TEXT = 2048;
const LONGEST_HOST = 253;

/** Mail providers that use one name below many top levels. */
const MAIL_BRANDS =
  'gmail googlemail hotmail outlook live msn yahoo ymail rocketmail aol gmx yandex protonmail';

/** Mail for everyone, by providers and by access networks: an address there says nothing about the employer. */
const MAIL_DOMAINS =
  'icloud.com me.com mac.com proton.me mail.com email.com zoho.com fastmail.com hey.com tutanota.com tuta.com btinternet.com btconnect.com sky.com talktalk.net virginmedia.com virgin.net ntlworld.com blueyonder.co.uk tiscali.co.uk plusnet.com orange.net o2.co.uk web.de t-online.de freenet.de posteo.de mailbox.org orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it tiscali.it virgilio.it alice.it terra.es sapo.pt telenet.be proximus.be ziggo.nl kpnmail.nl xs4all.nl home.nl bluewin.ch aon.at online.no telia.com eircom.net wp.pl o2.pl onet.pl seznam.cz freemail.hu comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net optonline.net frontier.com windstream.net centurylink.net shaw.ca rogers.com sympatico.ca bell.net telus.net videotron.ca bigpond.com bigpond.net.au optusnet.com.au tpg.com.au xtra.co.nz qq.com 163.com 126.com sina.com sohu.com foxmail.com naver.com daum.net hanmail.net docomo.ne.jp mail.ru bk.ru inbox.ru ya.ru ukr.net uol.com.br bol.com.br terra.com.br telkomsa.net walla.co.il';

/** Sites that host pages of many firms, and names that people put where a domain is asked for. */
const SHARED_SITES =
  'google.com facebook.com fb.com instagram.com linkedin.com twitter.com x.com youtube.com tiktok.com github.com yelp.com yell.com amazon.com linktr.ee bit.ly wix.com godaddy.com cloudfront.net amazonaws.com azure.com windows.net microsoft.com office.com microsoftonline.com example.com example.org example.net test.com domain.com none.com company.com';

/** Top levels after which a bare "word.tld" typed as a name is a domain; the rest may be initials or file names. */
const TOP_LEVELS_IN_NAMES =
  'com net org edu gov info biz io ai app dev cloud online shop store tech group agency solutions services health dental law legal care london uk us ca au nz za ie de at ch fr be nl lu it es pt se no dk fi is pl cz sk hu ro bg gr tr ru ua il ae sa in sg my hk tw jp kr cn br mx ar cl co pe eu me tv id th vn ph pk lk bd ng ke eg ma tn lt lv ee rs hr si is';

const BRANDS: ReadonlySet<string> = new Set(MAIL_BRANDS.split(' '));
const SHARED: ReadonlySet<string> = new Set(`${MAIL_DOMAINS} ${SHARED_SITES}`.split(' '));
const NAME_TOP_LEVELS: ReadonlySet<string> = new Set(TOP_LEVELS_IN_NAMES.split(' '));
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}_-]*[\p{L}\p{M}\p{N}])?$/u;

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
  return labels.every((label) => label.length <= 63 && LABEL.test(label)) ? labels.join('.') : null;
}

/**
 * Tells whether many unrelated people share a domain: free mail, access networks, social and hosting sites.
 *
 * @param domain a registrable domain, in lower case
 * @internal
 */
export function isSharedDomain(domain: string): boolean {
  if (SHARED.has(domain) || isTenantPlatform(domain)) return true;
  const dot = domain.indexOf('.');
  return BRANDS.has(domain.slice(0, dot));
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
  const isUsual = NAME_TOP_LEVELS.has(host.slice(host.lastIndexOf('.') + 1));
  const brand = domain.slice(0, domain.indexOf('.'));
  // "a.b.co" or "j.me" are initials rather than a site.
  if (brand.length < 2 || !(isMarked || isUsual)) return null;
  return isSharedDomain(domain) && trimmed.includes('@') ? null : brand;
}
