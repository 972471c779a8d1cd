import { describe, expect, it } from 'vitest';
import { createHaloClient } from '../../src/halo-client.ts';
import type { HaloRequestSpec } from '../../src/resources/raw-request.ts';
import { createFakeHalo } from '../../src/testing/fake-halo.ts';

const fake = createFakeHalo({ clients: [{ name: 'Contoso Ltd' }] });
const halo = createHaloClient({ ...fake.config, fetch: fake.fetch });

describe('halo.request()', () => {
  it.each([
    ['no request at all', null, 'request must be an object'],
    ['params in place of query', { path: '/Client', params: { search: 'x' } }, '"params"'],
    ['a query that is a text', { path: '/Client', query: 'search=x' }, 'query must be an object'],
    ['a query that is a list', { path: '/Client', query: [['search', 'x']] }, 'query must be an object'],
  ])('sent something else than was meant: %s', async (_, spec, message) => {
    await expect(halo.request(spec as unknown as HaloRequestSpec)).rejects.toThrow(message);
    expect(fake.requests).toEqual([]);
  });

  it.each([{}, 5, { parse: () => 1 }, { '~standard': {} }])(
    'sent a request before it saw that %j is no schema',
    async (schema) => {
      const spec = { path: '/Client', method: 'POST', body: [{ name: 'Fabrikam' }] } as const;
      await expect(halo.request(spec, schema as never)).rejects.toThrow('Standard Schema');
      expect(fake.requests).toEqual([]);
    },
  );
});

describe('halo.clients.list()', () => {
  it.each([
    ['sweep in place of sweeps', { sweep: 2 }, '"sweep"'],
    ['a cursor under another name', { cursor: 'x' }, '"cursor"'],
    ['a text for allowIncomplete', { allowIncomplete: 'no' }, 'allowIncomplete must be true or false'],
    ['no options', null, 'options must be an object'],
  ])('listed as if nothing had been asked for: %s', (_, options, message) => {
    expect(() => halo.clients.list({}, options as never)).toThrow(message);
  });
});
