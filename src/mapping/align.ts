import { AlignedSide } from './aligned-side.ts';
import type { NameDocument } from './document.ts';
import { LIKENESS } from './similarity/word-similarity.ts';
import type { WordPairs } from './word-pairs.ts';
import { joinedLength, runOfInitials } from './word-runs.ts';
import type { WordTable } from './word-table.ts';

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
  readonly left = new AlignedSide();
  readonly right = new AlignedSide();
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
  inversions = 0;
  joined = 0;
  initialRuns = 0;
  /** Why each word of the left side is like its partner. */
  #why = new Uint8Array(this.left.partner.length);

  /** Aligns two readings: equal words, joined words, initials, then the most similar words first. */
  run(leftDocument: NameDocument, rightDocument: NameDocument, table: WordTable, pairs: WordPairs): void {
    const { left, right } = this;
    left.start(leftDocument);
    right.start(rightDocument);
    this.#why.fill(LIKENESS.none, 0, left.count);
    this.joined = 0;
    this.initialRuns = 0;
    if (this.#pairEqual()) {
      this.#pairJoined(left, right);
      this.#pairJoined(right, left);
      this.#pairSimilar(pairs);
      this.#pairInitials(left, right, table);
      this.#pairInitials(right, left, table);
    }
    left.summarize();
    right.summarize();
    // Written together, two telling words weigh no more than one.
    this.matchedMass = (this.joined > 0 ? Math.max : Math.min)(left.matched, right.matched);
    this.#weighPartners(table);
  }

  #pair(i: number, j: number, similarity: number, why: number): void {
    this.left.pair(i, j, similarity);
    this.right.pair(j, i, similarity);
    this.#why[i] = why;
  }

  /** Returns whether words are left over on both sides. */
  #pairEqual(): boolean {
    const { left, right } = this;
    const rightIds = right.document.ids;
    let matched = 0;
    for (let i = 0; i < left.count; i++) {
      const id = left.document.ids[i]!;
      for (let j = 0; j < right.count; j++) {
        if (rightIds[j] !== id || !right.isFree(j)) continue;
        this.#pair(i, j, 1, LIKENESS.equal);
        matched++;
        break;
      }
    }
    return matched < left.count && matched < right.count;
  }

  /** One word of `one` equals two or three neighbours of `many` written together. */
  #pairJoined(one: AlignedSide, many: AlignedSide): void {
    for (let i = 0; i < one.count; i++) {
      const word = one.document.variant.words[i]!;
      if (!one.isFree(i) || word.length < 3) continue;
      for (let j = 0; j + 1 < many.count; j++) {
        const size = joinedLength(word, many, j);
        if (size === 0) continue;
        one.pair(i, j, JOINED);
        for (let k = j; k < j + size; k++) many.pair(k, i, JOINED);
        this.joined++;
        break;
      }
    }
  }

  #pairSimilar(pairs: WordPairs): void {
    const { left, right } = this;
    const { ids: leftIds, weights: leftWeights } = left.document;
    const { ids: rightIds, weights: rightWeights } = right.document;
    for (;;) {
      let best = LEAST_SIMILARITY;
      let bestValue = 0;
      let bestWhy: number = LIKENESS.none;
      let bestLeft = -1;
      let bestRight = -1;
      for (let i = 0; i < left.count; i++) {
        if (!left.isFree(i)) continue;
        for (let j = 0; j < right.count; j++) {
          if (!right.isFree(j)) continue;
          const similarity = pairs.similarity(leftIds[i]!, rightIds[j]!);
          if (similarity < LEAST_SIMILARITY) continue;
          // Among equally similar pairs the heavier, then the one in the same place.
          const value = Math.min(leftWeights[i]!, rightWeights[j]!) - 0.001 * Math.abs(i - j);
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
  #pairInitials(one: AlignedSide, many: AlignedSide, table: WordTable): void {
    // Initials of a whole name are evidence of their own; here a run within a longer name is meant.
    if (one.count < 2) return;
    for (let i = 0; i < one.count; i++) {
      const word = one.document.variant.words[i]!;
      if (!one.isFree(i) || word.length < 2 || word.length > 7) continue;
      for (let j = 0; j + 1 < many.count; j++) {
        const end = runOfInitials(word, many, table, j);
        if (end < 0) continue;
        one.pair(i, j, RUN_OF_INITIALS);
        for (let k = j; k < end; k++) if (many.isFree(k)) many.pair(k, i, RUN_OF_INITIALS);
        this.initialRuns++;
        break;
      }
    }
  }

  /** Notes how the partners differ, and the most telling of them. */
  #weighPartners({ concepts }: WordTable): void {
    const { document, count, partner, similarity } = this.left;
    this.typoMass = 0;
    this.cutMass = 0;
    this.meaningMass = 0;
    this.anchor = 0;
    this.alike = 0;
    this.inversions = 0;
    let last = -1;
    for (let i = 0; i < count; i++) {
      if (this.left.isFree(i)) continue;
      const weight = document.weights[i]!;
      const why = this.#why[i]!;
      if (why === LIKENESS.cut) this.alike = Math.max(this.alike, weight);
      else if (similarity[i]! >= SAME_WORD) {
        const factor = concepts[document.ids[i]!] === 0 ? 1 : COMMON_FACTOR;
        this.anchor = Math.max(this.anchor, weight * factor);
      }
      const lost = weight * (1 - similarity[i]!);
      if (why === LIKENESS.typo) this.typoMass += lost;
      else if (why === LIKENESS.cut) this.cutMass += lost;
      else if (why === LIKENESS.meaning) this.meaningMass += weight;
      if (partner[i]! < last) this.inversions++;
      last = partner[i]!;
    }
  }
}
