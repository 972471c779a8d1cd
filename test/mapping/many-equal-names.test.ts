import { describe, expect, it } from 'vitest';
import { suggestMappings } from '../../src/mapping/index.ts';

const CUSTOMERS = [
  { id: 1, name: 'Acme Ltd' },
  { id: 2, name: 'Contoso' },
];
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: index, name: 'Acme Ltd' }));

describe('a name that very many rows share', () => {
  it('is a problems row for each of 10,000 organizations, and none of them is matched', () => {
    const { problems, summary, suggestions } = suggestMappings(rowsOf(10_000), CUSTOMERS);
    expect(problems).toHaveLength(10_000);
    expect(new Set(problems.map(({ kind }) => kind))).toEqual(new Set(['duplicate-name']));
    expect(summary).toMatchObject({ matched: 0, conflict: 10_000 });
    // Naming all others of each would hold 100 million references.
    expect(Math.max(...suggestions.map(({ conflict }) => conflict?.organizations.length ?? 0))).toBe(100);
  });

  it('is a problems row for each of 10,000 customers, and matches nobody', () => {
    const { problems, summary } = suggestMappings([{ id: 'a', name: 'Acme Ltd' }], rowsOf(10_000));
    expect(problems).toHaveLength(10_000);
    expect(summary.matched).toBe(0);
  });

  it('names every other organization where they are few, and never the row itself', () => {
    const { suggestions } = suggestMappings(rowsOf(101), CUSTOMERS);
    for (const { organization, conflict } of suggestions) {
      const others = conflict?.organizations.map(({ id }) => id) ?? [];
      expect(others).toHaveLength(100);
      expect(others).not.toContain(organization.id);
    }
  });
});

describe('rows without a usable name or id', () => {
  it('a blank name, a missing name and an id that comes twice are problems rows, and no row is matched wrongly', () => {
    const organizations = [
      { id: 1, name: '' },
      { id: 2, name: 'Contoso' },
      { id: 2, name: 'Contoso' },
      { id: 3, name: undefined as unknown as string },
    ];
    const { problems, suggestions } = suggestMappings(organizations, CUSTOMERS);
    const found = problems.map(({ kind, side, index }) => [kind, side, index]);
    expect(found).toEqual(
      expect.arrayContaining([
        ['blank-name', 'organizations', 0],
        ['duplicate-id', 'organizations', 1],
        ['duplicate-id', 'organizations', 2],
        ['blank-name', 'organizations', 3],
      ]),
    );
    expect(suggestions.map(({ status }) => status)).not.toContain('matched');
    expect(suggestions.filter(({ customer }) => customer?.id === 1)).toEqual([]);
  });
});
