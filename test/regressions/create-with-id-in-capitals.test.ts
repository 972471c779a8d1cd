import { describe, expect, it } from 'vitest';
import { createHaloClient } from '../../src/halo-client.ts';
import { createFakeHalo } from '../../src/testing/fake-halo.ts';

/** Halo binds names of fields in any case, so an `Id` is an id: the write would change a row that nobody named. */
describe('a create whose row calls its id Id', () => {
  const fake = createFakeHalo({ clients: [{ id: 5, name: 'Contoso Ltd' }] });
  const halo = createHaloClient({ ...fake.config, fetch: fake.fetch });

  it.each([
    ['Id', { Id: 5, name: 'Fabrikam' }],
    ['ID', { ID: 5, name: 'Fabrikam' }],
    ['an id that toJSON adds', { name: 'Fabrikam', toJSON: () => ({ id: 5, name: 'Fabrikam' }) }],
  ])('changed another customer: %s', async (_, row) => {
    await expect(halo.clients.create(row)).rejects.toThrow(TypeError);
    await expect(halo.clients.update(5, row)).rejects.toThrow('would update that row');
    expect(fake.requests).toEqual([]);
    expect(fake.tables.clients.get(5)).toMatchObject({ name: 'Contoso Ltd' });
  });
});
