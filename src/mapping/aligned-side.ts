import type { NameDocument } from './document.ts';

/** Words further along are counted as left over: real names have fewer. */
const MOST_WORDS = 40;

/** One of two aligned names: which words found a partner, and what is left over. @internal */
export class AlignedSide {
  document!: NameDocument;
  /** Words that are looked at. */
  count = 0;
  /** Per word: the position of its partner on the other side, or -1, and how alike the two are. */
  readonly partner = new Int32Array(MOST_WORDS);
  readonly similarity = new Float64Array(MOST_WORDS);
  /** Weight that found a partner, and its share of all. */
  matched = 0;
  coverage = 0;
  /** Words without a partner. */
  leftOver = 0;
  /** The heaviest of them, and its position; -1 for none. */
  heaviest = 0;
  heaviestAt = -1;

  /** Takes a name, none of its words with a partner. */
  start(document: NameDocument): void {
    this.document = document;
    this.count = Math.min(document.ids.length, MOST_WORDS);
    for (let i = 0; i < this.count; i++) {
      this.partner[i] = -1;
      this.similarity[i] = 0;
    }
  }

  pair(i: number, partner: number, similarity: number): void {
    this.partner[i] = partner;
    this.similarity[i] = similarity;
  }

  isFree(i: number): boolean {
    return this.partner[i] === -1;
  }

  get isHeadMatched(): boolean {
    return this.count > 0 && !this.isFree(0);
  }

  summarize(): void {
    const { weights, totalWeight } = this.document;
    this.matched = 0;
    this.leftOver = 0;
    this.heaviest = 0;
    this.heaviestAt = -1;
    for (let i = 0; i < this.count; i++) {
      const weight = weights[i]!;
      if (!this.isFree(i)) this.matched += weight * this.similarity[i]!;
      else {
        this.leftOver++;
        if (weight > this.heaviest) {
          this.heaviest = weight;
          this.heaviestAt = i;
        }
      }
    }
    this.coverage = totalWeight === 0 ? 0 : this.matched / totalWeight;
  }
}
