import { GRAM_CODES } from './gram-codes.ts';
import { forEachBelow, PLAIN_ROWS_PER_STEP } from './slices.ts';

/** How telling a gram is that this many of the documents have. @internal */
export function rarityOf(frequency: number, documents: number): number {
  return Math.log((1 + documents) / (1 + frequency)) + 1;
}

/** Numbers grams in the order in which they come up, from 1 on. @internal */
export class GramNumbers {
  readonly numbers = new Int32Array(GRAM_CODES);
  #last = 0;

  numberOf(gram: number): number {
    const known = this.numbers[gram]!;
    if (known !== 0) return known;
    this.numbers[gram] = ++this.#last;
    return this.#last;
  }
}

/** Returns how telling each gram is, by its number; yields now and then. @internal */
export function* raritiesOf(
  documents: number,
  forEachGram: (document: number, visit: (gram: number) => void) => void,
): Generator<void, Float64Array> {
  const frequencies: number[] = [0];
  const lastSeenIn: number[] = [-1];
  for (let document = 0; document < documents; document++) {
    if (document % PLAIN_ROWS_PER_STEP === 0) yield;
    forEachGram(document, (gram) => {
      while (frequencies.length <= gram) {
        frequencies.push(0);
        lastSeenIn.push(-1);
      }
      if (lastSeenIn[gram] === document) return;
      lastSeenIn[gram] = document;
      frequencies[gram]!++;
    });
  }
  const rarities = new Float64Array(frequencies.length);
  yield* forEachBelow(rarities.length, (gram) => {
    rarities[gram] = rarityOf(frequencies[gram]!, documents);
  });
  return rarities;
}

/** Lengths of TF-IDF vectors, each from its grams one by one. @internal */
export class VectorLengths {
  readonly #rarities: Float64Array;
  readonly #counts: Uint16Array;
  readonly #grams: number[] = [];
  #squares = 0;

  constructor(rarities: Float64Array) {
    this.#rarities = rarities;
    this.#counts = new Uint16Array(rarities.length);
  }

  readonly add = (gram: number): void => {
    const count = this.#counts[gram]!++;
    if (count === 0) this.#grams.push(gram);
    // (count + 1)^2 - count^2 times the square of the rarity.
    this.#squares += (2 * count + 1) * this.#rarities[gram]! ** 2;
  };

  /** Returns 1 / length of the vector and starts the next one. */
  scale(): number {
    const squares = this.#squares;
    for (const gram of this.#grams) this.#counts[gram] = 0;
    this.#grams.length = 0;
    this.#squares = 0;
    return squares === 0 ? 0 : 1 / Math.sqrt(squares);
  }
}
