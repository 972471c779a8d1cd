import { lazy, pattern, readLetters } from './lookup.ts';
import { LATIN_LETTERS } from './normalize.ts';

/** Alphabets from a first letter on, in the order of Unicode. Short vowels that a script leaves out are missing. */
const ALPHABETS: readonly (readonly [first: string, sounds: string])[] = [
  // Greek by ISO 843 (ELOT 743), type 2; letters that sound together are below.
  ['α', 'a v g d e z i th i k l m n x o p r s s t y f ch ps o'],
  // Cyrillic as passports and company registers write it (close to BGN/PCGN), for all languages at once.
  [
    'а',
    'a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch  y  e yu ya e e d g e dz i i j lj nj c k i u dz',
  ],
  // Hebrew.
  ['א', 'a b g d h v z ch t y k k l m m n n s a p p ts ts k r sh t'],
  // Arabic, in two runs.
  ['ء', ' a a u i i a b a t th j h kh d dh r z s sh s d t z a gh'],
  ['ف', 'f q k l m n h w a y'],
];

/** Letters outside the runs above: Turkic Cyrillic, Persian and Urdu. */
const SINGLE_LETTERS = 'ґg ғg қk ңn үu ұu һh әa өo ٱa ٹt پp چch ڈd ڑr ژzh کk گg ںn ھh ہh یy ےe';

/** Letters that are consonants at the start of a word and stand for vowels inside it. */
const INSIDE_WORD = 'וo יi وu يi یi';

/** Greek letters that sound together. */
const GREEK_PAIRS = 'ουou γγng γξnx γχnch';
const GREEK_VOICELESS = 'θκξπσςτφχψ';

/** Hepburn, from U+3041 on in the order of Unicode: a small letter stands before its full one. */
const KANA =
  'a a i i u u e e o o ka ga ki gi ku gu ke ge ko go sa za shi ji su zu se ze so zo ta da chi ji tsu tsu zu te de to do na ni nu ne no ha ba pa hi bi pi fu bu pu he be pe ho bo po ma mi mu me mo ya ya yu yu yo yo ra ri ru re ro wa wa i e o n vu ka ke';
const FIRST_HIRAGANA = 0x3041;
const FIRST_KATAKANA = 0x30a1;
const LAST_KANA = 0x30fc;
const SMALL_TSU = 'っ';
const SMALL_VOWELS = 'ぁぃぅぇぉ';
const SMALL_Y = 'ゃゅょ';

/** Revised Romanization of Korean: a syllable stands at (lead * 21 + vowel) * 28 + tail. */
const HANGUL_LEADS = 'g kk n d tt r m b pp s ss  j jj ch k t p h';
const HANGUL_VOWELS = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i';
const HANGUL_TAILS = ' k k k n n n t l k m l l l p l m p p t t ng t t k t p t';
/** The same where a vowel follows and takes the tail over. */
const HANGUL_CARRIED_TAILS = ' g kk ks n nj n d r lg lm lb ls lt lp r m b ps s ss ng j ch k t p ';
const FIRST_HANGUL = 0xac00;
const LAST_HANGUL = 0xd7a3;
const SILENT_LEAD = 11;
const LEAD_R = 5;
const TAIL_L = 8;

// Greek and Cyrillic accents, Hebrew points, Arabic vowel signs and the stroke that stretches a word.
const MARK = /[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]/;
const letter = pattern('\\p{L}', 'u');

interface Tables {
  readonly letters: ReadonlyMap<string, string>;
  readonly insideWord: ReadonlyMap<string, string>;
  readonly greekPairs: ReadonlyMap<string, string>;
  readonly kana: readonly string[];
  readonly hangul: readonly (readonly string[])[];
}

const tables = lazy(
  (): Tables => ({
    letters: new Map([
      ...readLetters(`${LATIN_LETTERS} ${SINGLE_LETTERS}`),
      ...ALPHABETS.flatMap(readAlphabet),
    ]),
    insideWord: readLetters(INSIDE_WORD),
    greekPairs: readLetters(GREEK_PAIRS, 2),
    kana: KANA.split(' '),
    hangul: [HANGUL_LEADS, HANGUL_VOWELS, HANGUL_TAILS, HANGUL_CARRIED_TAILS].map((sounds) =>
      sounds.split(' '),
    ),
  }),
);

function readAlphabet([first, sounds]: readonly [string, string]): [string, string][] {
  return sounds.split(' ').map((sound, at) => [String.fromCharCode(first.charCodeAt(0) + at), sound]);
}

/**
 * Writes Greek, Cyrillic, Hebrew, Arabic, kana and Hangul in plain Latin letters, and Latin letters such as "ł" and
 * "æ" without stroke and ligature. Everything else stays, Han among it. Linear in the length; applying it twice
 * changes nothing more.
 *
 * For comparing, not for reading: capital letters of these scripts come out small, and a language's own habits
 * (Bulgarian, Ukrainian) give way to one table.
 *
 * @param text composed (NFC or NFKC) text
 * @internal
 */
export function transliterate(text: string): string {
  if (!BEYOND_ASCII.test(text)) return text;
  let out = '';
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code < 0x80) out += text[at++];
    else if (code >= FIRST_HANGUL && code <= LAST_HANGUL) out += readHangul(text, at++, tables());
    else {
      const read = isKana(code) ? readKana(text, at, tables()) : readLetter(text, at, tables());
      out += read.sound;
      at += read.length;
    }
  }
  return out;
}

const BEYOND_ASCII = /[^\0-\x7f]/;

/** How the letters at one place sound, and how many of them were read. */
interface Reading {
  readonly sound: string;
  readonly length: number;
}

function readLetter(text: string, at: number, { letters, insideWord, greekPairs }: Tables): Reading {
  const base = baseOf(text[at]!, letters);
  const sound = letters.get(base);
  if (sound === undefined) {
    const isOfMappedScript = at > 0 && text.charCodeAt(at - 1) > 0x36f && MARK.test(text[at]!);
    return { sound: isOfMappedScript ? '' : text[at]!, length: 1 };
  }
  const startsWord = at === 0 || !letter().test(text[at - 1]!);
  if (base < 'α' || base > 'ω') {
    return { sound: (startsWord ? undefined : insideWord.get(base)) ?? sound, length: 1 };
  }
  const next = at + 1 < text.length ? baseOf(text[at + 1]!, letters) : '';
  const pair = base + next === 'μπ' && startsWord ? 'b' : greekPairs.get(base + next);
  if (pair !== undefined) return { sound: pair, length: 2 };
  if (next !== 'υ' || !'αεη'.includes(base) || /[ϋΰΫ]/.test(text[at + 1]!)) return { sound, length: 1 };
  // "αυ" is "af" before a voiceless sound and at the end of a word, "av" elsewhere.
  const after = at + 2 < text.length ? baseOf(text[at + 2]!, letters) : '';
  const isVoiced = letters.has(after) && !GREEK_VOICELESS.includes(after);
  return { sound: sound + (isVoiced ? 'v' : 'f'), length: 2 };
}

/** A letter in small and without its accent, unless the table knows it with the accent ("й"). */
function baseOf(character: string, letters: ReadonlyMap<string, string>): string {
  const lower = character.toLowerCase();
  return letters.has(lower) ? lower : lower.normalize('NFD').slice(0, 1);
}

function isKana(code: number): boolean {
  return code >= FIRST_HIRAGANA && code <= LAST_KANA;
}

/** The hiragana of a kana at a place, or the character itself; '' beyond the end. */
function hiraganaAt(text: string, at: number): string {
  const code = text.charCodeAt(at);
  if (code < FIRST_KATAKANA || code >= LAST_KANA) return text[at] ?? '';
  return String.fromCharCode(code - FIRST_KATAKANA + FIRST_HIRAGANA);
}

function readKana(text: string, at: number, { kana }: Tables): Reading {
  const letter = hiraganaAt(text, at);
  const next = hiraganaAt(text, at + 1);
  const soundOf = (character: string) => kana[character.charCodeAt(0) - FIRST_HIRAGANA];
  // The stroke that lengthens a vowel tells no two names apart.
  if (text.charCodeAt(at) === LAST_KANA) return { sound: '', length: 1 };
  if (letter === SMALL_TSU) {
    const doubled = soundOf(next)?.slice(0, 1) ?? '';
    return { sound: 'aiueon'.includes(doubled) ? '' : doubled.replace('c', 't'), length: 1 };
  }
  const sound = soundOf(letter);
  if (sound === undefined) return { sound: text[at]!, length: 1 };
  const stem = sound.slice(0, -1);
  if (next !== '' && SMALL_Y.includes(next) && /[ie]$/.test(sound) && stem !== '') {
    const glide = soundOf(next)!;
    return { sound: stem + (/(?:h|j)$/.test(stem) && stem !== 'h' ? glide.slice(1) : glide), length: 2 };
  }
  if (next !== '' && SMALL_VOWELS.includes(next) && /[aiueo]$/.test(sound)) {
    return { sound: (sound === 'u' ? 'w' : stem) + soundOf(next)!, length: 2 };
  }
  return { sound, length: 1 };
}

function readHangul(
  text: string,
  at: number,
  { hangul: [leads, vowels, tails, carriedTails] }: Tables,
): string {
  const index = text.charCodeAt(at) - FIRST_HANGUL;
  const lead = leadOf(text, at);
  const tail = index % 28;
  const nextLead = leadOf(text, at + 1);
  const followsL = lead === LEAD_R && leadOf(text, at - 1) !== -1 && tailOf(text, at - 1) === TAIL_L;
  return (
    (followsL ? 'l' : leads![lead]!) +
    vowels![Math.floor(index / 28) % 21]! +
    (nextLead === SILENT_LEAD ? carriedTails![tail]! : tails![tail]!)
  );
}

/** Number of the first consonant of the syllable at a place; -1 where there is no Hangul syllable. */
function leadOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (!(code >= FIRST_HANGUL && code <= LAST_HANGUL)) return -1;
  return Math.floor((code - FIRST_HANGUL) / (21 * 28));
}

function tailOf(text: string, at: number): number {
  return (text.charCodeAt(at) - FIRST_HANGUL) % 28;
}
