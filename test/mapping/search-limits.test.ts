import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { drain } from '../../bench/lib/drain.ts';
import { ENTRY_LIMITS, ENTRY_SIZE, MANY_OTHERS, SCALE_BITS, SCALES } from '../../src/mapping/gram-entries.ts';
import { buildGramIndex } from '../../src/mapping/gram-index.ts';
import { GramProducts } from '../../src/mapping/gram-products.ts';
import { rowsOf } from '../../src/mapping/rows.ts';
import { fullSearch, search, searchOver } from '../support/reference/search.ts';

const textOf = (words: readonly string[]) => words.join(' ');

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a name of more words than its marks count', () => {
  /** Few ends, which every name has: what stands around spaces then tells nothing, and the words decide. */
  const end = fc.constantFrom('a', 'e', 'o');
  const word = (letters: number) =>
    fc
      .tuple(
        end,
        fc.string({
          unit: fc.constantFrom(...'bcdfghjklmnpqrstvwxyz'),
          minLength: letters - 2,
          maxLength: letters - 2,
        }),
        end,
      )
      .map((parts) => parts.join(''));
  const others = Array.from({ length: 300 }, () => 'a a e e o o a o e a');

  it('is not given up for a shorter one that is nearly as good', () => {
    fc.assert(
      fc.property(
        fc.array(word(8), { minLength: 2 * MANY_OTHERS, maxLength: 3 * MANY_OTHERS }),
        fc.array(word(16), { minLength: 20, maxLength: 40 }),
        (many, few) => {
          const texts = [textOf(few), textOf(many), ...others];
          const query = textOf([...many, ...few]);
          const index = searchOver(texts);
          expect(search(index, query, 1)).toEqual(fullSearch(index, texts, query, 1));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a name that has a very frequent word several times', () => {
  it('is found as by comparing all names', () => {
    const word = fc.string({ unit: fc.constantFrom('b', 'k', 'l', 'o'), minLength: 3, maxLength: 6 });
    const name = fc
      .record({ times: fc.integer({ min: 0, max: 4 }), rest: fc.array(word, { minLength: 1, maxLength: 2 }) })
      .map(({ times, rest }) => textOf([...Array.from({ length: times }, () => 'group'), ...rest]));
    fc.assert(
      fc.property(fc.array(name, { minLength: 10, maxLength: 30 }), name, (names, query) => {
        const index = searchOver(names, { longFrom: 4 });
        expect(search(index, query, 2)).toEqual(fullSearch(index, names, query, 2));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the most telling other word of an entry', () => {
  it('fits beside the length of a vector up to the last word that counts as known', () => {
    const last = ENTRY_LIMITS.otherWords - 1;
    expect(((last << SCALE_BITS) | (SCALES - 1)) >> SCALE_BITS).toBe(last);
    expect(((last + 1) << SCALE_BITS) >> SCALE_BITS).not.toBe(last + 1);
  });

  it('is none of the words that do not count as known', () => {
    const rows = fc.array(fc.array(fc.nat(11), { minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 9,
    });
    const vocabulary = Array.from({ length: 12 }, (_, i) => `word${i}`);
    fc.assert(
      fc.property(rows, fc.nat(12), (documents, otherWords) => {
        const words = drain(rowsOf(documents, (document) => document));
        const limits = { ...ENTRY_LIMITS, otherWords };
        const { entries } = drain(buildGramIndex(vocabulary, words, limits));
        for (let at = 1; at < entries.length; at += ENTRY_SIZE)
          expect(entries[at]! >> SCALE_BITS).toBeLessThan(otherWords);
      }),
    );
  });
});

describe('a search that guesses where to stop', () => {
  const syllable = fc.constantFrom('ba', 'be', 'ko', 'lu');
  const word = fc.array(syllable, { minLength: 1, maxLength: 2 }).map((parts) => parts.join(''));
  const texts = fc.array(fc.array(word, { minLength: 1, maxLength: 3 }).map(textOf), {
    minLength: 20,
    maxLength: 60,
  });

  const limits = fc.record({
    longFrom: fc.constantFrom(5, ENTRY_LIMITS.longFrom),
    mostScored: fc.integer({ min: 1, max: 12 }),
  });

  it('scores no more names for one question than its limit', () => {
    const scored = vi.spyOn(GramProducts.prototype, 'similarityAt');
    let reached = 0;
    fc.assert(
      fc.property(texts, word, limits, (names, query, { longFrom, mostScored }) => {
        const index = searchOver(names, { exactSize: 0, longFrom, mostScored });
        scored.mockClear();
        const found = search(index, query, 20);
        const count = scored.mock.calls.length;
        expect(count).toBeLessThanOrEqual(mostScored);
        expect(found.length).toBeLessThanOrEqual(count);
        if (count === mostScored) reached++;
      }),
      { numRuns: 300 },
    );
    expect(reached).toBeGreaterThan(30);
  });

  it('looks at the shortest names of a very frequent word only', () => {
    const names = Array.from({ length: 12 }, (_, i) => `group${' kolu'.repeat(12 - i)}`);
    const index = searchOver(names, { exactSize: 0, longFrom: 10, mostOfLong: 3 });
    const found = search(index, 'group', 12).map(({ document }) => document);
    expect(found).toEqual([11, 10, 9]);
  });

  it('looks at every name of a frequent word as long as the list is short', () => {
    const names = Array.from({ length: 12 }, (_, i) => `group${' kolu'.repeat(12 - i)}`);
    const index = searchOver(names, { longFrom: 10, mostOfLong: 3, mostScored: 3 });
    expect(search(index, names[0]!, 1)).toEqual(fullSearch(index, names, names[0]!, 1));
  });
});
