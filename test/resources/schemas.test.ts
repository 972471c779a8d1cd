import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { agentSchema } from '../../src/resources/agents.ts';
import { azureTenantSchema } from '../../src/resources/azure-tenants.ts';
import { clientSchema } from '../../src/resources/clients.ts';
import { siteSchema } from '../../src/resources/sites.ts';
import { teamSchema } from '../../src/resources/teams.ts';

const schemas = { clientSchema, siteSchema, teamSchema, agentSchema, azureTenantSchema };

describe.each(Object.entries(schemas))('%s', (_name, schema) => {
  it('needs nothing but an id', () => {
    expect(schema.parse({ id: 12 })).toEqual({ id: 12 });
  });

  it('keeps fields it does not know, nulls among them', () => {
    const row = { id: 12, newer_field: { deep: [1, null] }, other: null };
    expect(schema.parse(row)).toEqual(row);
  });

  it('drops the null of a field it knows, and changes nothing else', () => {
    const known = schema === azureTenantSchema ? 'client_name' : 'name';
    const row = schema.parse({ id: 12, [known]: null, inner: null });
    expect(Object.keys(row)).toEqual(['id', 'inner']);
  });

  it('takes an id that Halo sends as 12.0', () => {
    expect(schema.parse(JSON.parse('{"id":12.0}'))).toEqual({ id: 12 });
  });

  it.each(['9007199254740993', '1.5', '"7"', 'null', '-1', '0', '[7]'])('refuses the id %s', (id) => {
    expect(schema.safeParse(JSON.parse(`{"id":${id}}`)).success).toBe(false);
  });

  it('is not misled by keys that objects inherit', () => {
    const row = schema.parse(JSON.parse('{"id":12,"__proto__":{"polluted":true},"constructor":1}'));
    expect((row as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('leaves its input as it was', () => {
    const row = Object.freeze({ id: 12, name: null, client_name: null });
    expect(() => schema.parse(row)).not.toThrow();
  });
});

describe('references to other rows', () => {
  it.each([-1, -2, -3, 0, 12])('may be %d, which is an id or a "none"', (value) => {
    expect(siteSchema.parse({ id: 1, maincontact_id: value }).maincontact_id).toBe(value);
  });

  it.each([1.5, 2 ** 53, '12'])('may not be %j', (value) => {
    expect(siteSchema.safeParse({ id: 1, client_id: value }).success).toBe(false);
  });

  it('may be a text or a number when they lead into another tool, but never a rounded number', () => {
    expect(clientSchema.parse({ id: 1, gficlientid: '0', autotaskid: -1 })).toMatchObject({
      gficlientid: '0',
    });
    expect(clientSchema.safeParse({ id: 1, passportal_id: 2 ** 60 }).success).toBe(false);
  });
});

it('drops nulls inside rows too', () => {
  const { azure_tenants } = clientSchema.parse({
    id: 1,
    azure_tenants: [{ id: 3, azure_tenant_name: null }],
  });
  expect(azure_tenants).toEqual([{ id: 3 }]);
});

describe("inside a caller's own zod schemas", () => {
  const link = z.object({ client: clientSchema, sites: z.array(siteSchema), owner: agentSchema.optional() });

  it('are checked as parts like any other', () => {
    const value = { client: { id: 1, name: 'Contoso', more: true }, sites: [{ id: 2, notes: null }] };
    const read = link.parse(value);
    expect(read).toEqual({ client: value.client, sites: [{ id: 2 }] });
    // The types arrive too.
    const name: string | undefined = read.client.name;
    expect(name).toBe('Contoso');
    expect(clientSchema).toBeInstanceOf(z.ZodType);
  });

  it('say where a value does not fit', () => {
    const { error } = link.safeParse({ client: { id: 1 }, sites: [{ id: 2, customfields: [{ name: 7 }] }] });
    expect(error?.issues.map(({ path, code }) => [path.join('.'), code])).toEqual([
      ['sites.0.customfields.0.name', 'invalid_type'],
    ]);
  });

  it('have a JSON schema', () => {
    expect(z.toJSONSchema(clientSchema, { io: 'input' })).toMatchObject({
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'integer', minimum: 1 } },
    });
  });
});
