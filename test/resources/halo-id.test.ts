import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { haloId } from '../../src/resources/halo-id.ts';

describe('haloId', () => {
  it.each([
    [12, 12],
    [12.0, 12],
    ['12', 12],
    ['12.0', 12],
    [' 12 ', 12],
    [2 ** 53 - 1, 2 ** 53 - 1],
  ])('reads %j as an id', (value, id) => {
    expect(haloId(value)).toBe(id);
  });

  it.each([
    [0],
    [-1],
    [-2],
    [-3],
    ['0'],
    ['-1'],
    [''],
    [' '],
    ['0.0'],
    [1.5],
    ['1.5'],
    [2 ** 53],
    ['9007199254740993'],
    ['1e3'],
    ['0x10'],
    ['twelve'],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [null],
    [undefined],
    [true],
    [{}],
    [[12]],
  ])('is null for %j', (value) => {
    expect(haloId(value)).toBeNull();
  });

  it('reads every id back from its text', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        (id) => haloId(String(id)) === id && haloId(id) === id,
      ),
    );
  });
});
