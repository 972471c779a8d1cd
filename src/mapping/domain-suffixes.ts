/**
 * Under these second levels names are registered in nearly every country domain that has second levels at all; where
 * a country has none, a company called "co" or "org" would be misread, which costs one weak signal.
 */
const COMMON_SECOND_LEVELS = 'ac co com edu gob gov gouv mil net org';

/**
 * Further suffixes per top level, cut from the Public Suffix List (publicsuffix.org, as of 2026): those under which
 * companies, public bodies and schools register. `*x` means that the level below `x` belongs to the suffix as well.
 */
const FURTHER_SECOND_LEVELS =
  'ae:sch at:gv or sth au:asn id br:adv agr art eco eng ind med srv tur tv edu.au:act catholic eq nsw nt qld sa tas vic wa gov.au:nsw qld sa tas vic wa ca:ab bc gc mb nb nf nl ns nt nu on pe qc sk yk cn:bj gd sh tj zj com:br cn co de eu gb jpn mex ru sa uk us za cy:ltd cr:ed fi go or sa ec:fin med eg:sci es:nom fr:asso nom prd tm hk:idv hu:info id:biz go my or sch web il:idf k12 muni in:firm gen ind nic res it:coop jp:ad ed go gr lg ne or ke:go me ne or sc kr:es go hs ne or pe re lk:ltd sch my:name net:gb hu in jp se uk ng:sch nz:gen govt health iwi maori parliament school org:ae eu us pe:nom ph:i ngo pk:biz web pl:biz info waw pt:int nome publ ro:firm info nom ru:int msk spb sa:med sch se:brand pp sg:per th:go in mi or tr:bel gen info k12 web tw:club idv tz:go ne or sc ua:in kiev kyiv lviv ug:go ne or sc uk:ltd me nhs plc police *sch uy:gub ve:info web vn:biz info name za:alt law nis ngo nom school web';

/** Below these, each customer of the platform has a name of its own, as under a public suffix. */
const TENANT_PLATFORMS =
  'onmicrosoft.com mail.onmicrosoft.com onmicrosoft.us onmicrosoft.de partner.onmschina.cn sharepoint.com my.salesforce.com service-now.com okta.com zendesk.com freshdesk.com atlassian.net myshopify.com wordpress.com wixsite.com squarespace.com weebly.com blogspot.com business.site square.site godaddysites.com webflow.io github.io netlify.app vercel.app pages.dev workers.dev herokuapp.com azurewebsites.net web.app jimdofree.com webnode.com ddns.net synology.me';

interface SuffixTable {
  readonly exact: ReadonlySet<string>;
  readonly wildcard: ReadonlySet<string>;
  readonly platforms: ReadonlySet<string>;
}

let table: SuffixTable | undefined;

function readTable(): SuffixTable {
  const exact = new Set<string>();
  const wildcard = new Set<string>();
  let topLevel = '';
  for (const entry of FURTHER_SECOND_LEVELS.split(' ')) {
    const colon = entry.indexOf(':');
    if (colon !== -1) topLevel = entry.slice(0, colon);
    const level = entry.slice(colon + 1);
    if (level.startsWith('*')) wildcard.add(`${level.slice(1)}.${topLevel}`);
    else if (level !== '') exact.add(`${level}.${topLevel}`);
  }
  return { exact, wildcard, platforms: new Set(TENANT_PLATFORMS.split(' ')) };
}

const COMMON: ReadonlySet<string> = new Set(COMMON_SECOND_LEVELS.split(' '));

/**
 * Tells whether customers of a hosting platform have names directly below this domain.
 *
 * @internal
 */
export function isTenantPlatform(domain: string): boolean {
  table ??= readTable();
  return table.platforms.has(domain);
}

/**
 * Returns how many labels at the end of a host are a suffix under which anyone can register.
 *
 * @internal
 */
export function suffixLabels(labels: readonly string[]): number {
  table ??= readTable();
  const last = labels.at(-1) ?? '';
  const second = labels.at(-2) ?? '';
  const two = `${second}.${last}`;
  const three = `${labels.at(-3)}.${two}`;
  // "k12.il.us": in the United States the two-letter second levels are the states.
  const isState = last === 'us' && second.length === 2;
  if (isState || table.platforms.has(three) || table.exact.has(three) || table.wildcard.has(two)) return 3;
  if (table.platforms.has(two)) return 2;
  if (table.exact.has(two) || (last.length === 2 && COMMON.has(second))) return 2;
  return 1;
}
