import { describe, expect, it } from 'vitest';
import { fromCursor, toCursor } from '../../src/resources/cursor.ts';
import { addPage, type PageFacts, type Sweep, startSweep } from '../../src/resources/sweep.ts';

const page = (facts: Partial<PageFacts>): PageFacts => ({
  rows: 100,
  count: null,
  bare: false,
  duplicates: 0,
  withoutId: 0,
  repeated: false,
  ...facts,
});

describe('a sweep', () => {
  it.each<[string, Partial<Sweep>, Partial<PageFacts>, Partial<Sweep>]>([
    ['goes on below the count', {}, { count: 717 }, { page: 2, end: null }],
    ['goes on without a count', {}, { count: null }, { page: 2, end: null }],
    [
      'ends at the count',
      { page: 8, sum: 700, lastCount: 717 },
      { rows: 17, count: 717 },
      { end: 'end-of-list' },
    ],
    ['looks behind a single full page', {}, { count: 100 }, { page: 2, probing: true, end: null }],
    [
      'confirms an empty page',
      { page: 3, sum: 200, lastCount: 717 },
      { rows: 0 },
      { page: 3, confirming: true, end: null },
    ],
    [
      'ends at the million',
      { page: 9, sum: 999_950, lastCount: 5_000_000 },
      {},
      { end: 'too-many-rows', page: 10 },
    ],
    ['goes on below the million', { page: 9, sum: 999_850, lastCount: 5_000_000 }, {}, { end: null }],
    [
      'ends after too many pages',
      { page: 29, answered: 29, firstCount: 10, lastCount: 10, sum: 9 },
      { rows: 1, count: 99 },
      { end: 'too-many-pages' },
    ],
  ])('%s', (_what, before, facts, after) => {
    expect(addPage({ ...startSweep(100), ...before }, page(facts))).toMatchObject(after);
  });

  it('survives being written down and read back', () => {
    const sweep = addPage(startSweep(1000), page({ rows: 50, count: 717 }));
    expect(toCursor(sweep)).toBe('1.2.50.50.717');
    const { page: number, size, sum, firstCount, lastCount, end } = fromCursor(toCursor(sweep));
    expect({ number, size, sum, firstCount, lastCount, end }).toEqual({
      number: 2,
      size: 50,
      sum: 50,
      firstCount: 717,
      lastCount: 717,
      end: null,
    });
  });
});
