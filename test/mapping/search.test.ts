import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GramIndex } from '../../src/mapping/gram-index.ts';
import { sortedOrder } from '../../src/mapping/sorted-order.ts';

/** Scores every document, skipping none. */
function fullSearch(index: GramIndex, texts: readonly string[], query: string, wanted: number) {
  return texts
    .map((_, document) => ({ document, score: index.similarity(query, document) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.document - b.document)
    .slice(0, wanted);
}

function search(index: GramIndex, query: string, wanted: number) {
  const hits = GramIndex.hits(wanted);
  index.search(query, wanted, hits);
  return Array.from({ length: hits.count }, (_, i) => ({
    document: hits.documents[i]!,
    score: hits.scores[i]!,
  }));
}

const syllable = fc.constantFrom('ba', 'be', 'ko', 'lu', 'ra', 'so', 'ti', 'é', '1');
const word = fc.array(syllable, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));
const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));

describe('the pruned search', () => {
  it('returns exactly the best of the search without pruning, on 10,000 generated questions', () => {
    let questions = 0;
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 40 }),
        fc.array(text, { minLength: 25, maxLength: 25 }),
        (texts, queries) => {
          const index = new GramIndex(texts);
          for (const query of queries) {
            questions++;
            const found = search(index, query, 5);
            const full = fullSearch(index, texts, query, 5);
            expect(found).toEqual(full);
          }
        },
      ),
      { numRuns: 400 },
    );
    expect(questions).toBe(10_000);
  });

  it('finds the same best ten in a list large enough to stop early', () => {
    const vocabulary = Array.from({ length: 900 }, (_, i) => `w${(i * 7919) % 1009}x${(i * 104729) % 997}`);
    const texts = Array.from(
      { length: 4000 },
      (_, i) => `${vocabulary[i % 900]!} ${vocabulary[(i * 31) % 900]!} group`,
    );
    const index = new GramIndex(texts);
    for (let i = 0; i < 40; i++) {
      const query = `${vocabulary[(i * 17) % 900]!} ${vocabulary[(i * 29) % 900]!} group`;
      const full = texts
        .map((_, document) => ({ document, score: index.similarity(query, document) }))
        .sort((a, b) => b.score - a.score || a.document - b.document)
        .slice(0, 10);
      expect(search(index, query, 10)).toEqual(full);
    }
  });

  it('within a posting budget still finds what is there', () => {
    const texts = Array.from({ length: 7000 }, (_, i) => `name${i} common words of everybody`);
    const index = new GramIndex(texts, 3000);
    for (const i of [0, 17, 6999]) expect(search(index, texts[i]!, 3)[0]!.document).toBe(i);
  });

  it('copes with nothing', () => {
    expect(search(new GramIndex([]), 'acme', 3)).toEqual([]);
    expect(search(new GramIndex(['acme']), '', 3)).toEqual([]);
    expect(search(new GramIndex(['acme']), 'zzz', 3)).toEqual([]);
  });
});

describe('sorting in steps', () => {
  it('gives the order of code units, equal keys in input order', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 1500, size: 'max' }), (keys) => {
        const steps = sortedOrder(keys);
        let step = steps.next();
        while (!step.done) step = steps.next();
        const expected = keys
          .map((_, i) => i)
          .sort((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : a - b));
        expect([...step.value]).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
