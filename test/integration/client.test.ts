import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTokenProvider } from '../../src/create-token-provider.ts';
import {
  HaloAuthError,
  HaloConfigError,
  HaloNetworkError,
  HaloNotFoundError,
  HaloPermissionError,
  HaloRateLimitError,
  HaloResponseError,
  HaloServerError,
  HaloValidationError,
  HaloWriteUncertainError,
  isHaloError,
} from '../../src/errors.ts';
import { createHaloClient, type HaloClientConfig } from '../../src/halo-client.ts';
import { createRateBudget } from '../../src/http/rate-budget.ts';
import { createFakeHalo, type FakeHaloOptions } from '../../src/testing/index.ts';
import { findLeaks } from '../support/canary.ts';
import { failure, setUp } from './support.ts';

const customers = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: index + 10, name: `Customer ${index + 10}` }));

describe('the assembled client', () => {
  it('sends nothing until it is used, then signs in once for all calls', async () => {
    const { halo, fake, tokenRequests } = setUp({ clients: customers(3) });
    expect(fake.requests).toHaveLength(0);
    const [one, all, teams] = await Promise.all([
      halo.clients.get(10),
      halo.clients.list().toArray(),
      halo.teams.list().toArray(),
    ]);
    expect(one).toMatchObject({ id: 10, name: 'Customer 10' });
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([10, 11, 12]));
    expect(teams).toBeInstanceOf(Array);
    expect(tokenRequests()).toBe(1);
  });

  it.each([5, null, {}])('refuses %j in place of a rate budget', (rateBudget) => {
    const { fake } = setUp();
    const config = { ...fake.config, rateBudget } as never;
    expect(() => createHaloClient(config)).toThrow(HaloConfigError);
    expect(() => createHaloClient(config)).toThrow('createRateBudget');
  });

  it('lists completely through a page cap that Halo does not mention', async () => {
    const { halo, fake } = setUp({ clients: customers(717), pageCap: 50 });
    const listing = halo.clients.list({}, { pageSize: 1000 });
    const ids = new Set((await listing.toArray()).map(({ id }) => id));
    for (const { id } of customers(717)) expect(ids.has(id)).toBe(true);
    expect(listing.report).toMatchObject({ complete: true, received: ids.size, expected: ids.size });
    for (const { query } of fake.requests.filter(({ area }) => area === 'api')) {
      expect(query).toMatchObject({ pageinate: 'true', includeactive: 'true', includeinactive: 'false' });
    }
  });

  it.each<[string, FakeHaloOptions, object | null]>([
    ['another array comes before the rows', { columnsInEnvelope: true }, null],
    ['the count is missing', { recordCount: 'missing' }, { code: 'HALO_LISTING_INCOMPLETE' }],
    ['the count is that of the page', { recordCount: 'page-length' }, { code: 'HALO_LISTING_INCOMPLETE' }],
    ['the count is too high', { recordCount: (exact) => exact + 3 }, { code: 'HALO_LISTING_INCOMPLETE' }],
    ['page numbers are ignored', { ignoresPageNo: true }, { code: 'HALO_LISTING_NO_PROGRESS' }],
  ])('never delivers a short list in silence when %s', async (_what, quirk, expected) => {
    const { halo } = setUp({ clients: customers(250), ...quirk });
    const listing = halo.clients.list();
    const rows = listing.toArray();
    if (expected === null) expect((await rows).length).toBeGreaterThanOrEqual(250);
    else expect(await failure(rows)).toMatchObject(expected);
    expect(listing.report?.complete).toBe(expected === null);
  });

  it.each(['auto', 'array', 'results', 'agents'] as const)(
    'lists agents answered as %s',
    async (agentListShape) => {
      const { halo } = setUp({
        agents: [
          { id: 3, name: 'Jane Doe' },
          { id: 4, name: 'Joe' },
        ],
        agentListShape,
      });
      const ids = (await halo.agents.list().toArray()).map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining([3, 4]));
    },
  );

  it('lists each agent once whom Halo repeats for each team and once more without an id', async () => {
    const { halo } = setUp({
      teams: [
        { id: 1, name: 'A' },
        { id: 2, name: 'B' },
      ],
      agents: [{ id: 3, name: 'Jane Doe', teams: [{ team_id: 1 }, { team_id: 2 }] }],
      agentDuplicates: true,
    });
    const listing = halo.agents.list();
    const ids = (await listing.toArray()).map(({ id }) => id);
    expect(ids.filter((id) => id === 3)).toHaveLength(1);
    expect(listing.report?.complete).toBe(true);
    expect(listing.report?.withoutId).toBeGreaterThan(0);
  });

  it('reads the agent it signs in as', async () => {
    const { halo } = setUp();
    expect((await halo.agents.me()).id).toBeGreaterThan(0);
  });

  it('creates, reads and changes a row of each kind, and deletes clients and sites', async () => {
    const { halo } = setUp({ clients: [{ id: 12, name: 'Contoso Ltd' }] });
    const client = await halo.clients.create({ name: 'New Ltd' });
    const site = await halo.sites.create({ name: 'Main', client_id: client.id });
    const team = await halo.teams.create({ name: '2nd Line' });
    const agent = await halo.agents.create({ name: 'Jane', email: 'jane@example.com' });
    expect(await halo.clients.update(client.id, { name: 'Newer Ltd' })).toMatchObject({ name: 'Newer Ltd' });
    expect(await halo.sites.update(site.id, { name: 'Head office' })).toMatchObject({ name: 'Head office' });
    expect(await halo.teams.update(team.id, { inactive: true })).toMatchObject({ inactive: true });
    expect(await halo.agents.update(agent.id, { isdisabled: true })).toMatchObject({ isdisabled: true });
    expect(await halo.clients.get(client.id)).toMatchObject({ name: 'Newer Ltd' });
    expect(halo.agents).not.toHaveProperty('delete');
    expect(halo.teams).not.toHaveProperty('delete');
    await halo.sites.delete(site.id);
    await halo.clients.delete(client.id);
    expect(await failure(halo.clients.get(client.id))).toBeInstanceOf(HaloNotFoundError);
  });

  it.each(['object', 'array', 'envelope'] as const)(
    'reads the answer to a write as %s',
    async (writeAnswer) => {
      const { halo } = setUp({ writeAnswer, writeStatus: 200 });
      expect(await halo.clients.create({ name: 'New Ltd' })).toMatchObject({ name: 'New Ltd' });
    },
  );

  it('reads the row back after an update that was answered with nothing, and does not guess after a create', async () => {
    const { halo, fake } = setUp({ clients: [{ id: 12, name: 'Contoso' }], writeAnswer: 'empty' });
    expect(await halo.clients.update(12, { name: 'Contoso Ltd' })).toMatchObject({
      id: 12,
      name: 'Contoso Ltd',
    });
    expect(await failure(halo.clients.create({ name: 'Twin Ltd' }))).toBeInstanceOf(HaloWriteUncertainError);
    expect(fake.tables.clients.all().filter(({ name }) => name === 'Twin Ltd')).toHaveLength(1);
  });

  it('reads ids that Halo sends as floats', async () => {
    const { halo } = setUp({ clients: customers(1), sites: [{ id: 18, name: 'Main', client_id: 10 }] });
    expect(await halo.sites.get(18)).toMatchObject({ client_id: 10 });
  });
});

describe('halo.request', () => {
  it('returns unknown without a schema, and what a schema makes of the answer', async () => {
    const { halo } = setUp({ clients: [{ id: 12, name: 'Contoso Ltd' }] });
    const spec = { path: '/Client/12', query: { includedetails: true } };
    expect(await halo.request(spec)).toMatchObject({ id: 12 });
    const schema = z.object({ name: z.string() }).transform(({ name }) => name.length);
    expect(await halo.request(spec, schema)).toBe(11);
  });

  it('names the operation and the place when the answer does not fit', async () => {
    const { halo } = setUp({ clients: [{ id: 12, name: 'Canary Ltd' }] });
    const error = await failure(halo.request({ path: '/Client/12' }, z.object({ name: z.number() })));
    expect(error).toMatchObject({
      code: 'HALO_RESPONSE_SCHEMA',
      issues: [{ path: 'name', message: 'expected number' }],
    });
    expect(inspect(error)).not.toContain('Canary');
    expect((error as Error).message).toContain('halo.request()');
  });

  it('sends a POST that only reads again after a failure, and any other POST once', async () => {
    const { halo, fake, apiCalls } = setUp();
    fake.enqueueFault({ method: 'POST', path: '/Client', status: 503 });
    await failure(halo.request({ method: 'POST', path: '/Client', body: [{ name: 'x' }] }));
    expect(apiCalls()).toHaveLength(1);
    fake.enqueueFault({ method: 'POST', path: '/Client', status: 503 });
    await halo.request({ method: 'POST', path: '/Client', body: [{ name: 'x' }], effect: 'read' });
    expect(apiCalls()).toHaveLength(3);
  });

  it('sends what it was given, whatever its owner does while it waits', async () => {
    const sent: unknown[] = [];
    const tokenProvider = { getToken: async () => ({ token: 'token', expiresAtMs: Date.UTC(2100, 0) }) };
    const halo = createHaloClient({
      resourceServer: 'example.halopsa.com',
      tokenProvider,
      fetch: async (url, { body }) => {
        sent.push(new URL(url).search, body);
        return Response.json([]);
      },
    });
    const query = { ids: [1] };
    const body = [{ at: new Date(0), name: 'Contoso' }];
    const answer = halo.request({ method: 'POST', path: '/Client', query, body });
    query.ids.push(2);
    body.push({ at: new Date(1), name: 'Fabrikam' });
    await answer;
    expect(sent).toEqual(['?ids=1', '[{"at":"1970-01-01T00:00:00.000","name":"Contoso"}]']);
  });

  it.each([
    [Number.NaN, 'body is NaN'],
    [new Date(Number.NaN), 'body is an invalid date'],
    [[{ name: Number.NaN }], 'name is NaN'],
  ])('says what of a body cannot be sent: %j', async (body, message) => {
    const { halo } = setUp();
    await expect(halo.request({ method: 'POST', path: '/Client', body })).rejects.toThrow(
      new RegExp(`^${message}`),
    );
  });

  it.each([
    [{ method: 'PUT', path: '/Client' }],
    [{ path: '/Client', effect: 'look' }],
    [{ path: '../token' }],
    [{ path: 'https://example.com/' }],
    [{ path: '' }],
    [{ method: 'POST', path: '/Client', body: [{ name: Number.NaN }] }],
    [{ method: 'POST', path: '/Client', body: () => 1 }],
  ])('refuses %j before anything is sent', async (spec) => {
    const { halo, fake } = setUp();
    expect(await failure(halo.request(spec as never))).toBeInstanceOf(TypeError);
    expect(fake.requests).toHaveLength(0);
  });
});

describe('what goes wrong', () => {
  it('signs in again once when the token is refused, and resends the call', async () => {
    const { halo, fake, apiCalls, tokenRequests } = setUp({ clients: [{ id: 12, name: 'Contoso' }] });
    await halo.clients.get(12);
    fake.revokeTokens();
    expect(await halo.clients.get(12)).toMatchObject({ id: 12 });
    expect(apiCalls()).toEqual(['GET /Client/12 200', 'GET /Client/12 401', 'GET /Client/12 200']);
    expect(tokenRequests()).toBe(2);
  });

  it('calls a 401 with a fresh token a matter of permission', async () => {
    const { halo } = setUp({ denied: { Client: 401 } });
    const error = await failure(halo.clients.list().toArray());
    expect(error).toBeInstanceOf(HaloPermissionError);
    expect(error).toMatchObject({ code: 'HALO_PERMISSION_UNAUTHORIZED', path: '/Client' });
  });

  it('calls a 403 a matter of permission, without signing in again', async () => {
    const { halo, tokenRequests } = setUp({ denied: { Client: 403 } });
    expect(await failure(halo.clients.get(12))).toMatchObject({
      code: 'HALO_PERMISSION_FORBIDDEN',
      status: 403,
    });
    expect(tokenRequests()).toBe(1);
  });

  it('names a missing row by the template of its path', async () => {
    const { halo } = setUp();
    const error = await failure(halo.clients.get(987_654));
    expect(error).toBeInstanceOf(HaloNotFoundError);
    expect(error).toMatchObject({ status: 404, path: '/Client/{id}' });
    expect((error as Error).message).not.toContain('987654');
  });

  it.each([
    ['model binding', { '[0].client_id': ['Could not convert string to integer'] }, '[0].client_id'],
    ['an exception object', { ClassName: 'System.Exception', Message: 'Password is mandatory' }, null],
    ['a bare text', JSON.stringify('Parameter client_id must be included'), null],
  ])('keeps what Halo complains of in a 400 with %s', async (_what, body, field) => {
    const { halo, fake } = setUp();
    fake.enqueueFault({
      method: 'POST',
      path: '/Client',
      status: 400,
      body,
      headers: { 'content-type': 'application/json' },
    });
    const error = await failure(halo.clients.create({ name: 'x' }));
    expect(error).toBeInstanceOf(HaloValidationError);
    expect((error as HaloValidationError).issues).toEqual([{ field, message: expect.stringMatching(/\w/) }]);
  });

  it('repeats no client secret that Halo sends back in a complaint', async () => {
    const { halo, fake } = setUp();
    const { clientSecret } = fake.config;
    fake.enqueueFault({
      path: '/Client',
      status: 400,
      body: { '[0].name': [`secret ${clientSecret} seen`] },
    });
    const error = await failure(halo.clients.create({ name: 'x' }));
    expect(error).toMatchObject({ issues: [{ message: expect.stringContaining('[redacted]') }] });
    expect(findLeaks(error, [clientSecret])).toEqual([]);
  });

  it.each([
    ['with Retry-After', { 'retry-after': '2' }],
    ['without Retry-After', {}],
  ])('waits after a 429 %s and delivers, a create too', async (_what, headers) => {
    const { halo, fake, apiCalls, clock } = setUp({ clients: [{ id: 12, name: 'Contoso' }] });
    fake.enqueueFault({ status: 429, headers, path: '/api/' });
    const before = clock.monotonicMs();
    expect(await halo.clients.create({ name: 'New Ltd' })).toMatchObject({ name: 'New Ltd' });
    expect(apiCalls()).toEqual(['POST /Client 429', 'POST /Client 201']);
    expect(clock.monotonicMs() - before).toBeGreaterThanOrEqual(2000);
    expect(fake.tables.clients.all().filter(({ name }) => name === 'New Ltd')).toHaveLength(1);
  });

  it('refuses a wait that is longer than allowed, and says how far a listing came', async () => {
    const { halo, fake } = setUp({ clients: customers(30) });
    const listing = halo.clients.list({}, { pageSize: 10 });
    let seen = 0;
    const consume = async () => {
      for await (const _ of listing) {
        seen += 1;
        if (seen === 4)
          fake.enqueueFault({ status: 429, headers: { 'retry-after': '9999' }, path: '/Client' });
      }
    };
    const error = await failure(consume());
    expect(error).toBeInstanceOf(HaloRateLimitError);
    expect(error).toMatchObject({ listing: { received: 10, cursor: expect.any(String) } });
  });

  it('reads again after 503 and gives up after the allowed resends', async () => {
    const { halo, fake, apiCalls } = setUp({ clients: [{ id: 12, name: 'Contoso' }] });
    fake.enqueueFault({ status: 503, path: '/Client', times: 2 });
    expect(await halo.clients.get(12)).toMatchObject({ id: 12 });
    fake.enqueueFault({ status: 503, path: '/Client', times: 3 });
    expect(await failure(halo.clients.get(12))).toBeInstanceOf(HaloServerError);
    expect(apiCalls()).toHaveLength(6);
  });

  it.each([
    ['a reset connection', { networkError: 'ECONNRESET', processed: true }],
    ['503', { status: 503, processed: true }],
  ])('sends a create once when it ends in %s, and says what to look up', async (_what, fault) => {
    const { halo, fake } = setUp();
    fake.enqueueFault({ method: 'POST', path: '/Client', ...fault });
    const error = await failure(halo.clients.create({ name: 'Once Ltd' }));
    expect(error).toBeInstanceOf(HaloWriteUncertainError);
    expect((error as HaloWriteUncertainError).lookup).toContain('halo.clients.list(');
    expect(fake.tables.clients.all().filter(({ name }) => name === 'Once Ltd')).toHaveLength(1);
  });

  it.each([
    [
      'an HTML page',
      {
        status: 200,
        body: '<!doctype html><title>Sign in</title>',
        headers: { 'content-type': 'text/html' },
      },
      'HALO_RESPONSE_HTML',
    ],
    ['an empty body', { status: 200 }, 'HALO_RESPONSE_EMPTY'],
    [
      'broken JSON',
      {
        status: 200,
        body: '{"clients":[{"id":1,,"name":"Canary"}]}',
        headers: { 'content-type': 'application/json' },
      },
      'HALO_RESPONSE_JSON',
    ],
    [
      'JSON that breaks off',
      {
        status: 200,
        body: '{"clients":[{"id":1,"name":"Canary',
        headers: { 'content-type': 'application/json' },
      },
      'HALO_RESPONSE_TRUNCATED',
    ],
    ['an object without a list', { status: 200, body: {} }, 'HALO_RESPONSE_SCHEMA'],
  ])('never takes %s for a list', async (_what, fault, code) => {
    const { halo, fake } = setUp({ clients: customers(3) });
    fake.enqueueFault({ path: '/Client', times: 5, ...fault });
    const error = await failure(halo.clients.list().toArray());
    expect(error).toBeInstanceOf(HaloResponseError);
    expect(error).toMatchObject({ code });
    expect(inspect(error)).not.toContain('Canary');
  });

  it.each<[string, Partial<HaloClientConfig>, object]>([
    ['a wrong secret', { clientSecret: 'wrong-secret-wrong-secret' }, { code: 'HALO_AUTH_INVALID_CLIENT' }],
    ['a wrong tenant', { tenantId: 'nobody' }, { code: 'HALO_AUTH_WRONG_TENANT' }],
    ['a scope that was not granted', { scope: 'read:agents' }, { code: 'HALO_AUTH_INVALID_SCOPE' }],
  ])('tells %s from other failures to sign in', async (_what, settings, expected) => {
    const { halo, apiCalls } = setUp({}, settings);
    const error = await failure(halo.clients.get(12));
    expect(error).toBeInstanceOf(HaloAuthError);
    expect(error).toMatchObject(expected);
    expect(apiCalls()).toEqual([]);
  });

  it('tells a wrong host from other failures', async () => {
    const { halo } = setUp({}, { resourceServer: 'elsewhere.halopsa.example' });
    expect(await failure(halo.clients.get(12))).toBeInstanceOf(HaloNetworkError);
  });

  it('works again on the next call once a fault is gone', async () => {
    const { halo, fake } = setUp({ clients: [{ id: 12, name: 'Contoso' }], htmlPage: 'all' });
    expect(isHaloError(await failure(halo.clients.get(12)))).toBe(true);
    Object.assign(fake.quirks, { htmlPage: 'none' });
    expect(await halo.clients.get(12)).toMatchObject({ id: 12 });
  });
});

describe('settings and lifetime', () => {
  it('refuses settings at once, with every problem', () => {
    const make = () => createHaloClient({ resourceServer: 'https://a@b', clientId: '' } as HaloClientConfig);
    expect(make).toThrow(HaloConfigError);
    for (const nothing of [undefined, null, 'config']) {
      expect(() => createHaloClient(nothing as never)).toThrow(HaloConfigError);
    }
  });

  it('shares a token provider and a rate budget between clients', async () => {
    const fake = createFakeHalo({ clients: [{ id: 12, name: 'Contoso' }] });
    const { resourceServer } = fake.config;
    const tokenProvider = createTokenProvider({ ...fake.config, fetch: fake.fetch });
    const rateBudget = createRateBudget({ requests: 100, share: 0.5 });
    const make = () => createHaloClient({ resourceServer, tokenProvider, rateBudget, fetch: fake.fetch });
    const [one, other] = [make(), make()];
    await Promise.all([one.clients.get(12), other.clients.get(12)]);
    expect(fake.requests.filter(({ path }) => path.endsWith('/token'))).toHaveLength(1);
    expect(one.budget()).toEqual(other.budget());
    expect(one.budget()).toMatchObject({ requests: 100, capacity: 50, used: 2 });
  });

  it('has the limit of a hosted Halo, and none on-premise', () => {
    expect(setUp().halo.budget()).toMatchObject({ requests: 300, windowMs: 300_000 });
    expect(setUp({ onPremise: true }).halo.budget()).toMatchObject({ requests: Number.POSITIVE_INFINITY });
  });

  it('warns once where tokens travel unencrypted', () => {
    const warnings: string[] = [];
    const logger = { warn: (message: string) => warnings.push(message) };
    setUp({ onPremise: true, resourceServer: 'http://desk.example:8080' }, { logger });
    setUp({ onPremise: true }, { logger });
    expect(warnings).toHaveLength(1);
  });

  it('ends what is in flight when it is closed, and refuses further calls', async () => {
    const { halo, fake } = setUp({ clients: [{ id: 12, name: 'Contoso' }] });
    fake.enqueueFault({ path: '/Client', until: new Promise(() => undefined) });
    const waiting = failure(halo.clients.get(12));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await halo.close();
    await waiting;
    await failure(halo.clients.get(12));
    expect(fake.requests.filter(({ area }) => area === 'api')).toHaveLength(1);
  });

  it('closes at the end of an await using block', async () => {
    const { halo } = setUp({ clients: [{ id: 12, name: 'Contoso' }] });
    {
      await using scoped = halo;
      await scoped.clients.get(12);
    }
    await failure(halo.clients.get(12));
  });

  it('holds no secret that can be printed', async () => {
    const { halo, fake } = setUp({ clients: [{ id: 12, name: 'Contoso' }] });
    await halo.clients.get(12);
    const { clientSecret } = fake.config;
    expect(findLeaks(halo, [clientSecret])).toEqual([]);
    expect(inspect(halo)).toBe("HaloClient { resourceServer: 'acme.halopsa.example' }");
    expect(JSON.stringify({ halo })).toBe('{"halo":{"resourceServer":"acme.halopsa.example"}}');
  });
});
