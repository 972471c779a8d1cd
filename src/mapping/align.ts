import type { NameDocument } from './document.ts';
import { LIKENESS } from './similarity/word-similarity.ts';
import type { WordPairs } from './word-pairs.ts';
import { joinedLength, runOfInitials } from './word-runs.ts';
import type { WordTable } from './word-table.ts';

/** Words further along are counted as left over: real names have fewer. */
const MOST_WORDS = 40;

/** Joined words are the same letters, but a person may have meant two. */
const JOINED = 0.96;
/** A word that spells the initials of a run of words on the other side. */
const RUN_OF_INITIALS = 0.85;
/** From here on two words are the same one: equal, plural, joined, or of one meaning. */
const SAME_WORD = 0.93;
/** General vocabulary ("ministry", "museum") tells less than its rarity among the customers says. */
const COMMON_FACTOR = 0.75;
/** Below this two words are different words. */
const LEAST_SIMILARITY = 0.42;

/**
 * Which word stands for which, and what is left over. One object is reused from pair to pair.
 *
 * @internal
 */
export class Alignment {
  /** Share of the weight that found a partner, per side. */
  leftCoverage = 0;
  rightCoverage = 0;
  /** Weight that found a partner, in words as telling as one seen nowhere. */
  matchedMass = 0;
  /** Weight lost to misspelt, to shortened and to translated partners. */
  typoMass = 0;
  cutMass = 0;
  meaningMass = 0;
  /** The heaviest word that both sides have: the same word, written in another way at most. */
  anchor = 0;
  /** The heaviest word whose partner only begins alike, or is a shorter form of it. */
  alike = 0;
  /** The heaviest word without a partner, per side, and its position; -1 for none. */
  leftHeaviest = 0;
  rightHeaviest = 0;
  leftHeaviestAt = -1;
  rightHeaviestAt = -1;
  leftOver = 0;
  rightOver = 0;
  leftHeadMatched = false;
  rightHeadMatched = false;
  inversions = 0;
  joined = 0;
  initialRuns = 0;
  readonly leftPartner = new Int32Array(MOST_WORDS);
  readonly rightPartner = new Int32Array(MOST_WORDS);
  readonly leftSimilarity = new Float64Array(MOST_WORDS);
  readonly leftWhy = new Uint8Array(MOST_WORDS);
  readonly rightSimilarity = new Float64Array(MOST_WORDS);
  leftCount = 0;
  rightCount = 0;

  /** Aligns two readings: equal words, joined words, initials, then the most similar words first. */
  run(left: NameDocument, right: NameDocument, table: WordTable, pairs: WordPairs): void {
    this.#reset(left, right);
    const isOpen = this.#pairEqual(left, right);
    if (isOpen) {
      this.#pairJoined(
        left,
        right,
        this.leftPartner,
        this.rightPartner,
        this.leftSimilarity,
        this.rightSimilarity,
      );
      this.#pairJoined(
        right,
        left,
        this.rightPartner,
        this.leftPartner,
        this.rightSimilarity,
        this.leftSimilarity,
      );
      this.#pairSimilar(left, right, pairs);
      this.#pairInitials(
        left,
        right,
        table,
        this.leftPartner,
        this.rightPartner,
        this.leftSimilarity,
        this.rightSimilarity,
      );
      this.#pairInitials(
        right,
        left,
        table,
        this.rightPartner,
        this.leftPartner,
        this.rightSimilarity,
        this.leftSimilarity,
      );
    }
    this.#summarize(left, right, table);
  }

  /** Forgets the pair before. */
  #reset(left: NameDocument, right: NameDocument): void {
    this.leftCount = Math.min(left.ids.length, MOST_WORDS);
    this.rightCount = Math.min(right.ids.length, MOST_WORDS);
    this.joined = 0;
    this.initialRuns = 0;
    for (let i = 0; i < this.leftCount; i++) {
      this.leftPartner[i] = -1;
      this.leftSimilarity[i] = 0;
      this.leftWhy[i] = 0;
    }
    for (let j = 0; j < this.rightCount; j++) {
      this.rightPartner[j] = -1;
      this.rightSimilarity[j] = 0;
    }
  }

  /** Returns whether words are left over on both sides. */
  #pairEqual(left: NameDocument, right: NameDocument): boolean {
    let matched = 0;
    for (let i = 0; i < this.leftCount; i++) {
      const id = left.ids[i]!;
      for (let j = 0; j < this.rightCount; j++) {
        if (right.ids[j] !== id || this.rightPartner[j] !== -1) continue;
        this.#pair(i, j, 1, LIKENESS.equal);
        matched++;
        break;
      }
    }
    return matched < this.leftCount && matched < this.rightCount;
  }

  #pair(i: number, j: number, similarity: number, why: number): void {
    this.leftWhy[i] = why;
    this.leftPartner[i] = j;
    this.rightPartner[j] = i;
    this.leftSimilarity[i] = similarity;
    this.rightSimilarity[j] = similarity;
  }

  /** One word of `one` equals two or three neighbours of `many` written together. */
  #pairJoined(
    one: NameDocument,
    many: NameDocument,
    onePartner: Int32Array,
    manyPartner: Int32Array,
    oneSimilarity: Float64Array,
    manySimilarity: Float64Array,
  ): void {
    const oneCount = Math.min(one.ids.length, MOST_WORDS);
    const manyCount = Math.min(many.ids.length, MOST_WORDS);
    for (let i = 0; i < oneCount; i++) {
      const word = one.variant.words[i]!;
      if (onePartner[i] !== -1 || word.length < 3) continue;
      for (let j = 0; j + 1 < manyCount; j++) {
        const size = joinedLength(word, many.variant.words, manyPartner, j, manyCount);
        if (size === 0) continue;
        onePartner[i] = j;
        oneSimilarity[i] = JOINED;
        for (let k = j; k < j + size; k++) {
          manyPartner[k] = i;
          manySimilarity[k] = JOINED;
        }
        this.joined++;
        break;
      }
    }
  }

  #pairSimilar(left: NameDocument, right: NameDocument, pairs: WordPairs): void {
    for (;;) {
      let best = LEAST_SIMILARITY;
      let bestValue = 0;
      let bestWhy: number = LIKENESS.none;
      let bestLeft = -1;
      let bestRight = -1;
      for (let i = 0; i < this.leftCount; i++) {
        if (this.leftPartner[i] !== -1) continue;
        for (let j = 0; j < this.rightCount; j++) {
          if (this.rightPartner[j] !== -1) continue;
          const similarity = pairs.similarity(left.ids[i]!, right.ids[j]!);
          if (similarity < LEAST_SIMILARITY) continue;
          // Among equally similar pairs the heavier, then the one in the same place.
          const value = Math.min(left.weights[i]!, right.weights[j]!) - 0.001 * Math.abs(i - j);
          if (similarity < best || (similarity === best && value <= bestValue && bestLeft !== -1)) continue;
          best = similarity;
          bestValue = value;
          bestLeft = i;
          bestWhy = pairs.why;
          bestRight = j;
        }
      }
      if (bestLeft === -1) return;
      this.#pair(bestLeft, bestRight, best, bestWhy);
    }
  }

  /** A short word of `one` is the initials of neighbouring words of `many` that have no partner. */
  #pairInitials(
    one: NameDocument,
    many: NameDocument,
    table: WordTable,
    onePartner: Int32Array,
    manyPartner: Int32Array,
    oneSimilarity: Float64Array,
    manySimilarity: Float64Array,
  ): void {
    const oneCount = Math.min(one.ids.length, MOST_WORDS);
    const manyCount = Math.min(many.ids.length, MOST_WORDS);
    // Initials of a whole name are evidence of their own; here a run within a longer name is meant.
    if (oneCount < 2) return;
    for (let i = 0; i < oneCount; i++) {
      const word = one.variant.words[i]!;
      if (onePartner[i] !== -1 || word.length < 2 || word.length > 7) continue;
      for (let j = 0; j + 1 < manyCount; j++) {
        const end = runOfInitials(word, many, table, manyPartner, j, manyCount);
        if (end < 0) continue;
        onePartner[i] = j;
        oneSimilarity[i] = RUN_OF_INITIALS;
        for (let k = j; k < end; k++) {
          if (manyPartner[k] !== -1) continue;
          manyPartner[k] = i;
          manySimilarity[k] = RUN_OF_INITIALS;
        }
        this.initialRuns++;
        break;
      }
    }
  }

  #summarize(left: NameDocument, right: NameDocument, table: WordTable): void {
    const leftMatched = this.#summarizeLeft(left, table);
    const rightMatched = this.#summarizeRight(right);
    this.leftCoverage = left.totalWeight === 0 ? 0 : leftMatched / left.totalWeight;
    this.rightCoverage = right.totalWeight === 0 ? 0 : rightMatched / right.totalWeight;
    // Written together, two telling words weigh no more than one.
    this.matchedMass =
      this.joined > 0 ? Math.max(leftMatched, rightMatched) : Math.min(leftMatched, rightMatched);
    this.leftHeadMatched = this.leftCount > 0 && this.leftPartner[0] !== -1;
    this.rightHeadMatched = this.rightCount > 0 && this.rightPartner[0] !== -1;
  }

  /** Returns the weight that found a partner; notes what is left over and how the partners differ. */
  #summarizeLeft(left: NameDocument, table: WordTable): number {
    let leftMatched = 0;
    this.typoMass = 0;
    this.cutMass = 0;
    this.meaningMass = 0;
    this.anchor = 0;
    this.alike = 0;
    this.leftHeaviest = 0;
    this.leftHeaviestAt = -1;
    this.leftOver = 0;
    this.inversions = 0;
    let last = -1;
    for (let i = 0; i < this.leftCount; i++) {
      const weight = left.weights[i]!;
      const partner = this.leftPartner[i]!;
      if (partner === -1) {
        this.leftOver++;
        if (weight > this.leftHeaviest) {
          this.leftHeaviest = weight;
          this.leftHeaviestAt = i;
        }
        continue;
      }
      leftMatched += weight * this.leftSimilarity[i]!;
      if (this.leftWhy[i] === LIKENESS.cut) this.alike = Math.max(this.alike, weight);
      else if (this.leftSimilarity[i]! >= SAME_WORD) {
        const factor = table.concepts[left.ids[i]!] === 0 ? 1 : COMMON_FACTOR;
        this.anchor = Math.max(this.anchor, weight * factor);
      }
      const lost = weight * (1 - this.leftSimilarity[i]!);
      const why = this.leftWhy[i]!;
      if (why === LIKENESS.typo) this.typoMass += lost;
      else if (why === LIKENESS.cut) this.cutMass += lost;
      else if (why === LIKENESS.meaning) this.meaningMass += weight;
      if (partner < last) this.inversions++;
      last = partner;
    }
    return leftMatched;
  }

  /** Returns the weight that found a partner; notes what is left over. */
  #summarizeRight(right: NameDocument): number {
    let rightMatched = 0;
    this.rightHeaviest = 0;
    this.rightHeaviestAt = -1;
    this.rightOver = 0;
    for (let j = 0; j < this.rightCount; j++) {
      const weight = right.weights[j]!;
      if (this.rightPartner[j] === -1) {
        this.rightOver++;
        if (weight > this.rightHeaviest) {
          this.rightHeaviest = weight;
          this.rightHeaviestAt = j;
        }
        continue;
      }
      rightMatched += weight * this.rightSimilarity[j]!;
    }
    return rightMatched;
  }
}
