import { buildDocument } from './document.ts';
import { DocumentPacker, DocumentStore } from './document-store.ts';
import { buildGramIndex, type GramIndex } from './gram-index.ts';
import { markLongerNames } from './longer-names.ts';
import type { ParsedName } from './parse-name.ts';
import { rowsOf } from './rows.ts';
import { soundKey } from './similarity/sound-key.ts';
import { PLAIN_ROWS_PER_STEP } from './slices.ts';
import { WordTable } from './word-table.ts';

/** Everything the engine looks up among the customers: built once, never changed by a question. @internal */
export interface CustomerIndex {
  readonly table: WordTable;
  /** Words of the customers themselves; ids from here on belong to organizations. */
  readonly tableSize: number;
  readonly documents: DocumentStore;
  /** Customer of each document. */
  readonly customerOf: Int32Array;
  /** First document of each customer; one more entry at the end. */
  readonly starts: Int32Array;
  readonly grams: GramIndex;
  readonly initialsGrams: GramIndex;
  /** Document number behind each row of `initialsGrams`. */
  readonly initialsDocuments: Int32Array;
  readonly bySquashed: KeyIndex;
  readonly byInitials: KeyIndex;
  /** By the consonants, names of other scripts under a key of their own. */
  readonly bySound: KeyIndex;
  readonly hasForeign: boolean;
  readonly customers: number;
}

/** Documents by key, as linked lists in one array: no array per key. Documents are added last to first. @internal */
export class KeyIndex {
  readonly #first = new Map<string, number>();
  readonly #next: Int32Array;

  constructor(documents: number) {
    this.#next = new Int32Array(documents);
  }

  /** Puts a document before those of the same key. */
  add(key: string, document: number): void {
    this.#next[document] = this.first(key);
    this.#first.set(key, document);
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
 * Takes parsed customer names one by one, and keeps of each only what the index needs.
 *
 * @internal
 */
export class CustomerIndexBuilder {
  readonly #table = new WordTable();
  readonly #packer = new DocumentPacker();
  readonly #owners: number[] = [];
  readonly #starts: number[] = [0];
  /** Number of customers whose names have a word, by its id, and the last of them. */
  readonly #frequencies: number[] = [];
  readonly #lastOwners: number[] = [];

  add({ variants }: ParsedName): void {
    const customer = this.#starts.length - 1;
    for (const variant of variants) {
      const document = buildDocument(variant, this.#table);
      this.#packer.add(document);
      this.#owners.push(customer);
      for (const id of document.ids) this.#count(id, customer);
    }
    this.#starts.push(this.#owners.length);
  }

  #count(id: number, customer: number): void {
    if (this.#lastOwners[id] === customer) return;
    this.#lastOwners[id] = customer;
    this.#frequencies[id] = (this.#frequencies[id] ?? 0) + 1;
  }

  /** Builds the index in pieces: yields now and then so that a caller may let others run. */
  *finish(): Generator<void, CustomerIndex> {
    const table = this.#table;
    const customers = this.#starts.length - 1;
    yield* table.weigh(this.#frequencies, customers);
    const documents = new DocumentStore(this.#packer, table);
    yield;
    const bySquashed = new KeyIndex(documents.count);
    const byInitials = new KeyIndex(documents.count);
    const bySound = new KeyIndex(documents.count);
    let hasForeign = false;
    const initialsDocuments: number[] = [];
    for (let document = documents.count - 1; document >= 0; document--) {
      const squashed = documents.squashed(document);
      bySquashed.add(squashed, document);
      const isForeign = documents.isForeign(document);
      const sound = soundKey(squashed);
      if (sound !== '') bySound.add(foreignKey(sound, isForeign), document);
      hasForeign ||= isForeign;
      const initials = documents.initials(document);
      if (initials !== '') {
        byInitials.add(initials, document);
        initialsDocuments.push(document);
      }
      if (document % PLAIN_ROWS_PER_STEP === 0) yield;
    }
    initialsDocuments.reverse();
    yield* markLongerNames(documents, bySquashed, this.#owners);
    const grams = yield* buildGramIndex(table.words, documents.words);
    const numbers = new Map<string, number>();
    const initialsRows = yield* rowsOf(initialsDocuments, (document) => [
      numberIn(numbers, documents.initials(document)),
    ]);
    const initialsGrams = yield* buildGramIndex([...numbers.keys()], initialsRows);
    return {
      table,
      tableSize: table.words.length,
      documents,
      customerOf: new Int32Array(this.#owners),
      starts: new Int32Array(this.#starts),
      grams,
      initialsGrams,
      initialsDocuments: new Int32Array(initialsDocuments),
      bySquashed,
      byInitials,
      bySound,
      hasForeign,
      customers,
    };
  }
}

/** Builds the index over parsed customer names; yields now and then. @internal */
export function* buildCustomerIndex(names: readonly ParsedName[]): Generator<void, CustomerIndex> {
  const builder = new CustomerIndexBuilder();
  for (const name of names) builder.add(name);
  return yield* builder.finish();
}

/** Key of a sound among the names of other scripts, or among the others. @internal */
export function foreignKey(sound: string, isForeign: boolean): string {
  return isForeign ? `*${sound}` : sound;
}

/** The number of a key; a new key gets the next one. */
function numberIn(numbers: Map<string, number>, key: string): number {
  const known = numbers.get(key) ?? numbers.size;
  numbers.set(key, known);
  return known;
}
