import { inspect } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSecret } from '../src/auth/secret.ts';
import { parseHaloConfig } from '../src/config/parse-halo-config.ts';
import type { HaloConfig } from '../src/config/schema.ts';
import { createTokenProvider, tokenProviderOf } from '../src/create-token-provider.ts';
import { HaloAuthError, HaloConfigError } from '../src/errors.ts';
import { loadNetwork } from '../src/load-network.ts';
import { answer, CLOUD, grant, SECRET, TOKEN, tokenEndpoint } from './auth/token-endpoint.ts';
import { findLeaks } from './support/canary.ts';
import { head, type RawServer, answer as rawAnswer, startRawServer } from './support/raw-server.ts';
import { createVirtualClock } from './support/virtual-clock.ts';

const servers: RawServer[] = [];
const serve = async (...args: Parameters<typeof startRawServer>) => {
  const server = await startRawServer(...args);
  servers.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A provider that signs in at a server of the test, over http by consent. */
const onPremise = (server: RawServer, more: object = {}) =>
  createTokenProvider({
    resourceServer: server.origin,
    clientId: CLOUD.clientId,
    clientSecret: SECRET,
    onPremise: true,
    allowInsecureHttp: true,
    ...more,
  });

describe('createTokenProvider', () => {
  it('makes no request before the first getToken, and one for 10,000 callers', async () => {
    const server = await serve(() => [{ write: rawAnswer(200, JSON.stringify(grant())) }]);
    const provider = onPremise(server);
    expect(server.requests).toHaveLength(0);
    const tokens = await Promise.all(Array.from({ length: 10_000 }, () => provider.getToken()));
    expect(new Set(tokens.map(({ token }) => token))).toEqual(new Set([TOKEN]));
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatchObject({ method: 'POST', target: '/auth/token' });
  });

  it('1,000 callers with a wrong secret make 1 request and get equal errors', async () => {
    const clock = createVirtualClock();
    const { fetch, requests } = tokenEndpoint(clock, answer(401, { error: 'invalid_client' }));
    const provider = tokenProviderOf(parseHaloConfig({ ...CLOUD, fetch }), clock);
    const errors = await Promise.all(
      Array.from({ length: 1000 }, () => provider.getToken().catch((error: unknown) => error)),
    );
    expect(new Set(errors).size).toBe(1);
    expect(errors[0]).toBeInstanceOf(HaloAuthError);
    expect(requests).toHaveLength(1);
  });

  it('sends no secret when its only caller left while the exchange was being loaded', async () => {
    const clock = createVirtualClock();
    const { fetch, requests } = tokenEndpoint(clock, answer(200, grant()));
    const provider = tokenProviderOf(parseHaloConfig({ ...CLOUD, fetch }), clock);
    const controller = new AbortController();
    const reason = new Error('changed my mind');
    const left = provider.getToken({ signal: controller.signal });
    controller.abort(reason);
    await expect(left).rejects.toBe(reason);
    await loadNetwork();
    await clock.advance(0);
    expect(requests).toHaveLength(0);
    expect((await provider.getToken()).token).toBe(TOKEN);
  });

  it('two tenants with one client id never see each other’s token', async () => {
    const fetch = async (url: string) =>
      answer(200, grant({ access_token: `token-of-${new URL(url).searchParams.get('tenant')}` }));
    const providers = ['one', 'two'].map((tenantId) => createTokenProvider({ ...CLOUD, tenantId, fetch }));
    for (let round = 0; round < 50; round += 1) {
      const tokens = await Promise.all(providers.map((provider) => provider.getToken()));
      expect(tokens.map(({ token }) => token)).toEqual(['token-of-one', 'token-of-two']);
    }
  });

  it('throws for settings that cannot be used, and for a token provider', () => {
    expect(() => createTokenProvider({} as HaloConfig)).toThrow(HaloConfigError);
    const tokenProvider = createTokenProvider(CLOUD);
    const config = { resourceServer: CLOUD.resourceServer, tokenProvider } as unknown as HaloConfig;
    expect(() => createTokenProvider(config)).toThrow(/tokenProvider has no use here/);
  });

  it('warns once that http is not encrypted, without a secret', async () => {
    const warn = vi.fn();
    const server = await serve([[{ write: rawAnswer(200, JSON.stringify(grant())) }]]);
    const provider = onPremise(server, { logger: { warn } });
    await provider.getToken();
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('unencrypted'), expect.any(Object));
    expect(findLeaks(warn.mock.calls, [SECRET, TOKEN])).toEqual([]);
    const quiet = vi.fn();
    createTokenProvider({ ...CLOUD, logger: { warn: quiet } });
    expect(quiet).not.toHaveBeenCalled();
  });
});

describe('tokenProviderOf', () => {
  it('guards a provider of the caller', async () => {
    const tokenProvider = { getToken: async () => ({ token: 'not usable\n', expiresAtMs: 1 }) };
    const provider = tokenProviderOf(
      parseHaloConfig({ resourceServer: CLOUD.resourceServer, tokenProvider }),
    );
    await expect(provider.getToken()).rejects.toMatchObject({ code: 'HALO_AUTH_PROVIDER' });
  });

  it('needs one of the two', () => {
    const config = { ...parseHaloConfig(CLOUD), credentials: undefined };
    expect(() => tokenProviderOf(config)).toThrow(TypeError);
  });
});

describe('over a socket', () => {
  it.each([302, 307, 308])('a redirect %s takes the secret to no other server', async (status) => {
    const evil = await serve([[{ write: rawAnswer(200, JSON.stringify(grant())) }]]);
    const server = await serve([
      [{ write: rawAnswer(status, '', { location: `${evil.origin}/auth/token` }) }],
    ]);
    await expect(onPremise(server).getToken()).rejects.toMatchObject({
      name: 'HaloRedirectError',
      targetOrigin: evil.origin,
    });
    expect([server.requests.length, evil.connections]).toEqual([1, 0]);
  });

  it.each([
    ['a reset', [{ rst: true }]],
    [
      'a truncated body',
      [
        { write: `${head(200, { 'content-type': 'application/json', 'content-length': '90' })}{` },
        { fin: true },
      ],
    ],
    ['a 503', [{ write: rawAnswer(503) }]],
  ] as const)('%s is survived', async (_, first) => {
    const server = await serve([first, [{ write: rawAnswer(200, JSON.stringify(grant())) }]]);
    expect((await onPremise(server).getToken()).token).toBe(TOKEN);
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    ['headers that never come', []],
    [
      'a body that stalls',
      [{ write: `${head(200, { 'content-type': 'application/json', 'content-length': '90' })}{` }],
    ],
  ] as const)('%s end in HaloTimeoutError after 30 s, and the sockets are closed', async (_, script) => {
    const server = await serve([script]);
    const clock = createVirtualClock();
    const config = {
      resourceServer: server.origin,
      clientId: 'id',
      clientSecret: SECRET,
      onPremise: true,
      allowInsecureHttp: true,
    };
    const provider = tokenProviderOf(parseHaloConfig(config), clock);
    const failure = provider.getToken().catch((error: unknown) => error);
    await server.received(1);
    await clock.advance(15_500);
    await server.received(2);
    await clock.advance(15_000);
    expect(await failure).toMatchObject({ code: 'HALO_TIMEOUT_TOKEN', attempts: 2 });
    await vi.waitFor(() => expect(server.openSockets()).toBe(0));
    expect(clock.pending()).toBe(0);
  });
});

describe('no secret or token shows', () => {
  it('in provider, config or errors, however they are printed', async () => {
    const config = { ...CLOUD, clientSecret: createSecret(SECRET) };
    const clock = createVirtualClock();
    const good = tokenEndpoint(clock, answer(200, grant()));
    const provider = tokenProviderOf(parseHaloConfig({ ...config, fetch: good.fetch }), clock);
    await provider.getToken();
    const echo = tokenEndpoint(clock, answer(400, { error: 'invalid_client', error_description: SECRET }));
    const failing = tokenProviderOf(parseHaloConfig({ ...config, fetch: echo.fetch }), clock);
    const error = await failing.getToken().catch((thrown: unknown) => thrown);
    const { fetch: _, ...resolved } = parseHaloConfig(config);
    expect(findLeaks({ config, provider, failing, error, resolved }, [SECRET, TOKEN])).toEqual([]);
    expect(inspect({ ...config })).toContain('[redacted]');
    expect(JSON.stringify({ config, provider })).toContain('"clientSecret":"[redacted]"');
  });
});
