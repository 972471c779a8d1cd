import { isShortWord, type NameDocument, wordWeight } from './document.ts';
import type { NameVariant } from './parse-name.ts';
import type { Rows } from './rows.ts';
import type { WordTable } from './word-table.ts';

/** A document that is read from the store; its lists are filled again for the next one. @internal */
export class DocumentView implements NameDocument {
  readonly variant = {
    source: 0,
    words: [] as string[],
    qualifiersFrom: 0,
    bracketsFrom: 0,
    forms: [] as readonly string[],
    squashed: '',
    isForeign: false,
  };
  readonly ids: number[] = [];
  readonly weights: number[] = [];
  totalWeight = 0;
  initials = '';
  isShortWord = false;
  hasLonger = false;
}

/** The words of a document are at most 40, see `parseName`: three small numbers fit into one. */
const SMALL_BITS = 8;
const SMALL = (1 << SMALL_BITS) - 1;

/**
 * Readings of the customers' names, packed: as objects, 100,000 of them would take 50 MB that the collector looks
 * through again and again.
 *
 * @internal
 */
export class DocumentStore {
  readonly words: Rows;
  /** Per document: 1 where another customer's name begins with it, see `markLongerNames`. */
  readonly hasLonger: Uint8Array;
  readonly #table: WordTable;
  readonly #squashed: readonly string[];
  readonly #shapes: Int32Array;
  readonly #initials: readonly string[];
  readonly #forms: readonly (readonly string[])[];

  constructor(packer: DocumentPacker, table: WordTable) {
    this.#table = table;
    this.words = { starts: new Int32Array(packer.starts), items: new Int32Array(packer.ids) };
    this.#squashed = packer.squashed;
    this.hasLonger = new Uint8Array(packer.squashed.length);
    this.#shapes = new Int32Array(packer.shapes);
    this.#initials = packer.initials;
    this.#forms = packer.forms;
  }

  get count(): number {
    return this.#squashed.length;
  }

  /** One word of a document. */
  word(document: number, at: number): string {
    return this.#table.words[this.words.items[this.words.starts[document]! + at]!]!;
  }

  squashed(document: number): string {
    return this.#squashed[document]!;
  }

  /** First letters of the words; '' for a single word. */
  initials(document: number): string {
    return this.#initials[document]!;
  }

  /** Whether the name was written in another script. */
  isForeign(document: number): boolean {
    return this.#shapes[document]! >> (3 * SMALL_BITS) !== 0;
  }

  /** Fills a view with a document. */
  read(document: number, view: DocumentView): void {
    const { starts, items } = this.words;
    const { weights, words } = this.#table;
    const { variant } = view;
    const start = starts[document]!;
    const count = starts[document + 1]! - start;
    const shape = this.#shapes[document]!;
    variant.source = shape & SMALL;
    variant.qualifiersFrom = (shape >> SMALL_BITS) & SMALL;
    variant.bracketsFrom = (shape >> (2 * SMALL_BITS)) & SMALL;
    variant.isForeign = this.isForeign(document);
    variant.forms = this.#forms[document]!;
    variant.squashed = this.#squashed[document]!;
    variant.words.length = count;
    view.ids.length = count;
    view.weights.length = count;
    view.totalWeight = 0;
    for (let i = 0; i < count; i++) {
      const id = items[start + i]!;
      view.ids[i] = id;
      variant.words[i] = words[id]!;
      view.weights[i] = wordWeight(weights[id]!, i, variant);
      view.totalWeight += view.weights[i]!;
    }
    view.initials = this.#initials[document]!;
    view.isShortWord = isShortWord(variant);
    view.hasLonger = this.hasLonger[document] === 1;
  }
}

/** Collects readings for a store, each word once. @internal */
export class DocumentPacker {
  readonly starts: number[] = [0];
  readonly ids: number[] = [];
  readonly squashed: string[] = [];
  readonly shapes: number[] = [];
  readonly initials: string[] = [];
  readonly forms: (readonly string[])[] = [];
  /** Lists of forms and initials, of which many names have the same. */
  readonly #known = new Map<string, { initials: string; forms: readonly string[] }>();

  add({ variant, ids, initials }: NameDocument): void {
    for (const id of ids) this.ids.push(id);
    this.starts.push(this.ids.length);
    this.squashed.push(variant.squashed);
    this.shapes.push(shapeOf(variant));
    const key = `${initials}|${variant.forms.join('|')}`;
    let known = this.#known.get(key);
    if (known === undefined) {
      known = { initials, forms: variant.forms };
      this.#known.set(key, known);
    }
    this.initials.push(known.initials);
    this.forms.push(known.forms);
  }
}

function shapeOf({ source, qualifiersFrom, bracketsFrom, isForeign }: NameVariant): number {
  const foreign = isForeign ? 1 : 0;
  return (
    source |
    (qualifiersFrom << SMALL_BITS) |
    (bracketsFrom << (2 * SMALL_BITS)) |
    (foreign << (3 * SMALL_BITS))
  );
}
