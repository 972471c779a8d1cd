import { lineOf } from './lookup.ts';

/**
 * How often common words occur in organization names: document frequencies over 81,197 distinct names of SEC registrants,
 * FinanceDatabase equities, the name-suggestion-index, a city licence register and the EIA's utilities. Twice the
 * binary logarithm of the frequency, rounded, is 27 for the first line, 26 for the second and so on. Rarer words (below 40
 * names) are left out, and those of descriptions of securities ("fixed", "redeemable"): they count as rare.
 */
const PRIOR = `
inc
co ltd limited
llc
and s
a group holdings corp
company of corporation
plc technology energy solar de
the trust fund public international resources city
p stock ab industries power pt holding technologies services bank capital ag tbk
district electric global acquisition gold new c series shares service publ investment financial sa school b 1
county cumulative i v development center class construction therapeutics solutions systems estate l real rock arkansas wind india health management properties preferred department e d income china
little general home industrial industry fundo council mining minerals investments education property finance bhd medical metals investimento enterprises share tech pharmaceutical engineering pharmaceuticals berhad care partners
boutique police pizza community credit oyj municipal media bancorp electronics healthcare farm water each materials asa schools shenzhen valley fondo enterprise realty auto shanghai jiangsu life shop steel state goodwill central national reit salon south zhejiang gas north food perpetual representing oil lawn inversion common associates american products securities law depositary express west chemical foods united joint interest cleaning imobiliario university park
pllc clean hotels supply southern river beauty beijing pharma societe non commercial fire family rate america asset silver blue red natural creek paper infrastructure pacific incorporated john san store stadtwerke digital design storage green science air sanayi software market coffee star high cafe logistics ventures insurance indonesia union value academy mobile house guangdong invest bio equipment usa growth east entertainment hair studio equity board ticaret
street banco big parks consulting floating hydro special fii exploration partnership brands clinic japan nippon etc janitorial metal material manufacturing authority asia sdis ville kommune multi coop cooperative anonyme communications information for borough electronic hotel chemicals office etf homes works james petroleum plus hospital western machinery mart transportation stadt mestska point australia mountain opportunities com utilities yatirim firm generation golden bar network york land policie canada california spa royal renewable automotive lof fondos world independent environmental index project grill advanced fitness biotech precision all administradora town learning mills road system garden
gmbh pharmacy ningbo shandong intelligent cement hill adr renewables policia agency security wellness biosciences business sciences best restaurant apartments electrical vision anhui companies repair library chile laboratories london barber club packaging des marketing energia del data car super mines more liquor bond northern lake diamond nails bds sun inn leverage eagle unified jones mortgage fashion washington texas danske etn catholic catering aktiengesellschaft sports david johnson participacoes markets grupo tire sugar centre tree white universal hospitality creative copper mixed sales great grand federal chicken black iron smart thai hangzhou networks retail designs rescue estado glass rio quality building pro metro roofing plumbing leasing king place tax light morgan attorney blackrock williams marine motor smith
max lithium ice liberty fine trading post biotechnology tokyo biopharma transport travel states worldwide communication brothers fujian plant hills invesco hong interactive living energie suites european eco heights recreation wash village college ridge collection therapy mid ocean eastern machine bancshares suzhou guangzhou cap touch cayman alliance los fuel thailand zealand clark dental indian allocation protection delta carolina medicine art top projects utility island und semiconductor brasil long integrated jackson brown lee nacional net bay martin small consolidated jack standard oak malaysia urban parts century australian forest deuda nrg mfg michigan virginia csg innovation prime residential strategic aktier interiors prefeitura alpha spirits centers future agro labs gayrimenkul investors nuveen country ministerio photography research rental france royalty builders furniture agrupamento dollar daily robert environment exchange housing flexible regional metropolitan venture wine sparinvest ortakligi socimi fresh escolas private good premier body academies saint santa old kitchen landscaping painting per thomas georgia open groupe csi resource resorts due purpose rural convertible scolaire select sichuan plaza telecom tea custom taiwan canadian charles warehouse vct
`;

/** Twice the binary logarithm of the frequency of the words in the first line. */
const FIRST_LINE = 27;

const lineOfWord = lineOf(PRIOR);

/** Number of names the prior was counted on. */
const PRIOR_NAMES = 81_197;

/** Frequency taken for a word the table does not list, and for one of one or two plain letters. */
const UNLISTED_FREQUENCY = 5;
const SHORT_FREQUENCY = 90;

/**
 * Returns how telling a word is by the prior alone: 0 for a word in every name, 1 for one seen nowhere.
 *
 * @internal
 */
export function priorRarity(word: string): number {
  const line = lineOfWord(word);
  const unlisted = word.length > 2 || word > '~' ? UNLISTED_FREQUENCY : SHORT_FREQUENCY;
  const frequency = line > 0 ? 2 ** ((FIRST_LINE + 1 - line) / 2) : unlisted;
  return Math.log(PRIOR_NAMES / frequency) / Math.log(PRIOR_NAMES);
}
