import { describe, expect, it } from 'vitest';
import { createFakeHalo, type FakeHaloOptions } from '../../src/testing/index.ts';
import { addressesOf, askForToken, signIn } from './session.ts';

describe('a fake Halo', () => {
  it('takes what fetch takes', async () => {
    const { fetch, config } = createFakeHalo();
    const url = `${addressesOf({ config }).api}authinfo`;
    const answers = await Promise.all([
      fetch(url),
      fetch(new URL(url)),
      fetch(new Request(url)),
      fetch(url, { headers: {} }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it('shares nothing with another', async () => {
    const clients = [{ id: 12, name: 'Contoso Ltd' }];
    const [one, two] = [createFakeHalo({ clients }), createFakeHalo({ clients })];
    one.quirks.pageCap = 1;
    one.tables.clients.set(12, { name: 'Changed' });
    one.enqueueFault({ status: 500 });
    await one.fetch(addressesOf(one).token);
    expect(two.requests).toEqual([]);
    expect(two.quirks.pageCap).toBe(1000);
    expect((await askForToken(two)).status).toBe(200);
    expect((await (await signIn(two)).get('Client/12')).body.name).toBe('Contoso Ltd');
  });

  it('changes nothing of what it is given, and gives out copies', () => {
    const seed = { clients: [{ name: 'Contoso Ltd', customfields: [{ id: 1, value: 'a' }] }] };
    const before = structuredClone(seed);
    const fake = createFakeHalo(seed);
    const [row] = fake.tables.clients.all();
    expect(row).toMatchObject({ id: 2, main_site_id: 1 });
    if (row) row.name = 'Changed outside';
    const value = fake.tables.clients.get(2)?.customfields?.[0];
    if (value) value.value = 'changed outside';
    expect(fake.tables.clients.get(2)).toMatchObject({ name: 'Contoso Ltd', customfields: [{ value: 'a' }] });
    expect(seed).toEqual(before);
  });

  it('goes back to the start on reset', async () => {
    const fake = createFakeHalo({ clients: [{ id: 12, name: 'Contoso Ltd' }], pageCap: 7 });
    const { get, post } = await signIn(fake);
    await post('Client', [{ name: 'Other' }]);
    fake.quirks.pageCap = 1;
    fake.enqueueFault({ status: 500 });
    fake.reset();
    expect(fake.requests).toEqual([]);
    expect(fake.tables.clients.all()).toMatchObject([{ id: 12, name: 'Contoso Ltd' }]);
    expect(fake.quirks.pageCap).toBe(7);
    expect((await get('Client')).status).toBe(401);
    expect((await (await signIn(fake)).post('Client', [{ name: 'Other' }])).body.id).toBe(13);
  });

  it('writes every request down, without a secret', async () => {
    const fake = createFakeHalo();
    const { post, get, token } = await signIn(fake);
    await post('Team', [{ name: 'One' }]);
    await get('Team?includeenabled=true&includedisabled=false');
    expect(fake.requests).toMatchObject([
      {
        method: 'POST',
        path: '/auth/token',
        area: 'auth',
        query: { tenant: 'acme' },
        body: { client_secret: '[redacted]', scope: 'all' },
        status: 200,
      },
      {
        method: 'POST',
        path: '/api/Team',
        area: 'api',
        body: [{ name: 'One' }],
        headers: { authorization: 'Bearer [redacted]' },
        status: 201,
      },
      {
        method: 'GET',
        path: '/api/Team',
        query: { includeenabled: 'true', includedisabled: 'false' },
        body: undefined,
      },
    ]);
    const written = JSON.stringify(fake.requests);
    expect(written).not.toContain(token);
    expect(written).not.toContain(fake.config.clientSecret);
  });

  it('gives ids in ascending order, and never one twice', () => {
    const { tables } = createFakeHalo({ clients: [{ name: 'A' }, { id: 40, name: 'B' }, { name: 'C' }] });
    expect(tables.clients.all().map(({ id }) => id)).toEqual([40, 41, 42]);
    tables.clients.delete(42);
    expect(tables.clients.add({ name: 'D' })).toMatchObject({ id: 43, main_site_id: 4 });
    expect(tables.clients.delete(42)).toBe(false);
  });

  it('makes a main site for each customer unless it is told the sites', () => {
    const clients = [{ id: 12, name: 'Contoso Ltd' }];
    expect(createFakeHalo({ clients }).tables.sites.all()).toEqual([{ id: 1, name: 'Main', client_id: 12 }]);
    expect(createFakeHalo({ clients, sites: [] }).tables.sites.size).toBe(0);
  });

  it.each([
    [{ pagecap: 10 } as FakeHaloOptions, /no option 'pagecap'/],
    [
      {
        clients: [
          { id: 1, name: 'A' },
          { id: 1, name: 'B' },
        ],
      },
      /two rows have the id 1/,
    ],
    [{ teams: [{ id: 0, name: 'A' }] }, /0 is not a usable id/],
  ])('refuses %j', (options, message) => {
    expect(() => createFakeHalo(options)).toThrow(message);
    expect(() => createFakeHalo(options)).toThrow(TypeError);
  });

  it('refuses to change a row that is not there, or its id', () => {
    const { tables } = createFakeHalo({ teams: [{ id: 1, name: 'One' }] });
    expect(() => tables.teams.set(2, { name: 'Two' })).toThrow('There is no row 2 in teams.');
    expect(() => tables.teams.set(1, { id: 2 })).toThrow(TypeError);
  });

  it('takes other credentials, addresses and tenants', async () => {
    const fake = createFakeHalo({
      credentials: { clientId: 'id', clientSecret: 'secret' },
      tenantId: 'north wind',
      resourceServer: 'desk.northwind.example',
      authServer: 'https://login.northwind.example/oauth',
    });
    expect(fake.config).toEqual({
      resourceServer: 'desk.northwind.example',
      authServer: 'https://login.northwind.example/oauth',
      tenantId: 'north wind',
      clientId: 'id',
      clientSecret: 'secret',
    });
    expect(fake.origins).toEqual(['https://desk.northwind.example', 'https://login.northwind.example']);
    expect((await (await signIn(fake)).get('Team')).status).toBe(200);
  });
});
