import { gapOf, gramOfGap, letterCode, writeGrams } from './gram-codes.ts';
import { buildEntries, ENTRY_LIMITS, type EntryLimits, type WordEntries } from './gram-entries.ts';
import { GramNumbers, raritiesOf, VectorLengths } from './gram-vectors.ts';
import { type Rows, turned } from './rows.ts';
import { forEachBelow, PLAIN_ROWS_PER_STEP } from './slices.ts';

/**
 * TF-IDF weights of character trigrams, factored by words: names share their words, so that a question is compared once
 * with every word instead of once with every name. All lists are typed arrays in compressed rows.
 *
 * @internal
 */
export interface GramIndex extends WordEntries {
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
  /** Per word: the square of the length of its vector. */
  readonly lengthSquares: Float32Array;
  /** Per word: 1 / length of its vector, negative for a long word. */
  readonly wordScales: Float64Array;
}

/**
 * Indexes documents that are given as rows of words; yields now and then.
 *
 * @param vocabulary the words, none of them empty
 * @param documents words of each document, at least one
 * @internal
 */
export function* buildGramIndex(
  vocabulary: readonly string[],
  documents: Rows,
  limits: EntryLimits = ENTRY_LIMITS,
): Generator<void, GramIndex> {
  const grams = new GramNumbers();
  const { gramsOfWord, firstLetters, lastLetters } = yield* readWords(vocabulary, grams);
  const { starts, items: words } = documents;
  const count = starts.length - 1;
  const gapBefore = (at: number) => gapOf(lastLetters[words[at - 1]!]!, firstLetters[words[at]!]!);
  const forEachGramOfWord = (word: number, visit: (gram: number) => void) => {
    for (let i = gramsOfWord.starts[word]!; i < gramsOfWord.starts[word + 1]!; i++)
      visit(gramsOfWord.items[i]!);
  };
  /** Calls `visit` with every gram of a document, those between the words too. */
  const forEachGram = (document: number, visit: (gram: number) => void) => {
    for (let at = starts[document]!; at < starts[document + 1]!; at++) {
      forEachGramOfWord(words[at]!, visit);
      if (at > starts[document]!) visit(grams.numberOf(gramOfGap(gapBefore(at))));
    }
  };
  const rarities = yield* raritiesOf(count, forEachGram);
  const lengths = new VectorLengths(rarities);
  // Per document three numbers, its words and the gaps between them, one fewer than words.
  const records = new Int32Array(2 * count + 2 * words.length);
  const recordScales = new Float32Array(records.buffer);
  const recordStarts = new Int32Array(count);
  let used = 0;
  for (let document = 0; document < count; document++) {
    if (document % PLAIN_ROWS_PER_STEP === 0) yield;
    forEachGram(document, lengths.add);
    recordStarts[document] = used;
    records[used++] = document;
    recordScales[used++] = lengths.scale();
    records[used++] = 2 * (starts[document + 1]! - starts[document]!) - 1;
    for (let at = starts[document]!; at < starts[document + 1]!; at++) {
      if (at > starts[document]!) records[used++] = vocabulary.length + gapBefore(at);
      records[used++] = words[at]!;
    }
  }
  const wordScales = new Float64Array(vocabulary.length);
  const lengthSquares = new Float32Array(vocabulary.length);
  for (let word = 0; word < vocabulary.length; word++) {
    if (word % PLAIN_ROWS_PER_STEP === 0) yield;
    forEachGramOfWord(word, lengths.add);
    const scale = lengths.scale();
    wordScales[word] = scale;
    lengthSquares[word] = 1 / (scale * scale);
  }
  const order = yield* shortestFirst(recordScales, recordStarts);
  const documentsOfWord = yield* turned(documents, vocabulary.length, order);
  return {
    records,
    recordStarts,
    gramNumbers: grams.numbers,
    rarities,
    wordsOfGram: yield* turned(gramsOfWord, rarities.length),
    lengthSquares,
    wordScales,
    ...(yield* buildEntries(documents, documentsOfWord, recordStarts, recordScales, wordScales, limits)),
  };
}

/** Documents by the length of their vectors: of those that share a word, a short one has more of it. */
function* shortestFirst(recordScales: Float32Array, recordStarts: Int32Array): Generator<void, Int32Array> {
  const ends = new Int32Array(LENGTHS + 1);
  const lengthOf = (document: number) =>
    Math.min(LENGTHS - 1, Math.floor(LENGTH_STEPS / recordScales[recordStarts[document]! + 1]!));
  for (let document = 0; document < recordStarts.length; document++) {
    if (document % PLAIN_ROWS_PER_STEP === 0) yield;
    ends[lengthOf(document) + 1]!++;
  }
  for (let length = 0; length < LENGTHS; length++) ends[length + 1]! += ends[length]!;
  const order = new Int32Array(recordStarts.length);
  for (let document = 0; document < recordStarts.length; document++) {
    if (document % PLAIN_ROWS_PER_STEP === 0) yield;
    order[ends[lengthOf(document)]!++] = document;
  }
  return order;
}

const LENGTHS = 1024;
const LENGTH_STEPS = 16;

/** What the index reads of each word: the numbers of its grams, and the codes of the letters at its ends. */
interface ReadWords {
  readonly gramsOfWord: Rows;
  readonly firstLetters: Uint8Array;
  readonly lastLetters: Uint8Array;
}

function* readWords(vocabulary: readonly string[], grams: GramNumbers): Generator<void, ReadWords> {
  const starts = new Int32Array(vocabulary.length + 1);
  yield* forEachBelow(vocabulary.length, (word) => {
    starts[word + 1] = starts[word]! + vocabulary[word]!.length;
  });
  const items = new Int32Array(starts[vocabulary.length]!);
  const firstLetters = new Uint8Array(vocabulary.length);
  const lastLetters = new Uint8Array(vocabulary.length);
  for (let word = 0; word < vocabulary.length; word++) {
    if (word % PLAIN_ROWS_PER_STEP === 0) yield;
    const text = vocabulary[word]!;
    const end = writeGrams(text, items, starts[word]!);
    for (let at = starts[word]!; at < end; at++) items[at] = grams.numberOf(items[at]!);
    firstLetters[word] = letterCode(text.charCodeAt(0));
    lastLetters[word] = letterCode(text.charCodeAt(text.length - 1));
  }
  return { gramsOfWord: { starts, items }, firstLetters, lastLetters };
}
