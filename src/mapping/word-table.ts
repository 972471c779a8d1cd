import { conceptOf } from './concepts.ts';
import { umlautKey } from './parse-name.ts';
import { priorRarity } from './prior.ts';
import { letterMask } from './similarity/letter-mask.ts';
import { PLAIN_ROWS_PER_STEP } from './slices.ts';
import { classOf, contrastOf, WORD_CLASS } from './word-lists.ts';

/** Customers at which their own word counts weigh as much as the prior (the value used in the published prototype runs). */
const PRIOR_STRENGTH = 2000;

/** Grammar words carry this part of their weight: "of" decides nothing, yet order and completeness should count a little. */
const STOP_FACTOR = 0.3;

/** No word weighs less, so that names made of common words alone still compare. */
const LEAST_WEIGHT = 0.05;

/**
 * Words interned to small integers, with all that is asked of a word thousands of times.
 *
 * @internal
 */
export class WordTable {
  readonly words: string[] = [];
  readonly weights: number[] = [];
  readonly classes: number[] = [];
  readonly concepts: number[] = [];
  readonly contrasts: number[] = [];
  readonly keys: string[] = [];
  readonly masks: number[] = [];
  readonly #ids = new Map<string, number>();
  /** Customers that the words are from; -1 until the words are weighed. */
  #names = -1;

  /**
   * Weighs the words by how many of the customers' names have each of them; yields now and then. Words that come later are
   * in none.
   *
   * @param frequencies number of names, by id
   */
  *weigh(frequencies: readonly number[], names: number): Generator<void, void> {
    this.#names = names;
    for (let id = 0; id < this.words.length; id++) {
      if (id % PLAIN_ROWS_PER_STEP === 0) yield;
      this.weights[id] = this.#weightOf(id, frequencies[id]!);
    }
  }

  /** Returns the id of a word, adding it when it is new. */
  intern(word: string): number {
    const known = this.#ids.get(word);
    if (known !== undefined) return known;
    const id = this.words.length;
    const wordClass = classOf(word);
    this.#ids.set(word, id);
    this.words.push(word);
    this.classes.push(wordClass);
    this.concepts.push(conceptOf(word));
    this.contrasts.push(contrastOf(word));
    this.keys.push(umlautKey(word));
    this.masks.push(letterMask(word));
    this.weights.push(this.#names < 0 ? 0 : this.#weightOf(id, 0));
    return id;
  }

  /** Forgets the words added after the first `size`, so that a long-lived table does not grow with every question. */
  shrink(size: number): void {
    for (let id = size; id < this.words.length; id++) this.#ids.delete(this.words[id]!);
    for (const list of [
      this.words,
      this.weights,
      this.classes,
      this.concepts,
      this.contrasts,
      this.keys,
      this.masks,
    ])
      list.length = size;
  }

  #weightOf(id: number, frequency: number): number {
    const share = this.#names / (this.#names + PRIOR_STRENGTH);
    const local =
      this.#names < 2 ? 1 : Math.log((this.#names + 1) / (frequency + 1)) / Math.log(this.#names + 1);
    const rarity = share * local + (1 - share) * priorRarity(this.words[id]!);
    return Math.max(LEAST_WEIGHT, this.classes[id] === WORD_CLASS.stop ? rarity * STOP_FACTOR : rarity);
  }
}
