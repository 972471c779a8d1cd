import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HaloMappingStoreError, isHaloError } from '../../src/errors.ts';
import {
  checkMappingSave,
  copyDocument,
  formatMappingDocument,
  type JsonObject,
  mappingDocumentSchema,
  parseMappingDocument,
  parseStoredDocument,
} from '../../src/workflow/mapping-document.ts';
import type { MappingDocument } from '../../src/workflow/types.ts';

const at = '2026-11-23T09:00:00Z';
const document: MappingDocument = {
  format: 'halo-psa-mapping',
  version: 1,
  instanceId: 'uk.halopsa.com',
  revision: 3,
  entries: [
    {
      organizationId: 7,
      organizationName: 'Acme Ltd',
      mapped: {
        customerId: 42,
        customerName: 'Acme',
        source: 'suggestion',
        confidence: 0.97,
        evidenceKinds: ['name'],
        at,
        by: 'kim',
      },
      rejected: [{ customerId: 43, customerName: 'Acme Inc', at }],
    },
    { organizationId: 'b', organizationName: 'Internal', ignored: { at, by: 'kim' } },
  ],
};
const text = formatMappingDocument(document);

/** The error that reading `source` throws. */
function failureOf(source: unknown, options = {}): HaloMappingStoreError {
  try {
    parseMappingDocument(source, options);
  } catch (error) {
    if (error instanceof HaloMappingStoreError) return error;
    throw error;
  }
  throw new Error('Expected an error');
}

describe('reading a mapping document', () => {
  it.each<[string, unknown]>([
    ['a text', text],
    ['UTF-8 bytes', new TextEncoder().encode(text)],
    ['a parsed value', JSON.parse(text)],
    ['a text with a byte order mark', `\uFEFF${text}`],
    ['bytes with a byte order mark', new TextEncoder().encode(`\uFEFF${text}`)],
    ['a text with CRLF line ends', text.replaceAll('\n', '\r\n')],
    ['a text in one line', JSON.stringify(document)],
  ])('accepts %s', (_what, source) => {
    expect(parseMappingDocument(source, { instanceId: 'uk.halopsa.com' })).toEqual(document);
  });

  const damaged: [string, unknown, RegExp][] = [
    ['an empty text', '', /is empty/],
    ['blank lines', ' \r\n\n', /is empty/],
    ['a text cut short', text.slice(0, text.length / 2), /no JSON, perhaps cut short/],
    ['a text with a second half appended', `${text}${text}`, /no JSON/],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), /no UTF-8/],
    ['another JSON file', '{"name":"x","version":"1.0.0"}', /no mapping document of halo-psa/],
    ['a list', '[]', /no mapping document of halo-psa/],
    ['null', 'null', /no mapping document of halo-psa/],
    ['a document without a version', { ...document, version: undefined }, /no format version/],
    ['a version that is a text', { ...document, version: '1' }, /no format version/],
    ['a version that never was', { ...document, version: 0 }, /version 0 is unknown/],
    ['a negative revision', { ...document, revision: -1 }, /revision/],
    ['a fractional revision', { ...document, revision: 1.5 }, /revision/],
    ['a blank instance', { ...document, instanceId: ' ' }, /instanceId: must not be blank/],
    ['an unknown key', { ...document, extra: 1 }, /extra/],
    ['an unknown key of an entry', withEntry({ note: 'x' }), /entries\[0\].*note/],
    ['an entry without an id', withEntry({ organizationId: undefined }), /entries\[0\]\.organizationId/],
    ['a blank id', withEntry({ organizationId: '' }), /entries\[0\]\.organizationId/],
    [
      'an id that JavaScript cannot hold',
      withEntry({ organizationId: 2 ** 60 }),
      /entries\[0\]\.organizationId/,
    ],
    ['a date in words', withEntry({ ignored: { at: 'yesterday' } }), /entries\[0\]\.ignored\.at/],
    [
      'a mapping that is also ignored',
      withEntry({ ...document.entries[0], ignored: { at } }),
      /both mapped and ignored/,
    ],
    ['a confidence above 1', withMapped({ confidence: 1.01 }), /entries\[0\]\.mapped\.confidence/],
    ['an unknown source', withMapped({ source: 'oracle' }), /entries\[0\]\.mapped\.source/],
    [
      'two entries of one organization',
      withTwo(7, 7),
      /entries\[1\]\.organizationId: repeats the id of row 0/,
    ],
    ['ids that are equal as text', withTwo(7, '7'), /entries\[1\]\.organizationId: repeats the id of row 0/],
    [
      'one customer rejected twice',
      withEntry({ rejected: [7, '7'].map((customerId) => ({ customerId, customerName: 'x', at })) }),
      /entries\[0\]\.rejected\[1\]\.customerId: repeats/,
    ],
    ['a key __proto__', text.replace('"revision"', '"__proto__": {"revision": 1}, "revision"'), /__proto__/],
    ['brackets a million deep', '['.repeat(1_000_000), /no JSON/],
  ];
  it.each(damaged)('refuses %s as damaged, and says where', (_what, source, reason) => {
    const error = failureOf(typeof source === 'object' ? structuredClone(source) : source);
    expect(error.code).toBe('HALO_MAPPING_STORE_DAMAGED');
    expect(error.message).toMatch(reason);
    expect(error.message.length).toBeLessThanOrEqual(1024);
    expect(isHaloError(error)).toBe(true);
  });

  it('refuses a version from the future with the way out', () => {
    const error = failureOf({ ...document, version: 2 });
    expect(error.code).toBe('HALO_MAPPING_STORE_NEWER_VERSION');
    expect(error.hint).toMatch(/Upgrade halo-psa/);
  });

  it('refuses the document of another Halo instance', () => {
    const error = failureOf(text, { instanceId: 'us.halopsa.com' });
    expect(error.code).toBe('HALO_MAPPING_STORE_OTHER_INSTANCE');
    expect(error.message).toMatch(/uk\.halopsa\.com.*us\.halopsa\.com/);
  });

  it('refuses a text over the size limit before it reads it', () => {
    expect(failureOf(text, { maxBytes: 100 }).code).toBe('HALO_MAPPING_STORE_TOO_LARGE');
    expect(failureOf(new Uint8Array(101), { maxBytes: 100 }).code).toBe('HALO_MAPPING_STORE_TOO_LARGE');
    expect(parseMappingDocument(text, { maxBytes: text.length })).toEqual(document);
  });

  it('names at most ten places of a document that is wrong everywhere', () => {
    const entries = Array.from({ length: 5000 }, () => ({}));
    expect(failureOf({ ...document, entries }).issues).toHaveLength(10);
  });

  it('takes names such as __proto__ for what they are', () => {
    const ids = ['__proto__', 'constructor', 'toString'];
    const odd = {
      ...document,
      entries: ids.map((id) => ({ organizationId: id, organizationName: id, ignored: { at } })),
    };
    expect(parseMappingDocument(formatMappingDocument(odd))).toEqual(odd);
    expect(({} as Record<string, unknown>).revision).toBeUndefined();
  });

  it('never repeats what the document holds in an error', () => {
    const canary = 'Canary Holdings';
    for (const source of [
      `{"format": "${canary}`,
      { ...document, revision: canary },
      withEntry({ organizationId: { canary } }),
    ]) {
      const error = failureOf(source);
      expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${error.cause}`).not.toContain(canary);
    }
  });

  it('shares nothing with a value it is given', () => {
    const value = structuredClone(document);
    const parsed = parseMappingDocument(value);
    value.entries[0]?.rejected?.pop();
    expect(parsed).toEqual(document);
  });

  it('throws nothing but its own error, whatever is cut or flipped', () => {
    const bytes = new TextEncoder().encode(text);
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.nat(bytes.length - 1), to: fc.nat(255) }), { maxLength: 4 }),
        fc.option(fc.nat(bytes.length)),
        (flips, length) => {
          const broken = bytes.slice(0, length ?? bytes.length);
          for (const { at: position, to } of flips) if (position < broken.length) broken[position] = to;
          try {
            expect(mappingDocumentSchema.safeParse(parseMappingDocument(broken)).success).toBe(true);
            // A cut that leaves a document can only have taken the last line end.
            expect(broken.length).toBeGreaterThanOrEqual(bytes.length - 1);
          } catch (error) {
            expect(error).toBeInstanceOf(HaloMappingStoreError);
          }
        },
      ),
      { numRuns: 10_000 },
    );
  });
});

describe('a document of an older version', () => {
  // Version -1 listed customers by organization; version 0 had entries without names.
  const migrations = new Map<number, (older: JsonObject) => JsonObject>([
    [
      -1,
      ({ customers, ...rest }) => ({
        ...rest,
        entries: Object.entries(customers as Record<string, number>).map(([organization, customer]) => ({
          organization,
          customer,
        })),
      }),
    ],
    [
      0,
      ({ entries, ...rest }) => ({
        ...rest,
        entries: (entries as { organization: string; customer: number }[]).map(
          ({ organization, customer }) => ({
            organizationId: organization,
            organizationName: '',
            mapped: { customerId: customer, customerName: '', source: 'import', at },
          }),
        ),
      }),
    ],
  ]);
  const oldest = {
    format: 'halo-psa-mapping',
    version: -1,
    instanceId: 'uk.halopsa.com',
    revision: 5,
    customers: { a: 1, b: 2 },
  };

  it('is carried forward one version at a time, with its revision', () => {
    const migrated = parseStoredDocument(
      JSON.stringify(oldest),
      { instanceId: 'uk.halopsa.com' },
      migrations,
    );
    expect(migrated).toMatchObject({
      version: 1,
      revision: 5,
      entries: [{ organizationId: 'a' }, { organizationId: 'b' }],
    });
    expect(migrated.entries[1]?.mapped?.customerId).toBe(2);
  });

  it('is not changed by that', () => {
    const given = structuredClone(oldest);
    parseStoredDocument(given, {}, migrations);
    expect(given).toEqual(oldest);
  });

  it('is refused when a step is missing or its result does not fit', () => {
    const gap = new Map([...migrations].filter(([from]) => from !== 0));
    expect(() => parseStoredDocument(oldest, {}, gap)).toThrow(/version 0 is unknown/);
    const wrong = new Map(migrations).set(0, (older) => ({ ...older, entries: 'none' }));
    expect(() => parseStoredDocument(oldest, {}, wrong)).toThrow(/entries/);
  });
});

describe('writing a mapping document', () => {
  it('gives the same text whatever the order of keys, with a line end', () => {
    const shuffled = JSON.parse(
      JSON.stringify(Object.fromEntries(Object.entries(document).reverse())),
    ) as MappingDocument;
    shuffled.entries = shuffled.entries.map(
      (entry) => Object.fromEntries(Object.entries(entry).reverse()) as never,
    );
    expect(formatMappingDocument(shuffled)).toBe(text);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('reads back to the same document', () => {
    expect(parseMappingDocument(text)).toEqual(document);
    expect(copyDocument(document)).toEqual(document);
    expect(copyDocument(document)).not.toBe(document);
  });

  it.each<[string, unknown, number | null, RegExp]>([
    ['the revision does not follow', document, 1, /`next.revision` to be 2/],
    ['a first save does not have revision 1', document, null, /`next.revision` to be 1/],
    ['the expected revision is no number', document, '2' as never, /`expectedRevision`/],
    ['the document does not fit', { ...document, entries: [{}] }, 2, /entries\[0\]/],
    ['two organizations share an id', withTwo('7', 7), 2, /repeats/],
  ])('refuses with a TypeError to save when %s', (_what, next, expected, reason) => {
    expect(() => checkMappingSave(next as MappingDocument, expected)).toThrow(TypeError);
    expect(() => checkMappingSave(next as MappingDocument, expected)).toThrow(reason);
  });
});

function withEntry(part: object): unknown {
  return { ...document, entries: [{ organizationId: 1, organizationName: 'A', ignored: { at }, ...part }] };
}

function withMapped(part: object): unknown {
  return {
    ...document,
    entries: [{ ...document.entries[0], mapped: { ...document.entries[0]?.mapped, ...part } }],
  };
}

function withTwo(first: string | number, second: string | number): unknown {
  const entry = { organizationName: 'A', ignored: { at } };
  return { ...document, entries: [first, second].map((organizationId) => ({ organizationId, ...entry })) };
}
