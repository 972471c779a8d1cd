import { describe, expect, it } from 'vitest';
import { fromCursor, toCursor } from '../../src/resources/cursor.ts';
import {
  addPage,
  checksComplete,
  countMoved,
  type PageFacts,
  type Sweep,
  startSweep,
} from '../../src/resources/sweep.ts';

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
    ['goes on without a count after a short page', {}, { rows: 40 }, { page: 2, size: 40, end: null }],
    [
      'ends at the count on a short page',
      {},
      { rows: 40, count: 40 },
      { probing: false, end: 'end-of-list' },
    ],
    [
      'ends after three pages of rows without an id',
      { page: 3, sum: 4, stale: 2, lastCount: 99 },
      { rows: 2, withoutId: 2, count: 99 },
      { end: 'no-new-rows' },
    ],
    [
      'takes a bare array for the whole list on the first page only',
      { page: 2, sum: 100, firstCount: 200, lastCount: 200 },
      { bare: true },
      { bare: false, lastCount: null, end: null },
    ],
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
    [
      'ends at exactly the million',
      { page: 9, sum: 999_900, lastCount: 5_000_000 },
      {},
      { end: 'too-many-rows' },
    ],
    ['goes on below the million', { page: 9, sum: 999_850, lastCount: 5_000_000 }, {}, { end: null }],
    [
      'ends after too many pages',
      { page: 29, answered: 29, firstCount: 10, lastCount: 10, sum: 9 },
      { rows: 1, count: 99 },
      { end: 'too-many-pages' },
    ],
    [
      'takes the count 0 of an empty first page',
      {},
      { rows: 0, count: 0 },
      { firstCount: 0, lastCount: 0, end: 'end-of-list' },
    ],
    [
      'does not take the count 0 of an empty later page',
      { page: 3, sum: 200, firstCount: 200, lastCount: 200 },
      { rows: 0, count: 0 },
      { firstCount: 200, lastCount: 200, end: 'end-of-list' },
    ],
    [
      'takes its first count from the first page with rows',
      { page: 1, confirming: true, firstCount: 717, lastCount: 717 },
      { count: 716 },
      { firstCount: 716, lastCount: 716, end: null },
    ],
    [
      'keeps the first count of the pages before it was resumed',
      { page: 3, sum: 200, firstCount: 717, lastCount: 717 },
      { count: 716 },
      { firstCount: 717, lastCount: 716, end: null },
    ],
  ])('%s', (_what, before, facts, after) => {
    expect(addPage({ ...startSweep(100), ...before }, page(facts))).toMatchObject(after);
  });

  it.each<[what: string, sweep: Partial<Sweep>, moved: boolean, complete: boolean]>([
    ['a count that stood still and was reached', { firstCount: 5, lastCount: 5, sum: 5 }, false, true],
    ['a count that was not reached', { firstCount: 5, lastCount: 5, sum: 4 }, false, false],
    ['a count that moved and was reached', { firstCount: 4, lastCount: 5, sum: 5 }, true, false],
    ['a last page without a count', { firstCount: 5, lastCount: null, sum: 5 }, false, false],
    ['a first page without a count', { firstCount: null, lastCount: 5, sum: 5 }, false, false],
    ['no count at all', { firstCount: null, lastCount: null, sum: 5 }, false, false],
    ['a bare array', { firstCount: null, lastCount: null, sum: 5, bare: true }, false, true],
    ['the same page twice', { firstCount: 5, lastCount: 5, sum: 5, end: 'repeated-page' }, false, false],
    ['no end yet', { firstCount: 5, lastCount: 5, sum: 5, end: null }, false, false],
  ])('with %s: moved and complete are as told', (_what, sweep, moved, complete) => {
    const ended: Sweep = { ...startSweep(100), end: 'end-of-list', ...sweep };
    expect([countMoved(ended), checksComplete(ended)]).toEqual([moved, complete]);
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
