import { buildDocument, type NameDocument, textOf } from './document.ts';
import { GramIndex } from './gram-index.ts';
import type { ParsedName } from './parse-name.ts';
import { soundKey } from './similarity/sound-key.ts';
import { WordTable } from './word-table.ts';

/** Everything the engine looks up among the customers: built once, never changed by a question. @internal */
export interface CustomerIndex {
  readonly table: WordTable;
  /** Words of the customers themselves; ids from here on belong to organizations. */
  readonly tableSize: number;
  readonly documents: readonly NameDocument[];
  /** Customer of each document. */
  readonly customerOf: Int32Array;
  /** First document of each customer; one more entry at the end. */
  readonly starts: Int32Array;
  readonly grams: GramIndex;
  readonly initialsGrams: GramIndex;
  /** Document number behind each text of `initialsGrams`. */
  readonly initialsDocuments: Int32Array;
  readonly bySquashed: KeyIndex;
  readonly byInitials: KeyIndex;
  /** By the consonants, names of other scripts under a key of their own. */
  readonly bySound: KeyIndex;
  readonly hasForeign: boolean;
  readonly customers: number;
}

/** Names handled between two yields: a fraction of a millisecond. */
const NAMES_PER_STEP = 256;

/** Documents by key, as linked lists in one array: first in, first out, no array per key. @internal */
export class KeyIndex {
  readonly #first = new Map<string, number>();
  readonly #last = new Map<string, number>();
  readonly #next: Int32Array;

  constructor(documents: number) {
    this.#next = new Int32Array(documents).fill(-1);
  }

  add(key: string, document: number): void {
    const last = this.#last.get(key);
    if (last === undefined) this.#first.set(key, document);
    else this.#next[last] = document;
    this.#last.set(key, document);
  }

  /** First document of a key, or -1. */
  first(key: string): number {
    return this.#first.get(key) ?? -1;
  }

  /** The document after this one under the same key, or -1. */
  next(document: number): number {
    return this.#next[document]!;
  }
}

/**
 * Builds the index over parsed customer names, in pieces: yields now and then so that a caller may let others run.
 *
 * @internal
 */
export function* buildCustomerIndex(names: readonly ParsedName[]): Generator<void, CustomerIndex> {
  const frequencies = yield* countWords(names);
  const table = new WordTable(frequencies, names.length);
  const documents: NameDocument[] = [];
  const owners: number[] = [];
  const starts = new Int32Array(names.length + 1);
  for (let customer = 0; customer < names.length; customer++) {
    for (const variant of names[customer]!.variants) {
      documents.push(buildDocument(variant, table));
      owners.push(customer);
    }
    starts[customer + 1] = documents.length;
    if (customer % NAMES_PER_STEP === 0) yield;
  }
  const bySquashed = new KeyIndex(documents.length);
  const byInitials = new KeyIndex(documents.length);
  const bySound = new KeyIndex(documents.length);
  let hasForeign = false;
  const texts: string[] = [];
  const initialsTexts: string[] = [];
  const initialsDocuments: number[] = [];
  for (let document = 0; document < documents.length; document++) {
    const { variant, initials } = documents[document]!;
    texts.push(textOf(documents[document]!));
    bySquashed.add(variant.squashed, document);
    const sound = soundKey(variant.squashed);
    if (sound !== '') bySound.add(foreignKey(sound, variant.isForeign), document);
    hasForeign ||= variant.isForeign;
    if (initials !== '') {
      byInitials.add(initials, document);
      initialsTexts.push(initials);
      initialsDocuments.push(document);
    }
    if (document % NAMES_PER_STEP === 0) yield;
  }
  yield;
  const grams = yield* GramIndex.build(texts);
  const initialsGrams = yield* GramIndex.build(initialsTexts);
  return {
    table,
    tableSize: table.words.length,
    documents,
    customerOf: Int32Array.from(owners),
    starts,
    grams,
    initialsGrams,
    initialsDocuments: Int32Array.from(initialsDocuments),
    bySquashed,
    byInitials,
    bySound,
    hasForeign,
    customers: names.length,
  };
}

/** Key of a sound among the names of other scripts, or among the others. @internal */
export function foreignKey(sound: string, isForeign: boolean): string {
  return isForeign ? `*${sound}` : sound;
}

/** Counts in how many customers' names each word stands. */
function* countWords(names: readonly ParsedName[]): Generator<void, Map<string, number>> {
  const frequencies = new Map<string, number>();
  const seen = new Set<string>();
  for (let at = 0; at < names.length; at++) {
    if (at % NAMES_PER_STEP === 0) yield;
    seen.clear();
    for (const variant of names[at]!.variants) for (const word of variant.words) seen.add(word);
    for (const word of seen) frequencies.set(word, (frequencies.get(word) ?? 0) + 1);
  }
  return frequencies;
}
