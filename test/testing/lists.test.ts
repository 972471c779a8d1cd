import { describe, expect, it } from 'vitest';
import { createFakeHalo, type FakeHaloOptions } from '../../src/testing/index.ts';
import { ListCache } from '../../src/testing/list-cache.ts';
import { idsOf, signIn } from './session.ts';

const clients = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: index + 10, name: `Customer ${index}` }));
const session = (options: FakeHaloOptions) => signIn(createFakeHalo(options));

describe('envelopes of the fake Halo', () => {
  it.each([
    ['Client', 'clients'],
    ['Site', 'sites'],
    ['Users', 'users'],
    ['TopLevel', 'tree'],
  ])('wrap %s in a count and %s', async (path, name) => {
    const { get } = await session({ clients: clients(1), users: [{ name: 'Ava Chen', site_id: 1 }] });
    const { body } = await get(path);
    expect(Object.keys(body)).toEqual(['record_count', name]);
    expect(body.record_count).toBe(1);
    expect(body[name]).toHaveLength(1);
  });

  it.each(['Agent', 'Team', 'AreaAzureTenant', 'FieldInfo'])('leave %s a bare array', async (path) => {
    const { get } = await session({});
    expect(Array.isArray((await get(path)).body)).toBe(true);
  });

  it('echo page number and size only where they were sent', async () => {
    const { get } = await session({ clients: clients(3) });
    const { body } = await get('Client?pageinate=true&page_size=2&page_no=2');
    expect(body).toMatchObject({ page_no: 2, page_size: 2, record_count: 3, clients: [{ id: 12 }] });
    expect((await get('Client?pageinate=true&page_size=2')).body).not.toHaveProperty('page_no');
  });

  it('say record_count 0 on a page past the end', async () => {
    const { get } = await session({ clients: clients(3) });
    const { text } = await get('Client?pageinate=true&page_size=10&page_no=5');
    expect(text).toBe('{"page_no":5,"page_size":10,"record_count":0,"clients":[]}');
  });

  it('hold 50 rows without paging, or as many as count says, and ignore a page without pageinate', async () => {
    const { get } = await session({ clients: clients(120) });
    expect(idsOf(await get('Client'))).toHaveLength(50);
    expect(idsOf(await get('Client?page_size=10&page_no=3'))).toHaveLength(50);
    expect(idsOf(await get('Client?count=100000'))).toHaveLength(120);
    expect((await get('Client')).body.record_count).toBe(120);
  });

  it('are the same whatever the case of the path', async () => {
    const { get } = await session({ clients: clients(1) });
    expect((await get('client')).body).toEqual((await get('Client')).body);
  });

  it('refuse a page size that is no number', async () => {
    const { get } = await session({});
    const { status, body } = await get('Client?pageinate=true&page_size=abc');
    expect([status, body]).toEqual([400, { page_size: ["The value 'abc' is not valid."] }]);
  });
});

describe('list quirks of the fake Halo', () => {
  it('shorten pages to the cap in silence, and echo what was asked', async () => {
    const { get } = await session({ clients: clients(30), pageCap: 10 });
    const { body } = await get('Client?pageinate=true&page_size=25&page_no=2');
    expect(body.page_size).toBe(25);
    expect(body.clients.map(({ id }: { id: number }) => id)).toEqual([
      20, 21, 22, 23, 24, 25, 26, 27, 28, 29,
    ]);
  });

  it('answer page 1 for every page number', async () => {
    const { get } = await session({ clients: clients(4), ignoresPageNo: true });
    const [first, second] = [
      await get('Client?pageinate=true&page_size=2&page_no=1'),
      await get('Client?pageinate=true&page_size=2&page_no=2'),
    ];
    expect(idsOf(second)).toEqual(idsOf(first));
  });

  it.each([
    ['missing' as const, undefined],
    ['page-length' as const, 2],
    [(exact: number) => exact + 5, 9],
    [(exact: number) => exact - 1, 3],
  ])('say a wrong record_count (%s)', async (recordCount, expected) => {
    const { get } = await session({ clients: clients(4), recordCount });
    expect((await get('Client?pageinate=true&page_size=2&page_no=1')).body.record_count).toBe(expected);
  });

  it('put another array before the rows', async () => {
    const { get } = await session({ clients: clients(1), columnsInEnvelope: true });
    expect(Object.keys((await get('Client')).body)).toEqual(['record_count', 'columns', 'clients']);
  });

  it.each([
    ['auto', '', 'array'],
    ['auto', '?pageinate=true&page_size=1&page_no=1', 'results'],
    ['array', '?pageinate=true', 'array'],
    ['results', '', 'results'],
    ['agents', '', 'agents'],
  ] as const)(
    'list agents in the shape %s for "%s" as %s, and never in pages',
    async (agentListShape, query, shape) => {
      const { get } = await session({ agents: [{ name: 'A' }, { name: 'B' }], agentListShape });
      const { body } = await get(`Agent${query}`);
      const rows = shape === 'array' ? body : body[shape];
      expect(rows).toHaveLength(2);
      if (shape !== 'array') expect(body.record_count).toBe(2);
    },
  );

  it('list an agent once a team, and once without an id', async () => {
    const { get } = await session({
      teams: [{ name: 'One' }, { name: 'Two' }],
      agents: [{ id: 3, name: 'Jane Doe', teams: [{ team_id: 1 }, { team_id: 2 }] }],
      agentDuplicates: true,
    });
    const { body } = await get('Agent');
    expect(body.map(({ id, team }: { id: unknown; team: string }) => [id, team])).toEqual([
      [3, 'One'],
      [3, 'Two'],
      [null, 'One'],
    ]);
  });

  it('send the customer of a site as a float, as text, or as an integer where that is switched off', async () => {
    const fake = createFakeHalo({ clients: [{ id: 12, name: 'Contoso Ltd' }] });
    const { get } = await signIn(fake);
    expect((await get('Site')).text).toContain('"client_id":12.0,');
    fake.quirks.doubleIds = false;
    expect((await get('Site')).text).toContain('"client_id":12,');
  });

  it('leave out customers that the agent is restricted from, with status 200', async () => {
    const fake = createFakeHalo({ clients: clients(5) });
    const { get } = await signIn(fake);
    fake.quirks.restrictedToClients = [11, 13];
    expect((await get('Client')).body).toMatchObject({ record_count: 2, clients: [{ id: 11 }, { id: 13 }] });
    expect((await get('Site')).body.record_count).toBe(2);
    expect((await get('Client/12')).status).toBe(403);
    expect((await get('Client/99')).status).toBe(404);
    expect((await get('Agent/me')).body.clients).toMatchObject([{ client_id: 11 }, { client_id: 13 }]);
  });

  it('restrict as the row of the login agent says, too', async () => {
    const fake = createFakeHalo({ clients: clients(3), agents: [{ id: 7, name: 'API', isapiagent: true }] });
    const { get } = await signIn(fake);
    fake.tables.agents.set(7, { one_client: 12 });
    expect(idsOf(await get('Client'))).toEqual([12]);
    fake.tables.agents.set(7, { one_client: 0, clients: [{ client_id: 10 }] });
    expect(idsOf(await get('Client'))).toEqual([10]);
  });

  it('show an agent in no team no teams and no agents, unless it asks for all', async () => {
    const { get } = await session({
      teams: [{ name: 'One' }],
      agents: [{ name: 'Jane' }],
      teamlessAgent: true,
    });
    expect((await get('Team')).body).toEqual([]);
    expect((await get('Agent')).body).toEqual([]);
    expect((await get('Agent?showall=true')).body).toHaveLength(1);
  });

  it('follow a switch that is thrown between two requests', async () => {
    const fake = createFakeHalo({ teams: [{ name: 'One' }] });
    const { get } = await signIn(fake);
    expect((await get('Team')).body).toHaveLength(1);
    fake.quirks.teamlessAgent = true;
    expect((await get('Team')).body).toEqual([]);
  });
});

describe('filters of the fake Halo', () => {
  const rows: FakeHaloOptions = {
    topLevels: [
      { id: 1, name: 'Home' },
      { id: 2, name: 'Away' },
    ],
    clients: [
      { id: 10, name: 'Contoso Ltd', ref: 'C-1' },
      { id: 11, name: 'Northwind', inactive: true, toplevel_id: 2 },
      { id: 12, name: 'Fabrikam', toplevel_id: 2, website: 'contoso.example' },
    ],
    agents: [
      { id: 1, name: 'Unassigned' },
      { id: 3, name: 'Jane Doe', email: 'jane@example.com', teams: [{ team_id: 1 }] },
      { id: 4, name: 'Old Agent', isdisabled: true, one_client: 12 },
      { id: 5, name: 'Robot', isapiagent: true },
    ],
    teams: [
      { id: 1, name: 'First' },
      { id: 2, name: 'Gone', inactive: true },
      { id: 3, name: 'Away', department_id: 2 },
    ],
  };

  it.each([
    ['Client', [10, 12]],
    ['Client?includeinactive=true', [10, 11, 12]],
    ['Client?includeactive=false&includeinactive=true', [11]],
    ['Client?activeinactive=true,true', [10, 11, 12]],
    ['Client?search=CONTOSO', [10, 12]],
    ['Client?search=contoso&search_name_only=true', [10]],
    ['Client?toplevel_id=2&includeinactive=true', [11, 12]],
    ['Client?tickettype_ids=4&unknown=1', [10, 12]],
    ['Client?order=name', [10, 12]],
    ['Client?order=name&orderdesc=true', [12, 10]],
    ['Client?order=name&orderdesc=1', [10, 12]],
    ['Client?order=inactive&order2=name&orderdesc2=true&includeinactive=true', [12, 10, 11]],
    ['Site?client_id=12', [3]],
    ['Site?toplevel_id=2', [2, 3]],
    ['Agent', [3]],
    ['Agent?includedisabled=true', [3, 4]],
    ['Agent?includeenabled=false&includedisabled=true', [4]],
    ['Agent?includeunassigned=true', [1, 3]],
    ['Agent?includeapiagents=true', [3, 5]],
    ['Agent?search=jane@', [3]],
    ['Agent?team=first', [3]],
    ['Agent?team_id=3', []],
    ['Agent?department_id=1', [3]],
    ['Agent?department_id=2', []],
    ['Agent?client_id=10', [3]],
    ['Agent?client_id=12&includedisabled=true', [3, 4]],
    ['Team', [1, 3]],
    ['Team?includedisabled=true', [1, 2, 3]],
    ['Team?department_id=2', [3]],
  ])('answer %s with %j', async (path, expected) => {
    const { get } = await session(rows);
    expect(idsOf(await get(path))).toEqual(expected);
  });

  it('answer idonly with ids', async () => {
    const { get } = await session(rows);
    expect((await get('Client?idonly=true')).body.clients).toEqual([{ id: 10 }, { id: 12 }]);
  });

  it.each([
    [[{ filter_name: 'name', filter_type: 2, filter_value: 'fabrikam' }], [12]],
    [[{ filter_name: 'name', filter_type: 4, filter_value: 'tos' }], [10]],
    [[{ filter_name: 'id', filter_type: 0, filter_value: '10, 12' }], [10, 12]],
    [[{ filter_name: 'id', filter_type: 7, filter_value: 10 }], [12]],
  ])('understand the advanced search %j', async (conditions, expected) => {
    const { get } = await session(rows);
    expect(
      idsOf(await get(`Client?advanced_search=${encodeURIComponent(JSON.stringify(conditions))}`)),
    ).toEqual(expected);
  });

  it('refuse an advanced search that is none', async () => {
    const { get } = await session(rows);
    const { status, body } = await get('Client?advanced_search=[{}]');
    expect([status, body.Message]).toEqual([400, 'Invalid advanced search parameter']);
  });
});

describe('a long list of the fake Halo', () => {
  it('is served whole in 1,000 pages', async () => {
    const fake = createFakeHalo({ clients: clients(100_000), sites: [] });
    const { get } = await signIn(fake);
    const ids = new Set<unknown>();
    for (let page = 1; page <= 1000; page += 1) {
      for (const id of idsOf(await get(`Client?pageinate=true&page_size=100&page_no=${page}`))) ids.add(id);
    }
    expect(ids.size).toBe(100_000);
  }, 60_000);

  it('is filtered once for all its pages, and again after a change', () => {
    const cache = new ListCache();
    const rows = [{ id: 1 }];
    let made = 0;
    const make = () => {
      made += 1;
      return rows;
    };
    for (let page = 0; page < 1000; page += 1) expect(cache.get('clients', 1, make)).toBe(rows);
    expect(made).toBe(1);
    cache.get('clients', 2, make);
    expect(made).toBe(2);
    // Many other filters may push a list out; they may not let the cache grow without end.
    for (let filter = 0; filter < 100; filter += 1) cache.get(`filter ${filter}`, 2, make);
    cache.get('clients', 2, make);
    expect(made).toBe(103);
  });

  it('shows a change of a row at once', async () => {
    const fake = createFakeHalo({ clients: clients(2) });
    const { get } = await signIn(fake);
    await get('Client');
    fake.tables.clients.set(10, { name: 'Renamed', inactive: true });
    expect(idsOf(await get('Client'))).toEqual([11]);
    expect((await get('Site?client_id=10')).body.sites[0].client_name).toBe('Renamed');
    fake.tables.clients.delete(11);
    expect(idsOf(await get('Client'))).toEqual([]);
    expect((await get('Site')).body.record_count).toBe(1);
  });
});
