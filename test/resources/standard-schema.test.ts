import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type StandardSchema,
  type StandardSchemaIssue,
  validate,
  validateNow,
} from '../../src/resources/standard-schema.ts';

const origin = {
  operation: 'halo.request()',
  context: { method: 'GET', path: '/Tickets', requestId: 'req-7' },
};

function refusing(...issues: StandardSchemaIssue[]): StandardSchema<never> {
  return { '~standard': { version: 1, vendor: 'test', validate: () => ({ issues }) } };
}

async function failure(promise: Promise<unknown>) {
  return promise.then(
    () => expect.unreachable('it resolved'),
    (error: Error) => error,
  );
}

describe('validation with a Standard Schema', () => {
  it("returns the schema's output", async () => {
    const schema = z.object({ id: z.string().transform(Number) });
    expect(await validate(schema, { id: '7' }, origin)).toEqual({ id: 7 });
  });

  it('waits for a schema that answers later, where the caller may', async () => {
    const schema: StandardSchema<number> = {
      '~standard': { version: 1, vendor: 'test', validate: async () => ({ value: 7 }) },
    };
    expect(await validate(schema, {}, origin)).toBe(7);
    expect(() => validateNow(schema, {}, origin)).toThrow(TypeError);
  });

  it('names the operation, the request and every place, but no value', async () => {
    const schema = z.object({ rows: z.array(z.object({ id: z.int(), 'odd key': z.literal('a') })) });
    const error = await failure(
      validate(schema, { rows: [{ id: 'canary-1', 'odd key': 'canary-2' }] }, origin),
    );
    expect(error).toMatchObject({
      name: 'HaloResponseError',
      code: 'HALO_RESPONSE_SCHEMA',
      requestId: 'req-7',
      issues: [
        { path: 'rows[0].id', message: 'expected number' },
        { path: 'rows[0]["odd key"]', message: 'does not fit the schema (invalid_value)' },
      ],
    });
    expect(error.message).toContain('halo.request() received');
    expect(JSON.stringify(error) + error.message + error.stack).not.toContain('canary');
  });

  it('prints no message of a schema library, because several quote the value they got', async () => {
    const quoting = {
      message: 'Invalid type: Expected string but received "canary"',
      path: [{ key: 'name' }],
    };
    const error = await failure(validate(refusing(quoting), 'x', origin));
    expect(error).toMatchObject({ issues: [{ path: 'name', message: 'does not fit the schema' }] });
    expect(error.message).not.toContain('canary');
  });

  it('keeps at most ten issues, and says how many there were', async () => {
    const issues = Array.from({ length: 5000 }, (_, index) => ({ message: '', path: [index] }));
    const error = await failure(validate(refusing(...issues), 'x', origin));
    expect((error as unknown as { issues: unknown[] }).issues).toHaveLength(10);
    expect(error.message).toContain('and 4999 more');
    expect(error.message.length).toBeLessThanOrEqual(1024);
  });

  it('bounds and escapes keys, which may be data', async () => {
    const key = `\n\u202e${'x'.repeat(5000)}`;
    const error = await failure(validate(refusing({ message: '', path: [key, Symbol('s')] }), 'x', origin));
    expect(error.message).not.toContain('\n');
    expect(error.message.length).toBeLessThanOrEqual(1024);
  });
});
