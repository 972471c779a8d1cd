import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdSet } from '../../src/resources/id-set.ts';

/** Neighbours, scattered ids, and the largest there are. */
const id = fc.oneof(
  fc.integer({ min: 1, max: 200 }),
  fc.integer({ min: 2 ** 31 - 40, max: 2 ** 31 + 40 }),
  fc.maxSafeInteger().filter((value) => value > 0),
  fc.integer({ min: 0, max: 90 }).map((below) => Number.MAX_SAFE_INTEGER - below),
);

describe('IdSet', () => {
  it('knows an id again exactly when a Set would (property)', () => {
    fc.assert(
      fc.property(fc.array(id, { maxLength: 200 }), (ids) => {
        const reference = new Set<number>();
        const set = new IdSet();
        for (const next of ids) {
          const isNew = !reference.has(next);
          reference.add(next);
          expect(set.add(next)).toBe(isNew);
        }
      }),
    );
  });

  it('tells apart all neighbours at the top of the range', () => {
    const set = new IdSet();
    const top = Array.from({ length: 100 }, (_, below) => Number.MAX_SAFE_INTEGER - below);
    expect(top.map((next) => set.add(next))).toEqual(top.map(() => true));
    expect(top.map((next) => set.add(next))).toEqual(top.map(() => false));
  });
});
