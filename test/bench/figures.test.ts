import { describe, expect, it } from 'vitest';
import { cleanName } from '../../bench/lib/clean-name.ts';
import { figuresOf } from '../../bench/lib/figures.ts';
import { generatedLists } from '../../bench/lib/generated-lists.ts';
import { fittedExponent, median } from '../../bench/lib/statistics.ts';
import { table } from '../../bench/lib/tables.ts';
import { tfidfTrigrams } from '../../bench/matchers/tfidf-trigrams.ts';

const proposal = (score: number, isCorrect: boolean) => ({ score, isCorrect });

describe('the figures of the benchmark', () => {
  it('are those of the best threshold, worked by hand', () => {
    // Four with a match. At 0.9: 1 of 1; at 0.8: 2 of 2; at 0.7: 2 of 3; at 0.6: 3 of 4.
    const figures = figuresOf(
      [proposal(0.6, true), proposal(0.9, true), proposal(0.7, false), proposal(0.8, true)],
      4,
    );
    expect(figures).toEqual({ top1: 3 / 4, f1: (2 * 3) / (4 + 4), recallAtP99: 2 / 4, recallAtP95: 2 / 4 });
  });

  it('let proposals of equal score pass a threshold together', () => {
    const figures = figuresOf([proposal(1, true), proposal(1, false), proposal(1, true)], 2);
    expect(figures).toMatchObject({ recallAtP99: 0, f1: (2 * 2) / (3 + 2) });
  });

  it('are zero for a matcher that proposes nothing', () => {
    expect(figuresOf([], 3)).toEqual({ top1: 0, f1: 0, recallAtP99: 0, recallAtP95: 0 });
  });

  it('fit the exponent of a power law', () => {
    const points = [10_000, 50_000, 100_000].map((size) => ({ size, ms: 0.003 * size ** 1.25 }));
    expect(fittedExponent(points)).toBeCloseTo(1.25, 10);
  });

  it('take the middle of the times', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1])).toBe(1);
  });
});

describe('the lists of the benchmark', () => {
  it('are the same every time, with a known share of organizations without a match', () => {
    const lists = generatedLists(1000);
    expect(generatedLists(1000)).toEqual(lists);
    expect(lists.organizations).toHaveLength(1000);
    expect(lists.accepted.size).toBeGreaterThan(800);
    expect(lists.accepted.size).toBeLessThan(900);
  });

  it('are found by the baseline for the most part', () => {
    const { organizations, customers, accepted } = generatedLists(300);
    const find = tfidfTrigrams.prepare(
      customers.map(({ name }) => cleanName(name)),
      organizations.map(({ name }) => cleanName(name)),
    );
    const right = organizations.filter(({ id, name }) => {
      const hit = find(cleanName(name));
      return hit !== null && accepted.get(id)?.has(customers[hit.index]!.id);
    });
    expect(right.length / accepted.size).toBeGreaterThan(0.9);
  });
});

describe('names are cleaned as people do before they call a string library', () => {
  it.each([
    ['The Widget Company, Inc.', 'widget'],
    ['Müller & Söhne GmbH', 'muller and sohne'],
    ["Joe's Diner L.L.C.", 'joes diner'],
    ['Co', 'co'],
    ['...', ''],
  ])('%s becomes %j', (name, cleaned) => {
    expect(cleanName(name)).toBe(cleaned);
  });
});

describe('tables are Markdown', () => {
  it('stand numbers to the right and words to the left', () => {
    expect(
      table(
        ['matcher', 'ms'],
        [
          ['ours', '1,200'],
          ['theirs', '-'],
        ],
      ),
    ).toBe(
      ['| matcher |    ms |', '|---------|------:|', '| ours    | 1,200 |', '| theirs  |     - |'].join('\n'),
    );
  });
});
