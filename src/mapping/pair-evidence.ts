import type { Alignment } from './align.ts';
import type { AlignedSide } from './aligned-side.ts';
import type { NameDocument } from './document.ts';
import { EVIDENCE_KINDS, type EvidenceKind, type EvidenceName } from './evidence-kinds.ts';
import { compareForms } from './legal-forms.ts';
import { VARIANT_SOURCE } from './parse-name.ts';
import { initialsSimilarity } from './similarity/initials.ts';
import { soundKey } from './similarity/sound-key.ts';
import { WORD_CLASS } from './word-lists.ts';
import type { WordTable } from './word-table.ts';

/** Shares of the quick likeness; measured on public data, an untrained mix that already beats its parts. */
const ALIGNMENT_SHARE = 0.55;
const GRAM_SHARE = 0.25;
const SPELLING_SHARE = 0.2;

/** The whole name is the better reading unless a line of it is much closer. */
const PART_FACTOR = 0.9;

/** Position of each kind, as a plain object: this is read twenty times per pair. */
const AT = Object.fromEntries(EVIDENCE_KINDS.map(({ kind }, at) => [kind, at])) as Record<
  EvidenceName,
  number
>;

/** Position of a kind in the table of kinds. @internal */
export function kindAt(kind: EvidenceName): number {
  return AT[kind];
}

/** What is known of one pair of readings before any weight is applied. @internal */
export interface PairFacts {
  /** Level of each kind of evidence about names, in the order of the table. */
  readonly levels: Uint8Array;
  /** Quick likeness 0..1, the order in which rivals are compared. */
  likeness: number;
}

/** Whether this level of a kind calls for a person, whatever the rest says. @internal */
export function isForReview(at: number, level: number): boolean {
  return REVIEWED[at]?.includes(level) ?? false;
}

const REVIEWED: readonly EvidenceKind['review'][] = EVIDENCE_KINDS.map((kind: EvidenceKind) => kind.review);

/** Whether the names differ in a way that a person should see. @internal */
export function needsPerson({ levels }: PairFacts): boolean {
  return REVIEWED.some((called, at) => called?.includes(levels[at]!));
}

/** Returns an empty record of facts. @internal */
export function emptyFacts(): PairFacts {
  return { levels: new Uint8Array(EVIDENCE_KINDS.length), likeness: 0 };
}

/** Returns the quick likeness of two aligned readings. */
function likenessOf(alignment: Alignment, cosine: number, spelling: number, initials: number): number {
  const leftCoverage = alignment.left.coverage;
  const rightCoverage = alignment.right.coverage;
  const sum = leftCoverage + rightCoverage;
  const harmonic = sum === 0 ? 0 : (2 * leftCoverage * rightCoverage) / sum;
  const mix = ALIGNMENT_SHARE * harmonic + GRAM_SHARE * cosine + SPELLING_SHARE * spelling;
  return Math.max(mix, 0.85 * initials);
}

/** Returns the first level whose upper limit is above the value. @internal */
export function levelOf(value: number, limits: readonly number[]): number {
  let level = 0;
  while (level < limits.length && value >= limits[level]!) level++;
  return level;
}

const LOW_LIMITS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97, 0.9999];
const HIGH_LIMITS = [0.5, 0.7, 0.85, 0.97];
const COSINE_LIMITS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97];
const SPELLING_LIMITS = [0.55, 0.65, 0.72, 0.78, 0.84, 0.88, 0.92, 0.95, 0.98, 0.99999];
const LEFT_OVER_LIMITS = [0.001, 0.12, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.88];
const MASS_LIMITS = [0.15, 0.4, 0.65, 0.85, 1.1, 1.4, 1.8, 2.3, 3];
const ANCHOR_LIMITS = [0.25, 0.45, 0.6, 0.72, 0.84, 0.93];
const TYPO_LIMITS = [0.001, 0.06, 0.12, 0.18, 0.26, 0.4];
const CUT_LIMITS = [0.001, 0.06, 0.15, 0.25, 0.4, 0.7];
const MEANING_LIMITS = [0.001, 0.4, 0.8, 1.3];
const INITIALS_LIMITS = [0.35, 0.5, 0.62, 0.74, 0.84, 0.93, 0.985];
const LENGTH_LIMITS = [0.2, 0.35, 0.5, 0.65, 0.8, 0.92];

/**
 * Judges two aligned readings: fills in a level for every kind of evidence about names.
 *
 * @param cosine likeness of their trigrams
 * @param spelling likeness of their letters without spaces
 * @internal
 */
export function judgePair(
  facts: PairFacts,
  alignment: Alignment,
  cosine: number,
  spelling: number,
  table: WordTable,
): void {
  const { levels } = facts;
  const { document: left } = alignment.left;
  const { document: right } = alignment.right;
  levels.fill(0);
  const isSame = left.variant.squashed === right.variant.squashed;
  const initials = initialsOf(left, right);
  const low = Math.min(alignment.left.coverage, alignment.right.coverage);
  const high = Math.max(alignment.left.coverage, alignment.right.coverage);
  const lowLevel = levelOf(low, LOW_LIMITS);
  facts.likeness = likenessOf(alignment, cosine, spelling, initials);
  const source = Math.max(left.variant.source, right.variant.source);
  if (source === VARIANT_SOURCE.part) facts.likeness *= PART_FACTOR;
  levels[AT.words] = lowLevel * (HIGH_LIMITS.length + 1) + levelOf(high, HIGH_LIMITS);
  levels[AT.letters] = levelOf(cosine, COSINE_LIMITS);
  levels[AT.spelling] = levelOf(spelling, SPELLING_LIMITS);
  const few = Math.min(3, left.variant.qualifiersFrom, right.variant.qualifiersFrom) - 1;
  levels[AT['left-over']] =
    3 * levelOf(Math.max(alignment.left.heaviest, alignment.right.heaviest), LEFT_OVER_LIMITS) + few;
  levels[AT['left-over-both']] = levelOf(
    Math.min(alignment.left.heaviest, alignment.right.heaviest),
    LEFT_OVER_LIMITS,
  );
  levels[AT['first-word']] = (alignment.left.isHeadMatched ? 1 : 0) + (alignment.right.isHeadMatched ? 1 : 0);
  levels[AT['shared-weight']] = levelOf(alignment.matchedMass, MASS_LIMITS);
  levels[AT.anchor] = anchorLevel(alignment);
  levels[AT['only-alike']] = alignment.anchor < TELLING_ANCHOR && alignment.alike > alignment.anchor ? 1 : 0;
  levels[AT.typing] = 3 * levelOf(alignment.typoMass, TYPO_LIMITS) + few;
  levels[AT.shortened] = levelOf(alignment.cutMass, CUT_LIMITS);
  levels[AT.meaning] = levelOf(alignment.meaningMass, MEANING_LIMITS);
  levels[AT['word-order']] = Math.min(2, alignment.inversions);
  levels[AT['joined-words']] = Math.min(1, alignment.joined);
  levels[AT['initials-within']] = Math.min(1, alignment.initialRuns);
  const sound = soundLevel(left, right);
  // Rivals are compared by the likeness: it must not be that of letters that happen to agree.
  if (sound > 0) facts.likeness = Math.max(facts.likeness, SOUND_LIKENESS[sound]!);
  levels[AT.sound] = sound;
  levels[AT['nothing-shared']] = high < 0.05 && initials === 0 && sound === 0 ? 1 : 0;
  levels[AT.initials] = initialsLevel(initials, left, right);
  const forms = compareForms(left.variant.forms, right.variant.forms);
  levels[AT['legal-form']] = FORM_LEVELS[forms] + (isSame ? 5 : 0);
  // An equal legal form says that the company itself is meant, not one of its sisters.
  levels[AT['longer-names']] = (left.hasLonger || right.hasLonger) && forms !== 'equal' ? 1 : 0;
  levels[AT.length] = levelOf(lengthRatio(left, right), LENGTH_LIMITS);
  levels[AT.reading] = source;
  // Words that initials stand for are not missing on the other side.
  if (initials < LIKELY_INITIALS) setWordClasses(levels, alignment, table);
  // "Acme (Spain)" is all of "Acme": the register notes the country of every company.
  const covered = isSame && levels[AT.place] === BRACKETED ? 1 : low;
  levels[AT['short-name']] = shortLevel(left, right, covered, high);
}

/** From here on a shared word says who it is, whatever the others say. */
const TELLING_ANCHOR = 0.72;
/** A word of this weight that only one name has is worth a thought. */
const LEAST_LEFT_OVER = 0.12;

/** Joins the most telling shared word and how it compares with the heaviest word that is left over. */
function anchorLevel({ anchor, left, right }: Alignment): number {
  const leftOver = Math.max(left.heaviest, right.heaviest);
  const rest = leftOver < LEAST_LEFT_OVER ? 0 : leftOver < 0.75 * anchor ? 1 : leftOver < anchor ? 2 : 3;
  return 4 * levelOf(anchor, ANCHOR_LIMITS) + rest;
}

function initialsOf(left: NameDocument, right: NameDocument): number {
  let best = 0;
  if (left.isShortWord && right.initials !== '') {
    best = initialsSimilarity(left.variant.squashed, right.variant.words, right.weights);
  }
  if (right.isShortWord && left.initials !== '') {
    best = Math.max(best, initialsSimilarity(right.variant.squashed, left.variant.words, left.weights));
  }
  return best;
}

/** Likeness of names that share their consonants: three fit many names, five or more hardly any. */
const SOUND_LIKENESS = [0, 0.6, 0.7, 0.8];

/** Level by the number of consonants that a name in another script and one in Latin letters share, all of them or none. */
function soundLevel({ variant: left }: NameDocument, { variant: right }: NameDocument): number {
  if (left.isForeign === right.isForeign || left.squashed === right.squashed) return 0;
  const key = soundKey(left.squashed);
  return key !== '' && key === soundKey(right.squashed) ? Math.min(3, key.length - 2) : 0;
}

const LIKELY_INITIALS = 0.6;

/** Initials of two letters fit thousands of names, those of five fit one: the level joins fit and length. */
function initialsLevel(similarity: number, left: NameDocument, right: NameDocument): number {
  if (similarity === 0) return 0;
  const length = left.isShortWord ? left.variant.squashed.length : right.variant.squashed.length;
  const lengthLevel = length <= 2 ? 0 : length === 3 ? 1 : length === 4 ? 2 : 3;
  return 1 + levelOf(similarity, INITIALS_LIMITS) * 4 + lengthLevel;
}

const FORM_LEVELS = { none: 0, 'one-sided': 1, equal: 2, compatible: 3, conflict: 4 } as const;

function lengthRatio(left: NameDocument, right: NameDocument): number {
  const a = left.variant.squashed.length;
  const b = right.variant.squashed.length;
  return Math.min(a, b) / Math.max(a, b);
}

/** A single shared word says less than three; joins the words of the shorter name and how fully both are covered. */
function shortLevel(left: NameDocument, right: NameDocument, low: number, high: number): number {
  const words = Math.min(4, left.variant.qualifiersFrom, right.variant.qualifiersFrom) - 1;
  const covered = low >= 0.97 ? 2 : high >= 0.97 ? 1 : 0;
  return words * 3 + covered;
}

const AGREES = 1;
const ONE_SIDED = 2;
const CONFLICTS = 3;
/** A place that only one name has, in brackets: often a note of the register, not part of the name. */
const BRACKETED = 4;

function setWordClasses(levels: Uint8Array, alignment: Alignment, table: WordTable): void {
  const { left, right } = alignment;
  const onLeft = classesOf(left, false, table);
  const onRight = classesOf(right, false, table);
  const level = (wordClass: number, agrees: boolean) => {
    const leftHas = (onLeft & (1 << wordClass)) !== 0;
    const rightHas = (onRight & (1 << wordClass)) !== 0;
    if (leftHas && rightHas) return CONFLICTS;
    if (leftHas || rightHas) return ONE_SIDED;
    return agrees ? AGREES : 0;
  };
  const numbersAgree = (classesOf(left, true, table) & (1 << WORD_CLASS.number)) !== 0;
  levels[AT.numbers] = level(WORD_CLASS.number, numbersAgree);
  levels[AT.compass] = level(WORD_CLASS.compass, false);
  const place = level(WORD_CLASS.place, false);
  const inBrackets =
    place === ONE_SIDED && arePlacesBracketed(left, table) && arePlacesBracketed(right, table);
  levels[AT.place] = inBrackets ? BRACKETED : place;
  levels[AT['swapped-word']] = swapLevel(left, right);
  levels[AT.contrast] = hasContrast(left, right, table) ? 1 : 0;
  const otherBody = level(WORD_CLASS.derivative, false);
  // "Silverbrook Pension Trust" and "Silverbrook Farms": more than an arm of the other.
  const isApart = otherBody === ONE_SIDED && Math.min(left.heaviest, right.heaviest) > 0.2;
  levels[AT['other-body']] = isApart ? CONFLICTS : otherBody;
}

/** Bit per class of the words with a partner, or of those without one. */
function classesOf(side: AlignedSide, isMatched: boolean, { classes }: WordTable): number {
  let bits = 0;
  for (let i = 0; i < side.count; i++)
    if (side.isFree(i) !== isMatched) bits |= 1 << classes[side.document.ids[i]!]!;
  return bits;
}

/** Whether words without a partner exclude one another: "red" on one side and "green" on the other, or two initials. */
function hasContrast(left: AlignedSide, right: AlignedSide, { contrasts }: WordTable): boolean {
  const { ids, variant } = left.document;
  const { ids: otherIds, variant: other } = right.document;
  for (let i = 0; i < left.count; i++) {
    if (!left.isFree(i)) continue;
    const group = contrasts[ids[i]!]!;
    const isInitial = variant.words[i]!.length === 1;
    if (group === 0 && !isInitial) continue;
    for (let j = 0; j < right.count; j++) {
      if (!right.isFree(j)) continue;
      if (group !== 0 && contrasts[otherIds[j]!] === group) return true;
      if (isInitial && i === j && other.words[j]!.length === 1) return true;
    }
  }
  return false;
}

/** A word this heavy is part of who the body is. */
const TELLING_WEIGHT = 0.4;
/** Up to this many letters a word may be initials or an abbreviation that nothing else recognised. */
const SHORT_WORD = 3;

/** Two names that agree but for one telling word in the same place: 1 when a word is short, 2 for two real words. */
function swapLevel(left: AlignedSide, right: AlignedSide): number {
  const i = left.heaviestAt;
  const j = right.heaviestAt;
  if (left.leftOver !== 1 || right.leftOver !== 1 || left.count < 2 || right.count < 2) return 0;
  if (i !== j && left.count - i !== right.count - j) return 0;
  if (Math.min(left.heaviest, right.heaviest) < TELLING_WEIGHT) return 0;
  const lengthAt = ({ document }: AlignedSide, at: number) => document.variant.words[at]!.length;
  return Math.min(lengthAt(left, i), lengthAt(right, j)) <= SHORT_WORD ? 1 : 2;
}

/** Registers note countries in full, "(Japan)"; people set branches apart by a code, "(UK)". */
const LONGEST_CODE = 4;

/** Whether every place without a partner stands in brackets, as a register notes it. */
function arePlacesBracketed(side: AlignedSide, { classes }: WordTable): boolean {
  const { ids, variant } = side.document;
  for (let i = 0; i < side.count; i++) {
    if (!side.isFree(i) || classes[ids[i]!] !== WORD_CLASS.place) continue;
    if (i < variant.bracketsFrom || variant.words[i]!.length <= LONGEST_CODE) return false;
  }
  return true;
}
