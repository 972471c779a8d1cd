import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { customerFromClient } from '../../src/customer-from-client.ts';
import {
  HaloAuthError,
  HaloNotFoundError,
  HaloPermissionError,
  HaloRateLimitError,
  HaloResponseError,
  HaloServerError,
  HaloValidationError,
  HaloWriteUncertainError,
} from '../../src/errors.ts';
import { suggestMappings } from '../../src/mapping/index.ts';
import {
  type NamedRow,
  type Opened,
  type OpenHalo,
  openFakeHalo,
  openSecondHalo,
} from '../support/two-halos.ts';
import { failure } from './support.ts';

const customers = (count: number): NamedRow[] =>
  Array.from({ length: count }, (_, index) => ({
    id: index + 10,
    name: `Customer ${index + 10}`,
    inactive: false,
  }));

const agents: NamedRow[] = [
  { id: 1, name: 'Unassigned', email: '', isdisabled: false },
  { id: 2, name: 'Integration', email: 'api@example.com', isapiagent: true, isdisabled: false },
  { id: 3, name: 'Jane Doe', email: 'jane@example.com', isdisabled: false, teams: [{ team_id: 4 }] },
  { id: 5, name: 'Old Agent', email: 'old@example.com', isdisabled: true },
];
const teams: NamedRow[] = [
  { id: 4, name: '1st Line Support', inactive: false, department_id: 1 },
  { id: 6, name: 'Closed', inactive: true, department_id: 1 },
];
const HTML = '<!DOCTYPE html><html><title>Sign in</title></html>';
const EXCEPTION = {
  ClassName: 'System.Exception',
  Message: 'A Site must be selected',
  Data: null,
  HResult: -1,
};

/** A row as a real Halo sent it. */
const recorded = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/halo/${name}.json`, import.meta.url), 'utf8')) as NamedRow;

describe.each<[string, OpenHalo]>([
  ['a Halo written from the documentation alone', openSecondHalo],
  ['the fake Halo', openFakeHalo],
])('a whole life against %s', (_name, open) => {
  describe('signing in', () => {
    it('asks for one token, however many calls wait', async () => {
      await using opened = await open({ clients: customers(2) });
      await Promise.all([
        opened.halo.clients.get(10),
        opened.halo.clients.get(11),
        opened.halo.teams.list().toArray(),
      ]);
      expect(opened.tokenRequests()).toBe(1);
    });

    it.each([
      ['a wrong secret', { clientSecret: 'wrong' }, 'HALO_AUTH_INVALID_CLIENT', 401],
      ['a wrong client id', { clientId: 'wrong' }, 'HALO_AUTH_INVALID_CLIENT', 401],
      ['a wrong tenant', { tenantId: 'nobody' }, 'HALO_AUTH_WRONG_TENANT', 500],
      ['a scope that does not exist', { scope: 'read:agents' }, 'HALO_AUTH_INVALID_SCOPE', 400],
    ])('names %s', async (_what, settings, code, status) => {
      await using opened = await open();
      const error = await failure(opened.connect(settings).clients.get(10));
      expect(error).toBeInstanceOf(HaloAuthError);
      expect(error).toMatchObject({ code, status });
      expect(opened.calls()).toEqual([]);
    });

    it('names a scope that the application was not granted', async () => {
      await using opened = await open({ grantedScopes: ['read:customers'] });
      expect(await failure(opened.halo.clients.get(10))).toMatchObject({ code: 'HALO_AUTH_INVALID_SCOPE' });
      const narrow = opened.connect({ scope: 'read:customers' });
      expect(await narrow.clients.list().toArray()).toEqual([]);
    });
  });

  describe('lists', () => {
    it('reads all customers through a page cap that is not mentioned', async () => {
      await using opened = await open({ clients: customers(117), pageCap: 25 });
      const listing = opened.halo.clients.list({}, { pageSize: 1000 });
      const ids = (await listing.toArray()).map(({ id }) => id);
      expect(ids).toEqual(customers(117).map(({ id }) => id));
      expect(listing.report).toMatchObject({ complete: true, expected: 117, received: 117, pages: 5 });
    });

    it('gives an empty list for no customers', async () => {
      await using opened = await open();
      const listing = opened.halo.clients.list();
      expect(await listing.toArray()).toEqual([]);
      expect(listing.report).toMatchObject({ complete: true, received: 0 });
    });

    it('leaves inactive customers out unless asked for them', async () => {
      await using opened = await open({
        clients: [...customers(2), { id: 90, name: 'Gone', inactive: true }],
      });
      const ids = async (includeInactive?: boolean) =>
        (await opened.halo.clients.list({ includeInactive }).toArray()).map(({ id }) => id);
      expect(await ids()).toEqual([10, 11]);
      expect(await ids(true)).toEqual([10, 11, 90]);
    });

    it('finds customers by a part of the name', async () => {
      await using opened = await open({ clients: [...customers(3), { id: 90, name: 'Harbour Dental' }] });
      expect((await opened.halo.clients.list({ search: 'dental' }).toArray()).map(({ id }) => id)).toEqual([
        90,
      ]);
    });

    it('sorts as asked', async () => {
      await using opened = await open({ clients: customers(3) });
      const rows = await opened.halo.clients.list({ orderBy: 'name', descending: true }).toArray();
      expect(rows.map(({ id }) => id)).toEqual([12, 11, 10]);
    });

    it('shows only what the agent behind the token may see, without an error', async () => {
      await using opened = await open({ clients: customers(5), restrictedToClients: [11] });
      const listing = opened.halo.clients.list();
      expect((await listing.toArray()).map(({ id }) => id)).toEqual([11]);
      expect(listing.report).toMatchObject({ complete: true, expected: 1 });
      // Whether Halo denies such a row or denies knowing it is not documented; either way it is not shown.
      const error = await failure(opened.halo.clients.get(10));
      expect(error).toHaveProperty('code', expect.stringMatching(/^HALO_(NOT_FOUND|PERMISSION_FORBIDDEN)$/));
    });

    it.each(['array', 'results'] as const)('reads the agents in the shape %s', async (agentList) => {
      await using opened = await open({ agents, teams, agentList });
      const ids = async (query: object) =>
        (await opened.halo.agents.list(query).toArray()).map(({ id }) => id);
      expect(await ids({})).toEqual([3]);
      expect(await ids({ includeDisabled: true })).toEqual([3, 5]);
      expect(await ids({ includeApiAgents: true, includeUnassigned: true })).toEqual([1, 2, 3]);
      expect(await ids({ teamId: 4 })).toEqual([3]);
      expect(await ids({ teamId: 6 })).toEqual([]);
    });

    it('reads the teams', async () => {
      await using opened = await open({ agents, teams });
      const listing = opened.halo.teams.list();
      expect((await listing.toArray()).map(({ name }) => name)).toEqual(['1st Line Support']);
      expect(listing.report).toMatchObject({ complete: true, expected: null, pages: 1 });
      expect(await opened.halo.teams.list({ includeInactive: true }).toArray()).toHaveLength(2);
    });

    it('reads the sites, whose customer comes as 10.0', async () => {
      await using opened = await open({ clients: customers(3) });
      const sites = await opened.halo.sites.list({ clientId: 11 }).toArray();
      expect(sites).toMatchObject([{ name: 'Main', client_id: 11 }]);
    });
  });

  describe('recorded rows', () => {
    const rows = {
      clients: [recorded('client-detail')],
      agents: [recorded('agent-detail'), { id: 2, name: 'Integration', isapiagent: true }],
      teams: [recorded('team-detail')],
    };

    it('come back with every field and value', async () => {
      await using opened = await open(rows);
      const { halo } = opened;
      // Names of related rows follow those rows.
      const { main_site_name: _, ...client } = rows.clients[0]!;
      expect(await halo.clients.get(12)).toMatchObject(client);
      const { teams: memberships, departments, ...agent } = rows.agents[0]!;
      expect(await halo.agents.get(3)).toMatchObject(agent);
      const { agents: members, ...team } = rows.teams[0]!;
      expect(await halo.teams.get(1)).toMatchObject(team);
    });

    it('are found in lists, without what only a single row has', async () => {
      await using opened = await open(rows);
      const [client] = await opened.halo.clients.list().toArray();
      expect(client).toMatchObject({ id: 12, name: 'Contoso Ltd', ref: 'C-0012' });
      expect(client).not.toHaveProperty('azure_tenants');
      const [withMore] = await opened.halo.clients
        .list({ includeWebsite: true, includeAzureTenants: true })
        .toArray();
      expect(withMore).toMatchObject({
        website: 'https://www.contoso.com',
        azure_tenants: [{ client_id: 12 }],
      });
    });
  });

  describe('one row', () => {
    it('reads a customer with its details', async () => {
      await using opened = await open({ clients: [{ id: 12, name: 'Contoso Ltd', website: 'contoso.com' }] });
      expect(await opened.halo.clients.get(12)).toMatchObject({
        id: 12,
        name: 'Contoso Ltd',
        website: 'contoso.com',
      });
      expect(opened.lastQuery()).toEqual({ includedetails: 'true' });
    });

    it('tells a missing row from an empty one', async () => {
      await using opened = await open();
      const error = await failure(opened.halo.clients.get(404));
      expect(error).toBeInstanceOf(HaloNotFoundError);
      expect(error).toMatchObject({ status: 404, path: '/Client/{id}', attempts: 1 });
    });

    it('reads the agent behind the token', async () => {
      await using opened = await open({ agents, teams });
      const me = await opened.halo.agents.me();
      expect(me.isapiagent).toBe(true);
    });
  });

  describe('writes', () => {
    it('creates a customer, changes it, and deletes it', async () => {
      await using opened = await open();
      const { id } = await opened.halo.clients.create({ name: 'Contoso Ltd', website: 'contoso.com' });
      expect(await opened.halo.clients.update(id, { name: 'Contoso Group' })).toMatchObject({
        id,
        name: 'Contoso Group',
      });
      expect(await opened.halo.clients.get(id)).toMatchObject({
        name: 'Contoso Group',
        website: 'contoso.com',
      });
      expect(await opened.halo.sites.list({ clientId: id }).toArray()).toMatchObject([{ client_id: id }]);
      await opened.halo.clients.delete(id);
      expect(await failure(opened.halo.clients.get(id))).toBeInstanceOf(HaloNotFoundError);
      expect(opened.calls().filter((call) => call.startsWith('POST'))).toEqual([
        'POST /Client 201',
        'POST /Client 201',
      ]);
    });

    it('creates a site, an agent and a team', async () => {
      await using opened = await open({ clients: customers(1), agents, teams });
      const { halo } = opened;
      expect(await halo.sites.create({ name: 'Depot', client_id: 10 })).toMatchObject({
        name: 'Depot',
        client_id: 10,
      });
      const agent = await halo.agents.create({ name: 'Ann Lee', email: 'ann@example.com' });
      expect(await halo.agents.update(agent.id, { isdisabled: true })).toMatchObject({ isdisabled: true });
      expect(await halo.teams.create({ name: 'Projects' })).toMatchObject({ name: 'Projects' });
      await halo.teams.update(4, { inactive: true });
      expect((await halo.teams.list().toArray()).map(({ name }) => name)).toEqual(['Projects']);
    });

    it.each([
      ['a field of a wrong type', { name: 'Contoso', toplevel_id: 'x' }, '[0].toplevel_id'],
      ['an exception', { name: '' }, null],
    ])('passes on why Halo refused: %s', async (_what, row, field) => {
      await using opened = await open();
      const error = (await failure(opened.halo.clients.create(row as never))) as HaloValidationError;
      expect(error).toBeInstanceOf(HaloValidationError);
      expect(error.issues).toMatchObject([{ field }]);
      expect(error.issues[0]?.message).not.toBe('');
    });

    it('passes on why Halo refused: a bare text', async () => {
      await using opened = await open();
      const error = (await failure(
        opened.halo.sites.create({ name: 'Depot' } as never),
      )) as HaloValidationError;
      expect(error).toBeInstanceOf(HaloValidationError);
      expect(error.issues).toMatchObject([{ field: null, message: expect.stringContaining('') }]);
    });

    it('is told by the scope that it may not write', async () => {
      await using opened = await open({ clients: customers(1), grantedScopes: ['read:customers'] });
      const halo = opened.connect({ scope: 'read:customers' });
      expect(await halo.clients.get(10)).toMatchObject({ id: 10 });
      expect(await failure(halo.clients.update(10, { ref: 'x' }))).toMatchObject({
        code: 'HALO_PERMISSION_FORBIDDEN',
        status: 403,
      });
    });
  });

  describe('the whole', () => {
    const stages = async (opened: Opened) =>
      Object.fromEntries((await opened.halo.verify()).stages.map(({ id, status }) => [id, status]));

    it('verifies a connection that is in order', async () => {
      await using opened = await open({ clients: customers(3), agents, teams });
      expect(await stages(opened)).toEqual({
        address: 'ok',
        network: 'ok',
        authinfo: 'ok',
        token: 'ok',
        agent: 'ok',
        customers: 'ok',
        teams: 'ok',
        agents: 'ok',
        scope: 'ok',
      });
    });

    it('verifies one whose agent is limited to some customers', async () => {
      await using opened = await open({ clients: customers(3), agents, teams, restrictedToClients: [11] });
      expect(await stages(opened)).toMatchObject({ token: 'ok', customers: 'warning', teams: 'ok' });
    });

    it('verifies one whose agent may not read customers', async () => {
      await using opened = await open({ clients: customers(3), agents, teams, denied: { Client: 403 } });
      expect(await stages(opened)).toMatchObject({ token: 'ok', customers: 'failed', teams: 'ok' });
    });

    it('maps organizations onto the customers that it lists', async () => {
      const names = ['Brightwater Plumbing Ltd', 'Oak & Ash Joinery', 'Lakeside Dental'];
      await using opened = await open({ clients: names.map((name, index) => ({ id: index + 10, name })) });
      const listed = (await opened.halo.clients.list().toArray()).map((client) => customerFromClient(client));
      const { suggestions } = suggestMappings([{ id: 'a', name: 'Brightwater Plumbing' }], listed);
      expect(suggestions[0]?.customer?.id).toBe(10);
    });
  });

  describe('answers that go wrong', () => {
    it('renews a token that was refused, once', async () => {
      await using opened = await open({ clients: customers(1) });
      await opened.halo.clients.get(10);
      opened.revokeTokens();
      expect(await opened.halo.clients.get(10)).toMatchObject({ id: 10 });
      expect(opened.tokenRequests()).toBe(2);
      expect(opened.calls()).toEqual(['GET /Client/10 200', 'GET /Client/10 401', 'GET /Client/10 200']);
    });

    it.each([
      [401, 'HALO_PERMISSION_UNAUTHORIZED'],
      [403, 'HALO_PERMISSION_FORBIDDEN'],
    ] as const)('takes a %i that stays for a missing right', async (status, code) => {
      await using opened = await open({ clients: customers(1), teams, agents, denied: { Client: status } });
      const error = await failure(opened.halo.clients.list().toArray());
      expect(error).toBeInstanceOf(HaloPermissionError);
      expect(error).toMatchObject({ code, status });
      expect(opened.tokenRequests()).toBeLessThanOrEqual(2);
      expect(await opened.halo.teams.list().toArray()).toHaveLength(1);
    });

    it.each([
      ['fields', JSON.stringify({ '[0].name': ['Name is too long'] }), '[0].name', 'Name is too long'],
      ['an exception', JSON.stringify(EXCEPTION), null, 'A Site must be selected'],
      [
        'a text',
        JSON.stringify('Parameter client_id must be included'),
        null,
        'Parameter client_id must be included',
      ],
    ])('reads a 400 that is %s', async (_what, body, field, message) => {
      await using opened = await open({ clients: customers(1) });
      opened.breakNext({ path: '/api/Client', status: 400, body, contentType: 'application/json' });
      const error = (await failure(opened.halo.clients.get(10))) as HaloValidationError;
      expect(error).toBeInstanceOf(HaloValidationError);
      expect(error.issues).toEqual([{ field, message }]);
    });

    it('waits after a 429 and delivers', async () => {
      await using opened = await open({ clients: customers(1) });
      opened.breakNext({
        path: '/api/Client',
        status: 429,
        body: 'Rate Limit Reached - 300 Requests per rolling 5 minute window',
        contentType: 'text/plain',
      });
      expect(await opened.halo.clients.get(10)).toMatchObject({ id: 10 });
      expect(opened.calls()).toEqual(['GET /Client/10 429', 'GET /Client/10 200']);
    });

    it('gives up at a rate limit that it may not wait for', async () => {
      await using opened = await open({ clients: customers(1), requestsPerWindow: 2 });
      const halo = opened.connect({ maxRateLimitWaitMs: 0 });
      await halo.clients.get(10);
      const error = await failure(halo.clients.get(10));
      expect(error).toBeInstanceOf(HaloRateLimitError);
      expect(error).toMatchObject({ status: 429, retryable: true });
    });

    it('sends a read again after a 500 without a body, and a write not', async () => {
      await using opened = await open({ clients: customers(1) });
      opened.breakNext({ path: '/api/Client', status: 500, body: '', times: 2 });
      expect(await opened.halo.clients.get(10)).toMatchObject({ id: 10 });
      expect(opened.calls()).toHaveLength(3);
      opened.breakNext({ path: '/api/Client', method: 'POST', status: 500, body: '' });
      expect(await failure(opened.halo.clients.create({ name: 'X' }))).toBeInstanceOf(
        HaloWriteUncertainError,
      );
      expect(opened.calls().filter((call) => call.startsWith('POST'))).toHaveLength(1);
    });

    it('gives up after a few 5xx', async () => {
      await using opened = await open({ clients: customers(1) });
      opened.breakNext({ path: '/api/Client', status: 503, body: HTML, contentType: 'text/html', times: 9 });
      expect(await failure(opened.halo.clients.get(10))).toBeInstanceOf(HaloServerError);
      expect(opened.calls()).toHaveLength(3);
    });

    it.each([
      ['a web page', HTML, 'text/html', 'HALO_RESPONSE_HTML'],
      ['nothing', '', undefined, 'HALO_RESPONSE_EMPTY'],
      ['half of it', '{"id":10,"na', 'application/json', 'HALO_RESPONSE_TRUNCATED'],
      ['no JSON', '{"id":10 "name":}', 'application/json', 'HALO_RESPONSE_JSON'],
      ['a row that is none', '{"name":"Customer 10"}', 'application/json', 'HALO_RESPONSE_SCHEMA'],
    ])('says so when the answer is %s', async (_what, body, contentType, code) => {
      await using opened = await open({ clients: customers(1) });
      opened.breakNext({ path: '/api/Client', status: 200, body, contentType, times: 9 });
      const error = await failure(opened.halo.clients.get(10));
      expect(error).toBeInstanceOf(HaloResponseError);
      expect(error).toMatchObject({ code, status: 200 });
    });
  });
});
