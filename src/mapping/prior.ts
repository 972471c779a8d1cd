/**
 * How often common words occur in organisation names: document frequencies over 81,197 distinct names of SEC registrants,
 * FinanceDatabase equities, the name-suggestion-index, a city licence register and the EIA's utilities. Each line starts
 * with twice the binary logarithm of the frequency, rounded. Rarer words (below 40 names) are left out: they count as rare.
 */
const PRIOR_LINES = `
27 inc
26 co limited ltd
25 llc
24 and s
23 a corp group holdings
22 company corporation of
21 de energy plc solar technology
20 city fund international public resources the trust
19 ab ag bank capital holding industries p power pt services stock tbk technologies
18 1 acquisition b c district electric financial global gold investment new publ sa school series service shares
17 arkansas center china class construction county cumulative d department development e estate health i income india l management preferred properties real rock solutions systems therapeutics v wind
16 berhad bhd care council education engineering enterprises finance fundo general home ii in industrial industry investimento investments j la little m medical metals minerals mining n partners pharmaceutical pharmaceuticals property share t tech
15 2 4 5 american asa associates auto bancorp boutique by central chemical cleaning common community credit depositary each electronics enterprise express farm first fondo food foods gas goodwill h healthcare imobiliario interest inversion jiangsu joint k law lawn life lp materials media municipal national north oil one oyj pa park perpetual pizza police products r realty reit representing salon schools se securities shanghai shenzhen shop south state steel united university valley ve water west zhejiang
14 3 6 7 academy air america as asset beauty beijing bio blue board cafe clean coffee commercial creek design digital do east entertainment equipment equity f family fire fixed g green growth guangdong hair high hotels house iii incorporated indonesia infrastructure insurance invest john logistics market mobile natural non o on pacific paper pharma pllc rate red redeemable river san sanayi science silver societe software southern stadtwerke star storage store studio supply ticaret to u union usa value ventures
13 1000th 25 8 administradora advanced all anonim anonyme asia at australia authority automotive banco bar big biotech borough brands california canada chemicals clinic com communications consulting coop cooperative du el electronic environmental etc etf exploration fii firm fitness floating fondos for garden generation golden grill homes hospital hotel hydro independent index information james janitorial japan kl kommune land learning lof machinery manufacturing mart material mestska metal mills mountain multi network nippon nv office opportunities ordinary parks partnership petroleum plus point policie precision project q renewable road royal sdis spa special st stadt street system town transportation us utilities ville w western works world y yatirim york
12 00 10 50 adr agency ai aktiengesellschaft anhui apartments attorney barber bds best biosciences black blackrock bond building business car catering catholic cement centre chicken chile club companies copper creative da danske data david del des designs di diamond eagle electrical energia estado etn fashion federal glass gmbh go grand great grupo hangzhou hill hospitality ia inn intelligent iron it johnson jones king laboratories lake leasing leverage library light liquor london marine marketing markets md metro mines mixed more morgan mortgage motor mr nails networks ningbo no northern packaging participacoes pharmacy place plumbing policia pro quality renewables repair rescue restaurant retail rio roofing sales sciences security shandong sirketi smart smith sports sr sugar sun super tax texas thai tire tree uk unified universal vision washington wellness white williams z
11 01 15 40th 75 academies agro agrupamento aktier al alliance allocation alpha ar art australian bancshares bay biopharma biotechnology body brasil brothers brown builders canadian cap carolina cayman centers century charles chenal clark collection college communication consolidated convertible country csg csi custom daily delta dental deuda dollar dr due eastern eco energie environment escolas et european exchange fine flexible forest france fresh fuel fujian furniture future gayrimenkul georgia good groupe guangzhou heights hi hills hong housing ice indian innovation integrated interactive interiors invesco investors island jack jackson jr kitchen ks labs landscaping le lee liberty lithium living long los lr machine malaysia martin max medicine metropolitan mfg michigan mid ministerio mo nacional net nrg nuveen oak ocean old open ortakligi painting parts per photography plant plaza post prefeitura preference premier prime private projects protection purpose re recreation regional rental research residential resorts resource ridge robert royalty rural saint santa scolaire select semiconductor sichuan small socimi sparinvest spirits standard states strategic suites suzhou taiwan tea telecom thailand therapy thomas tokyo top touch trading transport travel und units up urban utility vct venture village virginia warehouse wash wine worldwide x zealand
`;

/** Number of names the prior was counted on. */
const PRIOR_NAMES = 81_197;

/** Frequency taken for a word the table does not list. */
const UNLISTED_FREQUENCY = 5;

let frequencies: ReadonlyMap<string, number> | undefined;

function readFrequencies(): Map<string, number> {
  const found = new Map<string, number>();
  for (const line of PRIOR_LINES.trim().split('\n')) {
    const [level, ...words] = line.split(' ');
    const frequency = 2 ** (Number(level) / 2);
    for (const word of words) found.set(word, frequency);
  }
  return found;
}

/**
 * Returns how telling a word is by the prior alone: 0 for a word in every name, 1 for one seen nowhere.
 *
 * @internal
 */
export function priorRarity(word: string): number {
  frequencies ??= readFrequencies();
  const frequency = frequencies.get(word) ?? UNLISTED_FREQUENCY;
  return Math.log(PRIOR_NAMES / frequency) / Math.log(PRIOR_NAMES);
}
