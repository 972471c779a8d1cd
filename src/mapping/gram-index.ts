import { type GramHits, insertHit } from './gram-hits.ts';
import { letterCode } from './letter-code.ts';

/** Letters are folded to 6 bits, so that a gram of three is a number below 2^18 and needs no hash table. */
const LETTER_BITS = 6;
const GRAM_CODES = 1 << (3 * LETTER_BITS);

/**
 * Postings read for one query before the search settles for what it has found: full reading finds 0.1 % more right answers
 * among 100,000 customers and takes five times as long. Lists up to EXACT_SIZE are always searched exactly.
 */
const POSTING_BUDGET = 8000;
const EXACT_SIZE = 6000;

/** After the budget, this many times the wanted results are scored in full. */
const RESCORE_FACTOR = 4;

/** Documents scored in full for one query at most, once the budget is used up. */
const MOST_SCORED = 400;

/** Bins of the histogram that finds them: fine enough that few extra documents are scored. */
const BINS = 1024;

/** More results than this are never asked for. */
const MOST_WANTED = 64;

/** Sums are single precision: partial sums may be off by this much from the full score. */
const ROUNDING = 1e-5;

/** Grams of one text: names are cut to 1,024 letters, transliteration may double them. */
const MOST_GRAMS = 4096;

/** Documents read between two yields: a fraction of a millisecond. */
const DOCUMENTS_PER_STEP = 256;

/**
 * Finds the documents with the most similar character trigrams: cosine of TF-IDF vectors over an inverted index in typed
 * arrays, rarest grams first, with an upper bound that stops early (MaxScore, Turtle and Flood 1995).
 *
 * @internal
 */
export class GramIndex {
  size = 0;
  readonly #offsets = new Int32Array(GRAM_CODES + 1);
  readonly #largest = new Float32Array(GRAM_CODES);
  readonly #queryWeights = new Float64Array(GRAM_CODES);
  readonly #grams = new Int32Array(MOST_GRAMS);
  readonly #order: number[] = [];
  readonly #heapScores = new Float64Array(MOST_WANTED);
  readonly #bins = new Int32Array(BINS);
  #documents = new Int32Array(0);
  #weights = new Float32Array(0);
  #forwardOffsets = new Int32Array(1);
  #forwardGrams = new Int32Array(0);
  #forwardWeights = new Float32Array(0);
  #sums = new Float32Array(0);
  #touched = new Int32Array(0);
  #budget = Number.POSITIVE_INFINITY;
  #bound = 0;
  #isCut = false;

  /** Indexes the texts at once. */
  constructor(texts: readonly string[] = [], budget: number = POSTING_BUDGET) {
    const steps = this.#load(texts, budget);
    while (!steps.next().done);
  }

  /** Indexes the texts in pieces; yields now and then. */
  static *build(texts: readonly string[]): Generator<void, GramIndex> {
    const index = new GramIndex();
    yield* index.#load(texts, POSTING_BUDGET);
    return index;
  }

  *#load(texts: readonly string[], budget: number): Generator<void, void> {
    this.size = texts.length;
    this.#budget = texts.length <= EXACT_SIZE ? Number.POSITIVE_INFINITY : budget;
    this.#sums = new Float32Array(texts.length);
    this.#touched = new Int32Array(texts.length);
    if (texts.length === 0) return;
    const counts = yield* this.#readTexts(texts);
    yield* this.#fillPostings(counts);
  }

  *#readTexts(texts: readonly string[]): Generator<void, Uint8Array> {
    const offsets = new Int32Array(texts.length + 1);
    let total = 0;
    for (const text of texts) total += Math.min(text.length, MOST_GRAMS) + 1;
    const grams = new Int32Array(total);
    const counts = new Uint8Array(total);
    let used = 0;
    for (let document = 0; document < texts.length; document++) {
      const count = this.#distinctGrams(texts[document]!);
      for (let i = 0; i < count; i++) {
        const gram = this.#grams[i]!;
        grams[used] = gram;
        counts[used] = Math.min(255, this.#queryWeights[gram]!);
        used++;
        this.#queryWeights[gram] = 0;
        this.#offsets[gram + 1]!++;
      }
      offsets[document + 1] = used;
      if (document % DOCUMENTS_PER_STEP === 0) yield;
    }
    this.#forwardOffsets = offsets;
    this.#forwardGrams = grams.slice(0, used);
    return counts;
  }

  /** Puts the distinct grams of a padded text into `#grams` and their counts into `#queryWeights`. */
  #distinctGrams(text: string): number {
    const weights = this.#queryWeights;
    const grams = this.#grams;
    let count = 0;
    let gram = letterCode(text.charCodeAt(0));
    // A leading space is code 0, so the two first letters start a gram of their own.
    const length = Math.min(text.length, MOST_GRAMS - 1);
    for (let i = 0; i <= length; i++) {
      const next = i < length ? letterCode(text.charCodeAt(i)) : 0;
      gram = i === 0 ? next : ((gram << LETTER_BITS) | next) & (GRAM_CODES - 1);
      if (i === 0) continue;
      if (weights[gram] === 0) grams[count++] = gram;
      weights[gram]!++;
    }
    return count;
  }

  #idf(gram: number): number {
    const frequency = this.#offsets[gram + 1]! - this.#offsets[gram]!;
    return Math.log((1 + this.size) / (1 + frequency)) + 1;
  }

  *#fillPostings(counts: Uint8Array): Generator<void, void> {
    const offsets = this.#offsets;
    const postings = this.#forwardGrams.length;
    this.#forwardWeights = new Float32Array(postings);
    this.#documents = new Int32Array(postings);
    this.#weights = new Float32Array(postings);
    for (let gram = 0; gram < GRAM_CODES; gram++) offsets[gram + 1]! += offsets[gram]!;
    const next = offsets.slice();
    for (let document = 0; document < this.size; document++) {
      const from = this.#forwardOffsets[document]!;
      const to = this.#forwardOffsets[document + 1]!;
      let norm = 0;
      for (let i = from; i < to; i++) {
        const weight = counts[i]! * this.#idf(this.#forwardGrams[i]!);
        this.#forwardWeights[i] = weight;
        norm += weight * weight;
      }
      const scale = norm === 0 ? 0 : 1 / Math.sqrt(norm);
      for (let i = from; i < to; i++) {
        const gram = this.#forwardGrams[i]!;
        const weight = this.#forwardWeights[i]! * scale;
        this.#forwardWeights[i] = weight;
        const at = next[gram]!++;
        this.#documents[at] = document;
        this.#weights[at] = this.#forwardWeights[i]!;
        if (this.#forwardWeights[i]! > this.#largest[gram]!) this.#largest[gram] = this.#forwardWeights[i]!;
      }
      if (document % DOCUMENTS_PER_STEP === 0) yield;
    }
  }

  /** Returns hits for `search`, sized for up to `most` results. */
  static hits(most: number): GramHits {
    return { count: 0, documents: new Int32Array(most), scores: new Float64Array(most) };
  }

  /** Finds the `wanted` best documents for a text, best first, equal scores by document number. */
  search(text: string, wanted: number, hits: GramHits): void {
    hits.count = 0;
    if (this.size === 0 || text === '') return;
    const count = this.#prepareQuery(text);
    const touched = this.#accumulate(count, wanted);
    this.#select(touched, wanted, hits);
    for (let i = 0; i < count; i++) this.#queryWeights[this.#grams[i]!] = 0;
  }

  /** Returns the cosine between a text and one document. */
  similarity(text: string, document: number): number {
    const count = this.#prepareQuery(text);
    const score = this.#fullScore(document);
    for (let i = 0; i < count; i++) this.#queryWeights[this.#grams[i]!] = 0;
    return score;
  }

  #prepareQuery(text: string): number {
    const count = this.#distinctGrams(text);
    let norm = 0;
    for (let i = 0; i < count; i++) {
      const gram = this.#grams[i]!;
      const weight = this.#queryWeights[gram]! * this.#idf(gram);
      this.#queryWeights[gram] = weight;
      norm += weight * weight;
    }
    const scale = 1 / Math.sqrt(norm);
    for (let i = 0; i < count; i++) this.#queryWeights[this.#grams[i]!]! *= scale;
    return count;
  }

  #accumulate(count: number, wanted: number): number {
    const order = this.#order;
    const offsets = this.#offsets;
    const sums = this.#sums;
    order.length = 0;
    let bound = 0;
    for (let i = 0; i < count; i++) {
      const gram = this.#grams[i]!;
      if (offsets[gram + 1] === offsets[gram]) continue;
      order.push(gram);
      bound += this.#queryWeights[gram]! * this.#largest[gram]!;
    }
    order.sort((a, b) => offsets[a + 1]! - offsets[a]! - (offsets[b + 1]! - offsets[b]!) || a - b);
    let touched = 0;
    let read = 0;
    let nextCheck = 1500;
    this.#isCut = false;
    for (let k = 0; k < order.length; k++) {
      const gram = order[k]!;
      const length = offsets[gram + 1]! - offsets[gram]!;
      if (touched > 0 && read + length > this.#budget) {
        this.#isCut = true;
        break;
      }
      if (read > nextCheck && touched >= wanted) {
        nextCheck = read * 2;
        if (this.#kthPartial(touched, wanted) > bound) break;
      }
      const weight = this.#queryWeights[gram]!;
      bound -= weight * this.#largest[gram]!;
      read += length;
      // The first list may be longer than the budget: then its first documents stand for it.
      const end = offsets[gram]! + Math.min(length, this.#budget);
      if (length > this.#budget) this.#isCut = true;
      for (let at = offsets[gram]!; at < end; at++) {
        const document = this.#documents[at]!;
        if (sums[document] === 0) this.#touched[touched++] = document;
        sums[document]! += weight * this.#weights[at]!;
      }
    }
    this.#bound = bound;
    return touched;
  }

  /** The k-th largest partial sum, or 0 when fewer documents were touched. */
  #kthPartial(touched: number, k: number): number {
    if (touched < k) return 0;
    const best = this.#heapScores;
    let filled = 0;
    for (let i = 0; i < touched; i++) {
      const sum = this.#sums[this.#touched[i]!]!;
      if (filled === k && sum <= best[k - 1]!) continue;
      let at = filled < k ? filled++ : k - 1;
      while (at > 0 && best[at - 1]! < sum) {
        best[at] = best[at - 1]!;
        at--;
      }
      best[at] = sum;
    }
    return best[k - 1]!;
  }

  /** A floor that about `k` of the touched documents reach or more: the lower edge of a histogram's bin. */
  #roughFloor(touched: number, k: number): number {
    if (touched <= k) return 0;
    const bins = this.#bins;
    let most = 0;
    for (let i = 0; i < touched; i++) most = Math.max(most, this.#sums[this.#touched[i]!]!);
    bins.fill(0);
    const scale = (BINS - 1) / most;
    for (let i = 0; i < touched; i++) bins[Math.floor(this.#sums[this.#touched[i]!]! * scale)]!++;
    let bin = BINS - 1;
    for (let count = bins[bin]!; count < k && bin > 0; ) count += bins[--bin]!;
    return (bin - ROUNDING) / scale;
  }

  /** Scores the documents that may still be among the best in full, and keeps the best. Clears the sums. */
  #select(touched: number, wanted: number, hits: GramHits): void {
    const floor = this.#isCut
      ? this.#roughFloor(touched, wanted * RESCORE_FACTOR)
      : this.#kthPartial(touched, wanted) - this.#bound - ROUNDING;
    // Thousands of equal names reach the floor together: the first of them are as good as all.
    let left = this.#isCut ? MOST_SCORED : touched;
    for (let i = 0; i < touched; i++) {
      const document = this.#touched[i]!;
      if (this.#sums[document]! >= floor && left-- > 0) {
        insertHit(hits, wanted, document, this.#fullScore(document));
      }
      this.#sums[document] = 0;
    }
  }

  #fullScore(document: number): number {
    let score = 0;
    for (let i = this.#forwardOffsets[document]!, end = this.#forwardOffsets[document + 1]!; i < end; i++) {
      score += this.#queryWeights[this.#forwardGrams[i]!]! * this.#forwardWeights[i]!;
    }
    return score;
  }
}
