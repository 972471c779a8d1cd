import type { NameVariant } from './parse-name.ts';
import { WORD_CLASS } from './word-lists.ts';
import type { WordTable } from './word-table.ts';

/** A qualifier in brackets or after a dash carries this part of its weight: it tells sites apart more than bodies. */
const QUALIFIER_FACTOR = 0.4;

/** One reading of a name in numbers, ready to be compared thousands of times. @internal */
export interface NameDocument {
  readonly variant: NameVariant;
  readonly ids: readonly number[];
  /** Weight of each word; qualifiers count less. */
  readonly weights: readonly number[];
  readonly totalWeight: number;
  /** First letters of the words that carry meaning; '' for a single word. */
  readonly initials: string;
  /** Length 2 to 12 and one word: may stand for the initials of a longer name. */
  readonly isShortWord: boolean;
  /** Whether the name of another customer begins with this one. */
  readonly hasLonger: boolean;
}

/**
 * Puts one reading of a name into numbers.
 *
 * @internal
 */
export function buildDocument(variant: NameVariant, table: WordTable): NameDocument {
  const count = variant.words.length;
  const ids: number[] = [];
  const weights: number[] = [];
  let totalWeight = 0;
  for (let i = 0; i < count; i++) {
    const id = table.intern(variant.words[i]!);
    ids.push(id);
    weights.push(wordWeight(table.weights[id]!, i, variant));
    totalWeight += weights[i]!;
  }
  return {
    variant,
    ids,
    weights,
    totalWeight,
    initials: initialsOf(variant, ids, table),
    isShortWord: isShortWord(variant),
    hasLonger: false,
  };
}

/** Returns what a word weighs at a place in a name: less where it only qualifies. @internal */
export function wordWeight(weight: number, at: number, { qualifiersFrom }: NameVariant): number {
  return at >= qualifiersFrom ? weight * QUALIFIER_FACTOR : weight;
}

/** Tells whether a name is one word that may stand for the initials of a longer name. @internal */
export function isShortWord({ qualifiersFrom, squashed }: NameVariant): boolean {
  return qualifiersFrom === 1 && squashed.length >= 2 && squashed.length <= 12;
}

function initialsOf(variant: NameVariant, ids: readonly number[], table: WordTable): string {
  if (variant.qualifiersFrom < 2) return '';
  let initials = '';
  for (let i = 0; i < variant.qualifiersFrom; i++) {
    if (table.classes[ids[i]!] !== WORD_CLASS.stop) initials += variant.words[i]![0];
  }
  return initials.length >= 2 ? initials : '';
}
