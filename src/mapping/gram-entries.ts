import type { Rows } from './rows.ts';
import { forEachBelow, PLAIN_ROWS_PER_STEP } from './slices.ts';

/** The documents of each word, with what a search must know of them before it reads them. @internal */
export interface WordEntries {
  /**
   * The documents that have a word, once for each time that they have it, short ones first, two numbers each: the marks of
   * the document (see `OTHERS_SHIFT`), and the word that makes up most of the rest of it beside 1 / length of its vector,
   * rounded down. Entries of word `w` stand at `entryStarts[w]` up to `entryStarts[w + 1]`.
   */
  readonly entries: Int32Array;
  /** Where the record of the document of each entry starts. */
  readonly entryRecords: Int32Array;
  readonly entryStarts: Int32Array;
  /** Words of very many documents, by word: their bit in the marks. */
  readonly longWords: ReadonlyMap<number, number>;
  /** Per word: the marks of its documents, all bits and the most other words. */
  readonly wordMarks: Int32Array;
}

/** Where the marks and entries of a document stop to tell words apart. @internal */
export interface EntryLimits {
  /** Documents with a word from which on it may be a long word. */
  readonly longFrom: number;
  /** Words from this number on count as not known beside another. */
  readonly otherWords: number;
}

/** Numbers in an entry of a word's list. @internal */
export const ENTRY_SIZE = 2;

/** Bits of 1 / length in an entry, which counts in parts of 1 as small as this. @internal */
export const SCALE_BITS = 12;
/** @internal */
export const SCALES = 1 << SCALE_BITS;

/** The marks of a document are a bit for each of its long words and, from here on, how many other words it has. @internal */
export const OTHERS_SHIFT = 27;
const LONG_BITS = (1 << OTHERS_SHIFT) - 1;
/** So many other words or more; also for a document that has a long word twice, since the bits know one. @internal */
export const MANY_OTHERS = 31;

/** @internal */
export const ENTRY_LIMITS: EntryLimits = {
  // Reading all documents of a word that so many have costs more than knowing which they are.
  longFrom: 600,
  // Higher numbers do not fit beside 1 / length.
  otherWords: 1 << (31 - SCALE_BITS),
};

/**
 * Makes the entries of every word; yields now and then.
 *
 * @param documents words of each document
 * @param documentsOfWord documents of each word, short ones first
 * @param recordStarts where the record of each document starts
 * @param recordScales the memory of the records, for 1 / length of the vectors
 * @param wordScales per word 1 / length of its vector; those of long words become negative
 * @internal
 */
export function* buildEntries(
  documents: Rows,
  documentsOfWord: Rows,
  recordStarts: Int32Array,
  recordScales: Float32Array,
  wordScales: Float64Array,
  { longFrom, otherWords }: EntryLimits,
): Generator<void, WordEntries> {
  const { starts: entryStarts, items } = documentsOfWord;
  const longWords = yield* longWordsOf(entryStarts, longFrom);
  for (const word of longWords.keys()) wordScales[word]! *= -1;
  const marks = yield* markDocuments(documents, longWords);
  const entryRecords = new Int32Array(items.length);
  const entries = new Int32Array(ENTRY_SIZE * items.length);
  const wordMarks = new Int32Array(wordScales.length);
  for (let word = 0; word < wordScales.length; word++) {
    let bits = 0;
    let others = 0;
    for (let entry = entryStarts[word]!; entry < entryStarts[word + 1]!; entry++) {
      if (entry % PLAIN_ROWS_PER_STEP === 0) yield;
      const document = items[entry]!;
      const record = recordStarts[document]!;
      const mark = marks[document]!;
      const other = otherWord(word, documents, document, wordScales, otherWords);
      const scale = Math.min(SCALES - 1, Math.floor(recordScales[record + 1]! * SCALES));
      entryRecords[entry] = record;
      entries[ENTRY_SIZE * entry] = mark;
      entries[ENTRY_SIZE * entry + 1] = (other << SCALE_BITS) | scale;
      bits |= mark;
      others = Math.max(others, mark >>> OTHERS_SHIFT);
    }
    wordMarks[word] = (bits & LONG_BITS) | (others << OTHERS_SHIFT);
  }
  return { entries, entryRecords, entryStarts, longWords, wordMarks };
}

/** Gives the words of the most documents a bit each. */
function* longWordsOf(entryStarts: Int32Array, longFrom: number): Generator<void, Map<number, number>> {
  const documentsWith = (word: number) => entryStarts[word + 1]! - entryStarts[word]!;
  const long: number[] = [];
  yield* forEachBelow(entryStarts.length - 1, (word) => {
    if (documentsWith(word) >= longFrom) long.push(word);
  });
  long.sort((a, b) => documentsWith(b) - documentsWith(a) || a - b);
  return new Map(long.slice(0, OTHERS_SHIFT).map((word, bit) => [word, 1 << bit]));
}

/** Gives every document its marks. */
function* markDocuments(
  { starts, items }: Rows,
  longWords: ReadonlyMap<number, number>,
): Generator<void, Int32Array> {
  const marks = new Int32Array(starts.length - 1);
  for (let document = 0; document < marks.length; document++) {
    if (document % PLAIN_ROWS_PER_STEP === 0) yield;
    let bits = 0;
    let others = 0;
    for (let at = starts[document]!; at < starts[document + 1]!; at++) {
      const bit = longWords.get(items[at]!) ?? 0;
      if (bit === 0) others++;
      else if ((bits & bit) !== 0) others = MANY_OTHERS;
      bits |= bit;
    }
    marks[document] = bits | (Math.min(others, MANY_OTHERS) << OTHERS_SHIFT);
  }
  return marks;
}

/** The word that makes up most of a document beside one of its words and the long ones, or -1. */
function otherWord(
  word: number,
  { starts, items }: Rows,
  document: number,
  wordScales: Float64Array,
  otherWords: number,
): number {
  let other = -1;
  let isSeen = false;
  for (let at = starts[document]!; at < starts[document + 1]!; at++) {
    const each = items[at]!;
    if (each === word && !isSeen) isSeen = true;
    else if (each < otherWords && wordScales[each]! > 0)
      if (other === -1 || wordScales[each]! < wordScales[other]!) other = each;
  }
  return other;
}
