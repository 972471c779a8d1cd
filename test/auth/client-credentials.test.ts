import { describe, expect, it, vi } from 'vitest';
import { findLeaks } from '../support/canary.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { answer, CLOUD, grant, mintAt, type Reply, SECRET, TOKEN, tokenEndpoint } from './token-endpoint.ts';

function setUp(replies: Reply[], config: object = {}) {
  const clock = createVirtualClock();
  const endpoint = tokenEndpoint(clock, ...replies);
  const warn = vi.fn();
  const mint = mintAt(endpoint, clock, { logger: { warn }, ...config });
  const run = (resend = true) => clock.settle(mint({ resend }).catch((error: unknown) => error));
  return { clock, endpoint, run, warn };
}

const failed = (code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(SECRET), { code }) });
const limited = (headers: Record<string, string> = {}) => answer(429, '', headers);
const ok = answer(200, grant());

describe('the token request', () => {
  it('is one form post with the tenant as a query and plain values', async () => {
    const { endpoint, run } = setUp([ok], { scope: 'all offline_access', tenantId: 'a&b' });
    expect(await run()).toMatchObject({ token: TOKEN, lifetimeMs: 3_600_000 });
    const [request] = endpoint.requests;
    expect(request?.url).toBe('https://acme.halopsa.com/auth/token?tenant=a%26b');
    expect(request?.init).toMatchObject({
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    });
    expect(Object.fromEntries(new URLSearchParams(request?.init.body as string))).toEqual({
      grant_type: 'client_credentials',
      client_id: CLOUD.clientId,
      client_secret: SECRET,
      scope: 'all offline_access',
    });
  });

  it('looks up the global fetch when it is sent', async () => {
    const { run, endpoint } = setUp([ok], { fetch: undefined });
    vi.stubGlobal('fetch', endpoint.fetch);
    await run();
    vi.unstubAllGlobals();
    expect(endpoint.requests).toHaveLength(1);
  });

  it('counts the lifetime from before the request that brought the token', async () => {
    const slow = () => {
      clock.jumpWallClock(5000);
      return ok.clone();
    };
    const { clock, run } = setUp([answer(503, ''), slow]);
    const startMs = clock.nowMs();
    const result = await run();
    expect(result).toMatchObject({ requestedAtMonotonicMs: clock.monotonicMs() });
    expect(result).toMatchObject({ requestedAtMs: startMs + clock.monotonicMs() });
  });
});

describe('failures that may pass are sent again, at most twice', () => {
  it('500 twice, then a token', async () => {
    const { endpoint, run } = setUp([answer(500, ''), answer(500, ''), ok]);
    expect(await run()).toMatchObject({ token: TOKEN });
    expect(endpoint.requests).toHaveLength(3);
  });

  it.each([408, 500, 502, 503, 504])('%s to the end is HaloAuthError, and may pass', async (status) => {
    const { endpoint, run, clock } = setUp([answer(status, { error: 'server_error' })]);
    expect(await run()).toMatchObject({
      name: 'HaloAuthError',
      code: 'HALO_AUTH_UNAVAILABLE',
      status,
      attempts: 3,
      retryable: true,
    });
    expect([endpoint.requests.length, clock.pending()]).toEqual([3, 0]);
  });

  it('500 without JSON to the end is probably a wrong tenant', async () => {
    const page = answer(500, '<html>Server Error</html>', { 'content-type': 'text/html' });
    const { run } = setUp([page]);
    const error = await run();
    expect(error).toMatchObject({ code: 'HALO_AUTH_WRONG_TENANT', status: 500, attempts: 3 });
    expect((error as Error).message).toMatch(/tenantId.*API Details > Tenant/);
  });

  it.each([
    ['one attempt was something else', [answer(503, ''), answer(500, '')], {}],
    ['one attempt had no answer', [failed('ECONNRESET'), answer(500, '')], {}],
    ['there is no tenant', [answer(500, '')], { tenantId: undefined, onPremise: true }],
  ])('but not if %s', async (_, replies, config) => {
    expect(await setUp(replies, config).run()).toMatchObject({ code: 'HALO_AUTH_UNAVAILABLE' });
  });

  it.each([
    ['ENOTFOUND', 'HALO_NETWORK_DNS', 3],
    ['ECONNREFUSED', 'HALO_NETWORK_REFUSED', 3],
    ['ECONNRESET', 'HALO_NETWORK_RESET', 3],
    ['CERT_HAS_EXPIRED', 'HALO_NETWORK_TLS', 1],
    ['UND_ERR_PRX_CONN', 'HALO_NETWORK_PROXY', 1],
  ])('%s keeps its class', async (systemCode, code, requests) => {
    const { endpoint, run } = setUp([failed(systemCode)]);
    const error = await run();
    expect(error).toMatchObject({ name: 'HaloNetworkError', code, systemCode, attempts: requests });
    expect(endpoint.requests).toHaveLength(requests);
    expect(findLeaks(error, [SECRET])).toEqual([]);
  });

  it('waits as long as a 503 asks, if that fits into the total', async () => {
    const asked = setUp([answer(503, '', { 'retry-after': '7' }), ok]);
    await asked.run();
    expect(asked.endpoint.requests.map(({ atMs }) => atMs)).toEqual([0, 7000]);
    const tooLong = setUp([answer(503, '', { 'retry-after': '60' }), ok]);
    expect(await tooLong.run()).toMatchObject({ code: 'HALO_AUTH_UNAVAILABLE', attempts: 1 });
    expect(tooLong.clock.monotonicMs()).toBe(0);
  });

  it('pauses longer each time, with chance in it', async () => {
    const { endpoint, run, clock } = setUp([answer(502, '')]);
    clock.setRandom(0);
    await run();
    expect(endpoint.requests.map(({ atMs }) => atMs)).toEqual([0, 500, 1500]);
    const jittered = setUp([answer(502, '')]);
    jittered.clock.setRandom(0.5);
    await jittered.run();
    expect(jittered.endpoint.requests.map(({ atMs }) => atMs)).toEqual([0, 375, 1125]);
  });

  it('nothing is sent again for a background refresh', async () => {
    for (const reply of [answer(500, ''), limited({ 'retry-after': '1' }), failed('ECONNRESET')]) {
      const { endpoint, run } = setUp([reply, ok]);
      expect(await run(false)).toBeInstanceOf(Error);
      expect(endpoint.requests).toHaveLength(1);
    }
  });
});

describe('time limits', () => {
  it('an endpoint that never answers costs two attempts and 30 s', async () => {
    const { endpoint, run, clock } = setUp(['hang']);
    expect(await run()).toMatchObject({
      name: 'HaloTimeoutError',
      code: 'HALO_TIMEOUT_TOKEN',
      attempts: 2,
      timeoutMs: 30_000,
      elapsedMs: 30_000,
    });
    expect(endpoint.requests.map(({ init }) => init.signal?.aborted)).toEqual([true, true]);
    expect(clock.pending()).toBe(0);
  });

  it('one attempt may take 15 s', async () => {
    const { run } = setUp(['hang']);
    expect(await run(false)).toMatchObject({
      code: 'HALO_TIMEOUT_TOKEN',
      attempts: 1,
      timeoutMs: 15_000,
      elapsedMs: 15_000,
    });
  });

  it('the body counts, and a trickle of bytes does not reset the clock', async () => {
    const { clock, run } = setUp([
      () => {
        const drip = new ReadableStream<Uint8Array>({
          async pull(stream) {
            await new Promise<void>((resolve) => clock.schedule(1000, resolve));
            stream.enqueue(new Uint8Array([0x20]));
          },
        });
        return new Response(drip, { headers: { 'content-type': 'application/json' } });
      },
    ]);
    expect(await run()).toMatchObject({ code: 'HALO_TIMEOUT_TOKEN', elapsedMs: 30_000 });
  });

  it('lets go of an answer that comes after the limit', async () => {
    let release: (response: Response) => void = () => undefined;
    const fetch = () => new Promise<Response>((resolve) => (release = resolve));
    const { clock, run } = setUp([], { fetch });
    const pending = run(false);
    await pending;
    const late = ok.clone();
    release(late);
    await clock.advance(0);
    await expect(late.text()).rejects.toThrow();
  });
});

describe('429', () => {
  it('waits as long as the answer says', async () => {
    const { endpoint, run, warn } = setUp([limited({ 'retry-after': '5' }), ok]);
    expect(await run()).toMatchObject({ token: TOKEN });
    expect(endpoint.requests.map(({ atMs }) => atMs)).toEqual([0, 5000]);
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.any(String), {
      reason: 'rate-limit',
      waitMs: 5000,
      attempt: 1,
    });
  });

  it('without a time outlasts a window of 300 s in four requests', async () => {
    const { endpoint, run } = setUp([limited(), limited(), limited(), ok]);
    expect(await run()).toMatchObject({ token: TOKEN });
    expect(endpoint.requests).toHaveLength(4);
    expect(endpoint.requests[3]?.atMs).toBeGreaterThan(300_000);
    expect(endpoint.requests[3]?.atMs).toBeLessThanOrEqual(330_000);
  });

  it('to the end is HaloRateLimitError', async () => {
    const { endpoint, run, clock } = setUp([limited()]);
    expect(await run()).toMatchObject({
      name: 'HaloRateLimitError',
      code: 'HALO_RATE_LIMIT_EXHAUSTED',
      attempts: 4,
    });
    expect([endpoint.requests.length, clock.pending()]).toEqual([4, 0]);
  });

  it.each(['331', '9999999999', '2147484'])(
    'with a wait of %s s is HaloRateLimitError at once',
    async (seconds) => {
      const { run, clock, warn } = setUp([limited({ 'retry-after': seconds })]);
      expect(await run()).toMatchObject({
        code: 'HALO_RATE_LIMIT_WAIT_TOO_LONG',
        status: 429,
        retryAfterMs: Number(seconds) * 1000,
      });
      expect(clock.monotonicMs()).toBe(0);
      expect(warn).not.toHaveBeenCalled();
    },
  );

  it('waits in sum no longer than maxRateLimitWaitMs', async () => {
    const { endpoint, run } = setUp([limited({ 'retry-after': '6' })], { maxRateLimitWaitMs: 10_000 });
    expect(await run()).toMatchObject({ code: 'HALO_RATE_LIMIT_WAIT_TOO_LONG', attempts: 2 });
    expect(endpoint.requests.map(({ atMs }) => atMs)).toEqual([0, 6000]);
    const never = setUp([limited()], { maxRateLimitWaitMs: 0 });
    expect(await never.run()).toMatchObject({ code: 'HALO_RATE_LIMIT_EXHAUSTED', attempts: 1 });
  });

  it('waits outside the 30 s, which go on afterwards', async () => {
    const { run } = setUp([limited({ 'retry-after': '100' }), 'hang']);
    expect(await run()).toMatchObject({ code: 'HALO_TIMEOUT_TOKEN', elapsedMs: 130_000, attempts: 3 });
  });

  it('a short wait is not worth a warning', async () => {
    const { run, warn } = setUp([limited({ 'retry-after': '0' }), limited({ 'retry-after': '1' }), ok]);
    expect(await run()).toMatchObject({ token: TOKEN });
    expect(warn).not.toHaveBeenCalled();
  });
});

describe('a redirect is never followed', () => {
  it.each([301, 302, 303, 307, 308])('%s is HaloRedirectError, and names the origin only', async (status) => {
    const location = `https://user:${encodeURIComponent(SECRET)}@evil.test/steal?secret=${SECRET}`;
    const { endpoint, run } = setUp([answer(status, '', { location })]);
    const error = await run();
    expect(error).toMatchObject({
      name: 'HaloRedirectError',
      status,
      targetOrigin: 'https://evil.test',
      attempts: 1,
    });
    expect(endpoint.requests).toHaveLength(1);
    expect(findLeaks(error, [SECRET])).toEqual([]);
  });

  it('to the same origin, or to nowhere', async () => {
    const same = await setUp([answer(302, '', { location: '/login' })]).run();
    expect(same).toMatchObject({ targetOrigin: 'https://acme.halopsa.com' });
    expect(await setUp([answer(302, '')]).run()).toMatchObject({ targetOrigin: undefined });
  });
});

describe('a secret that the server echoes', () => {
  it.each([
    [
      'in the request id',
      answer(
        400,
        { error: 'invalid_client' },
        { 'content-type': 'application/json', 'x-request-id': SECRET },
      ),
    ],
    ['in the description', answer(400, { error: 'invalid_client', error_description: SECRET })],
    ['in the page', answer(403, `<html>${SECRET}</html>`, { 'content-type': 'text/html' })],
    ['in the redirect', answer(307, '', { location: `https://${SECRET.replace(/[/+]/g, '')}.test` })],
  ])('%s is not repeated', async (_, reply) => {
    const error = await setUp([reply]).run();
    expect(findLeaks(error, [SECRET])).toEqual([]);
  });

  it('keeps the request id for support', async () => {
    const reply = answer(401, '', { 'x-request-id': '0HN7-42' });
    const error = await setUp([reply]).run();
    expect(error).toMatchObject({ requestId: '0HN7-42' });
    expect((error as Error).message).toContain('request 0HN7-42');
  });
});
