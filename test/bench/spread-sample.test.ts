import { describe, expect, it } from 'vitest';
import { spreadSample } from '../../bench/lib/spread-sample.ts';

describe('spreadSample', () => {
  it.each([
    [10, 3, [0, 3, 6]],
    [10, 10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [4, 10, [0, 1, 2, 3]],
    [0, 5, []],
  ])('takes of %i rows at most %i, spread over the list', (length, count, expected) => {
    expect(
      spreadSample(
        Array.from({ length }, (_, at) => at),
        count,
      ),
    ).toEqual(expected);
  });
});
