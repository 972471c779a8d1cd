import { isSecurityNote } from './descriptors.ts';
import { isLegalFormWord } from './legal-forms.ts';
import { oneOf, pattern } from './lookup.ts';
import { classOf, WORD_CLASS } from './word-lists.ts';

/** Words of a name, the identifying part apart from what stands in brackets or after a dash. @internal */
export interface Segments {
  readonly head: readonly string[];
  /** What follows a dash. */
  readonly tails: readonly (readonly string[])[];
  readonly brackets: readonly (readonly string[])[];
}

const letterOrDigit = pattern('[\\p{L}\\p{N}\\p{M}]', 'u');
const SURROGATE = /[\ud800-\udfff]/;
const OPENING = '([{';
const CLOSING = ')]}';
const APOSTROPHES = '\'’‘`´ʼʻ"';

/** Notes that people and ticket systems put around a name; they say nothing about who it is. */
const isNoise = oneOf(
  'old|new|managed|unmanaged|msp|prospect|lead|client|customer|inactive|active|archived|closed|do not use|dont use|test|zz|zzz|z|vip|internal|external|duplicate|dup|migrated|legacy|on hold|suspended|cancelled|terminated|left|temp|former client|ex client|ex customer|break fix|payg|contract|supplier|vendor|partner|the|pudl determined',
  '|',
);

/**
 * Splits folded text into the head and its qualifiers in one pass.
 *
 * @internal
 */
export function splitSegments(folded: string): Segments {
  const segments: { words: string[]; isBracket: boolean }[] = [{ words: [], isBracket: false }];
  let word = '';
  let depth = 0;
  let initials = false;
  const open = (isBracket: boolean) => {
    if (segments.at(-1)!.words.length > 0 || segments.at(-1)!.isBracket !== isBracket)
      segments.push({ words: [], isBracket });
  };
  const flush = () => {
    if (word !== '') segments.at(-1)!.words.push(word);
    word = '';
    initials = false;
  };
  const characters = SURROGATE.test(folded) ? Array.from(folded) : folded.split('');
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i]!;
    if (isWordCharacter(character)) {
      word += character;
    } else if (character === '.' && isInitial(word, initials) && isLetterAt(characters, i + 1)) {
      // "S.A.B." and "A.B.C. Ltd" are one word; "St. Mary" is two.
      initials = true;
      if (!isInitialAhead(characters, i + 1)) flush();
    } else if (character === '.' && initials) {
      flush();
    } else if (APOSTROPHES.includes(character)) {
      // Nothing: "Domino's" is "dominos".
    } else {
      flush();
      if (character === '&' || character === '+') segments.at(-1)!.words.push('and');
      else if (OPENING.includes(character)) {
        depth++;
        open(true);
      } else if (CLOSING.includes(character)) {
        if (depth > 0) depth--;
        if (depth === 0) open(false);
      } else if (depth === 0 && isDashBreak(characters, i)) open(false);
      else if (character === '/' && isStateTag(characters, i)) {
        if (isRegistrationNote(characters, i, segments.at(-1)!.words)) break;
        open(true);
      }
    }
  }
  flush();
  return arrange(segments);
}

function arrange(segments: readonly { words: string[]; isBracket: boolean }[]): Segments {
  const telling = segments.filter(({ words }) => words.length > 0 && !isNoise(words.join(' ')));
  const kept = telling.length > 0 ? telling : segments.filter(({ words }) => words.length > 0);
  let headAt = kept.findIndex(({ isBracket, words }) => !isBracket && !isAccountNumber(words));
  if (headAt < 0) headAt = 0;
  const head = kept[headAt]?.words ?? [];
  const rest = kept.filter(
    ({ words }, at) => at !== headAt && !isAccountNumber(words) && !isSecurityNote(words),
  );
  const tails = rest.filter(({ isBracket }) => !isBracket).map(({ words }) => words);
  const brackets = rest.filter(({ isBracket }) => isBracket).map(({ words }) => words);
  return { head, tails, brackets };
}

/** "C00123", "10442", "SUP-1123": a customer or ticket number in front of or behind the name. */
function isAccountNumber(words: readonly string[]): boolean {
  if (words.length > 2) return false;
  const text = words.join('');
  const digits = text.replace(/[^0-9]/g, '').length;
  return digits >= 3 && digits * 2 >= text.length;
}

function isWordCharacter(character: string): boolean {
  const code = character.codePointAt(0)!;
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  return letterOrDigit().test(character);
}

function isLetterAt(characters: readonly string[], at: number): boolean {
  const character = characters[at];
  return character !== undefined && isWordCharacter(character) && !(character >= '0' && character <= '9');
}

function isInitial(word: string, initials: boolean): boolean {
  return word.length === 1 || initials;
}

/** One letter followed by a dot or the end of the word. */
function isInitialAhead(characters: readonly string[], at: number): boolean {
  const next = characters[at + 1];
  return next === undefined || !isWordCharacter(next);
}

function isDashBreak(characters: readonly string[], at: number): boolean {
  const character = characters[at]!;
  if (character === ':' || character === ';') return characters[at + 1] === ' ';
  return '-–—~*'.includes(character) && characters[at - 1] === ' ' && characters[at + 1] === ' ';
}

/** Behind a legal form, or between two slashes, the tag is a note of the register; but "/UK" tells countries apart. */
function isRegistrationNote(characters: readonly string[], at: number, before: readonly string[]): boolean {
  const isClosed = characters.at(-1) === '/';
  const tag = characters.slice(at + 1, isClosed ? -1 : undefined).join('');
  return (isClosed || isLegalFormWord(before.at(-1) ?? '')) && classOf(tag) !== WORD_CLASS.place;
}

/** The SEC's "/DE/" or "/De": the state of registration at the very end. */
function isStateTag(characters: readonly string[], at: number): boolean {
  const left = characters.length - at - 1;
  if (left < 2 || left > 4 || at === 0) return false;
  for (let i = at + 1; i < characters.length; i++) {
    if (characters[i] === '/') return i === characters.length - 1 && i > at + 1;
    if (!isLetterAt(characters, i)) return false;
  }
  return left <= 3;
}
