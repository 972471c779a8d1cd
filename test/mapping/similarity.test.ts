import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drain } from '../../bench/lib/drain.ts';
import { initialsSimilarity } from '../../src/mapping/similarity/initials.ts';
import { JaroWinkler } from '../../src/mapping/similarity/jaro-winkler.ts';
import { osaDistance } from '../../src/mapping/similarity/osa-distance.ts';
import { soundKey } from '../../src/mapping/similarity/sound-key.ts';
import { compareWords, LIKENESS } from '../../src/mapping/similarity/word-similarity.ts';
import { WordPairs } from '../../src/mapping/word-pairs.ts';
import { WordTable } from '../../src/mapping/word-table.ts';
import { slowInitials, slowJaroWinkler, slowOsa } from '../support/reference/similarity.ts';

/** Few letters, so that repeats, swaps and near misses are common. */
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'é'), maxLength: 9 });
/** Around the lengths from which on memory is taken, and letters of equal low bits ("a" is 0x61, "š" 0x161). */
const longWord = fc.string({ unit: fc.constantFrom('a', 'š', 'b', 'c', 'd'), minLength: 28, maxLength: 70 });
const RUNS = { numRuns: 2000 };
const FEWER_RUNS = { numRuns: 300 };

describe('the edit distance agrees with its definition', () => {
  it('gives the distance of the full table, or limit + 1 beyond the limit', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 6 }), (a, b, limit) => {
        expect(osaDistance(a, b, limit)).toBe(Math.min(slowOsa(a, b), limit + 1));
      }),
      RUNS,
    );
  });

  it('does so for words longer than any real one', () => {
    fc.assert(
      fc.property(longWord, longWord, fc.integer({ min: 0, max: 40 }), (a, b, limit) => {
        expect(osaDistance(a, b, limit)).toBe(Math.min(slowOsa(a, b), limit + 1));
      }),
      FEWER_RUNS,
    );
  });

  it.each([
    ['acme', 'acme', 0],
    ['acme', 'amce', 1],
    ['halden', 'hadlen', 1],
    ['', 'abc', 3],
    ['ca', 'abc', 3],
  ])('%j to %j is %i', (a, b, distance) => {
    expect(osaDistance(a, b, 5)).toBe(distance);
    expect(osaDistance(b, a, 5)).toBe(distance);
  });
});

describe('Jaro-Winkler agrees with its definition', () => {
  const letters = new JaroWinkler();

  it('gives the same figure as the slow version, symmetric, from 0 to 1', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const value = letters.similarity(a, b);
        expect(value).toBeCloseTo(slowJaroWinkler(a, b), 12);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });

  it('does so for names of any length', () => {
    fc.assert(
      fc.property(fc.oneof(word, longWord), longWord, (a, b) => {
        expect(letters.similarity(a, b)).toBeCloseTo(slowJaroWinkler(a, b), 12);
      }),
      FEWER_RUNS,
    );
  });

  it('gives the published examples', () => {
    expect(letters.similarity('martha', 'marhta')).toBeCloseTo(0.9611, 4);
    expect(letters.similarity('dixon', 'dicksonx')).toBeCloseTo(0.8133, 4);
  });
});

describe('names in another script keep their consonants', () => {
  it.each([
    ['starbucks', 'sutabakkusu'],
    ['mcdonalds', 'makudonarudo'],
    ['familymart', 'famirimato'],
    ['bankleumi', 'bnklaomi'],
    ['lawson', 'roson'],
  ])('%s sounds like %s', (latin, read) => {
    expect(soundKey(latin)).toBe(soundKey(read));
    expect(soundKey(latin).length).toBeGreaterThanOrEqual(3);
  });

  it('has no key for fewer than three consonants', () => {
    expect(soundKey('pepsi')).toBe('');
    expect(soundKey('s')).toBe('');
    expect(soundKey('')).toBe('');
  });
});

describe('reading a word as initials', () => {
  it('finds the best reading that trying every way finds', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });
    const words = fc.array(fc.tuple(letters, fc.integer({ min: 1, max: 9 })), { maxLength: 5 });
    fc.assert(
      fc.property(letters, words, (acronym, weighted) => {
        const texts = weighted.map(([text]) => text);
        const weights = weighted.map(([, weight]) => weight / 10);
        expect(initialsSimilarity(acronym, texts, weights)).toBeCloseTo(
          slowInitials(acronym, texts, weights),
          12,
        );
      }),
      RUNS,
    );
  });

  it('reads plain initials in full, and nothing that does not fit', () => {
    expect(initialsSimilarity('ibm', ['international', 'business', 'machines'], [1, 1, 1])).toBe(1);
    expect(initialsSimilarity('ibn', ['international', 'business', 'machines'], [1, 1, 1])).toBe(0);
  });
});

describe('comparing two words', () => {
  const table = new WordTable();
  const likeness = (a: string, b: string) => {
    const out = { similarity: 0, why: 0 };
    compareWords(table, table.intern(a), table.intern(b), out);
    return out;
  };

  it.each([
    ['acme', 'acme', LIKENESS.equal],
    ['muller', 'mueller', LIKENESS.variant],
    ['motor', 'motors', LIKENESS.variant],
    ['bakery', 'bakeries', LIKENESS.variant],
    ['university', 'universidad', LIKENESS.meaning],
    ['centre', 'center', LIKENESS.meaning],
    ['biotherap', 'biotherapeutics', LIKENESS.cut],
    ['halden', 'hadlen', LIKENESS.typo],
    ['tours', 'twrz', LIKENESS.typo],
  ])('%j and %j are alike for the reason %i', (a, b, why) => {
    expect(likeness(a, b).why).toBe(why);
    expect(likeness(a, b)).toEqual(likeness(b, a));
    expect(likeness(a, b).similarity).toBeGreaterThan(0.6);
  });

  it.each([
    ['comctns', 'communications', LIKENESS.cut, 'consonants behind the common start'],
    ['cda', 'canada', LIKENESS.cut, 'letters in order, the last one among them'],
    ['j', 'john', LIKENESS.cut, 'one letter, where nothing else is left to be meant'],
    ['halden', 'haldennetze', LIKENESS.typo, 'a compound: the rest is a word, nothing was cut off'],
  ] as const)('%j may stand for %j, why %i: %s', (a, b, why, _reason) => {
    expect(likeness(a, b).why).toBe(why);
    expect(likeness(a, b)).toEqual(likeness(b, a));
    expect(likeness(a, b).similarity).toBeGreaterThanOrEqual(0.45);
    expect(likeness(a, b).similarity).toBeLessThanOrEqual(0.6);
  });

  it.each([
    ['12', '21', 'a number is another number'],
    ['north', 'south', 'directions'],
    ['westfield', 'eastfield', 'the direction is inside the word'],
    ['mark', 'mary', 'two saints'],
    ['abc', 'abd', 'short words are not misspelt'],
    ['b12', 'b13', 'words with digits are codes'],
    ['london', 'londoner2', 'a digit'],
    ['cat', 'carpet', 'one letter behind the common start is chance'],
    ['of', 'office', 'grammar is no abbreviation'],
  ])('%j and %j are different: %s', (a, b) => {
    expect(likeness(a, b).similarity).toBe(0);
  });

  it('is symmetric and the cache changes nothing', () => {
    const pairs = new WordPairs(table);
    const some = fc.string({ unit: fc.constantFrom(...'abcdeilnorst'), minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(some, some, (a, b) => {
        const left = table.intern(a);
        const right = table.intern(b);
        const fresh = likeness(a, b);
        expect(likeness(b, a)).toEqual(fresh);
        const first = pairs.similarity(left, right);
        const firstWhy = pairs.why;
        expect(pairs.similarity(right, left)).toBe(first);
        expect(pairs.why).toBe(firstWhy);
        if ((table.masks[left]! & table.masks[right]!) !== 0) expect(first).toBeCloseTo(fresh.similarity, 6);
      }),
      RUNS,
    );
  });

  it('forgets borrowed words and finds their ids free again', () => {
    const small = new WordTable();
    small.intern('acme');
    drain(small.weigh([3], 10));
    const size = small.words.length;
    expect(small.intern('guest')).toBe(size);
    small.shrink(size);
    expect(small.intern('acme')).toBe(0);
    expect(small.intern('other')).toBe(size);
    expect(small.intern('guest')).toBe(size + 1);
    const pairs = new WordPairs(small);
    pairs.similarity(0, size);
    pairs.clear();
    expect(pairs.similarity(0, size)).toBe(0);
  });
});
