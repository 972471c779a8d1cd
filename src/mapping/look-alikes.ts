/** Zero-width, soft-hyphen and direction characters: a reader cannot see them. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: combining characters are listed as single code points.
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]|\udb40[\udc00-\uddef]/;
const INVISIBLE_ALL = new RegExp(INVISIBLE.source, 'g');

const HAS_LATIN = /[a-z\u00df-\u024f]/i;
const HAS_CYRILLIC_OR_GREEK = /[\u0370-\u03ff\u0400-\u052f\u13a0-\u13ff]/;
const WORD_BREAK = /[\s\-/.,&()'"]+/;

// Cyrillic and Greek letters that look like a Latin one (Unicode's confusables table, the lower-case letters in common use).
const LOOK_ALIKE_FROM = 'асеорхуікѕјһԁԛԝвнтмгαοενικρτυχηβγμ';
const LOOK_ALIKE_TO = 'aceopxyiksjhdqwbhtmraoevikptuxnbyu';

/**
 * Tells whether a name uses invisible characters, or letters of two scripts within one word.
 *
 * @internal
 */
export function hasLookAlikes(name: string): boolean {
  if (INVISIBLE.test(name)) return true;
  if (!HAS_CYRILLIC_OR_GREEK.test(name)) return false;
  if (!HAS_LATIN.test(name)) return false;
  return name.split(WORD_BREAK).some((word) => isMixed(word) || isDisguised(word));
}

function isMixed(word: string): boolean {
  return HAS_LATIN.test(word) && HAS_CYRILLIC_OR_GREEK.test(word);
}

/** A whole word of look-alike letters beside Latin words ("АСМЕ Ltd"). */
function isDisguised(word: string): boolean {
  if (word.length < 2) return false;
  for (const letter of word.toLowerCase()) if (!LOOK_ALIKE_FROM.includes(letter)) return false;
  return true;
}

/**
 * Rewrites look-alike letters in suspicious words as the Latin letters they imitate and drops invisible characters, so
 * that the intended customer can still be suggested. `folded` is a folded name.
 *
 * @internal
 */
export function unmaskLookAlikes(folded: string): string {
  const visible = folded.replace(INVISIBLE_ALL, '');
  if (!HAS_CYRILLIC_OR_GREEK.test(visible) || !HAS_LATIN.test(visible)) return visible;
  return visible
    .split(' ')
    .map((word) => (isMixed(word) || isDisguised(word) ? latinLetters(word) : word))
    .join(' ');
}

function latinLetters(word: string): string {
  let out = '';
  for (const letter of word) {
    const at = LOOK_ALIKE_FROM.indexOf(letter);
    out += at < 0 ? letter : LOOK_ALIKE_TO[at];
  }
  return out;
}
