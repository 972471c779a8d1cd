/**
 * How often common words occur in organization names: document frequencies over 81,197 distinct names of SEC registrants,
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
16 berhad bhd care council education engineering enterprises finance fundo general home industrial industry investimento investments little medical metals minerals mining partners pharmaceutical pharmaceuticals property share tech
15 american asa associates auto bancorp boutique central chemical cleaning common community credit depositary each electronics enterprise express farm first fondo food foods gas goodwill healthcare imobiliario interest inversion jiangsu joint law lawn life materials media municipal national north oil one oyj park perpetual pizza police products realty reit representing salon schools securities shanghai shenzhen shop south state steel united university valley water west zhejiang
14 academy air america asset beauty beijing bio blue board cafe clean coffee commercial creek design digital east entertainment equipment equity family fire fixed green growth guangdong hair high hotels house iii incorporated indonesia infrastructure insurance invest john logistics market mobile natural non pacific paper pharma pllc rate red redeemable river san sanayi science silver societe software southern stadtwerke star storage store studio supply ticaret union usa value ventures
13 1000th administradora advanced all anonim anonyme asia australia authority automotive banco bar big biotech borough brands california canada chemicals clinic com communications consulting coop cooperative electronic environmental etc etf exploration fii firm fitness floating fondos for garden generation golden grill homes hospital hotel hydro independent index information james janitorial japan kommune land learning lof machinery manufacturing mart material mestska metal mills mountain multi network nippon office opportunities ordinary parks partnership petroleum plus point policie precision project renewable road royal sdis spa special stadt street system town transportation utilities ville western works world yatirim york
12 adr agency aktiengesellschaft anhui apartments attorney barber bds best biosciences black blackrock bond building business car catering catholic cement centre chicken chile club companies copper creative danske data david del des designs diamond eagle electrical energia estado etn fashion federal glass gmbh grand great grupo hangzhou hill hospitality inn intelligent iron johnson jones king laboratories lake leasing leverage library light liquor london marine marketing markets metro mines mixed more morgan mortgage motor nails networks ningbo northern packaging participacoes pharmacy place plumbing policia pro quality renewables repair rescue restaurant retail rio roofing sales sciences security shandong sirketi smart smith sports sugar sun super tax texas thai tire tree unified universal vision washington wellness white williams
11 40th academies agro agrupamento aktier alliance allocation alpha art australian bancshares bay biopharma biotechnology body brasil brothers brown builders canadian cap carolina cayman centers century charles chenal clark collection college communication consolidated convertible country csg csi custom daily delta dental deuda dollar due eastern eco energie environment escolas european exchange fine flexible forest france fresh fuel fujian furniture future gayrimenkul georgia good groupe guangzhou heights hills hong housing ice indian innovation integrated interactive interiors invesco investors island jack jackson kitchen labs landscaping lee liberty lithium living long los machine malaysia martin max medicine metropolitan mfg michigan mid ministerio nacional net nrg nuveen oak ocean old open ortakligi painting parts per photography plant plaza post prefeitura preference premier prime private projects protection purpose recreation regional rental research residential resorts resource ridge robert royalty rural saint santa scolaire select semiconductor sichuan small socimi sparinvest spirits standard states strategic suites suzhou taiwan tea telecom thailand therapy thomas tokyo top touch trading transport travel und units urban utility vct venture village virginia warehouse wash wine worldwide zealand
`;

/** Number of names the prior was counted on. */
const PRIOR_NAMES = 81_197;

/** Frequency taken for a word the table does not list, and for one of one or two plain letters. */
const UNLISTED_FREQUENCY = 5;
const SHORT_FREQUENCY = 90;

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
  const frequency =
    frequencies.get(word) ?? (word.length > 2 || word > '~' ? UNLISTED_FREQUENCY : SHORT_FREQUENCY);
  return Math.log(PRIOR_NAMES / frequency) / Math.log(PRIOR_NAMES);
}
