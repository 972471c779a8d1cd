import assert from 'node:assert/strict';
import { sleep } from '../../../src/clock.ts';
import { parseHaloConfig } from '../../../src/config/parse-halo-config.ts';
import { createTokenProvider, tokenProviderOf } from '../../../src/create-token-provider.ts';
import { discoverEndpoints } from '../../../src/discover-endpoints.ts';
import type { HaloErrorCode } from '../../../src/errors.ts';
import { createHaloClientWith } from '../../../src/halo-client.ts';
import { head } from '../../support/raw-server.ts';
import {
  type Expected,
  errorsOf,
  type FaultRow,
  fails,
  leftOut,
  memory,
  memoryScenario,
  row,
  succeeds,
  wire,
} from '../fault-case.ts';
import { grant, healthyApi, JSON_TYPE, json, type MemoryRig, type Reply, status } from '../memory-rig.ts';
import { grantBytes } from '../wire-rig.ts';

const TOKEN_TOTAL_MS = 30_000;
const HTML = { 'content-type': 'text/html' };
const LOGIN_PAGE = '<!doctype html><html><body>Sign in</body></html>';
const DAY_MS = 24 * 3600 * 1000;

const authError = (code: HaloErrorCode, check?: (error: Record<string, unknown>) => void): Expected =>
  fails('HaloAuthError', code, check);

const hintNames =
  (...words: readonly string[]) =>
  (error: Record<string, unknown>) => {
    for (const word of words) assert.match(String(error.hint), new RegExp(word));
  };

/** A token answer that is no usable token: one request, a precise code, nothing kept. */
const rejected = (variant: string, code: HaloErrorCode, reply: Reply) =>
  memory({ variant, expected: authError(code), token: 1, api: 0, boundMs: 15_000 }, { token: [reply] });

const payload = (variant: string, code: HaloErrorCode, body: object) => rejected(variant, code, grant(body));

const accepted = (variant: string, body: object) =>
  memory({ variant, expected: succeeds(), token: 1, api: 1 }, { token: [grant(body)] });

/** Answers 401 to the tokens that the set holds, each after its own delay. */
const revoking =
  (revoked: ReadonlySet<string>, spreadMs = 0): Reply =>
  async (call, context) => {
    const isRevoked = revoked.has(call.bearer ?? '');
    await sleep(context.clock, (call.index * 7919) % Math.max(1, spreadMs));
    return isRevoked
      ? status(401)
      : (healthyApi as (...all: [typeof call, typeof context]) => Response)(call, context);
  };

const reads = (rig: MemoryRig, count: number, signals: readonly AbortSignal[] = []) =>
  Array.from({ length: count }, (_, index) => rig.halo.clients.get(index + 1, { signal: signals[index] }));

/** A token that arrives after a second, so that callers pile up. */
const slowGrant: Reply = async (call, context) => {
  await sleep(context.clock, 1000);
  return (grant() as (...all: [typeof call, typeof context]) => Response)(call, context);
};

/** Calls once every `everyMs` for `forMs`; returns the errors. */
async function traffic(rig: MemoryRig, everyMs: number, forMs: number): Promise<unknown[]> {
  const errors: unknown[] = [];
  for (let atMs = 0; atMs < forMs; atMs += everyMs) {
    errors.push(...(await rig.settle(errorsOf([rig.halo.clients.get(1)]))));
    await rig.clock.advance(everyMs);
  }
  return errors;
}

export const tokenRows: readonly FaultRow[] = [
  row(1, 'token', '10,000 concurrent first calls', [
    memoryScenario(
      {
        variant: 'through the client',
        token: 1,
        api: 10_000,
        async run(rig) {
          const clients = await rig.settle(Promise.all(reads(rig, 10_000)));
          assert.equal(clients.length, 10_000);
          return [];
        },
      },
      { token: [slowGrant] },
    ),
    memoryScenario({
      variant: 'of a token provider used alone',
      token: 1,
      api: 0,
      async run(rig) {
        const tokens = createTokenProvider(cloudConfig(rig));
        const all = await rig.settle(Promise.all(Array.from({ length: 10_000 }, () => tokens.getToken())));
        assert.equal(new Set(all.map(({ token }) => token)).size, 1);
        return [];
      },
    }),
  ]),
  row(2, 'token', '400 invalid_client', [
    memory(
      {
        variant: 'hosted: the hint names the tenant',
        expected: authError('HALO_AUTH_INVALID_CLIENT', hintNames('tenant', 'clientSecret')),
        token: 1,
        api: 0,
        boundMs: 15_000,
      },
      { token: [json({ error: 'invalid_client' }, 400)] },
    ),
    memory(
      {
        variant: 'on-premise: the hint names the authorisation server',
        expected: authError('HALO_AUTH_INVALID_CLIENT', hintNames('authServer')),
        token: 1,
        api: 0,
      },
      { token: [json({ error: 'invalid_client' }, 401)], config: { onPremise: true } as never },
    ),
    memoryScenario(
      {
        variant: '1,000 callers: asked once, remembered for 30 s',
        token: 2,
        api: 0,
        async run(rig) {
          const errors = await rig.settle(errorsOf(reads(rig, 1000)));
          errors.push(...(await rig.settle(errorsOf(reads(rig, 1)))));
          assert.equal(errors.length, 1001);
          assert.equal(rig.tokenCalls.length, 1);
          await rig.clock.advance(30_000);
          return [...errors.slice(0, 3), ...(await rig.settle(errorsOf(reads(rig, 1))))];
        },
      },
      { token: [json({ error: 'invalid_client' }, 400)] },
    ),
  ]),
  row(3, 'token', '401 with a web page', [
    rejected('401', 'HALO_AUTH_RESPONSE_HTML', status(401, HTML, LOGIN_PAGE)),
    rejected('403', 'HALO_AUTH_RESPONSE_HTML', status(403, HTML, LOGIN_PAGE)),
  ]),
  row(4, 'token', '404 on the token path', [
    memory(
      {
        variant: '404',
        expected: authError('HALO_AUTH_NO_TOKEN_ENDPOINT', (error) => {
          assert.match(String(error.message), /\/auth\/token/);
          assert.match(String(error.hint), /authServer/);
        }),
        token: 1,
        api: 0,
        boundMs: 15_000,
      },
      { token: [status(404)] },
    ),
  ]),
  row(5, 'token', '429 with Retry-After: 5', [
    memory(
      { variant: 'waits, then works', expected: succeeds(), token: 2, api: 1, boundMs: 6000 },
      { token: [status(429, { 'retry-after': '5' }), grant()] },
    ),
  ]),
  row(6, 'token', '429 without a header', [
    memory(
      { variant: 'once', expected: succeeds(), token: 2, api: 1, boundMs: 11_000 },
      { token: [status(429), grant()] },
    ),
    memory(
      {
        variant: 'for ever',
        expected: fails('HaloRateLimitError', 'HALO_RATE_LIMIT_EXHAUSTED'),
        token: [1, 4],
        api: 0,
        boundMs: 330_000,
      },
      { token: [status(429)] },
    ),
    memory(
      { variant: 'three times', expected: succeeds(), token: 4, api: 1, boundMs: 330_000 },
      { token: [status(429), status(429), status(429), grant()] },
    ),
  ]),
  row(7, 'token', '500 twice, then 200', [
    memory(
      { variant: '500', expected: succeeds(), token: 3, api: 1, boundMs: TOKEN_TOTAL_MS },
      { token: [status(500), status(500), grant()] },
    ),
    memory(
      { variant: '503', expected: succeeds(), token: 3, api: 1, boundMs: TOKEN_TOTAL_MS },
      { token: [status(503), status(503), grant()] },
    ),
  ]),
  row(8, 'token', 'headers stall', [
    wire(
      {
        variant: 'nothing is answered',
        expected: fails('HaloTimeoutError', 'HALO_TIMEOUT_TOKEN'),
        token: 2,
        api: 0,
        boundMs: TOKEN_TOTAL_MS,
      },
      { token: [[{ pause: true }]] },
    ),
  ]),
  row(9, 'token', 'body stalls after the headers', [
    wire(
      {
        variant: 'headers only',
        expected: fails('HaloTimeoutError', 'HALO_TIMEOUT_TOKEN'),
        token: 2,
        api: 0,
        boundMs: TOKEN_TOTAL_MS,
      },
      { token: [[{ write: head(200, { ...JSON_TYPE, 'content-length': '200' }) }, { pause: true }]] },
    ),
  ]),
  row(10, 'token', 'body drips one byte a second', [
    wire(
      {
        variant: 'a drip does not reset the clock',
        expected: fails('HaloTimeoutError', 'HALO_TIMEOUT_TOKEN'),
        token: [1, 2],
        api: 0,
        boundMs: TOKEN_TOTAL_MS,
      },
      {
        token: (_, index, { canaries }) => [
          { write: head(200, { ...JSON_TYPE, 'content-length': '200' }) },
          ...[...Buffer.from(grantBytes(canaries, index)).subarray(0, 100)].flatMap((byte) => [
            { write: Uint8Array.of(byte) },
            { wait: 1001 },
          ]),
        ],
      },
    ),
  ]),
  row(11, 'token', '200 with a login page', [
    rejected('text/html', 'HALO_AUTH_RESPONSE_HTML', status(200, HTML, LOGIN_PAGE)),
    rejected('HTML called JSON', 'HALO_AUTH_RESPONSE_HTML', status(200, JSON_TYPE, LOGIN_PAGE)),
    rejected('broken JSON', 'HALO_AUTH_RESPONSE_JSON', status(200, JSON_TYPE, '{"access_token":"canary')),
  ]),
  row(12, 'token', '200 with JSON of another content type', [
    rejected('text/plain', 'HALO_AUTH_RESPONSE_CONTENT_TYPE', plainGrant('text/plain')),
    rejected('none', 'HALO_AUTH_RESPONSE_CONTENT_TYPE', plainGrant('')),
  ]),
  row(13, 'token', 'access_token missing or of another kind', [
    ...[undefined, '', ' ', 1, {}, [], null, true].map((value) =>
      payload(JSON.stringify(value) ?? 'missing', 'HALO_AUTH_RESPONSE_ACCESS_TOKEN', { access_token: value }),
    ),
  ]),
  row(14, 'token', 'access_token that cannot go into a header', [
    ...[
      ['line feed', 'a\nb'],
      ['CR LF', 'a\r\nx-evil: 1'],
      ['NUL', 'a\0b'],
      ['U+0100', 'aĀb'],
      ['lone surrogate', 'a\ud800b'],
      ['leading space', ' ab'],
      ['trailing space', 'ab '],
      ['20 kB', 'x'.repeat(20_000)],
    ].map(([variant = '', text = '']) =>
      rejected(variant, 'HALO_AUTH_RESPONSE_ACCESS_TOKEN', (call, { canaries }) =>
        json({
          access_token: `${canaries.token(call.index)}${text}`,
          token_type: 'Bearer',
          expires_in: 3600,
        }),
      ),
    ),
  ]),
  row(15, 'token', 'token_type', [
    payload('missing', 'HALO_AUTH_RESPONSE_TOKEN_TYPE', { token_type: undefined }),
    payload('mac', 'HALO_AUTH_RESPONSE_TOKEN_TYPE', { token_type: 'mac' }),
    payload('a number', 'HALO_AUTH_RESPONSE_TOKEN_TYPE', { token_type: 1 }),
    accepted('BEARER', { token_type: 'BEARER' }),
  ]),
  row(16, 'token', 'expires_in as a text or with a fraction', [
    ...['3600', ' 3600 ', 3599.9, '3599.9'].map((value) =>
      accepted(JSON.stringify(value), { expires_in: value }),
    ),
  ]),
  row(17, 'token', 'expires_in that is no lifetime', [
    ...[0, -1, 1e308, 'NaN', 'Infinity', {}, [], true, '', '0x10', '1e3'].map((value) =>
      payload(JSON.stringify(value), 'HALO_AUTH_RESPONSE_EXPIRES_IN', { expires_in: value }),
    ),
    rejected('1e309', 'HALO_AUTH_RESPONSE_EXPIRES_IN', (call, { canaries }) =>
      status(
        200,
        JSON_TYPE,
        `{"access_token":${JSON.stringify(canaries.token(call.index))},"token_type":"Bearer","expires_in":1e309}`,
      ),
    ),
  ]),
  row(18, 'token', 'expires_in missing', [
    memoryScenario(
      {
        variant: 'counts as 300 s',
        token: 2,
        api: 3,
        async run(rig) {
          await rig.settle(rig.halo.clients.get(1));
          await rig.clock.advance(200_000);
          await rig.settle(rig.halo.clients.get(1));
          assert.equal(rig.tokenCalls.length, 1);
          await rig.clock.advance(100_000);
          await rig.settle(rig.halo.clients.get(1));
          return [];
        },
      },
      { token: [grant({ expires_in: undefined })] },
    ),
  ]),
  row(19, 'token', 'expires_in: 1', [
    memoryScenario(
      {
        variant: 'used, then renewed, at most once a second',
        // The background refresh of one second and the next token may fall together.
        token: [10, 21],
        api: 100,
        async run(rig) {
          const errors = await traffic(rig, 100, 10_000);
          assert.equal(errors.length, 0);
          const starts = rig.tokenCalls.map(({ atMs }) => atMs);
          const perSecond = starts.map(
            (start) => starts.filter((at) => at >= start && at < start + 1000).length,
          );
          assert.ok(Math.max(...perSecond) <= 2, `${Math.max(...perSecond)} token requests within a second`);
          return errors;
        },
      },
      { token: [grant({ expires_in: 1 })] },
    ),
  ]),
  row(20, 'token', 'expires_in: ten years', [
    memoryScenario(
      {
        variant: 'renewed after a day at the latest',
        token: 2,
        api: 2,
        async run(rig) {
          await rig.settle(rig.halo.clients.get(1));
          await rig.clock.advance(DAY_MS);
          await rig.settle(rig.halo.clients.get(1));
          return [];
        },
      },
      { token: [grant({ expires_in: 315_360_000 })] },
    ),
  ]),
  row(21, 'token', 'redirect to another origin', [
    ...[301, 302, 303, 307, 308].map((code) =>
      redirected(`${code}`, code, 'https://evil.example/collect?x=1'),
    ),
    redirected('to http', 307, 'http://halo.example/auth/token'),
  ]),
  row(22, 'token', '302 to the login page of the same origin', [
    redirected('302', 302, '/login?returnUrl=x'),
  ]),
  row(23, 'token', 'the refresh fails for 90 s of the soft window', [
    memoryScenario({
      variant: 'every call works with the old token',
      token: [3, 8],
      async run(rig) {
        await rig.settle(rig.halo.clients.get(1));
        await rig.clock.advance(3_490_000);
        rig.reply({ token: [status(503)] });
        const errors = await traffic(rig, 1000, 90_000);
        assert.equal(errors.length, 0);
        rig.reply({ token: [grant()] });
        errors.push(...(await traffic(rig, 1000, 60_000)));
        assert.equal(errors.length, 0);
        return errors;
      },
    }),
  ]),
  row(24, 'token', 'the refresh fails past the end of the token', [
    memoryScenario({
      variant: 'calls fail, and work as soon as it does',
      async run(rig) {
        await rig.settle(rig.halo.clients.get(1));
        await rig.clock.advance(3_595_000);
        rig.reply({ token: [status(503)] });
        const [error] = await rig.settle(errorsOf([rig.halo.clients.get(1)]));
        assert.equal((error as { code?: string }).code, 'HALO_AUTH_UNAVAILABLE');
        rig.reply({ token: [grant()] });
        await rig.settle(rig.halo.clients.get(1));
        return [error];
      },
    }),
  ]),
  row(25, 'token', 'the first of 100 waiting callers aborts', [
    memoryScenario(
      {
        variant: 'and nobody else notices',
        token: 1,
        api: 99,
        async run(rig) {
          const controllers = Array.from({ length: 100 }, () => new AbortController());
          const calls = reads(
            rig,
            100,
            controllers.map(({ signal }) => signal),
          );
          const settled = errorsOf(calls);
          await rig.clock.advance(500);
          controllers[0]?.abort(new Error('left'));
          const errors = await rig.settle(settled);
          assert.deepEqual(
            errors.map((error) => (error as Error).message),
            ['left'],
          );
          return errors;
        },
      },
      { token: [slowGrant] },
    ),
  ]),
  row(26, 'token', 'all 100 waiting callers abort', [
    memoryScenario(
      {
        variant: 'the next caller is served',
        token: [1, 2],
        api: 1,
        async run(rig) {
          const controller = new AbortController();
          const settled = errorsOf(
            reads(
              rig,
              100,
              Array.from({ length: 100 }, () => controller.signal),
            ),
          );
          await rig.clock.advance(500);
          const abortedMs = rig.clock.monotonicMs();
          controller.abort();
          const errors = await rig.settle(settled);
          assert.equal(errors.length, 100);
          assert.ok(rig.clock.monotonicMs() - abortedMs <= 50);
          await rig.settle(rig.halo.clients.get(1));
          return errors;
        },
      },
      { token: [slowGrant] },
    ),
  ]),
  row(27, 'token', "a caller's own token provider fails", [
    ...(
      [
        [
          'throws at once',
          (secret) => {
            throw new Error(secret);
          },
        ],
        ['rejects', (secret) => Promise.reject(new Error(secret))],
        ['rejects with a text', (secret) => Promise.reject(secret)],
        ['returns nothing', () => Promise.resolve(undefined)],
        [
          'returns a token with a line break',
          (secret) => Promise.resolve({ token: `${secret}\n`, expiresAtMs: Date.UTC(2030, 0) }),
        ],
        ['returns no expiry', (secret) => Promise.resolve({ token: secret, expiresAtMs: Number.NaN })],
      ] as [string, (secret: string) => Promise<never>][]
    ).map(([variant, getToken]) =>
      memory(
        { variant, expected: authError('HALO_AUTH_PROVIDER'), token: 0, api: 0, heals: false },
        { config: ({ canaries }) => ({ tokenProvider: { getToken: () => getToken(canaries.token(0)) } }) },
      ),
    ),
  ]),
  row(28, 'token', '100 calls answered 401 for one revoked token, spread over 200 ms', [
    memoryScenario({
      variant: 'one new token',
      token: 2,
      api: 201,
      async run(rig) {
        await rig.settle(rig.halo.clients.get(1));
        rig.reply({ api: [revoking(new Set([rig.canaries.token(0)]), 200)] });
        const errors = await rig.settle(errorsOf(reads(rig, 100)));
        assert.equal(errors.length, 0);
        return errors;
      },
    }),
    memoryScenario({
      variant: 'a straggler 40 s later gets the token that replaced its own',
      token: 2,
      api: 0,
      heals: false,
      async run(rig) {
        const tokens = tokenProviderOf(parseHaloConfig(cloudConfig(rig)), rig.clock);
        const first = await rig.settle(tokens.getToken());
        const second = await rig.settle(tokens.getToken({ rejected: first }));
        await rig.clock.advance(40_000);
        assert.equal((await rig.settle(tokens.getToken({ rejected: first }))).token, second.token);
        return [];
      },
    }),
  ]),
  row(29, 'token', '401 for ever', [
    memory(
      {
        variant: 'one call',
        expected: fails('HaloPermissionError', 'HALO_PERMISSION_UNAUTHORIZED', (error) => {
          assert.match(String(error.hint), /no right to this module/);
          assert.match(String(error.hint), /does not accept the token/);
        }),
        token: 2,
        api: 2,
        boundMs: 30_000,
      },
      { api: [status(401)] },
    ),
    memory(
      {
        variant: 'a provider of the caller that always has another token',
        expected: fails('HaloPermissionError', 'HALO_PERMISSION_UNAUTHORIZED'),
        token: 0,
        api: 2,
      },
      {
        api: [status(401)],
        config: ({ canaries }) => {
          let made = 0;
          const getToken = async () => ({ token: canaries.token(made++), expiresAtMs: Date.UTC(2030, 0) });
          return { tokenProvider: { getToken } };
        },
      },
    ),
    memoryScenario(
      {
        variant: '1,000 calls to one forbidden module within 30 s while another works',
        token: [1, 2],
        async run(rig) {
          const errors: unknown[] = [];
          for (let index = 0; index < 100; index += 1) {
            const wave = Array.from({ length: 10 }, () => rig.halo.agents.get(1));
            const calls: Promise<unknown>[] = [...wave, rig.halo.clients.get(1)];
            errors.push(...(await rig.settle(errorsOf(calls))));
            await rig.clock.advance(290);
          }
          assert.equal(errors.length, 1000);
          return errors.slice(0, 3);
        },
      },
      {
        api: [
          (call, context) =>
            call.url.pathname.includes('/Agent')
              ? status(401)
              : (healthyApi as (...all: [typeof call, typeof context]) => Response)(call, context),
        ],
      },
    ),
  ]),
  row(30, 'token', '403 on the API', [
    memory(
      {
        variant: 'never renews',
        expected: fails('HaloPermissionError', 'HALO_PERMISSION_FORBIDDEN'),
        token: 1,
        api: 1,
      },
      { api: [status(403)] },
    ),
  ]),
  row(31, 'token', 'the wall clock goes back a day', [
    clockCase('renewed on schedule', { jumpMs: -DAY_MS, waitMs: 3_600_000, token: 2 }),
    clockCase('kept meanwhile', { jumpMs: -DAY_MS, waitMs: 1_000_000, token: 1 }),
  ]),
  row(32, 'token', 'the wall clock goes forward a day', [
    clockCase('one refresh', { jumpMs: DAY_MS, waitMs: 0, token: 2 }),
  ]),
  row(33, 'token', 'the machine sleeps for two hours', [
    // A suspended machine stops the monotonic clock; the wall clock jumps on waking.
    clockCase('one refresh', { jumpMs: 2 * 3600 * 1000, waitMs: 0, token: 2 }),
    memoryScenario({
      variant: 'both clocks stop: one 401 is recovered from',
      token: 2,
      api: 3,
      async run(rig) {
        await rig.settle(rig.halo.clients.get(1));
        rig.reply({ api: [revoking(new Set([rig.canaries.token(0)]))] });
        await rig.settle(rig.halo.clients.get(1));
        return [];
      },
    }),
  ]),
  row(34, 'token', 'the credential is rotated while a token is on its way', [
    memoryScenario(
      {
        variant: 'the old client is closed; the new one sends nothing of it',
        token: 2,
        api: 1,
        heals: false,
        async run(rig) {
          const old = errorsOf([rig.halo.clients.get(1)]);
          await rig.clock.advance(500);
          await rig.halo.close();
          const clientSecret = `${rig.canaries.clientSecret}-rotated`;
          const next = createHaloClientWith({ ...cloudConfig(rig), clientSecret, logger: {} }, rig.clock);
          const client = await rig.settle(next.clients.get(2));
          assert.equal(client.id, 2);
          const [error] = await rig.settle(old);
          assert.equal((error as { code: string }).code, 'HALO_NETWORK_CLOSED');
          const sent = rig.tokenCalls.map(({ init }) => new URLSearchParams(String(init.body)));
          assert.equal(sent[1]?.get('client_secret'), clientSecret);
          assert.deepEqual(
            rig.apiCalls.map(({ bearer }) => bearer),
            [rig.canaries.token(1)],
          );
          await next.close();
          return [error];
        },
      },
      { token: [slowGrant] },
    ),
  ]),
  row(35, 'token', 'two tenants with one client id', [
    memoryScenario({
      variant: 'no token crosses over',
      token: 2,
      async run(rig) {
        const tenants = ['acme', 'globex'].map((tenantId) =>
          createTokenProvider({ ...cloudConfig(rig), tenantId }),
        );
        const tokens = await rig.settle(
          Promise.all(Array.from({ length: 1000 }, (_, index) => tenants[index % 2]!.getToken())),
        );
        assert.equal(new Set(tokens.filter((_, index) => index % 2 === 0).map(({ token }) => token)).size, 1);
        assert.equal(new Set(tokens.map(({ token }) => token)).size, 2);
        assert.deepEqual(
          rig.tokenCalls.map(({ url }) => url.searchParams.get('tenant')),
          ['acme', 'globex'],
        );
        return [];
      },
    }),
  ]),
  ...[
    [36, '8 processes with a shared token store'],
    [37, 'the holder of the lock is killed'],
    [38, 'the holder of the lock is paused beyond its time'],
    [39, 'the token store is down, slow or returns junk'],
  ].map(([number, title]) => leftOut(Number(number), 'token', String(title), 'not built')),
  row(40, 'token', 'authinfo names another host', [
    proposed('another host', 'https://evil.example/auth', 'HALO_REDIRECT_REFUSED'),
    proposed(
      'the host as a part of another',
      'https://halo.example.evil.example/auth',
      'HALO_REDIRECT_REFUSED',
    ),
    proposed('another port', 'https://halo.example:8443/auth', 'HALO_REDIRECT_REFUSED'),
    proposed('without TLS', 'http://halo.example/auth', 'HALO_CONFIG_INVALID'),
    proposed('an IP address', 'https://127.0.0.1/auth', 'HALO_CONFIG_INVALID'),
    proposed('a user name', 'https://user@halo.example/auth', 'HALO_CONFIG_INVALID'),
  ]),
];

function cloudConfig({ canaries, fetch }: Pick<MemoryRig, 'canaries' | 'fetch'>) {
  return {
    resourceServer: 'halo.example',
    clientId: '5d4f0a1c-7c1e-4f0e-9c55-0d1f6c3b2a10',
    clientSecret: canaries.clientSecret,
    tenantId: 'acme',
    fetch,
  };
}

/** Halo's own word about where to sign in, which comes without a signature: nothing is sent there. */
function proposed(variant: string, authUrl: string, code: HaloErrorCode) {
  return memoryScenario(
    {
      variant,
      token: 0,
      api: 1,
      async run(rig) {
        const errors = await rig.settle(errorsOf([discoverEndpoints('halo.example', { fetch: rig.fetch })]));
        assert.equal((errors[0] as { code: string }).code, code);
        assert.deepEqual(rig.strayCalls, []);
        return errors;
      },
    },
    { api: [json({ auth_url: authUrl, tenant_id: 'acme' })] },
  );
}

function plainGrant(contentType: string): Reply {
  return ({ index }, { canaries }) => {
    const body = JSON.stringify({
      access_token: canaries.token(index),
      token_type: 'Bearer',
      expires_in: 3600,
    });
    const response = new Response(body, { headers: { 'content-type': contentType || 'text/plain' } });
    if (contentType === '') response.headers.delete('content-type');
    return response;
  };
}

function redirected(variant: string, code: number, location: string) {
  return memory(
    {
      variant,
      expected: fails('HaloRedirectError', 'HALO_REDIRECT_REFUSED', (_, rig) => {
        assert.deepEqual((rig as MemoryRig).strayCalls, []);
      }),
      token: 1,
      api: 0,
    },
    { token: [status(code, { location })] },
  );
}

function clockCase(
  variant: string,
  { jumpMs, waitMs, token }: { jumpMs: number; waitMs: number; token: number },
) {
  return memoryScenario({
    variant,
    token,
    api: 2,
    async run(rig) {
      await rig.settle(rig.halo.clients.get(1));
      rig.clock.jumpWallClock(jumpMs);
      await rig.clock.advance(waitMs);
      await rig.settle(rig.halo.clients.get(1));
      return [];
    },
  });
}
