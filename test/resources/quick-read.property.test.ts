import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { agentSchema } from '../../src/resources/agents.ts';
import { azureTenantSchema } from '../../src/resources/azure-tenants.ts';
import { clientSchema } from '../../src/resources/clients.ts';
import { customFieldSchema } from '../../src/resources/custom-fields.ts';
import { quickReadOf, UNSURE } from '../../src/resources/quick-read.ts';
import { listOf, partSchema, rowSchema, text } from '../../src/resources/row-schema.ts';
import { siteSchema } from '../../src/resources/sites.ts';
import { teamSchema } from '../../src/resources/teams.ts';

const schemas = { clientSchema, siteSchema, agentSchema, teamSchema, azureTenantSchema, customFieldSchema };

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
}

/** Every key that a schema names at any depth, so that a new field is covered the day it is added. */
function keysOf(schema: JsonSchema): string[] {
  const { properties = {}, anyOf = [], items } = schema;
  const below = [...Object.values(properties), ...anyOf, ...(items ? [items] : [])];
  return [...Object.keys(properties), ...below.flatMap(keysOf)];
}

/** Scalars on both sides of every rule, and what JSON can hold that is no finite number. */
const scalar = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.integer({ min: -4, max: 40 }),
  fc.constantFrom(-0, 1.5, 1e300, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), Number.POSITIVE_INFINITY),
);

/** Objects of known and unknown keys, most of them with an id, three levels deep. */
function rowWith(keys: readonly string[]): fc.Arbitrary<unknown> {
  const key = fc.oneof(
    fc.constantFrom(...keys),
    fc.constantFrom('unknown_field', 'constructor', 'toString', '0'),
  );
  return fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
    object: fc
      .tuple(fc.dictionary(key, tie('value'), { maxKeys: 6, noNullPrototype: true }), fc.option(scalar))
      .map(([fields, id]) => (id === null ? { ...fields, id: 12 } : { ...fields, id })),
  })).object;
}

describe.each(Object.entries(schemas))('the quick read of %s', (_name, schema) => {
  const keys = [...new Set(keysOf(z.toJSONSchema(schema, { io: 'input', reused: 'inline' }) as JsonSchema))];

  it('is sure of exactly the values that fit, and makes of them what the schema makes (property)', () => {
    const outcomes = { fits: 0, misfits: 0 };
    fc.assert(
      fc.property(rowWith(keys), (value) => {
        const before = structuredClone(value);
        const quick = quickReadOf(schema)(value);
        const { success, data } = schema.safeParse(value);
        outcomes[success ? 'fits' : 'misfits'] += 1;
        expect(quick === UNSURE).toBe(!success);
        if (success) expect(isDeepStrictEqual(quick, data)).toBe(true);
        expect(isDeepStrictEqual(value, before)).toBe(true);
      }),
      { numRuns: 1500 },
    );
    // A generator that only ever makes one of the two would prove nothing.
    expect(Math.min(outcomes.fits, outcomes.misfits)).toBeGreaterThan(100);
  });

  it('agrees about single fields of any kind (property)', () => {
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.oneof(scalar, fc.array(scalar)), (key, value) => {
        const row = { id: 12, [key]: value };
        const { success, data } = schema.safeParse(row);
        expect(quickReadOf(schema)(row)).toStrictEqual(success ? data : UNSURE);
      }),
      { numRuns: 500 },
    );
  });

  it.each([null, undefined, [], [{ id: 1 }], 'text', 7])('leaves %j to the schema', (value) => {
    expect(quickReadOf(schema)(value)).toBe(UNSURE);
  });
});

describe('the quick read', () => {
  it('hands on the row itself where nothing is dropped', () => {
    const row = { id: 12, name: 'Contoso', customfields: [{ id: 1, value: null }] };
    expect(quickReadOf(clientSchema)(row)).toBe(row);
  });

  it('is never sure of a schema that it was not told about', () => {
    const odd = rowSchema({ odd: z.string().min(3), plain: text });
    expect(quickReadOf(odd)({ id: 1, odd: 'long enough' })).toBe(UNSURE);
    expect(quickReadOf(odd)({ id: 1, plain: 'x', odd: null })).toEqual({ id: 1, plain: 'x' });
    const list = partSchema({ rows: listOf(z.looseObject({ id: z.int() })) });
    expect(quickReadOf(list)({ rows: [{ id: 1 }] })).toBe(UNSURE);
  });

  it('knows a field wherever it stands, also in a row far longer than those before', () => {
    const fillers = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`filler_${index}`, index]));
    const read = quickReadOf(clientSchema);
    expect(read({ id: 1, ...fillers, name: 'Contoso' })).toMatchObject({ name: 'Contoso' });
    expect(read({ id: 1, ...fillers, name: 7 })).toBe(UNSURE);
    expect(read({ name: 'Contoso', id: 1, ref: 7 })).toBe(UNSURE);
    expect(read({ name: 7, id: 1 })).toBe(UNSURE);
    expect(read({ ref: null, name: null, id: 1 })).toEqual({ id: 1 });
  });
});
