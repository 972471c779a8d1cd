import { describe, expect, it } from 'vitest';
import {
  createMapper,
  DEFAULT_THRESHOLDS,
  type MappingRecord,
  type MappingSuggestion,
  suggestMappings,
} from '../../src/mapping/index.ts';

const customers: MappingRecord[] = [
  { id: 1, name: 'Brightwater Plumbing Ltd' },
  { id: 2, name: 'Kestrel Architects LLP' },
  { id: 3, name: 'Halden Logistics GmbH' },
  { id: 4, name: 'Quayside Veterinary Clinic' },
  { id: 5, name: 'Silverbrook Farms', inactive: true },
];
const suggest = (organizations: MappingRecord[], more: MappingRecord[] = [], options = {}) =>
  suggestMappings(organizations, [...customers, ...more], options);
const only = (organization: Omit<MappingRecord, 'id'>, more: MappingRecord[] = [], options = {}) =>
  suggest([{ id: 'o', ...organization }], more, options).suggestions[0]!;

describe('statuses', () => {
  it('a sure pair is matched, with customer, confidence, score and evidence of the proposed customer', () => {
    const row = only({ name: 'Brightwater Plumbing Limited' });
    expect(row.status).toBe('matched');
    expect(row.customer?.id).toBe(1);
    expect(row.confidence).toBeGreaterThanOrEqual(DEFAULT_THRESHOLDS.matched);
    expect(row).toMatchObject(row.candidates[0]!);
  });

  it('an unmatched row has null, 0, 0 and no evidence, and still lists its candidates', () => {
    const row = only({ name: 'Brightside Plumbing and Heating Merchants' });
    expect(row).toMatchObject({ status: 'unmatched', customer: null, confidence: 0, score: 0, evidence: [] });
    expect(row.candidates.length).toBeGreaterThan(0);
  });

  it('an inactive customer is a candidate with negative evidence and never matched', () => {
    const row = only({ name: 'Silverbrook Farms' });
    expect(row.status).toBe('review');
    expect(row.evidence.find(({ kind }) => kind === 'inactive')?.weight).toBeLessThan(0);
  });

  it.each([
    ['a look-alike letter', 'Brightw\u0430ter Plumbing Ltd'],
    ['an invisible character', 'Bright\u200bwater Plumbing Ltd'],
  ])('%s keeps a perfect match at review', (_what, name) => {
    expect(only({ name })).toMatchObject({ status: 'review', customer: { id: 1 } });
  });

  it.each(['', '   ', '...', 'N/A', 'test', 'Unknown', '-', 'TBD', 'test 3'])(
    '%j is never matched, not even to itself',
    (name) => {
      expect(only({ name }, [{ id: 9, name }]).status).not.toBe('matched');
    },
  );

  it('a blank name with a shared id is reviewed, not matched', () => {
    const row = only({ name: '', identifiers: { crm: 'A1' } }, [
      { id: 9, name: 'Other', identifiers: { crm: 'A1' } },
    ]);
    expect(row).toMatchObject({ status: 'review', customer: { id: 9 } });
  });

  it.each<[string, Omit<MappingRecord, 'id'>, Omit<MappingRecord, 'id'>, string]>([
    ['a number', { name: 'Halden 12' }, { name: 'Halden 21' }, 'numbers'],
    ['a legal form', { name: 'Halden Ltd' }, { name: 'Halden Inc' }, 'legal-form'],
    [
      'a customer out of use',
      { name: 'Halden Dental' },
      { name: 'Halden Dental', inactive: true },
      'inactive',
    ],
    [
      'a domain',
      { name: 'Halden Dental', domains: ['halden.com'] },
      { name: 'Halden Dental', domains: ['halden.org'] },
      'domain-conflict',
    ],
  ])('%s that calls for a person says so', (_what, organization, customer, kind) => {
    const { candidates } = only(organization, [{ id: 9, ...customer }]);
    const called = candidates[0]!.evidence.filter(({ review }) => review);
    expect(called.map((item) => item.kind)).toContain(kind);
  });

  it('own thresholds decide, are reported and are checked', () => {
    const report = suggest([{ id: 'o', name: 'Brightwater Plumbing' }], [], {
      thresholds: { matched: 1, review: 0.1 },
    });
    expect(report.thresholds).toEqual({ matched: 1, review: 0.1 });
    expect(report.suggestions[0]!.status).toBe('review');
    for (const wrong of [{ matched: 1.1 }, { review: -0.1 }, { matched: Number.NaN }, { review: '0.5' }]) {
      expect(() => suggest([], [], { thresholds: wrong })).toThrow(TypeError);
    }
  });
});

describe('one-to-one, the default', () => {
  const twice = [
    { id: 'a', name: 'Kestrel Architects LLP' },
    { id: 'b', name: 'Kestrel Architectural' },
  ];

  it('proposes no customer in two matched or review rows; the loser is a conflict that names the other', () => {
    const [a, b] = suggest(twice).suggestions;
    expect(a).toMatchObject({ status: 'matched', customer: { id: 2 } });
    expect(b?.status === 'conflict' || b?.status === 'unmatched').toBe(true);
  });

  it('organizations that are equally good for one customer are all conflict', () => {
    const rows = suggest([
      { id: 'a', name: 'Kestrel Architects' },
      { id: 'b', name: 'Kestrel Architects' },
    ]).suggestions;
    expect(rows.map(({ status }) => status)).toEqual(['conflict', 'conflict']);
    expect(rows[0]!.conflict).toMatchObject({ kind: 'tie', organizations: [{ id: 'b' }] });
    expect(rows[1]!.conflict).toMatchObject({ kind: 'tie', organizations: [{ id: 'a' }] });
    expect(rows[0]!.customer?.id).toBe(2);
  });

  it('customers that are equally good for one organization make a conflict that lists them', () => {
    const row = only({ name: 'Acorn Dental' }, [
      { id: 8, name: 'Acorn Dental' },
      { id: 9, name: 'Acorn Dental' },
    ]);
    expect(row.status).toBe('conflict');
    expect(row.conflict?.kind).toBe('tie');
    expect(row.conflict?.customers.map(({ id }) => id)).toEqual([8, 9]);
  });

  it('an organization whose best candidate went to another gets its next best as review, never matched', () => {
    const rows = suggestMappings(
      [
        { id: 'a', name: 'Acorn Dental Care', identifiers: { crm: 7 } },
        { id: 'b', name: 'Acorn Dental Care' },
      ],
      [
        { id: 1, name: 'Acorn Dental Care', identifiers: { crm: 7 } },
        { id: 2, name: 'Acorn Dental Care' },
      ],
      { thresholds: { matched: 0.2, review: 0.1 } },
    ).suggestions;
    const byId = new Map(rows.map((row) => [row.organization.id, row]));
    expect(byId.get('a')).toMatchObject({ status: 'matched', customer: { id: 1 } });
    expect(byId.get('b')?.status).not.toBe('unmatched');
    expect(byId.get('b')?.customer?.id === 1 && byId.get('b')?.status !== 'conflict').toBe(false);
  });

  it('many-to-one lets organizations share a customer; only a tie between customers is a conflict', () => {
    const rows = suggest(
      twice.map((each) => ({ ...each, name: 'Kestrel Architects' })),
      [],
      {
        cardinality: 'many-to-one',
      },
    ).suggestions;
    expect(rows.map(({ status }) => status)).toEqual(['matched', 'matched']);
    const tie = only(
      { name: 'Acorn Dental' },
      [
        { id: 8, name: 'Acorn Dental' },
        { id: 9, name: 'Acorn Dental' },
      ],
      {
        cardinality: 'many-to-one',
      },
    );
    expect(tie).toMatchObject({ status: 'conflict', conflict: { kind: 'tie', organizations: [] } });
  });
});

describe('the report', () => {
  it('keeps the order of the organizations and the caller’s own objects and fields', () => {
    const organizations = [
      { id: 'x', name: 'Halden Logistics', colour: 'red' },
      { id: 'y', name: 'Nobody At All', colour: 'blue' },
    ];
    const { suggestions, summary, unclaimed } = suggestMappings(organizations, customers);
    expect(suggestions.map(({ organization }) => organization)).toEqual(organizations);
    expect(suggestions[0]!.organization).toBe(organizations[0]);
    expect(summary.organizations).toBe(2);
    expect(summary.matched + summary.review + summary.conflict + summary.unmatched).toBe(2);
    expect(unclaimed.map(({ id }) => id)).toEqual([1, 2, 4, 5]);
  });

  it('lists maxCandidates candidates, the proposed one among them', () => {
    const many = Array.from({ length: 20 }, (_, i) => ({
      id: 100 + i,
      name: `Halden Logistics ${'abcdefghijklmnopqrst'[i]}rea`,
    }));
    expect(only({ name: 'Halden Logistics' }, many).candidates).toHaveLength(5);
    const one = only({ name: 'Halden Logistics' }, many, { maxCandidates: 1 });
    expect(one.candidates).toHaveLength(1);
    if (one.customer !== null) expect(one.candidates[0]!.customer).toBe(one.customer);
    for (const wrong of [0, 1.5, '3']) {
      expect(() => suggest([], [], { maxCandidates: wrong })).toThrow(TypeError);
    }
  });

  it('copes with empty sides', () => {
    expect(suggestMappings([], []).summary).toMatchObject({ organizations: 0, customers: 0 });
    expect(suggestMappings([{ id: 1, name: 'Acme' }], []).suggestions[0]!.status).toBe('unmatched');
  });

  it('identical input gives identical output', () => {
    const organizations = customers.map(({ name }, id) => ({ id, name }));
    expect(JSON.stringify(suggest(organizations))).toBe(JSON.stringify(suggest(organizations)));
  });
});

describe('odd rows are problems, wrong types are TypeErrors', () => {
  it('reports blank, placeholder, truncated and repeated names and repeated ids', () => {
    const report = suggestMappings(
      [
        { id: 1, name: '' },
        { id: 1, name: 'n/a' },
        { id: 3, name: 'Acme' },
        { id: 4, name: 'ACME' },
        { id: 5, name: 'x y '.repeat(500) },
        { id: 6, name: null as unknown as string },
        { id: 7, name: undefined as unknown as string },
      ],
      [
        { id: 'c', name: 'First' },
        { id: 'c', name: 'Second' },
      ],
    );
    const kinds = report.problems.map(({ side, index, kind }) => `${side}[${index}] ${kind}`);
    expect(kinds).toEqual([
      'organizations[0] blank-name',
      'organizations[0] duplicate-id',
      'organizations[1] placeholder-name',
      'organizations[1] duplicate-id',
      'organizations[2] duplicate-name',
      'organizations[3] duplicate-name',
      'organizations[4] truncated-name',
      'organizations[5] blank-name',
      'organizations[6] blank-name',
      'customers[0] duplicate-id',
      'customers[1] duplicate-id',
    ]);
  });

  it('two organizations with one id both stay, neither above review', () => {
    const rows = suggest([
      { id: 1, name: 'Kestrel Architects LLP' },
      { id: '1', name: 'Halden Logistics GmbH' },
    ]).suggestions;
    expect(rows.map(({ status }) => status)).toEqual(['review', 'review']);
  });

  it('of two customers with one id the first counts', () => {
    const report = suggestMappings(
      [{ id: 'o', name: 'Second Wind Sailing' }],
      [
        { id: 7, name: 'First Light Sailing' },
        { id: '7', name: 'Second Wind Sailing' },
      ],
    );
    expect(report.suggestions[0]!.status).not.toBe('matched');
  });

  const bad = (value: unknown) => value as never;
  it.each([
    ['organizations[1] must be', () => suggestMappings([{ id: 1, name: 'a' }, bad(null)], [])],
    ['organizations[0] must be', () => suggestMappings([bad([])], [])],
    ['customers[0].id must be', () => suggestMappings([], [bad({ name: 'a' })])],
    ['customers[0].id must be', () => suggestMappings([], [{ id: Number.NaN, name: 'a' }])],
    ['organizations[0].name must be', () => suggestMappings([{ id: 1, name: bad(5) }], [])],
    ['customers[0].aliases must be', () => suggestMappings([], [{ id: 1, name: 'a', aliases: bad('x') }])],
    ['customers[0].domains[0] must be', () => suggestMappings([], [{ id: 1, name: 'a', domains: [bad(3)] }])],
    [
      'customers[0].identifiers must be',
      () => suggestMappings([], [{ id: 1, name: 'a', identifiers: bad('x') }]),
    ],
    ['organizations must be an array', () => suggestMappings(bad('x'), [])],
    ['customers must be an array', () => suggestMappings([], bad({}))],
    ['options must be', () => suggestMappings([], [], bad(null))],
    ['options.cardinality', () => suggestMappings([], [], { cardinality: bad('all') })],
    ['options.confirmed must be', () => suggestMappings([], [], { confirmed: bad({}) })],
    [
      'options.rejected[0].customerId',
      () => suggestMappings([], [], { rejected: [bad({ organizationId: 1 })] }),
    ],
    ['options.registrableDomain', () => suggestMappings([], [], { registrableDomain: bad('x') })],
  ])('%s', (message, call) => {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(message);
  });
});

describe('beside the names', () => {
  const acorn = { id: 9, name: 'Acorn Construction' };
  it.each<
    [
      string,
      Partial<MappingRecord>,
      Partial<MappingRecord>,
      MappingSuggestion<MappingRecord, MappingRecord>['status'],
    ]
  >([
    [
      'an id in another system',
      { identifiers: { azure: 'T-1' } },
      { identifiers: { azure: ['x', 'T-1'] } },
      'matched',
    ],
    [
      'a domain, as e-mail and as URL',
      { domains: ['a@acorn.co.uk'] },
      { domains: ['https://www.acorn.co.uk/'] },
      'review',
    ],
    [
      'a free-mail domain says nothing',
      { domains: ['a@gmail.com'] },
      { domains: ['b@gmail.com'] },
      'unmatched',
    ],
    [
      '0, -1 and blank are no ids',
      { identifiers: { a: 0, b: '-1', c: ' ' } },
      { identifiers: { a: 0, b: -1, c: '' } },
      'unmatched',
    ],
    ['an id counts within its key only', { identifiers: { a: 5 } }, { identifiers: { b: 5 } }, 'unmatched'],
  ])('%s', (_title, left, right, status) => {
    const row = only({ name: 'Zebra Holdco', ...left }, [{ ...acorn, ...right }]);
    expect(row.status).toBe(status);
    if (status !== 'unmatched') expect(row.customer?.id).toBe(9);
  });

  it('a phone and a postcode count for the pair, their opposites against it', () => {
    const kinds = (left: Partial<MappingRecord>, right: Partial<MappingRecord>) =>
      only({ name: 'Acorn Construct', ...left }, [{ ...acorn, ...right }]).candidates[0]!.evidence.map(
        ({ kind }) => kind,
      );
    expect(kinds({ phones: ['+44 20 7946 0000'] }, { phones: ['020 7946 0000'] })).toContain('phone');
    expect(kinds({ phones: ['+44 20 7946 0000'] }, { phones: ['020 7946 0001'] })).toContain(
      'phone-conflict',
    );
    expect(kinds({ postalCodes: ['SW1A 1AA'] }, { postalCodes: ['sw1a1aa'] })).toContain('postcode');
    expect(kinds({ postalCodes: ['SW1A 1AA'] }, { postalCodes: ['N1 9GU'] })).toContain('postcode-conflict');
    expect(kinds({ identifiers: { a: 1 } }, { identifiers: { a: 2 } })).toContain('identifier-conflict');
  });

  it('takes the caller’s registrableDomain', () => {
    const options = { registrableDomain: (host: string) => `one.${host.slice(-3)}` };
    const row = only({ name: 'Zebra', domains: ['a.b.com'] }, [{ ...acorn, domains: ['c.d.com'] }], options);
    expect(row.customer?.id).toBe(9);
  });

  it('an alias is as good as the name', () => {
    const row = only({ name: 'Big Blue Machines' }, [{ id: 9, name: 'IBM', aliases: ['Big Blue Machines'] }]);
    expect(row).toMatchObject({ status: 'matched', customer: { id: 9 } });
  });
});

describe('what the caller has decided', () => {
  it('a confirmed pair is matched with confidence 1 and its customer is taken', () => {
    const rows = suggest(
      [
        { id: 'o', name: 'Zebra' },
        { id: 'p', name: 'Kestrel Architects LLP' },
      ],
      [],
      { confirmed: [{ organizationId: 'o', customerId: '2' }] },
    ).suggestions;
    expect(rows[0]).toMatchObject({ status: 'matched', confidence: 1, customer: { id: 2 } });
    expect(rows[0]!.evidence[0]!.kind).toBe('confirmed');
    expect(rows[1]).toMatchObject({ status: 'conflict', conflict: { organizations: [{ id: 'o' }] } });
  });

  it('two organizations confirmed for one customer contest it; many-to-one lets them', () => {
    const pairs = { confirmed: ['o', 'p'].map((organizationId) => ({ organizationId, customerId: 2 })) };
    const rows = (options: object) =>
      suggest(
        [
          { id: 'o', name: 'Zebra' },
          { id: 'p', name: 'Yak' },
        ],
        [],
        { ...pairs, ...options },
      ).suggestions;
    expect(rows({}).map(({ status }) => status)).toEqual(['conflict', 'conflict']);
    expect(rows({ cardinality: 'many-to-one' }).map(({ status }) => status)).toEqual(['matched', 'matched']);
  });

  it('a rejected pair is no candidate any more', () => {
    const row = only({ name: 'Kestrel Architects LLP' }, [], {
      rejected: [{ organizationId: 'o', customerId: 2 }],
    });
    expect(row.customer).toBeNull();
    expect(row.candidates.map(({ customer }) => customer.id)).not.toContain(2);
  });

  it('a confirmed name is known from then on', () => {
    const confirmed = [{ organizationId: 'old', customerId: 3, organizationName: 'Zephyr Freight' }];
    expect(only({ name: 'Zephyr Freight' }, [], { confirmed })).toMatchObject({
      status: 'matched',
      customer: { id: 3 },
    });
    expect(only({ name: 'Zephyr Freight' }).customer).toBeNull();
  });
});

describe('a mapper asked one at a time', () => {
  it('explains as the report does, also a customer that is no candidate; null for a stranger', () => {
    const mapper = createMapper(customers);
    const organization = { id: 'o', name: 'Kestrel Architects' };
    const [row] = mapper.suggest([organization]).suggestions;
    expect(mapper.explain(organization, customers[1]!)).toEqual(row!.candidates[0]);
    expect(mapper.explain(organization, customers[2]!)?.confidence).toBeLessThan(0.1);
    expect(mapper.explain(organization, { id: 'stranger', name: 'x' })).toBeNull();
    expect(() => mapper.explain(null as unknown as MappingRecord, customers[0]!)).toThrow(TypeError);
  });

  it('does not see later changes of the caller’s list', () => {
    const list = [...customers];
    const mapper = createMapper(list);
    list.length = 0;
    expect(mapper.suggest([{ id: 'o', name: 'Kestrel Architects' }]).summary.matched).toBe(1);
  });
});
