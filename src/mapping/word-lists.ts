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
  /** A legal form in an unusual position. */
  form: 6,
} as const;

const STOP =
  'the of and for a an in at on by to de la le les du des der die das den von und fur et el los las del di da do dos das y e e la il lo gli della dell dello van het een voor og av i och en au aux al zu zur zum im am an d l s with or from as its co';

// After the words that mark another legal entity in company registers (holding, charity, pension and trading arms).
const DERIVATIVE =
  'friends league charity charitable enterprises trading holdings holding property properties pension club trustees trustee ventures investments investment finance capital retail leasing realty fund funds trust foundation society association council union academy alumni museum services group parent nominees employees staff sports social wholesale franchise subsidiary logistics pharmacy hospital express outlet kids junior mini online direct plus premium store stores cafe bank insurance mobile energy fuel fuels hotels resorts branch depot division subsidiary site';

const COMPASS =
  'new old north south east west northern southern eastern western northeast northwest southeast southwest central upper lower inner outer midlands mid nord sud ost est ouest norte sur oeste';

const PLACES =
  'uk gb us usa america american britain british england english scotland scottish wales welsh ireland irish europe european eu emea apac asia asian africa african australia australian anz nz zealand canada canadian mexico mexican brazil brasil argentina chile colombia peru china chinese hong kong hk taiwan japan japanese korea korean india indian indonesia malaysia singapore thailand vietnam philippines germany german deutschland france french spain spanish espana italy italian italia portugal netherlands dutch nederland holland belgium belgique switzerland swiss schweiz suisse austria osterreich poland polska czech slovakia hungary romania bulgaria greece turkey turkiye russia russian ukraine sweden sverige norway norge denmark danmark finland suomi iceland israel egypt africa nigeria kenya ghana morocco uae dubai qatar saudi kuwait iran iraq pakistan bangladesh lanka nepal london manchester birmingham leeds liverpool glasgow edinburgh cardiff belfast dublin bristol sheffield york paris lyon marseille berlin munich munchen hamburg frankfurt koln cologne dusseldorf stuttgart vienna wien zurich geneva geneve basel bern madrid barcelona valencia rome roma milan milano turin lisbon porto amsterdam rotterdam brussels bruxelles antwerp copenhagen stockholm oslo helsinki warsaw prague budapest bucharest athens istanbul ankara moscow kiev kyiv toronto montreal vancouver ottawa calgary sydney melbourne brisbane perth auckland wellington tokyo osaka seoul beijing shanghai shenzhen guangzhou mumbai delhi bangalore chennai jakarta manila bangkok boston chicago houston dallas austin atlanta miami denver seattle phoenix philadelphia detroit angeles francisco diego antonio vegas orleans portland alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada hampshire jersey carolina dakota ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming ontario quebec alberta manitoba saskatchewan columbia queensland victoria tasmania nsw';

const NUMBERS =
  'zero:0 one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13 twenty:20 twentieth:20 thirty:30 forty:40 fifty:50 hundred:100 first:1 second:2 third:3 fourth:4 fifth:5 sixth:6 seventh:7 eighth:8 ninth:9 tenth:10 ii:2 iii:3 iv:4 vi:6 vii:7 viii:8 ix:9 xi:11 xii:12 xiii:13 xiv:14 xv:15';

/** Words of one line exclude one another: a name with one of them is not the name with another. */
const CONTRASTS = `
north south east west northern southern eastern western northeast northwest southeast southwest
upper lower middle
inner outer
old new
big little
red green blue white black yellow golden silver orange purple pink grey gray brown scarlet crimson
baptist methodist catholic lutheran presbyterian anglican episcopal pentecostal orthodox evangelical reformed congregational adventist
primary secondary infant infants junior senior high elementary nursery preschool grammar sixth
mary mark marys marks matthew matthews luke lukes john johns paul pauls peter peters james michael michaels george georges andrew andrews david davids thomas joseph josephs patrick patricks anne annes anthony nicholas stephen stephens martin martins margaret margarets francis benedict clare bernard teresa
boys girls
mens womens men women
sunrise sunset sunshine
morning evening night day
summer winter spring autumn
dental vets veterinary medical pharmacy optical optician opticians solicitors accountants architects plumbing roofing electrical dentist dentists surveyors engineers estates lettings
hotel bank school church hospital restaurant university college museum library theatre cinema brewery garage
mothers fathers
king queen kings queens prince princess
lion bear wolf eagle falcon hawk fox stag swan dragon
oak ash elm birch pine cedar maple willow beech
one two three
`;

let contrasts: ReadonlyMap<string, number> | undefined;

/**
 * Returns the number of the group of words that exclude one another, or 0.
 *
 * @internal
 */
export function contrastOf(word: string): number {
  contrasts ??= new Map(
    CONTRASTS.trim()
      .split('\n')
      .flatMap((line, at) => line.split(' ').map((each): [string, number] => [each, at + 1])),
  );
  return contrasts.get(word) ?? 0;
}

let classes: ReadonlyMap<string, number> | undefined;
let numbers: ReadonlyMap<string, string> | undefined;

function readClasses(): Map<string, number> {
  const found = new Map<string, number>();
  const add = (words: string, value: number) => {
    for (const word of words.split(' ')) if (!found.has(word)) found.set(word, value);
  };
  add(STOP, WORD_CLASS.stop);
  add(COMPASS, WORD_CLASS.compass);
  add(PLACES, WORD_CLASS.place);
  add(DERIVATIVE, WORD_CLASS.derivative);
  return found;
}

/**
 * Returns the class of a folded word.
 *
 * @internal
 */
export function classOf(word: string): number {
  if (numberOf(word) !== null) return WORD_CLASS.number;
  classes ??= readClasses();
  return classes.get(word) ?? WORD_CLASS.plain;
}

/**
 * Returns the number a word stands for as digits ("twelve", "12th" and "xii" are "12"), or null.
 *
 * @internal
 */
export function numberOf(word: string): string | null {
  const first = word.charCodeAt(0);
  if (first >= 48 && first <= 57) return ordinalDigits(word);
  numbers ??= new Map(NUMBERS.split(' ').map((entry) => entry.split(':') as [string, string]));
  return numbers.get(word) ?? null;
}

function ordinalDigits(word: string): string | null {
  let end = 0;
  while (end < word.length && isDigit(word.charCodeAt(end))) end++;
  const rest = word.slice(end);
  if (rest !== '' && rest !== 'st' && rest !== 'nd' && rest !== 'rd' && rest !== 'th') return null;
  let start = 0;
  while (start < end - 1 && word.charCodeAt(start) === 48) start++;
  return word.slice(start, end);
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

// "Test" alone is no company, "Test Valley" is.
const PLACEHOLDERS = new Set(
  'test testing tests testcompany unknown none null nil na tbd tba tbc todo undefined default dummy sample example placeholder company customer client organisation organization name unnamed untitled blank empty new other misc various internal temp tmp xxx xx x asdf qwerty noname notset notapplicable notavailable notassigned nocompany nocustomer noclient donotuse delete deleted testcustomer testclient testaccount newcustomer newclient newcompany unassigned catchall'.split(
    ' ',
  ),
);

/**
 * Tells whether a name, folded and without spaces and punctuation, stands for "no name".
 *
 * @internal
 */
export function isPlaceholder(squashed: string): boolean {
  if (PLACEHOLDERS.has(squashed)) return true;
  let end = squashed.length;
  while (end > 0 && isDigit(squashed.charCodeAt(end - 1))) end--;
  return (
    end < squashed.length &&
    end > 0 &&
    PLACEHOLDERS.has(squashed.slice(0, end)) &&
    squashed.startsWith('test')
  );
}
