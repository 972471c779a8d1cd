import type { GramIndex } from './gram-index.ts';
import { type GramProducts, square } from './gram-products.ts';

/** Words are taken in the order of their likeness, in this many steps. */
const BINS = 128;

/** A word of very many documents that is like the name. */
interface LongWord {
  readonly word: number;
  readonly bit: number;
  /** What it adds to the product with the name. */
  readonly product: number;
  /** Square of the length of its vector. */
  readonly lengthSquare: number;
}

/**
 * The words of an index that are like a name, those most like it first, and apart from them the words of very many
 * documents.
 *
 * @internal
 */
export class LikelyWords {
  count = 0;
  readonly long: LongWord[] = [];
  /** Bits of all long words, and the sum of the squares of their likenesses. */
  longBits = 0;
  longSquares = 0;
  readonly #index: GramIndex;
  readonly #products: GramProducts;
  readonly #leastLikeness: number;
  readonly #picked: Int32Array;
  readonly #bins: Uint8Array;
  readonly #ordered: Int32Array;
  readonly #ends = new Int32Array(BINS);

  constructor(index: GramIndex, products: GramProducts, leastLikeness: number) {
    const words = index.wordScales.length;
    this.#index = index;
    this.#products = products;
    this.#leastLikeness = leastLikeness;
    this.#picked = new Int32Array(words);
    this.#bins = new Uint8Array(words);
    this.#ordered = new Int32Array(words);
  }

  /** Takes the words of the name at hand. */
  order(): void {
    const { cells, touched, touchedCount } = this.#products;
    const picked = this.#picked;
    const bins = this.#bins;
    const ends = this.#ends.fill(0);
    this.long.length = 0;
    this.longBits = 0;
    this.longSquares = 0;
    let count = 0;
    for (let i = 0; i < touchedCount; i++) {
      const word = touched[i]!;
      const likeness = cells[2 * word]! * cells[2 * word + 1]!;
      if (likeness < 0) this.#addLong(word, -likeness);
      else if (likeness >= this.#leastLikeness) {
        const bin = Math.max(0, BINS - 1 - Math.floor(likeness * BINS));
        picked[count] = word;
        bins[count++] = bin;
        ends[bin]!++;
      }
    }
    for (let bin = 0, end = 0; bin < BINS; bin++) {
      end += ends[bin]!;
      ends[bin] = end - ends[bin]!;
    }
    for (let at = 0; at < count; at++) this.#ordered[ends[bins[at]!]!++] = at;
    this.count = count;
    this.long.sort((a, b) => b.bit - a.bit);
  }

  #addLong(word: number, likeness: number): void {
    if (likeness < this.#leastLikeness) return;
    const bit = this.#index.longWords.get(word)!;
    this.long.push({
      word,
      bit,
      product: this.#products.cells[2 * word]!,
      lengthSquare: this.#index.lengthSquares[word]!,
    });
    this.longBits |= bit;
    this.longSquares += square(likeness);
  }

  /** The word at a place in the order. */
  at(i: number): number {
    return this.#picked[this.#ordered[i]!]!;
  }

  /** How alike the words from this place on are at most. */
  highestFrom(i: number): number {
    return (BINS - this.#bins[this.#ordered[i]!]!) / BINS;
  }
}
