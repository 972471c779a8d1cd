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
   * The documents that have a word, once for each time that they have it, three numbers each: where the record starts, a
   * bit for every long word of the document, and the bits of 1 / length of its vector. Entries of word `w` stand at
   * `entryStarts[w]` up to `entryStarts[w + 1]`.
   */
  readonly entries: Int32Array;
  readonly entryStarts: Int32Array;
  /** Words of very many documents, by word: their bit in the masks. Some may share one. */
  readonly longWords: ReadonlyMap<number, number>;
  /** Per word: 1 / length of its vector, negative for a long word. */
  readonly wordScales: Float64Array;
}

/** Numbers in an entry of a word's list. @internal */
export const ENTRY_SIZE = 3;

/** Words or documents looked at between two yields: a fraction of a millisecond. */
const ITEMS_PER_STEP = 256;

/**
 * Indexes documents that are given as rows of words; yields now and then.
 *
 * @param vocabulary the words, none of them empty
 * @internal
 */
export function* buildGramIndex(vocabulary: readonly string[], documents: Rows): Generator<void, GramIndex> {
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
  const documentsOfWord = yield* turned(documents, vocabulary.length);
  const { longWords, masks } = yield* markLongWords(documentsOfWord, count);
  for (const word of longWords.keys()) wordScales[word]! *= -1;
  const entries = new Int32Array(ENTRY_SIZE * documentsOfWord.items.length);
  for (let at = 0; at < documentsOfWord.items.length; at++) {
    if (at % (16 * ITEMS_PER_STEP) === 0) yield;
    const document = documentsOfWord.items[at]!;
    const start = recordStarts[document]!;
    entries[ENTRY_SIZE * at] = start;
    entries[ENTRY_SIZE * at + 1] = masks[document]!;
    entries[ENTRY_SIZE * at + 2] = records[start + 1]!;
  }
  return {
    records,
    recordStarts,
    gramNumbers: grams.numbers,
    rarities,
    wordsOfGram: yield* turned(gramsOfWord, rarities.length),
    entries,
    entryStarts: documentsOfWord.starts.map((start) => ENTRY_SIZE * start),
    longWords,
    wordScales,
  };
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

/** Documents with a word from which on it is a long word: reading all its documents costs more than knowing which they are. */
const LONG = 600;

/** Gives every word of very many documents a bit, and every document the bits of its words. */
function* markLongWords(
  documentsOfWord: Rows,
  documents: number,
): Generator<void, { longWords: Map<number, number>; masks: Int32Array }> {
  const { starts, items } = documentsOfWord;
  const longWords = new Map<number, number>();
  const masks = new Int32Array(documents);
  for (let word = 0; word + 1 < starts.length; word++) {
    if (word % ITEMS_PER_STEP === 0) yield;
    if (starts[word + 1]! - starts[word]! <= LONG) continue;
    const bit = 1 << (longWords.size % 32);
    longWords.set(word, bit);
    for (let at = starts[word]!; at < starts[word + 1]!; at++) masks[items[at]!]! |= bit;
    yield;
  }
  return { longWords, masks };
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
