import type { KeyIndex } from './customer-index.ts';
import type { DocumentStore } from './document-store.ts';
import { umlautKey } from './parse-name.ts';
import type { Rows } from './rows.ts';
import { PLAIN_ROWS_PER_STEP } from './slices.ts';

/** Equal names looked at: a list of one name a thousand times must not cost a million steps. */
const MOST_EQUAL = 20;

/**
 * Marks every name that another customer's name begins with, "Contoso" where there is a "Contoso Brewing": which of them an
 * organization means is often the question. Yields now and then.
 *
 * @param customerOf the customer of each name
 * @internal
 */
export function* markLongerNames(
  documents: DocumentStore,
  bySquashed: KeyIndex,
  customerOf: ArrayLike<number>,
): Generator<void, void> {
  const { starts } = documents.words;
  const wordsOf = (document: number) => starts[document + 1]! - starts[document]!;
  for (let document = 0; document < documents.count; document++) {
    if (document % PLAIN_ROWS_PER_STEP === 0) yield;
    let beginning = '';
    for (let words = 1; words < wordsOf(document); words++) {
      beginning += documents.word(document, words - 1);
      let shorter = bySquashed.first(umlautKey(beginning));
      for (let seen = 0; shorter !== -1 && seen < MOST_EQUAL; seen++) {
        if (customerOf[shorter] !== customerOf[document] && wordsOf(shorter) === words)
          if (haveSameStart(documents.words, document, shorter, words)) documents.hasLonger[shorter] = 1;
        shorter = bySquashed.next(shorter);
      }
    }
  }
}

/** Equal letters do not do: "AB C" and "A BC Group" are other words. */
function haveSameStart({ starts, items }: Rows, one: number, other: number, words: number): boolean {
  for (let i = 0; i < words; i++) if (items[starts[one]! + i] !== items[starts[other]! + i]) return false;
  return true;
}
