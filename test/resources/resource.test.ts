import { describe, expect, it } from 'vitest';
import { HaloResponseError, HaloWriteUncertainError } from '../../src/errors.ts';
import { createAgents } from '../../src/resources/agents.ts';
import {
  type ClientCreate,
  type ClientQuery,
  type Clients,
  clientDescriptor,
} from '../../src/resources/clients.ts';
import { createDeletableResource, createResource } from '../../src/resources/resource.ts';
import { siteDescriptor } from '../../src/resources/sites.ts';
import { teamDescriptor } from '../../src/resources/teams.ts';
import { type Answer, inTurn, scriptedTransport } from './support/scripted-transport.ts';

const row = { id: 12, name: 'Contoso Ltd' };

function clients(answer: Answer = inTurn(row)) {
  const transport = scriptedTransport(answer);
  const resource: Clients = createDeletableResource(transport, clientDescriptor);
  return { transport, resource };
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable('it resolved'),
    (error: unknown) => error,
  );
}

const BAD_IDS = [
  0,
  -1,
  1.5,
  Number.NaN,
  2 ** 53,
  '../token',
  '1/../2',
  '1?x',
  '12',
  null,
  undefined,
] as number[];

describe('get', () => {
  it('reads one row, with its details unless told otherwise', async () => {
    const { transport, resource } = clients();
    expect(await resource.get(12)).toEqual(row);
    await resource.get(12, { includeDetails: false, timeoutMs: 5 });
    expect(transport.sent[0]?.request).toMatchObject({
      method: 'GET',
      path: { path: '/Client/12', template: '/Client/{id}' },
      effect: 'read',
      query: { includedetails: true },
    });
    expect(transport.sent[1]?.request.query).toBeUndefined();
    expect(transport.sent[1]?.call).toEqual({ timeoutMs: 5 });
  });

  it.each(BAD_IDS)('refuses the id %j before anything is sent', async (id) => {
    const { transport, resource } = clients();
    expect(await failure(resource.get(id))).toBeInstanceOf(TypeError);
    expect(transport.sent).toHaveLength(0);
  });

  it('refuses a row with another id than the one asked for', async () => {
    const { resource } = clients(inTurn({ ...row, id: 13 }));
    expect(await failure(resource.get(12))).toMatchObject({
      code: 'HALO_RESPONSE_SCHEMA',
      issues: [{ path: 'id', message: 'expected the id that was asked for' }],
    });
  });

  it.each([
    ['undefined', undefined, 'HALO_RESPONSE_EMPTY'],
    ['null', null, 'HALO_RESPONSE_SCHEMA'],
    ['an empty list', [], 'HALO_RESPONSE_SCHEMA'],
    ['two rows', [row, row], 'HALO_RESPONSE_SCHEMA'],
    ['an object without id', { name: 'Contoso' }, 'HALO_RESPONSE_SCHEMA'],
    ['a list under an unknown name', { tags: [{ id: 12 }] }, 'HALO_RESPONSE_SCHEMA'],
  ])('refuses %s as a row', async (_what, body, code) => {
    expect(await failure(clients(inTurn(body)).resource.get(12))).toMatchObject({ code, requestId: 'req-1' });
  });
});

it('takes a row for a row whatever lists it holds', async () => {
  const holding = { ...row, results: [{ id: 99 }], clients: [{ id: 98 }] };
  expect(await clients(inTurn(holding)).resource.get(12)).toEqual(holding);
});

describe('create', () => {
  it('posts an array of one row and returns the row as Halo stored it', async () => {
    const { transport, resource } = clients();
    expect(await resource.create({ name: 'Contoso Ltd', toplevel_id: 1 })).toEqual(row);
    expect(transport.sent).toHaveLength(1);
    expect(transport.sent[0]?.request).toMatchObject({
      method: 'POST',
      path: { path: '/Client' },
      effect: 'create',
      body: [{ name: 'Contoso Ltd', toplevel_id: 1 }],
      lookup: expect.stringContaining('halo.clients.list('),
    });
  });

  it.each([
    ['the bare object', row],
    ['an array of it', [row]],
    ['an envelope of it', { record_count: 1, clients: [row] }],
    ['results', { results: [row] }],
  ])('accepts %s as the answer', async (_what, body) => {
    expect(await clients(inTurn(body)).resource.create({ name: 'x' })).toEqual(row);
  });

  it.each([{ id: 12 }, { id: 0 }, { id: null }])(
    'refuses a row with %j, because Halo would update that row',
    async (extra) => {
      const { transport, resource } = clients();
      const created = resource.create({ name: 'x', ...extra } as unknown as ClientCreate);
      expect(await failure(created)).toBeInstanceOf(TypeError);
      expect(transport.sent).toHaveLength(0);
    },
  );

  it.each([[null], [undefined], [[{ name: 'x' }]], ['Contoso']])('refuses %j as a row', async (input) => {
    expect(await failure(clients().resource.create(input as unknown as ClientCreate))).toBeInstanceOf(
      TypeError,
    );
  });

  it('is uncertain after an empty answer, and says what to look up', async () => {
    const { transport, resource } = clients(inTurn(undefined));
    const error = await failure(resource.create({ name: 'Canary Ltd' }));
    expect(error).toBeInstanceOf(HaloWriteUncertainError);
    expect(error).toMatchObject({ lookup: expect.stringContaining('halo.clients.list({ search: name') });
    expect((error as Error).message).not.toContain('Canary');
    expect(transport.sent).toHaveLength(1);
  });

  it('says that the write happened when the answer cannot be read', async () => {
    const error = await failure(clients(inTurn({ id: 'x' })).resource.create({ name: 'x' }));
    expect(error).toBeInstanceOf(HaloResponseError);
    expect((error as HaloResponseError).hint).toContain('do not send it again');
  });

  it('sends dates in the form that Halo writes, nested ones too', async () => {
    const { transport, resource } = clients();
    const date = new Date('2026-10-03T06:24:10.967Z');
    await resource.create({ name: 'x', startdate: date, customfields: [{ id: 1, value: date }] });
    expect(transport.sent[0]?.request.body).toEqual([
      {
        name: 'x',
        startdate: '2026-10-03T06:24:10.967',
        customfields: [{ id: 1, value: '2026-10-03T06:24:10.967' }],
      },
    ]);
  });

  it.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['an invalid date', new Date(Number.NaN)],
    ['a bigint', 12n],
  ])('refuses %s, which JSON would change or not hold', async (_what, value) => {
    const { transport, resource } = clients();
    expect(await failure(resource.create({ name: 'x', cost: { deep: value } }))).toBeInstanceOf(TypeError);
    expect(transport.sent).toHaveLength(0);
  });

  it('leaves the row it was given as it was', async () => {
    const input = Object.freeze({ name: 'x', startdate: Object.freeze(new Date(0)) });
    await clients().resource.create(input);
    expect(input).toEqual({ name: 'x', startdate: new Date(0) });
  });
});

describe('update', () => {
  it('posts the id with the fields to change', async () => {
    const { transport, resource } = clients();
    expect(await resource.update(12, { website: 'https://contoso.com', notes: null })).toEqual(row);
    expect(transport.sent[0]?.request).toMatchObject({
      method: 'POST',
      path: { path: '/Client' },
      effect: 'update',
      body: [{ id: 12, website: 'https://contoso.com', notes: null }],
      lookup: expect.stringContaining('halo.clients.get(id)'),
    });
  });

  it('reads the row back after an empty answer', async () => {
    const { transport, resource } = clients(inTurn(undefined, row));
    expect(await resource.update(12, { notes: 'x' })).toEqual(row);
    expect(transport.sent.map(({ request }) => request.method)).toEqual(['POST', 'GET']);
  });

  it('refuses another id in the patch', async () => {
    const { transport, resource } = clients();
    expect(await failure(resource.update(12, { id: 13 } as never))).toBeInstanceOf(TypeError);
    expect(transport.sent).toHaveLength(0);
  });

  it('refuses an answer about another row, which would be a duplicate made by accident', async () => {
    const { resource } = clients(inTurn([{ ...row, id: 99 }]));
    expect(await failure(resource.update(12, {}))).toMatchObject({ issues: [{ path: '[0].id' }] });
  });

  it.each(BAD_IDS)('refuses the id %j: without one Halo would create a row', async (id) => {
    const { transport, resource } = clients();
    expect(await failure(resource.update(id, { notes: 'x' }))).toBeInstanceOf(TypeError);
    expect(transport.sent).toHaveLength(0);
  });
});

describe('delete', () => {
  it.each([
    ['an empty answer', undefined],
    ['the deleted row', row],
  ])('resolves with nothing after %s', async (_what, body) => {
    const { transport, resource } = clients(inTurn(body));
    expect(await resource.delete(12)).toBeUndefined();
    expect(transport.sent[0]?.request).toMatchObject({
      method: 'DELETE',
      path: { path: '/Client/12', template: '/Client/{id}' },
      effect: 'delete',
      lookup: expect.stringContaining('halo.clients.get(id)'),
    });
  });

  it.each(BAD_IDS)('refuses the id %j before anything is sent', async (id) => {
    const { transport, resource } = clients();
    expect(await failure(resource.delete(id))).toBeInstanceOf(TypeError);
    expect(transport.sent).toHaveLength(0);
  });
});

describe('query options', () => {
  const sentQuery = async (query: ClientQuery) => {
    const { transport, resource } = clients(inTurn([]));
    await resource.list(query).toArray();
    return transport.sent[0]?.request.query;
  };

  it("always sends both of Halo's flags for inactive rows", async () => {
    expect(await sentQuery({})).toMatchObject({ includeactive: true, includeinactive: false });
    expect(await sentQuery({ includeInactive: true })).toMatchObject({
      includeactive: true,
      includeinactive: true,
    });
  });

  it("translates each option into Halo's parameter", async () => {
    const query = {
      search: 'Contoso',
      searchNameOnly: true,
      topLevelId: 3,
      includeNotes: true,
      includeAzureTenants: true,
      includeWebsite: true,
      customFieldIds: [151, 152],
      excludeInternal: false,
      orderBy: 'name',
      descending: true,
      haloParameters: { toplevel_guid: 'x', showcounts: true },
    };
    expect(await sentQuery(query)).toMatchObject({
      search: 'Contoso',
      search_name_only: true,
      toplevel_id: 3,
      includenotes: true,
      includeazuretenants: true,
      include_website: true,
      include_custom_fields: '151,152',
      exclude_internal: false,
      order: 'name',
      orderdesc: true,
      toplevel_guid: 'x',
      showcounts: true,
    });
  });

  it.each([
    ['an unknown option, which Halo would ignore', { serach: 'x' }, 'serach'],
    ['an inherited name', { constructor: 'x' }, 'constructor'],
    ['a text for an id', { topLevelId: '3' }, 'topLevelId'],
    ['a number for a flag', { includeInactive: 1 }, 'includeInactive'],
    ['null for a text', { search: null }, 'search'],
    ['an id that is none', { customFieldIds: [0] }, 'customFieldIds'],
    ['a paging parameter', { haloParameters: { Page_No: 3 } }, 'Page_No'],
    ['a list as a parameter', { haloParameters: { ids: [1] } }, 'haloParameters.ids'],
    ['no object', 'Contoso', 'query'],
  ])('refuses %s', (_what, query, name) => {
    expect(() => clients().resource.list(query as ClientQuery)).toThrow(TypeError);
    expect(() => clients().resource.list(query as ClientQuery)).toThrow(name);
  });

  it('uses the flags of each resource, which Halo names differently', async () => {
    const transport = scriptedTransport(inTurn([]));
    await createResource(transport, siteDescriptor).list({ clientId: 12, includeAddress: true }).toArray();
    await createResource(transport, teamDescriptor).list({ worksOn: 'projects' }).toArray();
    await createAgents(transport).list({ includeDisabled: true, teamId: 1 }).toArray();
    expect(transport.sent.map(({ request }) => request.query)).toMatchObject([
      { client_id: 12, includeaddress: true, includeactive: true, includeinactive: false },
      { type: 'prjs', includeenabled: true, includedisabled: false },
      { team_id: 1, includeenabled: true, includedisabled: true, includeunassigned: false },
    ]);
    expect(transport.sent.map(({ request }) => request.path.path)).toEqual(['/Site', '/Team', '/Agent']);
  });

  it('refuses a word that is none of its own', () => {
    const teams = createResource(scriptedTransport(inTurn([])), teamDescriptor);
    expect(() => teams.list({ worksOn: 'reqs' as 'requests' })).toThrow('requests, opportunities, projects');
  });
});

describe('agents', () => {
  it('lists an agent once whom Halo repeats for each team, one copy without an id', async () => {
    const copies = [{ id: 3, team: 'A' }, { id: 3, team: 'B' }, { id: null, team: 'B' }, { id: 4 }];
    const listing = createAgents(scriptedTransport(inTurn({ record_count: 4, results: copies }))).list();
    expect(await listing.toArray()).toEqual([{ id: 3, team: 'A' }, { id: 4 }]);
    expect(listing.report).toMatchObject({ complete: true, received: 2, duplicates: 1, withoutId: 1 });
  });

  it('reads the agent behind the token, whose own lists are not taken for rows', async () => {
    const me = { id: 3, name: 'Jane Doe', clients: [{ client_id: 5 }] };
    const transport = scriptedTransport(inTurn(me));
    expect(await createAgents(transport).me({ timeoutMs: 9 })).toEqual(me);
    expect(transport.sent[0]).toMatchObject({
      request: { method: 'GET', path: { path: '/Agent/me' } },
      call: { timeoutMs: 9 },
    });
  });
});
