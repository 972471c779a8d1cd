import { GAP_CODES, gapOf, gapOfGram, gramOfGap, letterCode, writeGrams } from './gram-codes.ts';
import type { GramIndex } from './gram-index.ts';
import { rarityOf } from './gram-vectors.ts';

/**
 * What every word and every gap of an index adds to the product with one name, from which the cosine of that name with a
 * document is a sum. Holds the name of one question at a time.
 *
 * @internal
 */
export class GramProducts {
  /**
   * Two numbers for each word, then for each gap: what it adds to the product with the name, and 1 / length of its
   * vector, negative for a long word.
   */
  readonly cells: Float32Array;
  /** Words that add something, as many as `touchedCount`. */
  readonly touched: Int32Array;
  touchedCount = 0;
  /** Square of the part of the name's vector that stands for its gaps. */
  gapSquares = 0;
  readonly #index: GramIndex;
  /** The memory of the records, for 1 / length of the vectors. */
  readonly #scales: Float32Array;
  readonly #gaps: number[] = [];
  #codes = new Int32Array(256);

  constructor(index: GramIndex) {
    const words = index.wordScales.length;
    this.#index = index;
    this.#scales = new Float32Array(index.records.buffer);
    this.cells = new Float32Array(2 * (words + GAP_CODES));
    for (let word = 0; word < words; word++) this.cells[2 * word + 1] = index.wordScales[word]!;
    this.touched = new Int32Array(words);
  }

  /** Sets the name. */
  ask(words: readonly string[]): void {
    this.#forget();
    const codes = this.#sortedGrams(words);
    const { gramNumbers, rarities, recordStarts } = this.#index;
    const unknown = rarityOf(0, recordStarts.length);
    let squares = 0;
    for (let at = 0, end = 0; at < codes.length; at = end) {
      while (end < codes.length && codes[end] === codes[at]) end++;
      const number = gramNumbers[codes[at]!]!;
      squares += square((end - at) * (number === 0 ? unknown : rarities[number]!));
    }
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    for (let at = 0, end = 0; at < codes.length; at = end) {
      while (end < codes.length && codes[end] === codes[at]) end++;
      const number = gramNumbers[codes[at]!]!;
      if (number !== 0) this.#addGram(codes[at]!, number, (end - at) * scale * rarities[number]!);
    }
  }

  #forget(): void {
    for (let i = 0; i < this.touchedCount; i++) this.cells[2 * this.touched[i]!] = 0;
    for (const gap of this.#gaps) this.cells[2 * (this.touched.length + gap)] = 0;
    this.touchedCount = 0;
    this.gapSquares = 0;
    this.#gaps.length = 0;
  }

  #sortedGrams(words: readonly string[]): Int32Array {
    let most = words.length;
    for (const word of words) most += word.length;
    if (most > this.#codes.length) this.#codes = new Int32Array(2 * most);
    let count = 0;
    let last = -1;
    for (const word of words) {
      if (last !== -1) this.#codes[count++] = gramOfGap(gapOf(last, letterCode(word.charCodeAt(0))));
      last = letterCode(word.charCodeAt(word.length - 1));
      count = writeGrams(word, this.#codes, count);
    }
    return this.#codes.subarray(0, count).sort();
  }

  /** Adds a gram with its part of the name's vector. */
  #addGram(gram: number, number: number, part: number): void {
    const { cells, touched } = this;
    const product = part * this.#index.rarities[number]!;
    const gap = gapOfGram(gram);
    if (gap !== -1) {
      this.gapSquares += square(part);
      cells[2 * (touched.length + gap)] = product;
      this.#gaps.push(gap);
      return;
    }
    const { starts, items } = this.#index.wordsOfGram;
    let count = this.touchedCount;
    for (let at = starts[number]!, end = starts[number + 1]!; at < end; at++) {
      const word = items[at]!;
      const known = cells[2 * word]!;
      if (known === 0) touched[count++] = word;
      cells[2 * word] = known + product;
    }
    this.touchedCount = count;
  }

  /** Returns the cosine of the name and the document of the record that starts there, 0..1. */
  similarityAt(start: number): number {
    const { records } = this.#index;
    const { cells } = this;
    let sum = 0;
    for (let at = start + 3, end = at + records[start + 2]!; at < end; at++) sum += cells[2 * records[at]!]!;
    return sum * this.#scales[start + 1]!;
  }
}

/** As a product: a power is a call, and this is asked thousands of times a question. @internal */
export function square(value: number): number {
  return value * value;
}
