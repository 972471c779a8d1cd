import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerChoice, TableRow } from '../../src/console/api-types.ts';
import { filterRows } from '../../src/console/page/logic/filter-rows.ts';
import { percent, signed } from '../../src/console/page/logic/format.ts';
import { barHeight, histogram } from '../../src/console/page/logic/histogram.ts';
import { tableCommand } from '../../src/console/page/logic/keys.ts';
import { mergeRows } from '../../src/console/page/logic/merge-rows.ts';
import { customerSearch } from '../../src/console/page/logic/search-customers.ts';
import { nextSort, sortRows } from '../../src/console/page/logic/sort-rows.ts';
import { moveThreshold, sliderKey, zoneCounts } from '../../src/console/page/logic/thresholds.ts';
import { visibleText } from '../../src/console/page/logic/visible-text.ts';
import { barPlace, waterfall } from '../../src/console/page/logic/waterfall.ts';
import { TableFeed } from '../../src/console/table-feed.ts';

const row = (id: string, changes: Partial<TableRow> = {}): TableRow => ({
  id,
  name: `Name ${id}`,
  status: 'review',
  customer: null,
  confidence: null,
  best: null,
  unsaved: false,
  note: null,
  ...changes,
});

describe('a name from outside', () => {
  it.each([
    ['plain', 'Müller & Söhne', 'Müller & Söhne'],
    ['right-to-left override', 'abc\u202egpj.exe', 'abc[U+202E]gpj.exe'],
    ['isolate', '\u2066x\u2069', '[U+2066]x[U+2069]'],
    ['control characters', 'a\u0000b\u001b[31m\n', 'a[U+0000]b[U+001B][31m[U+000A]'],
    ['zero width', 'con\u200btoso\ufeff', 'con[U+200B]toso[U+FEFF]'],
    ['tags', 'a\u{e0041}', 'a[U+E0041]'],
    ['an emoji of several characters', '👩‍🚀', '👩‍🚀'],
    ['Arabic and Hebrew', 'شركة עברית', 'شركة עברית'],
  ])('is shown as it is, or by the codes of what is not seen: %s', (_what, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('is cut where it is very long, and never inside a character', () => {
    expect(visibleText('x'.repeat(10_000), 20)).toBe(`${'x'.repeat(20)}… (10,000 characters)`);
    expect(visibleText('😀'.repeat(30), 5)).toMatch(/^😀😀… \(60 characters\)$/u);
  });

  it('leaves nothing unseen, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(visibleText(text)).not.toMatch(/\p{Cc}|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

describe('filters and search', () => {
  const rows = [
    row('1', { name: 'Café Zürich', status: 'mapped', customer: { id: '77', name: 'Contoso' } }),
    row('2', { name: 'Tailspin', status: 'review', unsaved: true }),
    row('3', { name: 'Northwind', status: 'ignored' }),
    row('4', { name: 'Stale Ltd', status: 'stale' }),
  ];
  const ids = (filter: Parameters<typeof filterRows>[1], search = '') =>
    filterRows(rows, filter, search).map(({ id }) => id);

  it.each([
    ['all', ['1', '2', '3', '4']],
    ['left', ['2', '4']],
    ['unsaved', ['2']],
    ['mapped', ['1']],
  ] as const)('%s', (filter, expected) => {
    expect(ids(filter)).toEqual(expected);
  });

  it.each([
    ['cafe zurich', ['1']],
    ['ZURICH café', ['1']],
    ['contoso', ['1']],
    ['77', ['1']],
    ['wind tail', []],
    ['  ', ['1', '2', '3', '4']],
  ])('finds every word, without case and accents: %j', (search, expected) => {
    expect(ids('all', search)).toEqual(expected);
  });
});

describe('sorting', () => {
  const rows = [
    row('a', { confidence: 0.5, name: 'b', status: 'mapped' }),
    row('b', { confidence: null, name: 'É', status: 'conflict' }),
    row('c', { confidence: 0.9, name: 'a', status: 'review' }),
  ];
  const ids = (sort: Parameters<typeof sortRows>[1]) => sortRows(rows, sort).map(({ id }) => id);

  it('puts rows without a value last, either way', () => {
    expect(ids({ column: 'confidence', isDescending: false })).toEqual(['a', 'c', 'b']);
    expect(ids({ column: 'confidence', isDescending: true })).toEqual(['c', 'a', 'b']);
  });

  it('sorts names without accents and statuses by how much they want attention', () => {
    expect(ids({ column: 'organization', isDescending: false })).toEqual(['c', 'a', 'b']);
    expect(ids({ column: 'status', isDescending: false })).toEqual(['b', 'c', 'a']);
    expect(ids(null)).toEqual(['a', 'b', 'c']);
  });

  it('goes up, down and back to the own order', () => {
    const once = nextSort(null, 'organization');
    const twice = nextSort(once, 'organization');
    expect([once, twice, nextSort(twice, 'organization')]).toEqual([
      { column: 'organization', isDescending: false },
      { column: 'organization', isDescending: true },
      null,
    ]);
    expect(nextSort(once, 'confidence')).toEqual({ column: 'confidence', isDescending: true });
  });
});

describe('the waterfall', () => {
  const weights = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { maxLength: 30 });

  it('ends at the sum, each bar begins where the last one ended, and all lie within the span', () => {
    fc.assert(
      fc.property(weights, (all) => {
        const chart = waterfall(all.map((weight, index) => ({ label: `${index}`, weight })));
        expect(chart.total).toBeCloseTo(
          all.reduce((sum, weight) => sum + weight, 0),
          6,
        );
        let end = 0;
        for (const { from, to } of chart.steps) {
          expect(from).toBe(end);
          end = to;
          const { startPercent, widthPercent } = barPlace(chart, from, to);
          expect(startPercent).toBeGreaterThanOrEqual(0);
          expect(startPercent + widthPercent).toBeLessThanOrEqual(100 + 1e-6);
        }
      }),
    );
  });

  it('keeps a small reason that calls for a person', () => {
    const small = { weight: 0.05, detail: undefined };
    const { steps } = waterfall([
      { label: 'a', ...small },
      { label: 'b', ...small, review: true },
      { label: 'c', ...small },
    ]);
    expect(steps.map(({ label }) => label)).toEqual(['b', '2 small reasons']);
  });

  it('makes one bar of several small reasons', () => {
    const evidence = [0.05, 2, -0.01, 0.02].map((weight, index) => ({ label: `${index}`, weight }));
    const { steps } = waterfall(evidence);
    expect(steps.map(({ label }) => label)).toEqual(['1', '3 small reasons']);
    expect(steps[1]?.weight).toBeCloseTo(0.06);
  });

  it('draws nothing of nothing', () => {
    expect(barPlace(waterfall([]), 0, 0)).toEqual({ startPercent: 0, widthPercent: 0 });
  });
});

describe('the chart', () => {
  it('counts every confidence once, 1 in the last bar', () => {
    expect(histogram([0, 0.049, 0.05, 0.999, 1], 20)).toEqual([2, 1, ...Array(17).fill(0), 2]);
    expect(barHeight(0, 9)).toBe(0);
    expect(barHeight(9, 9)).toBe(1);
  });

  it.each([
    ['matched', 0.5, { matched: 0.5, review: 0.32 }],
    ['matched', 0.1, { matched: 0.32, review: 0.32 }],
    ['review', 0.95, { matched: 0.9, review: 0.9 }],
    ['review', -3, { matched: 0.9, review: 0 }],
    ['matched', 0.876543, { matched: 0.88, review: 0.32 }],
  ] as const)('moves %s to %d, and keeps the two in order', (name, to, expected) => {
    expect(moveThreshold({ matched: 0.9, review: 0.32 }, name, to)).toEqual(expected);
  });

  it('moves a handle by the keys of a slider', () => {
    const to = (key: string) => sliderKey(key, 0.5);
    expect(['ArrowLeft', 'ArrowUp', 'PageUp', 'Home', 'End', 'x'].map(to)).toEqual([
      0.49,
      0.51,
      0.6,
      0,
      1,
      null,
    ]);
  });

  it('counts the three zones', () => {
    expect(zoneCounts([0.1, 0.32, 0.5, 0.9, 1], { matched: 0.9, review: 0.32 })).toEqual({
      sure: 2,
      look: 2,
      low: 1,
    });
  });
});

describe('the picker', () => {
  const customers: CustomerChoice[] = [
    ['1', 'The Contoso Group', false],
    ['2', 'Contoso Ltd', true],
    ['3', 'Contoso plc', false],
    ['4', 'Fabrikam', false],
    ['42', 'Álfheim', false],
  ];
  const find = (text: string) => customerSearch(customers)(text).map(([id]) => id);

  it('shows names that begin so first, inactive ones last', () => {
    expect(find('contoso')).toEqual(['3', '1', '2']);
    expect(find('alf')).toEqual(['42']);
    expect(find('42')).toEqual(['42']);
    expect(find('zzz')).toEqual([]);
  });
});

describe('keys', () => {
  const press = (key: string, changes = {}) =>
    tableCommand({ key, ctrlKey: false, metaKey: false, altKey: false, ...changes });

  it('mean what the help says, and leave the browser its own', () => {
    expect(press('j')).toEqual({ kind: 'move', by: 1 });
    expect(press('Enter')).toEqual({ kind: 'accept' });
    expect(press('z', { ctrlKey: true })).toEqual({ kind: 'undo' });
    expect(press('z')).toBeNull();
    expect(press('r', { ctrlKey: true })).toBeNull();
    expect(press('Tab')).toBeNull();
  });
});

describe('figures', () => {
  it('are rounded down, so that 100 % is all of it', () => {
    expect([0, 0.29, 0.999, 1].map(percent)).toEqual(['0\u00a0%', '29\u00a0%', '99\u00a0%', '100\u00a0%']);
  });

  it('have a sign and two places', () => {
    expect([1, -0.5, 0, -0.001].map(signed)).toEqual(['+1.00', '−0.50', '±0.00', '±0.00']);
  });
});

describe('rows on their way to the page', () => {
  const someRows = fc
    .uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 12 })
    .chain((ids) =>
      fc.tuple(
        ...ids.map((id) => fc.constantFrom('review', 'mapped').map((status) => row(`${id}`, { status }))),
      ),
    );

  it('arrive whole, whatever was sent before', () => {
    fc.assert(
      fc.property(fc.array(someRows as fc.Arbitrary<TableRow[]>, { maxLength: 6 }), (tables) => {
        const feed = new TableFeed();
        let held: readonly TableRow[] = [];
        for (const rows of tables) {
          held = mergeRows(held, feed.next(rows));
          expect(held).toEqual(rows);
        }
      }),
    );
  });
});
