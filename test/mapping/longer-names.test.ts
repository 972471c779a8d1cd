import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { drain } from '../../bench/lib/drain.ts';
import { buildCustomerIndex, KeyIndex } from '../../src/mapping/customer-index.ts';
import { DocumentView } from '../../src/mapping/document-store.ts';
import { parseName } from '../../src/mapping/parse-name.ts';
import { suggestMappings } from '../../src/mapping/suggest-mappings.ts';

const name = fc
  .array(fc.constantFrom('acme', 'acmes', 'ac', 'me', 'sho', 'shoe'), { minLength: 1, maxLength: 3 })
  .map((words) => words.join(' '));

/** More names of one customer are not read. */
const MOST_READINGS = 8;

describe('names that other names begin with', () => {
  it('are found as by comparing all pairs', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ name, customer: fc.integer({ min: 0, max: 6 }) }), { maxLength: 18 }),
        (rows) => {
          const customers = [0, 1, 2, 3, 4, 5, 6].map((id) =>
            rows.filter(({ customer }) => customer === id).map((row) => row.name),
          );
          const index = drain(buildCustomerIndex(customers.map((names) => parseName('', names))));
          const view = new DocumentView();
          customers.forEach((names, customer) => {
            for (const [at, each] of names
              .slice(0, index.starts[customer + 1]! - index.starts[customer]!)
              .entries()) {
              index.documents.read(index.starts[customer]! + at, view);
              const slow = customers.some(
                (others, other) =>
                  other !== customer &&
                  others.slice(0, MOST_READINGS).some((longer) => longer.startsWith(`${each} `)),
              );
              expect(view.hasLonger, each).toBe(slow);
            }
          });
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['an exact name', 'Contoso', ['Contoso', 'Contoso Brewing'], 'review'],
    ['its legal form aside', 'Contoso Ltd', ['Contoso', 'Contoso Brewing Inc'], 'review'],
    ['an equal legal form', 'Contoso Ltd', ['Contoso Limited', 'Contoso Brewing'], 'matched'],
    ['the longer one itself', 'Contoso Brewing', ['Contoso', 'Contoso Brewing'], 'matched'],
    ['no longer name', 'Contoso', ['Contoso', 'Brewing Contoso', 'Contosora'], 'matched'],
  ])('%s is a %4$s', (_, organization, customers, status) => {
    const { suggestions } = suggestMappings(
      [{ id: 1, name: organization }],
      customers.map((each, at) => ({ id: at, name: each })),
    );
    expect(suggestions[0]!.status).toBe(status);
    const kinds = suggestions[0]!.evidence.map(({ kind }) => kind);
    expect(kinds.includes('longer-names')).toBe(status === 'review');
  });

  it('says nothing where the longer name is an alias of the same customer', () => {
    const customers = [{ id: 1, name: 'Contoso', aliases: ['Contoso Brewing'] }];
    expect(suggestMappings([{ id: 1, name: 'Contoso' }], customers).suggestions[0]!.status).toBe('matched');
  });
});

describe('a name that very many customers share', () => {
  const indexOf = (names: readonly string[]) =>
    drain(buildCustomerIndex(names.map((each) => parseName(each))));

  it('is marked for the first twenty of them; none of the others is matched all the same', () => {
    const names = [...Array.from({ length: 25 }, () => 'Contoso'), 'Contoso Brewing'];
    const { documents } = indexOf(names);
    expect([...documents.hasLonger]).toEqual(names.map((_, at) => (at < 20 ? 1 : 0)));
    const { summary } = suggestMappings(
      [{ id: 1, name: 'Contoso' }],
      names.map((each, id) => ({ id, name: each })),
    );
    expect(summary.matched).toBe(0);
  });

  it('costs no more than twenty looks for each longer name', () => {
    const looks = vi.spyOn(KeyIndex.prototype, 'next');
    indexOf([
      ...Array.from({ length: 500 }, () => 'Contoso'),
      ...Array.from({ length: 500 }, (_, i) => `Contoso ${i}`),
    ]);
    expect(looks.mock.calls.length).toBe(20 * 500);
    looks.mockRestore();
  });
});
