import { domainIn, oneOf } from './lookup.ts';

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
  'ae:sch at:or gv sth au:asn id br:srv art tv eco med adv tur agr eng ind ca:bc nf nb gc pe mb sk nt ns qc nu on nl yk ab cn:zj gd sh bj tj com:sa za mex de eu us cn br co uk jpn gb ru cr:or go ed fi sa cy:ltd ec:med fin edu.au:act tas wa nsw qld sa catholic nt eq vic eg:sci es:nom fr:nom prd asso tm gov.au:vic tas wa nsw qld sa hk:idv hu:info id:sch my web biz or go il:idf muni k12 in:ind firm gen nic res it:coop jp:lg go ne or ed ad gr ke:sc me ne or go kr:or re hs go ne es pe lk:ltd sch my:name net:in se hu uk jp gb ng:sch nz:iwi health maori school gen parliament govt org:ae eu us pe:nom ph:i ngo pk:web biz pl:waw biz info pt:nome publ int ro:info firm nom ru:int spb msk sa:med sch se:pp brand sg:per th:in or go mi tr:k12 bel gen info web tw:idv club tz:sc go ne or ua:in lviv kiev kyiv ug:sc go ne or uk:ltd *sch nhs me police plc uy:gub ve:info web vn:name biz info za:web ngo nis law nom alt school';

/** Below these, each customer of the platform has a name of its own, as under a public suffix. */
const TENANT_PLATFORMS =
  'com:onmicrosoft mail.onmicrosoft sharepoint my.salesforce service-now okta zendesk freshdesk myshopify wordpress wixsite squarespace weebly blogspot godaddysites herokuapp jimdofree webnode us:onmicrosoft de:onmicrosoft cn:partner.onmschina net:atlassian azurewebsites ddns site:business square io:webflow github app:netlify vercel web dev:pages workers me:synology';

const isCommonSecondLevel = oneOf(COMMON_SECOND_LEVELS);
const isSuffix = domainIn(FURTHER_SECOND_LEVELS);

/**
 * Tells whether customers of a hosting platform have names directly below this domain.
 *
 * @internal
 */
export const isTenantPlatform = domainIn(TENANT_PLATFORMS);

/**
 * Returns how many labels at the end of a host are a suffix under which anyone can register.
 *
 * @internal
 */
export function suffixLabels(labels: readonly string[]): number {
  const last = labels.at(-1) ?? '';
  const second = labels.at(-2) ?? '';
  const two = `${second}.${last}`;
  const three = `${labels.at(-3)}.${two}`;
  // "k12.il.us": in the United States the two-letter second levels are the states.
  const isState = last === 'us' && second.length === 2;
  if (isState || isTenantPlatform(three) || isSuffix(three) || isSuffix(`*${two}`)) return 3;
  if (isTenantPlatform(two) || isSuffix(two) || (last.length === 2 && isCommonSecondLevel(second))) return 2;
  return 1;
}
