import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createMapper,
  explainPair,
  type MappingRecord,
  type MappingReport,
  suggestMappings,
} from '../../src/mapping/index.ts';

const WORDS =
  'Acorn Brightwater Kestrel Halden Quayside Silverbrook Meridian North South Group Holdings Trust Dental Clinic Müller & and The of 12 21 UK US Ltd Limited GmbH Inc (UK) t/a - Université Universität 2nd Two Brothers Bros'.split(
    ' ',
  );
const name = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 5 })
      .map((words) => words.join(' ')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom('', 'n/a', '__proto__', 'constructor', 'toString') },
);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });
const record = fc.record({
  name,
  aliases: optional(fc.array(name, { maxLength: 2 })),
  domains: optional(fc.array(fc.constantFrom('acorn.co.uk', 'a@kestrel.com', 'gmail.com'), { maxLength: 2 })),
  identifiers: optional(fc.record({ crm: fc.constantFrom('', 0, 1, 2, 'x') })),
  inactive: optional(fc.boolean()),
});
const side = (prefix: string) =>
  fc
    .array(record, { maxLength: 9 })
    .map((rows): MappingRecord[] => rows.map((row, i) => ({ id: `${prefix}${i}`, ...row })));
const RUNS = { numRuns: 80 };

const shuffled = <T>(rows: readonly T[], seed: number): T[] =>
  rows
    .map((row, i) => ({ row, key: Math.imul(i + 1, 0x9e3779b1 + 2 * seed) >>> 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ row }) => row);

/** Everything a report says, by organization, without the order of rows. */
function byOrganization(report: MappingReport<MappingRecord, MappingRecord>) {
  const ids = (rows: readonly MappingRecord[] = []) => rows.map(({ id }) => String(id)).sort();
  return report.suggestions
    .map(({ organization, conflict, ...rest }) => ({
      organization: String(organization.id),
      rest,
      conflict: conflict && {
        kind: conflict.kind,
        organizations: ids(conflict.organizations),
        customers: ids(conflict.customers),
      },
    }))
    .sort((a, b) => (a.organization < b.organization ? -1 : 1));
}

describe('what holds for every input', () => {
  it('shuffling an input changes the order of output rows and nothing else', () => {
    fc.assert(
      fc.property(side('o'), side('c'), fc.nat(), (organizations, customers, seed) => {
        const straight = suggestMappings(organizations, customers);
        const mixed = suggestMappings(shuffled(organizations, seed), shuffled(customers, seed + 1));
        expect(byOrganization(mixed)).toEqual(byOrganization(straight));
        expect(mixed.summary).toEqual(straight.summary);
        expect(new Set(mixed.unclaimed.map(({ id }) => id))).toEqual(
          new Set(straight.unclaimed.map(({ id }) => id)),
        );
      }),
      RUNS,
    );
  });

  it('what is sure enough and not matched says why, and what is matched calls for nobody', () => {
    fc.assert(
      fc.property(side('o'), side('c'), (organizations, customers) => {
        const { suggestions, thresholds, problems } = suggestMappings(organizations, customers);
        for (const { organization, status, confidence, customer, candidates, evidence } of suggestions) {
          const isBlank = problems.some(
            ({ kind, id }) => kind === 'blank-name' && [organization.id, customer?.id].includes(id),
          );
          const calls = isBlank || evidence.some(({ review }) => review);
          const isSame = evidence.some(({ kind }) => kind === 'identifier');
          if (status === 'matched') expect(calls && !isSame).toBe(false);
          const isFirst = candidates[0]?.customer === customer;
          if (status === 'review' && isFirst && confidence >= thresholds.matched) expect(calls).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the weights of the evidence sum to the score, and confidences of one organization to at most 1', () => {
    fc.assert(
      fc.property(side('o'), side('c'), (organizations, customers) => {
        for (const { candidates } of suggestMappings(organizations, customers, { maxCandidates: 20 })
          .suggestions) {
          let total = 0;
          for (const { confidence, score, evidence } of candidates) {
            const sum = evidence.reduce((all, { weight }) => all + weight, 0);
            expect(Math.abs(sum - score)).toBeLessThan(1e-9);
            expect(confidence).toBeGreaterThanOrEqual(0);
            total += confidence;
          }
          expect(total).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
      RUNS,
    );
  });

  it('candidates rank by confidence, then score, then id; the proposed customer is among them', () => {
    fc.assert(
      fc.property(side('o'), side('c'), (organizations, customers) => {
        for (const { candidates, customer } of suggestMappings(organizations, customers).suggestions) {
          for (let i = 1; i < candidates.length; i++) {
            const [a, b] = [candidates[i - 1]!, candidates[i]!];
            const isOrdered =
              a.confidence > b.confidence ||
              (a.confidence === b.confidence &&
                (a.score > b.score ||
                  (a.score === b.score && String(a.customer.id) < String(b.customer.id))));
            expect(isOrdered).toBe(true);
          }
          if (customer !== null) expect(candidates.map((each) => each.customer)).toContain(customer);
        }
      }),
      RUNS,
    );
  });

  it('one-to-one: no customer is proposed by two rows that are matched or review', () => {
    fc.assert(
      fc.property(side('o'), side('c'), (organizations, customers) => {
        const proposed = suggestMappings(organizations, customers, {
          thresholds: { matched: 0.5, review: 0.05 },
        })
          .suggestions.filter(({ status }) => status === 'matched' || status === 'review')
          .map(({ customer }) => customer!.id);
        expect(new Set(proposed).size).toBe(proposed.length);
      }),
      RUNS,
    );
  });

  it('a mapper gives each organization alone the candidates it has in the whole report', () => {
    fc.assert(
      fc.property(side('o'), side('c'), (organizations, customers) => {
        const mapper = createMapper(customers);
        const report = suggestMappings(organizations, customers);
        organizations.forEach((organization, at) => {
          const alone = mapper.suggest([organization]).suggestions[0]!.candidates;
          expect(report.suggestions[at]!.candidates).toEqual(alone);
        });
      }),
      RUNS,
    );
  });

  it('explaining a pair is symmetric', () => {
    fc.assert(
      fc.property(record, record, (left, right) => {
        const a = { id: 'a', ...left };
        const b = { id: 'b', ...right };
        const { score, confidence } = explainPair(a, b);
        expect(explainPair(b, a)).toMatchObject({ score, confidence });
      }),
      { numRuns: 40 },
    );
  });

  it('never changes its input', () => {
    const frozen = <T>(value: T): T => {
      if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
      return value;
    };
    fc.assert(
      fc.property(side('o'), side('c'), (organizations, customers) => {
        expect(() =>
          suggestMappings(frozen(organizations), frozen(customers), frozen({ maxCandidates: 2 })),
        ).not.toThrow();
      }),
      RUNS,
    );
  });
});
