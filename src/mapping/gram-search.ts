import { ENTRY_SIZE, MANY_OTHERS, OTHERS_SHIFT, SCALE_BITS, SCALES } from './gram-entries.ts';
import { type GramHits, insertHit } from './gram-hits.ts';
import type { GramIndex } from './gram-index.ts';
import { GramProducts, square } from './gram-products.ts';
import { LikelyWords } from './likely-words.ts';

/** How much the search looks at. @internal */
export interface SearchLimits {
  /** Up to this many documents it finds the best ones for certain; among more, it guesses where to stop. */
  readonly exactSize: number;
  /** Documents of a long word that are looked at then, the shortest ones. */
  readonly mostOfLong: number;
  /** Documents scored for one question then: only names made of very common words come near. */
  readonly mostScored: number;
}

/** @internal */
export const SEARCH_LIMITS: SearchLimits = { exactSize: 6000, mostOfLong: 1000, mostScored: 4000 };

/**
 * The guess: what else in a document, beside the word at hand and its long words, may be like the name, is no more like it
 * than that word and this together. Measured: 100,000 invented names keep 99.98 % of their best ten.
 */
const LETTERS_AROUND_SPACES = 0.1;
/** Words less like the name than this are not looked for. */
const LEAST_LIKENESS = 0.08;
/** Thousands of names may be the same, but for rounding: the first of them are as good as all. */
const SAME = 1 - 1e-6;

/** Scores are sums of single-precision numbers: one that is below the least by no more than this may be as good. */
const ROUNDING = 1e-6;

/**
 * Compares one name at a time with the documents of an index: cosine of TF-IDF vectors of character trigrams.
 *
 * @internal
 */
export class GramSearch {
  readonly #index: GramIndex;
  readonly #limits: SearchLimits;
  readonly #isExact: boolean;
  readonly #products: GramProducts;
  readonly #words: LikelyWords;
  #wanted = 0;
  #leastBeside: (hits: GramHits) => number = anyScore;
  /** The score from which on a document is among the best so far. */
  #least = 0;
  #hits!: GramHits;
  /** Documents that may still be scored. */
  #left = 0;

  constructor(index: GramIndex, limits: SearchLimits = SEARCH_LIMITS) {
    this.#index = index;
    this.#limits = limits;
    this.#isExact = index.recordStarts.length <= limits.exactSize;
    this.#products = new GramProducts(index);
    this.#words = new LikelyWords(index, this.#products, this.#isExact ? 0 : LEAST_LIKENESS);
  }

  /** Returns hits for `findBest`, sized for up to `most` results. */
  static hits(most: number): GramHits {
    return { count: 0, documents: new Int32Array(most), scores: new Float64Array(most) };
  }

  /** Sets the name that the other methods are about. */
  ask(words: readonly string[]): void {
    this.#products.ask(words);
  }

  /** Returns the cosine of the name and one document, 0..1. */
  similarity(document: number): number {
    return this.#products.similarityAt(this.#index.recordStarts[document]!);
  }

  /**
   * Finds the best documents, as many as fit into `hits`, best first, equal scores by document number.
   *
   * @param leastBeside given the best so far, the least score that is of interest beside them; never less with better ones
   */
  findBest(wanted: number, hits: GramHits, leastBeside: (hits: GramHits) => number = anyScore): void {
    this.#wanted = wanted;
    this.#hits = hits;
    this.#leastBeside = leastBeside;
    this.#least = 0;
    hits.count = 0;
    const isCertain = this.#scoreLikely();
    if (!isCertain && this.#isExact) this.#scoreAll();
    while (hits.count > 0 && hits.scores[hits.count - 1]! < leastBeside(hits)) hits.count--;
    const { records } = this.#index;
    for (let i = 0; i < hits.count; i++) hits.documents[i] = records[hits.documents[i]!]!;
  }

  #scoreAll(): void {
    const { records } = this.#index;
    this.#hits.count = 0;
    this.#least = 0;
    for (let start = 0; start < records.length; start += 3 + records[start + 2]!) {
      const score = this.#products.similarityAt(start);
      if (score >= this.#least) this.#insert(start, score);
    }
  }

  /**
   * Scores the documents of the words most like the name first, as long as others may be among the best. Long words are
   * left to the end: what they add is known without reading their lists. A document's vector is at least as long as those
   * of its words together: so the squares of their likenesses, added up, are no less than the square of its score.
   * Returns whether no other document can be among the best.
   */
  #scoreLikely(): boolean {
    const { wordMarks } = this.#index;
    const { gapSquares } = this.#products;
    const words = this.#words;
    words.order();
    // Of alike names of many words each may be scored once for every word: then all are scored, each of them once.
    this.#left = this.#isExact ? this.#index.recordStarts.length : this.#limits.mostScored;
    let highest = 1;
    for (let i = 0; i < words.count && this.#left > 0; i++) {
      const word = words.at(i);
      highest = words.highestFrom(i);
      const leastSquare = square(Math.max(0, this.#least - ROUNDING));
      if (!this.#isExact && square(highest + LETTERS_AROUND_SPACES) + words.longSquares < leastSquare) break;
      const marks = wordMarks[word]!;
      const long = (marks & words.longBits) === 0 ? 0 : words.longSquares;
      if (long + othersOf(marks) * square(highest) + gapSquares >= leastSquare)
        this.#scoreDocuments(word, 1, highest);
    }
    if (!this.#isExact) highest = LEAST_LIKENESS;
    for (const { word } of words.long) {
      const leastSquare = square(Math.max(0, this.#least - ROUNDING));
      const others = this.#isExact
        ? othersOf(wordMarks[word]!) * square(highest) + gapSquares
        : square(LETTERS_AROUND_SPACES);
      if (this.#left > 0 && words.longSquares + others >= leastSquare) this.#scoreDocuments(word, 0, highest);
    }
    return this.#left > 0 && square(this.#least) > gapSquares;
  }

  /**
   * Scores those documents of a word that may be among the best.
   *
   * @param known 1 when the word is among those that the marks count, 0 for a long word
   * @param highest how alike other words of these documents are at most: those more alike have had their turn
   */
  #scoreDocuments(word: number, known: number, highest: number): void {
    const { entries, entryRecords, entryStarts, lengthSquares, wordMarks } = this.#index;
    const { cells, gapSquares } = this.#products;
    const { longBits } = this.#words;
    const highestSquare = square(highest);
    const ownProduct = cells[2 * word]!;
    const ownSquares = lengthSquares[word]!;
    const ownAndGaps = square(ownProduct) / ownSquares + gapSquares;
    const withMostOthers = ownAndGaps + (othersOf(wordMarks[word]!) - known) * highestSquare;
    let knownBits = 0;
    let knownProduct = ownProduct;
    let knownSquares = ownSquares;
    let least = this.#least - ROUNDING;
    let leastSquare = square(Math.max(0, least));
    const start = entryStarts[word]!;
    const end =
      known === 0 && !this.#isExact
        ? Math.min(start + this.#limits.mostOfLong, entryStarts[word + 1]!)
        : entryStarts[word + 1]!;
    for (let entry = start; entry < end; entry++) {
      const marks = entries[ENTRY_SIZE * entry]!;
      const bits = marks & longBits;
      if (bits === 0 && withMostOthers < leastSquare) continue;
      let others = othersOf(marks) - known;
      if (bits === 0 && ownAndGaps + others * highestSquare < leastSquare) continue;
      if (bits !== knownBits) {
        knownBits = bits;
        knownProduct = ownProduct;
        knownSquares = ownSquares;
        for (const long of this.#words.long) {
          if ((bits & long.bit) === 0 || long.word === word) continue;
          knownProduct += long.product;
          knownSquares += long.lengthSquare;
        }
      }
      const packed = entries[ENTRY_SIZE * entry + 1]!;
      const scaleBelow = (packed & (SCALES - 1)) / SCALES;
      const other = packed >> SCALE_BITS;
      let product = knownProduct;
      if (other !== -1) {
        product += cells[2 * other]!;
        others--;
      }
      const missing = least - product * (scaleBelow + 1 / SCALES);
      if (missing > 0) {
        // What is left of the document's vector, times what may be like the name in it.
        const rest = others * highestSquare + gapSquares;
        if (square(missing) > rest) continue;
        const squares = other === -1 ? knownSquares : knownSquares + lengthSquares[other]!;
        if (square(missing) > (1 - squares * square(scaleBelow)) * rest) continue;
      }
      this.#score(entryRecords[entry]!);
      least = this.#least - ROUNDING;
      leastSquare = square(Math.max(0, least));
      if (this.#left <= 0 || (!this.#isExact && this.#least > SAME)) return;
    }
  }

  #score(start: number): void {
    this.#left--;
    const hits = this.#hits;
    const score = this.#products.similarityAt(start);
    if (score < this.#least) return;
    for (let i = 0; i < hits.count; i++) if (hits.documents[i] === start) return;
    this.#insert(start, score);
  }

  #insert(start: number, score: number): void {
    const hits = this.#hits;
    insertHit(hits, this.#wanted, start, score);
    if (hits.count === 0) return;
    const least = this.#leastBeside(hits);
    this.#least = hits.count === this.#wanted ? Math.max(hits.scores[hits.count - 1]!, least) : least;
  }
}

function anyScore(): number {
  return 0;
}

/** How many words of a document the bits of its marks do not know. */
function othersOf(marks: number): number {
  const others = marks >>> OTHERS_SHIFT;
  return others === MANY_OTHERS ? Number.POSITIVE_INFINITY : others;
}
