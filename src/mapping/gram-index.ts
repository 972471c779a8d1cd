import { gapOf, gramOfGap, letterCode, writeGrams } from './gram-codes.ts';
import { GramNumbers, raritiesOf, VectorLengths } from './gram-vectors.ts';
import { type Rows, turned } from './rows.ts';

/**
 * TF-IDF weights of character trigrams, factored by words: names share their words, so that a question is compared once
 * with every word instead of once with every name. All lists are typed arrays in compressed rows.
 *
 * @internal
 */
export interface GramIndex {
  /**
   * All that a comparison needs of a document in one place, since memory is what it waits for: the document, the bits of
   * 1 / length of its vector, the number of parts, then the parts: words, and between them `words + gap`.
   */
  readonly records: Int32Array;
  readonly recordStarts: Int32Array;
  /** Per gram: its number among the grams that the documents have, or 0. */
  readonly gramNumbers: Int32Array;
  /** Per number of a gram: how telling it is. */
  readonly rarities: Float64Array;
  /** Words with a gram, once for each time that they have it. */
  readonly wordsOfGram: Rows;
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
  /** Per word: the square of the length of its vector. */
  readonly lengthSquares: Float32Array;
  /** Per word: 1 / length of its vector, negative for a long word. */
  readonly wordScales: Float64Array;
}

/** Numbers in an entry of a word's list. @internal */
export const ENTRY_SIZE = 2;

/** Bits of 1 / length in an entry, which counts in parts of 1 as small as this. @internal */
export const SCALE_BITS = 12;
export const SCALES = 1 << SCALE_BITS;
/** Words from this number on do not fit beside it: they count as not known. */
const MOST_OTHER_WORDS = 1 << (31 - SCALE_BITS);

/** The marks of a document are a bit for each of its long words and, from here on, how many other words it has. @internal */
export const OTHERS_SHIFT = 27;
const LONG_BITS = (1 << OTHERS_SHIFT) - 1;
/** So many other words or more; also for a document that has a long word twice, since the bits know one. @internal */
export const MANY_OTHERS = 31;

/** Documents with a word from which on it may be a long word: reading all its documents costs more than knowing which they are. */
const LONG = 600;

/** Words or documents looked at between two yields: a fraction of a millisecond. */
const ITEMS_PER_STEP = 256;

/**
 * Indexes documents that are given as rows of words; yields now and then.
 *
 * @param vocabulary the words, none of them empty
 * @param longFrom documents with a word from which on it may be a long word
 * @internal
 */
export function* buildGramIndex(
  vocabulary: readonly string[],
  documents: Rows,
  longFrom: number = LONG,
): Generator<void, GramIndex> {
  const grams = new GramNumbers();
  const gramsOfWord = yield* readWords(vocabulary, grams);
  const { starts, items: words } = documents;
  const count = starts.length - 1;
  const firstLetters = new Uint8Array(vocabulary.length);
  const lastLetters = new Uint8Array(vocabulary.length);
  for (let word = 0; word < vocabulary.length; word++) {
    firstLetters[word] = letterCode(vocabulary[word]!.charCodeAt(0));
    lastLetters[word] = letterCode(vocabulary[word]!.charCodeAt(vocabulary[word]!.length - 1));
  }
  const gapBefore = (at: number) => gapOf(lastLetters[words[at - 1]!]!, firstLetters[words[at]!]!);
  /** Calls `visit` with every gram of a document, those between the words too. */
  const forEachGram = (document: number, visit: (gram: number) => void) => {
    for (let at = starts[document]!; at < starts[document + 1]!; at++) {
      const word = words[at]!;
      for (let i = gramsOfWord.starts[word]!; i < gramsOfWord.starts[word + 1]!; i++)
        visit(gramsOfWord.items[i]!);
      if (at > starts[document]!) visit(grams.numberOf(gramOfGap(gapBefore(at))));
    }
  };
  const rarities = yield* raritiesOf(count, forEachGram);
  const lengths = new VectorLengths(rarities);
  const records = new Int32Array(recordsLength(starts));
  const recordScales = new Float32Array(records.buffer);
  const recordStarts = new Int32Array(count);
  let used = 0;
  for (let document = 0; document < count; document++) {
    if (document % ITEMS_PER_STEP === 0) yield;
    forEachGram(document, lengths.add);
    recordStarts[document] = used;
    records[used++] = document;
    recordScales[used++] = lengths.scale();
    records[used++] = partsOf(starts, document);
    for (let at = starts[document]!; at < starts[document + 1]!; at++) {
      if (at > starts[document]!) records[used++] = vocabulary.length + gapBefore(at);
      records[used++] = words[at]!;
    }
  }
  const wordScales = new Float64Array(vocabulary.length);
  for (let word = 0; word < vocabulary.length; word++) {
    if (word % ITEMS_PER_STEP === 0) yield;
    for (let i = gramsOfWord.starts[word]!; i < gramsOfWord.starts[word + 1]!; i++)
      lengths.add(gramsOfWord.items[i]!);
    wordScales[word] = lengths.scale();
  }
  const documentsOfWord = yield* turned(
    documents,
    vocabulary.length,
    shortestFirst(recordScales, recordStarts),
  );
  const { longWords, marks } = yield* markDocuments(documents, documentsOfWord, longFrom);
  for (const word of longWords.keys()) wordScales[word]! *= -1;
  const entryRecords = new Int32Array(documentsOfWord.items.length);
  const entries = new Int32Array(ENTRY_SIZE * documentsOfWord.items.length);
  for (let word = 0; word < vocabulary.length; word++) {
    for (let i = documentsOfWord.starts[word]!; i < documentsOfWord.starts[word + 1]!; i++) {
      if (i % (4 * ITEMS_PER_STEP) === 0) yield;
      const document = documentsOfWord.items[i]!;
      const other = otherWord(word, words, starts[document]!, starts[document + 1]!, wordScales);
      const scale = Math.min(SCALES - 1, Math.floor(recordScales[recordStarts[document]! + 1]! * SCALES));
      entryRecords[i] = recordStarts[document]!;
      entries[ENTRY_SIZE * i] = marks[document]!;
      entries[ENTRY_SIZE * i + 1] = (other << SCALE_BITS) | scale;
    }
  }
  return {
    records,
    recordStarts,
    gramNumbers: grams.numbers,
    rarities,
    wordsOfGram: yield* turned(gramsOfWord, rarities.length),
    entries,
    entryRecords,
    entryStarts: documentsOfWord.starts,
    longWords,
    wordMarks: yield* joinMarks(documentsOfWord, marks),
    wordScales,
    lengthSquares: Float32Array.from(wordScales, (scale) => (scale === 0 ? 0 : 1 / (scale * scale))),
  };
}

/** Documents by the length of their vectors: of those that share a word, a short one has more of it. */
function shortestFirst(recordScales: Float32Array, recordStarts: Int32Array): Int32Array {
  const ends = new Int32Array(LENGTHS + 1);
  const lengthOf = (document: number) =>
    Math.min(LENGTHS - 1, Math.floor(LENGTH_STEPS / recordScales[recordStarts[document]! + 1]!));
  for (let document = 0; document < recordStarts.length; document++) ends[lengthOf(document) + 1]!++;
  for (let length = 0; length < LENGTHS; length++) ends[length + 1]! += ends[length]!;
  const order = new Int32Array(recordStarts.length);
  for (let document = 0; document < recordStarts.length; document++)
    order[ends[lengthOf(document)]!++] = document;
  return order;
}

const LENGTHS = 1024;
const LENGTH_STEPS = 16;

/** The word that makes up most of a document beside one of its words and the long ones, or -1. */
function otherWord(
  word: number,
  words: Int32Array,
  from: number,
  to: number,
  wordScales: Float64Array,
): number {
  let other = -1;
  let isSeen = false;
  for (let at = from; at < to; at++) {
    const each = words[at]!;
    if (each === word && !isSeen) isSeen = true;
    else if (each < MOST_OTHER_WORDS && wordScales[each]! > 0)
      if (other === -1 || wordScales[each]! < wordScales[other]!) other = each;
  }
  return other;
}

/** Words and the gaps between them. */
function partsOf(starts: Int32Array, document: number): number {
  return Math.max(0, 2 * (starts[document + 1]! - starts[document]!) - 1);
}

function recordsLength(starts: Int32Array): number {
  let length = 0;
  for (let document = 0; document + 1 < starts.length; document++) length += 3 + partsOf(starts, document);
  return length;
}

/** Gives the words of the most documents a bit each, and every document its marks. */
function* markDocuments(
  { starts, items }: Rows,
  documentsOfWord: Rows,
  longFrom: number,
): Generator<void, { longWords: Map<number, number>; marks: Int32Array }> {
  const longWords = new Map<number, number>();
  const lengthOf = (word: number) => documentsOfWord.starts[word + 1]! - documentsOfWord.starts[word]!;
  const long: number[] = [];
  for (let word = 0; word + 1 < documentsOfWord.starts.length; word++)
    if (lengthOf(word) >= longFrom) long.push(word);
  long.sort((a, b) => lengthOf(b) - lengthOf(a) || a - b);
  for (const word of long.slice(0, OTHERS_SHIFT)) longWords.set(word, 1 << longWords.size);
  yield;
  const marks = new Int32Array(starts.length - 1);
  for (let document = 0; document + 1 < starts.length; document++) {
    if (document % ITEMS_PER_STEP === 0) yield;
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
  return { longWords, marks };
}

/** Joins the marks of the documents of each word: all bits, and the most other words. */
function* joinMarks({ starts, items }: Rows, marks: Int32Array): Generator<void, Int32Array> {
  const joined = new Int32Array(starts.length - 1);
  for (let word = 0; word + 1 < starts.length; word++) {
    if (word % ITEMS_PER_STEP === 0) yield;
    let bits = 0;
    let others = 0;
    for (let at = starts[word]!; at < starts[word + 1]!; at++) {
      bits |= marks[items[at]!]!;
      others = Math.max(others, marks[items[at]!]! >>> OTHERS_SHIFT);
    }
    joined[word] = (bits & LONG_BITS) | (others << OTHERS_SHIFT);
  }
  return joined;
}

function* readWords(vocabulary: readonly string[], grams: GramNumbers): Generator<void, Rows> {
  const starts = new Int32Array(vocabulary.length + 1);
  for (let word = 0; word < vocabulary.length; word++)
    starts[word + 1] = starts[word]! + vocabulary[word]!.length;
  const items = new Int32Array(starts[vocabulary.length]!);
  for (let word = 0; word < vocabulary.length; word++) {
    if (word % ITEMS_PER_STEP === 0) yield;
    const end = writeGrams(vocabulary[word]!, items, starts[word]!);
    for (let at = starts[word]!; at < end; at++) items[at] = grams.numberOf(items[at]!);
  }
  return { starts, items };
}
