import { describe, expect, it } from 'vitest';
import { createHaloClient } from '../../src/halo-client.ts';
import { createFakeHalo } from '../../src/testing/index.ts';
import { fakeHaloHandlers } from '../../src/testing/msw.ts';
import { useMsw } from '../support/msw.ts';

const fake = createFakeHalo({ clients: [{ id: 12, name: 'Contoso Ltd' }], pageCap: 1 });
useMsw(...fakeHaloHandlers(fake));

describe('the client over the global fetch', () => {
  it('signs in, lists, reads and writes', async () => {
    await using halo = createHaloClient(fake.config);
    const created = await halo.clients.create({ name: 'New Ltd' });
    const listing = halo.clients.list();
    const names = (await listing.toArray()).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Contoso Ltd', 'New Ltd']));
    expect(listing.report).toMatchObject({ complete: true });
    expect(await halo.clients.update(created.id, { name: 'Newer Ltd' })).toMatchObject({ name: 'Newer Ltd' });
    await halo.clients.delete(created.id);
    expect(fake.tables.clients.get(created.id)).toBeUndefined();
  });

  it('puts the tenant into the query of the token request, and everything else into its body', () => {
    const token = fake.requests.find(({ area }) => area === 'auth');
    expect(token?.query).toEqual({ tenant: 'acme' });
    expect(token?.body).toMatchObject({ grant_type: 'client_credentials', scope: 'all' });
  });
});
