import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanName } from '../../bench/lib/clean-name.ts';
import { drain } from '../../bench/lib/drain.ts';
import { generatedLists } from '../../bench/lib/generated-lists.ts';
import type { GramHits } from '../../src/mapping/gram-hits.ts';
import { sortedOrder } from '../../src/mapping/sorted-order.ts';
import { fullSearch, search, searchOver } from '../support/reference/search.ts';

/** Cosine of TF-IDF weighted trigrams, by the book and slowly. */
function cosines(texts: readonly string[], query: string): number[] {
  const bags = texts.map(gramsOf);
  const rarity = (gram: string) =>
    Math.log((1 + texts.length) / (1 + bags.filter((bag) => bag.has(gram)).length)) + 1;
  const vector = (bag: ReadonlyMap<string, number>) =>
    new Map([...bag].map(([gram, count]) => [gram, count * rarity(gram)]));
  const asked = vector(gramsOf(query));
  return bags.map(vector).map((weights) => {
    const product = [...asked].reduce((sum, [gram, weight]) => sum + weight * (weights.get(gram) ?? 0), 0);
    return product / Math.hypot(...asked.values()) / Math.hypot(...weights.values());
  });
}

function gramsOf(text: string): Map<string, number> {
  const padded = ` ${text} `;
  const grams = new Map<string, number>();
  for (let at = 0; at + 3 <= padded.length; at++) {
    const gram = padded.slice(at, at + 3);
    grams.set(gram, (grams.get(gram) ?? 0) + 1);
  }
  return grams;
}

const syllable = fc.constantFrom('ba', 'be', 'ko', 'lu', 'ra', 'so', 'ti', 'é', '1');
const word = fc.array(syllable, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));

const LISTS = process.env.HALO_PSA_TESTS === 'full' ? 10_000 : 300;
const MOST_MS = 300_000;

describe('the pruned search', () => {
  it(
    `returns exactly the best of the search without pruning, on ${LISTS} generated lists`,
    () => {
      fc.assert(
        fc.property(
          fc.array(text, { minLength: 1, maxLength: 40 }),
          fc.array(text, { minLength: 5, maxLength: 5 }),
          (texts, queries) => {
            const index = searchOver(texts);
            for (const query of queries)
              expect(search(index, query, 5)).toEqual(fullSearch(index, texts, query, 5));
          },
        ),
        { numRuns: LISTS },
      );
    },
    MOST_MS,
  );

  it(
    `returns exactly those not too far behind the best, whichever words count as long or as known beside another, on ${LISTS} generated lists`,
    () => {
      fc.assert(
        fc.property(
          fc.array(text, { minLength: 1, maxLength: 40 }),
          fc.array(text, { minLength: 5, maxLength: 5 }),
          fc.record({ longFrom: fc.integer({ min: 1, max: 8 }), otherWords: fc.nat(12) }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          (texts, queries, limits, share) => {
            const leastBeside = ({ scores }: GramHits) => share * scores[0]!;
            const index = searchOver(texts, limits);
            for (const query of queries) {
              const best = fullSearch(index, texts, query, 5);
              const kept = best.filter(({ score }) => score >= share * best[0]!.score);
              expect(search(index, query, 5, leastBeside)).toEqual(kept);
            }
          },
        ),
        { numRuns: LISTS },
      );
    },
    MOST_MS,
  );

  it(
    `where it skips documents gives true scores in order, each document once, and most of the best, on ${LISTS} generated lists`,
    () => {
      let kept = 0;
      let wanted = 0;
      fc.assert(
        fc.property(fc.array(text, { minLength: 6, maxLength: 40 }), text, (texts, query) => {
          const index = searchOver(texts, { exactSize: 0 });
          const best = fullSearch(index, texts, query, 5);
          const found = search(index, query, 5);
          expect(new Set(found.map(({ document }) => document)).size).toBe(found.length);
          expect(found).toEqual(
            fullSearch(index, texts, query, texts.length).filter(({ document }) =>
              found.some((hit) => hit.document === document),
            ),
          );
          wanted += best.length;
          kept += found.filter(({ score }) => score >= best.at(-1)!.score).length;
        }),
        { numRuns: LISTS },
      );
      expect(kept / wanted).toBeGreaterThan(0.9);
    },
    MOST_MS,
  );

  it('finds the same best ten in a list large enough to stop early', () => {
    const vocabulary = Array.from({ length: 900 }, (_, i) => `w${(i * 7919) % 1009}x${(i * 104729) % 997}`);
    const texts = Array.from(
      { length: 4000 },
      (_, i) => `${vocabulary[i % 900]!} ${vocabulary[(i * 31) % 900]!} group`,
    );
    const index = searchOver(texts);
    for (let i = 0; i < 40; i++) {
      const query = `${vocabulary[(i * 17) % 900]!} ${vocabulary[(i * 29) % 900]!} group`;
      const full = fullSearch(index, texts, query, 10);
      expect(search(index, query, 10)).toEqual(full);
    }
  });

  it('scores by the cosine of TF-IDF weighted trigrams', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 12 }), text, (texts, query) => {
        const index = searchOver(texts);
        index.ask(query.split(' '));
        cosines(texts, query).forEach((cosine, document) => {
          expect(index.similarity(document)).toBeCloseTo(cosine, 5);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('keeps nearly all of the best ten where a list is too long to score all', () => {
    const { organizations, customers } = generatedLists(7000);
    const texts = customers.map(({ name }) => cleanName(name));
    const pruned = searchOver(texts);
    let kept = 0;
    let wanted = 0;
    for (const { name } of organizations.slice(0, 300)) {
      const best = fullSearch(pruned, texts, cleanName(name), 10);
      const found = search(pruned, cleanName(name), 10);
      const least = best.at(-1)!.score;
      wanted += best.length;
      kept += found.filter(({ score }) => score >= least - 1e-6).length;
    }
    expect(kept / wanted).toBeGreaterThan(0.995);
  });

  it('finds names that are alike but for a number among thousands', () => {
    const texts = Array.from({ length: 7000 }, (_, i) => `name${i} common words of everybody`);
    const index = searchOver(texts);
    for (const i of [0, 17, 6999]) expect(search(index, texts[i]!, 3)[0]!.document).toBe(i);
  });

  it('copes with nothing', () => {
    expect(search(searchOver([]), 'acme', 3)).toEqual([]);
    expect(search(searchOver(['acme']), '', 3)).toEqual([]);
    expect(search(searchOver(['acme']), 'zzz', 3)).toEqual([]);
  });
});

describe('sorting in steps', () => {
  it('gives the order of code units, equal keys in input order', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 1500, size: 'max' }), (keys) => {
        const expected = keys
          .map((_, i) => i)
          .sort((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : a - b));
        expect([...drain(sortedOrder(keys, (key) => key))]).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
