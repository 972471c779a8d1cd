import { describe, expect, it } from 'vitest';
import { createFakeHalo } from '../../src/testing/index.ts';
import { addressesOf, askForToken, read, signIn } from './session.ts';

describe('the token endpoint of the fake Halo', () => {
  it('gives out a bearer token in the shape of a real one', async () => {
    const { status, body } = await askForToken(createFakeHalo());
    expect(status).toBe(200);
    expect(body).toEqual({
      scope: 'all',
      token_type: 'Bearer',
      access_token: expect.any(String),
      expires_in: 3600,
      refresh_token: null,
      id_token: expect.any(String),
    });
  });

  it.each([
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
    ['a wrong client id', { client_id: 'wrong' }, 401, 'invalid_client'],
    ['a scope that Halo does not know', { scope: 'read:agents' }, 400, 'invalid_scope'],
    ['one unknown scope among known ones', { scope: 'all read:teams' }, 400, 'invalid_scope'],
    ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['no grant type', { grant_type: '' }, 400, 'invalid_request'],
    ['no client id', { client_id: '' }, 400, 'invalid_request'],
  ])('refuses %s as OAuth has it', async (_, fields, status, error) => {
    const answer = await askForToken(createFakeHalo(), fields);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error, error_description: expect.any(String) });
  });

  it('answers a body that is no form with invalid_request', async () => {
    const fake = createFakeHalo();
    const init = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
    const { status, body } = await read(await fake.fetch(addressesOf(fake).token, init));
    expect([status, body.error]).toEqual([400, 'invalid_request']);
  });

  it('answers a wrong tenant with 500 and no JSON', async () => {
    const fake = createFakeHalo({ tenantId: 'acme' });
    const { status, text, headers } = await askForToken(
      fake,
      {},
      'https://acme.halopsa.example/auth/token?tenant=other',
    );
    expect([status, text, headers.get('content-type')]).toEqual([500, '', null]);
  });

  it('does without a tenant on the own host, and not on a shared authorisation server', async () => {
    const own = createFakeHalo();
    expect((await askForToken(own, {}, 'https://acme.halopsa.example/auth/token')).status).toBe(200);
    const shared = createFakeHalo({ authServer: 'https://login.halopsa.example' });
    expect((await askForToken(shared)).status).toBe(200);
    expect((await askForToken(shared, {}, 'https://login.halopsa.example/token')).status).toBe(500);
  });

  it('ignores a tenant on premise', async () => {
    const fake = createFakeHalo({ onPremise: true });
    expect(fake.config).toMatchObject({ onPremise: true, resourceServer: 'https://desk.example:8443/halo' });
    expect((await askForToken(fake, {}, `${addressesOf(fake).token}?tenant=any`)).status).toBe(200);
    expect((await (await signIn(fake)).get('Team')).body).toEqual([]);
  });

  it('answers a Halo of another product with 401 and no JSON', async () => {
    const { status, text } = await askForToken(createFakeHalo({ wrongProduct: true }));
    expect([status, text]).toEqual([401, '']);
  });

  it.each([
    ['read:customers', 'all', [400, undefined]],
    ['read:customers', 'read:customers', [200, 'read:customers']],
    ['edit:customers', 'read:customers', [200, 'read:customers']],
    ['all', 'edit:customers offline_access', [200, 'edit:customers offline_access']],
  ])(
    'grants, to an application with %s that asks for %s, only what it has',
    async (granted, scope, expected) => {
      const { status, body } = await askForToken(createFakeHalo({ grantedScopes: [granted] }), { scope });
      expect([status, body.scope]).toEqual(expected);
    },
  );

  it('grants what it can of the scopes where it narrows them', async () => {
    const fake = createFakeHalo({ grantedScopes: ['read:customers'], narrowsScope: true });
    expect((await askForToken(fake, { scope: 'read:customers admin' })).body.scope).toBe('read:customers');
    expect((await askForToken(fake, { scope: 'admin' })).status).toBe(400);
  });
});

describe('tokens of the fake Halo', () => {
  it('end when their lifetime does', async () => {
    let nowMs = 1_000_000;
    const fake = createFakeHalo({ tokenLifetimeSeconds: 60, now: () => nowMs });
    expect((await askForToken(fake)).body.expires_in).toBe(60);
    const { get } = await signIn(fake);
    nowMs += 59_999;
    expect((await get('Team')).status).toBe(200);
    nowMs += 1;
    expect((await get('Team')).status).toBe(401);
  });

  it('end when they are revoked, and new ones work', async () => {
    const fake = createFakeHalo();
    const { get } = await signIn(fake);
    fake.revokeTokens();
    const { status, text } = await get('Team');
    expect([status, text]).toEqual([401, '']);
    expect((await (await signIn(fake)).get('Team')).status).toBe(200);
  });

  it('are refused by another fake', async () => {
    const { token } = await signIn(createFakeHalo());
    const other = createFakeHalo();
    const headers = { authorization: `Bearer ${token}` };
    expect((await other.fetch(`${addressesOf(other).api}Team`, { headers })).status).toBe(401);
  });

  it.each([undefined, 'Bearer', 'Bearer wrong', 'Basic abc'])(
    'are needed: %s is answered 401 without a body',
    async (authorization) => {
      const fake = createFakeHalo();
      const headers = authorization === undefined ? {} : { authorization };
      const { status, text } = await read(await fake.fetch(`${addressesOf(fake).api}Client`, { headers }));
      expect([status, text]).toEqual([401, '']);
    },
  );
});
