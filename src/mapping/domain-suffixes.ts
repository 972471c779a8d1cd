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
  'ae:sch at:gv or sth au:asn id br:adv agr arq art coop eco emp eng etc far imb ind inf jus leg med mp mus not odo ong ppg pro psc psi srv tmp tur tv vet edu.au:act catholic eq nsw nt qld sa tas vic wa gov.au:nsw qld sa tas vic wa ca:ab bc gc mb nb nf nl ns nt nu on pe qc sk yk cn:ah bj cq fj gd gs gx gz ha hb he hi hk hl hn jl js jx ln mo nm nx qh sc sd sh sn sx tj tw xj xz yn zj com:br cn co de eu gb jpn mex ru sa uk us za cy:ltd cr:ed fi go or sa ec:fin info k12 med pro eg:eun name sci es:nom fr:asso nom prd tm hk:idv hu:info priv sport tm id:biz desa go my or sch web il:idf k12 muni in:firm gen ind nic res it:coop jp:ad ed go gr lg ne or ke:go info me ne or sc kr:es go hs kg ms ne or pe re sc lk:assn grp hotel int ltd ngo sch soc web my:name net:gb hu in jp se uk ng:i mobi name sch nz:cri geek gen govt health iwi kiwi maori parliament school org:ae eu us pe:nom ph:i ngo pk:biz fam web pl:biz info media nieruchomosci nom pc powiat waw pt:int nome publ ro:arts firm info nom nt rec store tm ru:int msk spb sa:med pub sch se:bd brand parti pp press tm sg:per th:go in mi or tr:av bbs bel biz dr gen info k12 kep name pol tel tsk tv web tw:club ebiz game idv tz:go hotel info me mobi ne or sc tv ua:dp in kh kiev kyiv lviv od zp ug:go ne or sc uk:ltd me nhs plc police *sch us:*ak *al *ar *az *ca *co *ct *dc *de *fl *ga *hi *ia *id *il *in *ks *ky *la *ma *md *me *mi *mn *mo *ms *mt *nc *nd *ne *nh *nj *nm *nv *ny *oh *ok *or *pa *ri *sc *sd *tn *tx *ut *va *vt *wa *wi *wv *wy uy:gub ve:info web vn:biz health info int name pro za:alt law nis ngo nom school web';

/** Below these, each customer of the platform has a name of its own, as under a public suffix. */
const TENANT_PLATFORMS =
  'onmicrosoft.com mail.onmicrosoft.com onmicrosoft.us onmicrosoft.de partner.onmschina.cn sharepoint.com my.salesforce.com service-now.com okta.com zendesk.com freshdesk.com atlassian.net myshopify.com wordpress.com wixsite.com squarespace.com weebly.com blogspot.com business.site square.site godaddysites.com webflow.io github.io gitlab.io netlify.app vercel.app pages.dev workers.dev herokuapp.com azurewebsites.net cloudapp.net web.app firebaseapp.com bubbleapps.io tumblr.com jimdofree.com jimdosite.com webnode.com strikingly.com mystrikingly.com duckdns.org dyndns.org no-ip.org ddns.net synology.me';

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
  if (table.platforms.has(three) || table.exact.has(three) || table.wildcard.has(two)) return 3;
  if (table.platforms.has(two)) return 2;
  if (table.exact.has(two) || (last.length === 2 && COMMON.has(second))) return 2;
  return 1;
}
