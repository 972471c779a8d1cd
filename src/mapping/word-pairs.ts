import { compareWords, LIKENESS, type WordLikeness } from './similarity/word-similarity.ts';
import type { WordTable } from './word-table.ts';

/** Slots of the cache: a power of two. 2^16 pairs hold the words of a few thousand names; collisions only cost time. */
const SLOTS = 1 << 16;

/**
 * Remembers similarities of word pairs by their ids, in a direct-mapped cache.
 *
 * @internal
 */
export class WordPairs {
  readonly #table: WordTable;
  readonly #keys = new Float64Array(SLOTS).fill(-1);
  readonly #values = new Float32Array(SLOTS);
  readonly #reasons = new Uint8Array(SLOTS);
  readonly #compared: WordLikeness = { similarity: 0, why: 0 };
  /** Why the words of the last comparison are alike. */
  why: number = LIKENESS.none;

  constructor(table: WordTable) {
    this.#table = table;
  }

  /** Returns the similarity of two words of the table, 0..1. */
  similarity(left: number, right: number): number {
    this.why = LIKENESS.none;
    if (left === right) {
      this.why = LIKENESS.equal;
      return 1;
    }
    const masks = this.#table.masks;
    // No letter in common: nothing to compare but two spellings of a concept.
    if ((masks[left]! & masks[right]!) === 0 && this.#table.concepts[left] === 0) return 0;
    const low = left < right ? left : right;
    const high = left < right ? right : left;
    const key = low * 4294967296 + high;
    const slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) & (SLOTS - 1);
    if (this.#keys[slot] !== key) {
      compareWords(this.#table, low, high, this.#compared);
      this.#keys[slot] = key;
      this.#values[slot] = this.#compared.similarity;
      this.#reasons[slot] = this.#compared.why;
    }
    this.why = this.#reasons[slot]!;
    return this.#values[slot]!;
  }

  /** Forgets everything; needed when ids are given to other words. */
  clear(): void {
    this.#keys.fill(-1);
  }
}
