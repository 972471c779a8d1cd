import type { NameVariant } from './parse-name.ts';
import { VARIANT_SOURCE } from './parse-name.ts';
import { WORD_CLASS } from './word-lists.ts';
import type { WordTable } from './word-table.ts';

/** A qualifier in brackets or after a dash carries this part of its weight: it tells sites apart more than bodies. */
const QUALIFIER_FACTOR = 0.4;

/** One reading of a name in numbers, ready to be compared thousands of times. @internal */
export interface NameDocument {
  readonly variant: NameVariant;
  readonly ids: Int32Array;
  /** Weight of each word; qualifiers count less. */
  readonly weights: Float64Array;
  readonly totalWeight: number;
  /** First letters of the words that carry meaning; '' for a single word. */
  readonly initials: string;
  /** Length 2 to 12 and one word: may stand for the initials of a longer name. */
  readonly isShortWord: boolean;
  readonly text: string;
}

/**
 * Puts one reading of a name into numbers.
 *
 * @internal
 */
export function buildDocument(variant: NameVariant, table: WordTable): NameDocument {
  const count = variant.words.length;
  const ids = new Int32Array(count);
  const weights = new Float64Array(count);
  let totalWeight = 0;
  for (let i = 0; i < count; i++) {
    const id = table.intern(variant.words[i]!);
    ids[i] = id;
    weights[i] = table.weights[id]! * (i >= variant.qualifiersFrom ? QUALIFIER_FACTOR : 1);
    totalWeight += weights[i]!;
  }
  const isShortWord =
    variant.qualifiersFrom === 1 && variant.squashed.length >= 2 && variant.squashed.length <= 12;
  return {
    variant,
    ids,
    weights,
    totalWeight,
    initials: initialsOf(variant, ids, table),
    isShortWord,
    text: variant.words.join(' '),
  };
}

function initialsOf(variant: NameVariant, ids: Int32Array, table: WordTable): string {
  if (variant.qualifiersFrom < 2) return '';
  let initials = '';
  for (let i = 0; i < variant.qualifiersFrom; i++) {
    if (table.classes[ids[i]!] !== WORD_CLASS.stop) initials += variant.words[i]![0];
  }
  return initials.length >= 2 ? initials : '';
}

/** Tells whether the reading is the name itself, not an alias. @internal */
export function isOwnName(document: NameDocument): boolean {
  return document.variant.source === VARIANT_SOURCE.name;
}
