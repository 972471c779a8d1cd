import { describe, expect, it } from 'vitest';
import { createFakeHalo } from '../../src/testing/index.ts';
import { addressesOf, askForToken, read, signIn } from './session.ts';

const fiveMinutesMs = 300_000;

describe('the rate limit of the fake Halo', () => {
  it('refuses with the text of a real one, without Retry-After, until the window has moved on', async () => {
    let nowMs = 0;
    const fake = createFakeHalo({ rateLimit: { requests: 3, windowMs: fiveMinutesMs }, now: () => nowMs });
    const { get } = await signIn(fake);
    await get('Team');
    nowMs = 1000;
    await get('Team');
    const { status, text, headers } = await get('Team');
    expect([status, text]).toEqual([429, 'Rate Limit Reached - 3 Requests per rolling 5 minute window']);
    expect(headers.get('retry-after')).toBeNull();
    nowMs = fiveMinutesMs - 1;
    expect((await get('Team')).status).toBe(429);
    nowMs = fiveMinutesMs;
    // The token request and the first call have left the window; the second call has not.
    expect([(await get('Team')).status, (await get('Team')).status, (await get('Team')).status]).toEqual([
      200, 200, 429,
    ]);
  });

  it.each([
    ['seconds' as const, '300'],
    ['date' as const, 'Thu, 01 Jan 1970 00:05:00 GMT'],
  ])('says when to come back in %s where it is told to', async (retryAfter, expected) => {
    const fake = createFakeHalo({
      rateLimit: { requests: 1, windowMs: fiveMinutesMs, retryAfter, asJson: true },
      now: () => 0,
    });
    await askForToken(fake);
    const { status, headers, body } = await askForToken(fake);
    expect([status, headers.get('retry-after')]).toEqual([429, expected]);
    expect(body).toBe('Rate Limit Reached - 1 Requests per rolling 5 minute window');
  });
});

describe('faults of the fake Halo', () => {
  it('strike in line, each the requests that it matches', async () => {
    const fake = createFakeHalo();
    const { get } = await signIn(fake);
    fake.enqueueFault({ path: '/team', status: 503, times: 2, headers: { 'retry-after': '7' } });
    fake.enqueueFault({ path: /Client$/, status: 400, body: 'Parameter client_id must be included' });
    expect((await get('Agent')).status).toBe(200);
    const first = await get('Team');
    expect([first.status, first.text, first.headers.get('retry-after')]).toEqual([503, '', '7']);
    expect((await get('Client')).text).toBe('Parameter client_id must be included');
    expect([(await get('Team')).status, (await get('Team')).status]).toEqual([503, 200]);
  });

  it('send anything but a string as JSON', async () => {
    const fake = createFakeHalo();
    const { get } = await signIn(fake);
    fake.enqueueFault({ status: 400, body: { Message: 'No' } });
    expect((await get('Team')).body).toEqual({ Message: 'No' });
  });

  it('fail a connection as fetch does, before or after the request was handled', async () => {
    const fake = createFakeHalo();
    const { post } = await signIn(fake);
    fake.enqueueFault({ method: 'post', networkError: 'ECONNRESET' });
    fake.enqueueFault({ method: 'POST', networkError: 'ECONNRESET', processed: true });
    await expect(post('Team', [{ name: 'Lost' }])).rejects.toMatchObject({
      message: 'fetch failed',
      cause: { code: 'ECONNRESET' },
    });
    expect(fake.tables.teams.size).toBe(0);
    await expect(post('Team', [{ name: 'Kept' }])).rejects.toBeInstanceOf(TypeError);
    expect(fake.tables.teams.all()).toMatchObject([{ name: 'Kept' }]);
    expect(fake.requests.at(-1)).toMatchObject({ method: 'POST', status: null });
  });

  it('wait for what they are told to wait for, and end when the caller aborts', async () => {
    const fake = createFakeHalo();
    const { call } = await signIn(fake);
    fake.enqueueFault({ until: new Promise(() => {}) });
    const controller = new AbortController();
    const pending = call('Team', { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(pending).rejects.toThrow('enough');
    await expect(call('Team', { signal: controller.signal })).rejects.toThrow('enough');
  });
});

describe('switches of the fake Halo for a connection that does not work', () => {
  it.each([
    ['api', { token: 'json', api: 'html' }],
    ['auth', { token: 'html', api: 'json' }],
    ['all', { token: 'html', api: 'html' }],
  ] as const)('answer %s with a page for people', async (htmlPage, expected) => {
    const fake = createFakeHalo({ htmlPage });
    const kindOf = async (url: string, method: string) => {
      const { headers } = await fake.fetch(url, { method });
      return headers.get('content-type')?.includes('html') ? 'html' : 'json';
    };
    expect(await kindOf(addressesOf(fake).token, 'POST')).toBe(expected.token);
    expect(await kindOf(`${addressesOf(fake).api}authinfo`, 'GET')).toBe(expected.api);
  });

  it('have the token at /token where the authorisation server has no path', async () => {
    const fake = createFakeHalo({ authServer: 'https://acme.halopsa.example' });
    expect(fake.config).toMatchObject({ authServer: 'https://acme.halopsa.example' });
    expect((await askForToken(fake)).status).toBe(200);
    expect((await (await signIn(fake)).get('Team')).status).toBe(200);
    const wrong = await askForToken(fake, {}, 'https://acme.halopsa.example/auth/token');
    expect(wrong.headers.get('content-type')).toContain('text/html');
  });

  it.each([
    ['page', 200],
    ['not-found', 404],
    ['redirect', 302],
  ] as const)('answer a path outside of Halo with a %s', async (strayRequests, status) => {
    const fake = createFakeHalo({ strayRequests });
    const url = 'https://acme.halopsa.example/token';
    const response = await fake.fetch(url, { method: 'POST', redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([
      status,
      status === 302 ? 'https://acme.halopsa.example/portal' : null,
    ]);
  });

  it('treat a redirect as the request says', async () => {
    const fake = createFakeHalo();
    fake.enqueueFault({ path: '/Team', status: 302, headers: { location: '/portal' } });
    fake.enqueueFault({ path: '/Team', status: 302, headers: { location: '/portal' } });
    const url = `${addressesOf(fake).api}Team`;
    await expect(fake.fetch(url, { redirect: 'error' })).rejects.toThrow('fetch failed');
    expect((await read(await fake.fetch(url))).headers.get('content-type')).toContain('text/html');
  });

  it.each(['ECONNREFUSED', 'CERT_HAS_EXPIRED'])('fail every connection with %s', async (code) => {
    const fake = createFakeHalo({ unreachable: code });
    await expect(askForToken(fake)).rejects.toMatchObject({ message: 'fetch failed', cause: { code } });
    fake.quirks.unreachable = null;
    expect((await askForToken(fake)).status).toBe(200);
  });

  it('do not resolve another host', async () => {
    const fake = createFakeHalo();
    await expect(fake.fetch('https://other.example/api/Team')).rejects.toMatchObject({
      cause: { code: 'ENOTFOUND' },
    });
    expect(fake.requests).toMatchObject([{ area: 'elsewhere', status: null }]);
  });

  it('run a hook before each answer and wait for it', async () => {
    const seen: string[] = [];
    const fake = createFakeHalo({
      teams: [{ name: 'One' }],
      beforeAnswer: async ({ method, path }) => {
        await Promise.resolve();
        seen.push(`${method} ${path}`);
        if (path.endsWith('/Team')) fake.tables.teams.set(1, { name: 'Changed between pages' });
      },
    });
    const { get } = await signIn(fake);
    expect((await get('Team')).body[0].name).toBe('Changed between pages');
    expect(seen).toEqual(['POST /auth/token', 'GET /api/Team']);
  });
});

describe('what would do nothing, or something else than was meant', () => {
  it.each([
    [{ mehtod: 'POST' }, "A fault has no 'mehtod'."],
    [{ times: 0 }, 'times of a fault'],
    [{ times: 1.5 }, 'times of a fault'],
    [{ status: '503' }, 'status of a fault'],
    [{ status: 101 }, 'status of a fault'],
  ])('is refused as a fault: %j', (fault, message) => {
    const fake = createFakeHalo();
    expect(() => fake.enqueueFault(fault as never)).toThrow(message);
  });

  it('is refused as a quirk, also while the fake runs', () => {
    const { quirks } = createFakeHalo();
    expect(() => Object.assign(quirks, { pagecap: 5 })).toThrow(TypeError);
    quirks.pageCap = 5;
    expect(quirks.pageCap).toBe(5);
  });

  it('is taken as a fault: one that strikes for ever', async () => {
    const fake = createFakeHalo();
    fake.enqueueFault({ path: 'token', times: Infinity });
    for (let call = 0; call < 3; call += 1) expect((await askForToken(fake)).status).toBe(500);
  });
});
