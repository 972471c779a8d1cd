import { describe, expect, it } from 'vitest';
import { discoverEndpoints, discoverEndpointsWith } from '../src/discover-endpoints.ts';
import { createFakeHalo, type FakeHaloOptions } from '../src/testing/index.ts';
import { createVirtualClock } from './support/virtual-clock.ts';

const HOST = 'acme.halopsa.example';
const discover = (options: FakeHaloOptions, settings: Parameters<typeof discoverEndpoints>[1] = {}) => {
  const fake = createFakeHalo(options);
  return { fake, result: discoverEndpoints(HOST, { fetch: fake.fetch, ...settings }) };
};
const naming = (authUrl: unknown, tenantId: unknown = 'acme'): FakeHaloOptions => ({
  authInfo: { auth_url: authUrl, tenant_id: tenantId },
});

describe('discoverEndpoints', () => {
  it('proposes authServer and tenantId from authinfo, in one request without a sign-in', async () => {
    const { fake, result } = discover({});
    expect(await result).toEqual({
      resourceServer: `https://${HOST}`,
      authServer: `https://${HOST}/auth`,
      tenantId: 'acme',
    });
    expect(fake.requests).toHaveLength(1);
    expect(fake.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it.each([
    ['https://evil.example/auth', 'https://evil.example'],
    [`https://${HOST}:8443/auth`, `https://${HOST}:8443`],
    [`https://${HOST}.evil.example/auth`, `https://${HOST}.evil.example`],
  ])('refuses to propose another origin than that of the host: %s', async (authUrl, targetOrigin) => {
    const { result } = discover(naming(authUrl));
    await expect(result).rejects.toMatchObject({ code: 'HALO_REDIRECT_REFUSED', targetOrigin });
  });

  it.each([['any' as const], [['https://login.example']], [['https://login.example/']]])(
    'proposes another origin when the caller allows it: %j',
    async (allowAuthOrigins) => {
      const { result } = discover(naming('https://login.example/token'), { allowAuthOrigins });
      expect(await result).toMatchObject({ authServer: 'https://login.example' });
    },
  );

  it.each([
    ['http://acme.halopsa.example/auth'],
    ['https://user@acme.halopsa.example/auth'],
    ['https://127.0.0.1/auth'],
    ['javascript:alert(1)'],
    [`https://${HOST}/auth?next=x`],
  ])('refuses an authorisation server that could not be typed either: %s', async (authUrl) => {
    const { result } = discover(naming(authUrl), { allowAuthOrigins: 'any' });
    await expect(result).rejects.toMatchObject({ code: 'HALO_CONFIG_INVALID' });
  });

  it('refuses a tenant that is none, and leaves out what Halo does not say', async () => {
    await expect(discover(naming(undefined, 'a b')).result).rejects.toMatchObject({
      code: 'HALO_CONFIG_INVALID',
    });
    expect(await discover(naming(12, null)).result).toMatchObject({
      authServer: undefined,
      tenantId: undefined,
    });
  });

  it('proposes no tenant on-premise, and keeps base path and port', async () => {
    const fake = createFakeHalo({
      onPremise: true,
      authInfo: { auth_url: 'https://desk.example:8443/halo/auth', tenant_id: 'x' },
    });
    const result = await discoverEndpoints(fake.config.resourceServer, {
      fetch: fake.fetch,
      onPremise: true,
    });
    expect(result).toEqual({
      resourceServer: 'https://desk.example:8443/halo',
      authServer: 'https://desk.example:8443/halo/auth',
      tenantId: undefined,
    });
  });

  it.each<[string, FakeHaloOptions, string]>([
    ['does not tell', { authInfo: 'none' }, 'HALO_NOT_FOUND'],
    ['answers with a web page', { htmlPage: 'all' }, 'HALO_RESPONSE_HTML'],
    ['has an expired certificate', { unreachable: 'CERT_HAS_EXPIRED' }, 'HALO_NETWORK_TLS'],
  ])('says so when the host %s', async (_what, options, code) => {
    await expect(discover(options).result).rejects.toMatchObject({ code });
  });

  it.each([
    [302, 'HALO_REDIRECT_REFUSED'],
    [401, 'HALO_PERMISSION_UNAUTHORIZED'],
    [403, 'HALO_PERMISSION_FORBIDDEN'],
    [418, 'HALO_RESPONSE_STATUS'],
    [503, 'HALO_SERVER_FAILED'],
  ])('turns status %i into %s', async (status, code) => {
    const fake = createFakeHalo();
    fake.enqueueFault({ path: '/authinfo', status, headers: { location: 'https://evil.example/' } });
    await expect(discoverEndpoints(HOST, { fetch: fake.fetch })).rejects.toMatchObject({ code });
    expect(fake.requests).toHaveLength(1);
  });

  it.each([['not a host'], ['http://acme.halopsa.example'], ['10.0.0.1'], ['']])(
    'refuses the host %j',
    async (host) => {
      await expect(discoverEndpoints(host)).rejects.toMatchObject({ code: 'HALO_CONFIG_INVALID' });
    },
  );

  it('ends after timeoutMs, and passes an abort through', async () => {
    const clock = createVirtualClock();
    const fake = createFakeHalo({ beforeAnswer: () => new Promise(() => undefined) });
    const late = clock.settle(discoverEndpointsWith(HOST, { fetch: fake.fetch, timeoutMs: 500 }, clock));
    await expect(late).rejects.toMatchObject({ code: 'HALO_TIMEOUT_TOTAL', timeoutMs: 500 });
    const reason = new Error('enough');
    const aborted = discoverEndpoints(HOST, { fetch: fake.fetch, signal: AbortSignal.abort(reason) });
    await expect(aborted).rejects.toBe(reason);
  });
});
