import { lazy, lineOf, oneOf, readHeads } from './lookup.ts';

/** What kind of word it is: the engine asks only whether it tells bodies apart. @internal */
export const WORD_CLASS = {
  plain: 0,
  /** Grammar: of, the, and. */
  stop: 1,
  /** Marks another body of the same name: holdings, charity, pension. */
  derivative: 2,
  /** A direction: north, south. */
  compass: 3,
  /** A country, state or large city. */
  place: 4,
  /** Digits, a number word, an ordinal or a Roman numeral. */
  number: 5,
} as const;

/**
 * Words of a class, by its number: grammar; words that mark another legal entity in company registers (holding, charity,
 * pension and trading arms); directions; places.
 */
const CLASSES = `
il das les with im al as l van der of des di von dell du do della del a de an au dos die am el the le los fur da dello zur d lo zu to s at gli voor la zum i or las on for from het co een aux av in its den by and e und et en och og y
outlet foundation group holdings pharmacy nominees direct site branch franchise realty cafe logistics ventures insurance union properties property junior energy enterprises alumni resorts funds fuel employees division store staff trust fund pension stores investments sports leasing kids league academy mobile council mini retail depot holding society charity charitable trustees association services bank capital online trading investment finance trustee club parent friends fuels premium plus hospital museum hotels subsidiary express wholesale social
lower upper mid sur sud ost oeste ouest central est nord northern southern south eastern east western west northwest southeast southwest northeast north norte outer inner midlands old new
ukraine uk saudi kong italian italia french france italy malaysia nederland asia nepal vietnam holland irish turkey turkiye japanese japan britain british scottish belgique hungary australian denmark danmark lanka bulgaria nigeria england asian brazil brasil iceland african anz suisse switzerland schweiz america qatar bangladesh polska eu european europe argentina mexican hk indian welsh belgium colombia english finland spain czech spanish espana korean norway norge korea peru hong taiwan canada germany german deutschland kuwait usa nz canadian ghana kenya mexico philippines romania iran gb russia russian apac africa iraq egypt australia morocco american chile dubai singapore us chinese china scotland dutch netherlands sverige sweden slovakia ireland suomi wales greece indonesia uae india portugal emea pakistan swiss austria osterreich israel thailand zealand poland lyon delhi cologne wellington bristol amsterdam beijing philadelphia moscow munchen leeds glasgow munich frankfurt montreal rotterdam brussels sheffield cardiff bangkok kyiv kiev bruxelles prague chennai york liverpool istanbul barcelona marseille houston milan angeles portland perth porto tokyo boston manchester hamburg guangzhou ottawa madrid roma dusseldorf rome miami turin diego milano detroit bucharest budapest vancouver denver dallas orleans shenzhen valencia antwerp antonio phoenix bangalore copenhagen vegas athens atlanta osaka mumbai stuttgart toronto shanghai edinburgh manila oslo zurich francisco ankara seattle geneve geneva seoul paris vienna stockholm helsinki koln melbourne jakarta chicago warsaw london basel calgary austin berlin bern brisbane dublin sydney birmingham belfast wien auckland lisbon washington texas dakota carolina oregon tennessee indiana ohio missouri mississippi arkansas wyoming hawaii arizona maryland pennsylvania illinois georgia oklahoma nevada california kansas wisconsin minnesota colorado delaware maine utah hampshire idaho connecticut montana kentucky jersey florida michigan virginia louisiana alabama nebraska alaska iowa massachusetts vermont tasmania quebec ontario manitoba alberta columbia saskatchewan victoria nsw queensland
`;

/** Number words, ordinals and Roman numerals behind their digits. */
const NUMBERS = `
0 zero
1 one first
2 two second ii
3 three third iii
4 four fourth iv
5 five fifth
6 six sixth vi
7 seven seventh vii
8 eight eighth viii
9 nine ninth ix
10 ten tenth
11 eleven xi
12 twelve xii
13 thirteen xiii
14 xiv
15 xv
20 twenty twentieth
30 thirty
40 forty
50 fifty
100 hundred
`;

/** Words of one line exclude one another: a name with one of them is not the name with another. */
const CONTRASTS = `
northern southern south eastern east western west northwest southeast southwest northeast north
lower upper middle
outer inner
old new
little big
yellow pink crimson brown orange green scarlet silver blue red black golden purple white grey gray
pentecostal congregational reformed adventist presbyterian catholic orthodox baptist episcopal methodist evangelical lutheran anglican
elementary junior grammar infant infants senior secondary primary nursery preschool high
benedict bernard teresa anthony martin nicholas james peters mary andrew lukes pauls mark paul andrews marks patricks patrick peter luke john stephens annes stephen martins anne david johns davids matthews margaret michael michaels margarets matthew thomas george joseph francis clare josephs marys georges
boys girls
women womens mens men
sunset sunrise sunshine
evening day night morning
spring autumn winter summer
dental dentist dentists optical engineers opticians surveyors optician accountants architects electrical roofing plumbing lettings pharmacy medical estates solicitors veterinary vets
university cinema school brewery garage college theatre hospital museum hotel bank restaurant library church
mothers fathers
king kings princess prince queens queen
dragon stag hawk lion swan wolf fox bear eagle falcon
ash beech cedar elm oak maple willow pine birch
`;

/**
 * Returns the number of the group of words that exclude one another, or 0.
 *
 * @internal
 */
export const contrastOf = lineOf(CONTRASTS);

const listedClass = lineOf(CLASSES);
const numbers = lazy(() => readHeads(NUMBERS));

/**
 * Returns the class of a folded word.
 *
 * @internal
 */
export function classOf(word: string): number {
  return numberOf(word) === null ? listedClass(word) : WORD_CLASS.number;
}

/**
 * Returns the number a word stands for as digits ("twelve", "12th" and "xii" are "12"), or null.
 *
 * @internal
 */
export function numberOf(word: string): string | null {
  const digits = /^(\d+)(?:st|nd|rd|th)?$/.exec(word)?.[1];
  return digits?.replace(/^0+(?=\d)/, '') ?? numbers().get(word) ?? null;
}

// "Test" alone is no company, "Test Valley" is.
const isNoName = oneOf(
  'na delete noname notapplicable other notavailable qwerty tbd undefined untitled unknown x xxx xx empty tba default donotuse various dummy tbc notset organisation organization tmp asdf name nocompany tests customer blank deleted unnamed client example testclient null testaccount todo notassigned unassigned catchall testcustomer new nocustomer newcompany testing placeholder newcustomer nil misc internal newclient noclient none company testcompany temp sample test',
);

/**
 * Tells whether a name, folded and without spaces and punctuation, stands for "no name".
 *
 * @internal
 */
export function isPlaceholder(squashed: string): boolean {
  return isNoName(squashed) || (squashed.startsWith('test') && isNoName(squashed.replace(/\d+$/, '')));
}
