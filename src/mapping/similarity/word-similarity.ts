import { conceptOf } from '../concepts.ts';
import { WORD_CLASS } from '../word-lists.ts';
import type { WordTable } from '../word-table.ts';
import { letterMask } from './letter-mask.ts';
import { osaDistance } from './osa-distance.ts';

/** What each kind of likeness is worth; equal words are 1. Order: how sure a reader is that the same word is meant. */
const SPELLING = 0.97;
const PLURAL = 0.95;
const CONCEPT = 0.93;
const SKELETON = 0.72;

/** Scripts that write few vowels come out without them: "twrz" for "tours". Fewer consonants agree by chance. */
const SAME_CONSONANTS = 0.7;
const LEAST_CONSONANTS = 3;

/** A word cut short: "pharmac" keeps most of "pharmaceutical", "ph" little. */
const CUT_BASE = 0.62;
const CUT_SHARE = 0.33;
const COMPOUND = 0.6;
/** One letter for a word, and letters of a word in order: likely only because nothing else is left to be meant. */
const ONE_LETTER = 0.45;
const SOME_LETTERS = 0.6;

/** Each edit costs its share of the longer word, and a little more, since short words have near neighbours by chance. */
const TYPO_COST = 1.25;

const DIRECTIONS = ['north', 'south', 'east', 'west'];

/** Why two words are alike. @internal */
export const LIKENESS = {
  none: 0,
  equal: 1,
  variant: 2,
  meaning: 3,
  cut: 4,
  typo: 5,
  joined: 6,
  initials: 7,
} as const;

/** How likely two words mean the same, 0..1, and why. @internal */
export interface WordLikeness {
  similarity: number;
  why: number;
}

/**
 * Judges whether two words of the table mean the same. Symmetric.
 *
 * @internal
 */
export function compareWords(table: WordTable, left: number, right: number, out: WordLikeness): void {
  out.why = LIKENESS.none;
  out.similarity = 0;
  if (left === right) {
    settle(out, 1, LIKENESS.equal);
    return;
  }
  const concept = table.concepts[left]!;
  if (concept !== 0 && concept === table.concepts[right]) {
    settle(out, CONCEPT, LIKENESS.meaning);
    return;
  }
  if (excludeEachOther(table, left, right)) return;
  if (table.keys[left] === table.keys[right]) {
    settle(out, SPELLING, LIKENESS.variant);
    return;
  }
  const a = table.words[left]!;
  const b = table.words[right]!;
  const [short, long] = a.length < b.length || (a.length === b.length && a < b) ? [a, b] : [b, a];
  if (hasDigit(a) || hasDigit(b)) return;
  if (isPlural(short, long)) {
    settle(out, PLURAL, LIKENESS.variant);
    return;
  }
  const cut = isGrammar(table, left) || isGrammar(table, right) ? 0 : cutSimilarity(short, long);
  const typo = Math.max(
    typoSimilarity(short, long, table.masks[left]!, table.masks[right]!),
    haveSameConsonants(table, left, right) ? SAME_CONSONANTS : 0,
  );
  // "Sachsen" and "Sachsennetze": the rest is a word by itself, so nothing was cut off.
  if (cut > 0 && long.startsWith(short) && conceptOf(long.slice(short.length)) !== 0)
    settle(out, COMPOUND, LIKENESS.typo);
  else if (typo > cut) settle(out, typo, LIKENESS.typo);
  else if (cut > 0) settle(out, cut, LIKENESS.cut);
}

function isGrammar(table: WordTable, word: number): boolean {
  return table.classes[word] === WORD_CLASS.stop;
}

/** Numbers, directions, places and words of one contrast are equal or different, never misspelt. */
function excludeEachOther(table: WordTable, left: number, right: number): boolean {
  const a = table.classes[left]!;
  const b = table.classes[right]!;
  if (a === WORD_CLASS.number || b === WORD_CLASS.number) return true;
  if (a === b && (a === WORD_CLASS.compass || a === WORD_CLASS.place)) return true;
  if (table.contrasts[left] !== 0 && table.contrasts[left] === table.contrasts[right]) return true;
  const direction = directionIn(table.words[left]!);
  return (
    direction !== '' &&
    directionIn(table.words[right]!) !== '' &&
    direction !== directionIn(table.words[right]!)
  );
}

/** "Westfield" and "Eastfield" differ by a direction, not by two typos. */
function directionIn(word: string): string {
  for (const direction of DIRECTIONS)
    if (word.length > direction.length && word.startsWith(direction)) return direction;
  return '';
}

function settle(out: WordLikeness, similarity: number, why: number): void {
  out.similarity = similarity;
  out.why = why;
}

function isPlural(short: string, long: string): boolean {
  if (short.length < 3 || !long.startsWith(short.slice(0, -1))) return false;
  if (long === `${short}s` || long === `${short}es`) return true;
  return short.endsWith('y') && long === `${short.slice(0, -1)}ies`;
}

function cutSimilarity(short: string, long: string): number {
  if (short.length === 1) return long.charCodeAt(0) === short.charCodeAt(0) ? ONE_LETTER : 0;
  const share = short.length / long.length;
  if (long.startsWith(short)) {
    if (short.length === 2) return 0.45;
    return CUT_BASE - (short.length === 3 ? 0.06 : 0) + CUT_SHARE * share;
  }
  if (short.charCodeAt(0) !== long.charCodeAt(0)) return 0;
  if (isSkeleton(short, long)) return SKELETON;
  const common = commonPrefix(short, long);
  if (isContraction(short, long, common)) return SOME_LETTERS;
  // "australian" and "australia", "technik" and "technikum": one stem.
  return common >= 5 && common >= short.length * 0.7 ? 0.45 + 0.3 * (common / long.length) : 0;
}

/** "mgmt", "hldgs", "pwr": consonants of the long word in order, its first and last among them. */
function isSkeleton(short: string, long: string): boolean {
  if (short.length < 2 || short.length > 6 || short.length * 3.5 < long.length) return false;
  if (short.charCodeAt(short.length - 1) !== long.charCodeAt(long.length - 1)) return false;
  let at = 0;
  for (let i = 0; i < short.length; i++) {
    if (i > 0 && 'aeiou'.includes(short[i]!)) return false;
    at = long.indexOf(short[i]!, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** "comctns", "cda": behind the common start only consonants of the long word in order, and perhaps its last letter. */
function isContraction(short: string, long: string, common: number): boolean {
  if (short.length - common < 2 || short.length * 4 > long.length * 3 || short.length * 3.5 < long.length)
    return false;
  let at = common;
  for (let i = common; i < short.length; i++) {
    const isLast = i === short.length - 1 && long.endsWith(short[i]!);
    if (!isLast && 'aeiou'.includes(short[i]!)) return false;
    at = long.indexOf(short[i]!, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function typoSimilarity(short: string, long: string, leftMask: number, rightMask: number): number {
  const limit = long.length <= 3 ? 0 : long.length <= 6 ? 1 : long.length <= 10 ? 2 : 3;
  if (limit === 0 || long.length - short.length > limit) return 0;
  // Every edit changes at most two letters of the letter sets.
  if (popCount(leftMask ^ rightMask) > 2 * limit) return 0;
  const distance = osaDistance(short, long, limit);
  return distance > limit ? 0 : 1 - (TYPO_COST * distance) / long.length;
}

function commonPrefix(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  return i;
}

function hasDigit(word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    const unit = word.charCodeAt(i);
    if (unit >= 48 && unit <= 57) return true;
  }
  return false;
}

function popCount(bits: number): number {
  let v = bits - ((bits >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Bits of the letter sets: those of vowels, of S and of Z. */
const VOWELS = letterMask('aeiouyw');
const S = letterMask('s');
const Z = letterMask('z');

function haveSameConsonants(table: WordTable, left: number, right: number): boolean {
  // Few words have even the same set of consonants.
  if (consonantMask(table.masks[left]!) !== consonantMask(table.masks[right]!)) return false;
  const consonants = consonantsOf(table.words[left]!);
  return consonants.length >= LEAST_CONSONANTS && consonants === consonantsOf(table.words[right]!);
}

function consonantMask(mask: number): number {
  return ((mask & Z) === 0 ? mask : mask | S) & ~(VOWELS | Z);
}

function consonantsOf(word: string): string {
  return word.replace(/[aeiouyw]/g, '').replace(/z/g, 's');
}
