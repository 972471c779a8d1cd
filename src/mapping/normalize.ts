import { lazy, readLetters } from './lookup.ts';

/** Names longer than this many UTF-16 code units are cut: NFKC is quadratic on runs of combining marks. @internal */
export const MAX_NAME_UNITS = 1024;

/** Letters that NFD leaves whole although readers treat them as accented or joined Latin letters. @internal */
export const LATIN_LETTERS = 'æae øo œoe łl đd ðd þth ıi ħh ŋn ŧt ĸk əe ßss';

const plainLetters = lazy(() => readLetters(`${LATIN_LETTERS} ςσ`));

// Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs. Kana voicing marks stay: they change the sound.
const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1-\u05c7\u064b-\u065f\u0670]/g;
const NOT_ASCII = /[\u0080-\uffff]/g;

/**
 * Cuts a text to at most `units` UTF-16 code units, never inside a surrogate pair.
 *
 * @internal
 */
export function cutText(text: string, units: number = MAX_NAME_UNITS): string {
  if (text.length <= units) return text;
  const last = text.charCodeAt(units - 1);
  const isHighSurrogate = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHighSurrogate ? units - 1 : units);
}

/**
 * Folds case, width, compatibility forms and accents away: two spellings a reader would call the same become equal.
 * Idempotent. The text is cut before NFKC and again after every step that may lengthen it.
 *
 * @internal
 */
export function foldText(text: string): string {
  const cut = cutText(text);
  if (cut.search(NOT_ASCII) < 0) return cut.toLowerCase();
  const lower = cutText(cut.normalize('NFKC')).toLowerCase();
  const bare = lower.normalize('NFD').replace(ACCENTS, '').normalize('NFC');
  return cutText(bare.replace(NOT_ASCII, (letter) => plainLetters().get(letter) ?? letter));
}
