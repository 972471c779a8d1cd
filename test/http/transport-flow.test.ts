import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { guardTokenProvider } from '../../src/auth/guard-token-provider.ts';
import type { TokenProvider } from '../../src/auth/token-provider.ts';
import { path } from '../../src/http/path.ts';
import { createRateBudgetWith } from '../../src/http/rate-budget.ts';
import type { CallOptions, HaloRequest } from '../../src/http/request.ts';
import { findLeaks } from '../support/canary.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import {
  API_URL,
  CANARIES,
  createClient,
  failureOf,
  fakeFetch,
  fetchFailed,
  json,
  readClient,
  setup,
  status,
  TOKEN,
} from './transport-setup.ts';

const RATE_LIMITED = 'Rate Limit Reached - 300 Requests per rolling 5 minute window';
const limited = (headers: Record<string, string> = {}) =>
  new Response(RATE_LIMITED, { status: 429, headers });
const stalled = () => new Promise<Response>(() => {});
/** A good status, and a body that never ends. */
const stalledBody = () =>
  new Response(new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(8)) }));

describe('a request as it leaves', () => {
  it('is a string and plain values, so that any fetch takes it', async () => {
    const { fetch, calls } = fakeFetch(json({ id: 1 }));
    const { transport } = setup(fetch);
    await transport.send({ ...createClient, query: { includedetails: true, gone: undefined } });
    expect(calls).toEqual([
      {
        url: `${API_URL}/Client?includedetails=true`,
        init: {
          method: 'POST',
          headers: {
            accept: 'application/json',
            authorization: `Bearer ${TOKEN}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify([{ name: CANARIES.row }]),
          redirect: 'manual',
          signal: expect.any(AbortSignal),
        },
      },
    ]);
    await transport.send(readClient);
    expect(calls[1]?.init).not.toHaveProperty('body');
    expect(calls[1]?.init.headers).not.toHaveProperty('content-type');
  });

  it('arms no timer but those of the clock: a limit of somebody else would end a slow answer', async () => {
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const { transport } = setup(fakeFetch(json({ id: 42 })).fetch);
    await transport.send(readClient);
    expect(timers).not.toHaveBeenCalled();
    timers.mockRestore();
  });

  it('uses the global fetch of the moment where none is given', async () => {
    const original = globalThis.fetch;
    const { fetch, calls } = fakeFetch(json({ id: 1 }));
    const { transport } = setup(undefined);
    globalThis.fetch = fetch as typeof globalThis.fetch;
    try {
      await transport.send(readClient);
    } finally {
      globalThis.fetch = original;
    }
    expect(calls).toHaveLength(1);
  });

  it.each<[string, Partial<HaloRequest>, string]>([
    ['a path to another host', { path: { path: '@evil.test/x', template: '/x' } }, 'https://halo.example'],
    [
      'a path that lengthens the host',
      { path: { path: '.evil.test/x', template: '/x' } },
      'https://halo.example',
    ],
    ['a path that climbs', { path: { path: '/../auth/token', template: '/x' } }, API_URL],
    ['a path that climbs in disguise', { path: { path: '/%2e%2e/auth', template: '/x' } }, API_URL],
    ['a body of a read', { body: {} }, API_URL],
    ['a body that is a cycle', { method: 'POST', body: globalThis }, API_URL],
    ['a query with null', { query: { a: null as never } }, API_URL],
  ])('%s is a TypeError before anything happens', async (_, part, apiUrl) => {
    const { fetch, calls } = fakeFetch(json({}));
    const { transport, tokens } = setup(fetch, { apiUrl });
    await expect(transport.send({ ...readClient, ...part })).rejects.toBeInstanceOf(TypeError);
    expect([calls.length, tokens.asked.length]).toEqual([0, 0]);
  });

  it.each<CallOptions>([
    { timeoutMs: 0 },
    { timeoutMs: -1 },
    { timeoutMs: Number.NaN },
    { timeoutMs: '5' as never },
    { maxRetries: -1 },
    { maxRetries: 1.5 },
    { maxRetries: Number.POSITIVE_INFINITY },
  ])('options %j are a TypeError', async (options) => {
    await expect(setup(fakeFetch(json({})).fetch).transport.send(readClient, options)).rejects.toBeInstanceOf(
      TypeError,
    );
  });
});

describe('a 401', () => {
  it('is answered with a new token and one resend, for a read and for a create', async () => {
    for (const request of [readClient, createClient]) {
      const { fetch, calls } = fakeFetch(status(401), json({ id: 1 }));
      const { transport, tokens } = setup(fetch);
      expect(await transport.send(request, { maxRetries: 0 })).toMatchObject({ value: { id: 1 } });
      const sent = calls.map((call) => (call.init.headers as Record<string, string>).authorization);
      expect(sent).toEqual([`Bearer ${TOKEN}`, `Bearer ${TOKEN}-1`]);
      expect(tokens.asked).toEqual([undefined, TOKEN, undefined]);
    }
  });

  it('with a fresh token is a matter of rights, with both readings in the hint', async () => {
    const { fetch, calls } = fakeFetch(status(401));
    const { clock, transport } = setup(fetch);
    const error = await failureOf(clock, transport.send(readClient));
    expect(error).toMatchObject({
      name: 'HaloPermissionError',
      code: 'HALO_PERMISSION_UNAUTHORIZED',
      attempts: 2,
    });
    expect(error.hint).toMatch(/right/);
    expect(error.hint).toMatch(/token/);
    expect(calls).toHaveLength(2);
  });

  it('is final at once where the provider stands by its token', async () => {
    const { fetch, calls } = fakeFetch(status(401));
    const tokenProvider: TokenProvider = { getToken: async () => ({ token: TOKEN, expiresAtMs: 1 }) };
    const { clock, transport } = setup(fetch, { tokenProvider });
    expect(await failureOf(clock, transport.send(createClient))).toMatchObject({
      code: 'HALO_PERMISSION_UNAUTHORIZED',
      attempts: 1,
    });
    expect(calls).toHaveLength(1);
  });

  it('makes one new token for 100 calls that carried the same one', async () => {
    const { fetch, calls } = fakeFetch(({ init }) => {
      const { authorization } = init.headers as Record<string, string>;
      return authorization === `Bearer ${TOKEN}` ? status(401) : json({ id: 1 });
    });
    const { clock, transport, tokens } = setup(fetch);
    await clock.settle(Promise.all(Array.from({ length: 100 }, () => transport.send(readClient))));
    expect(calls).toHaveLength(200);
    expect(await tokens.getToken()).toMatchObject({ token: `${TOKEN}-1` });
  });
});

describe('a token that cannot be had', () => {
  it.each<[string, TokenProvider['getToken']]>([
    ['a provider that rejects', () => Promise.reject(new Error(`denied ${CANARIES.clientSecret}`))],
    [
      'a provider that throws',
      () => {
        throw new Error('sync');
      },
    ],
    ['nothing', async () => undefined as never],
    ['an empty token', async () => ({ token: '', expiresAtMs: 1 })],
    ['a token with a line break', async () => ({ token: `${TOKEN}\r\nx: y`, expiresAtMs: 1 })],
  ])('%s: nothing is sent, nothing is shown, no slot stays taken', async (_, getToken) => {
    const { fetch, calls } = fakeFetch(json({}));
    const { clock, transport } = setup(fetch, { tokenProvider: guardTokenProvider({ getToken }) });
    const error = await failureOf(clock, transport.send(createClient));
    expect(error).toMatchObject({ name: 'HaloAuthError', code: 'HALO_AUTH_PROVIDER', attempts: 0 });
    expect(findLeaks(error, [TOKEN, CANARIES.clientSecret])).toEqual([]);
    expect(calls).toHaveLength(0);
    expect(transport.budget()).toMatchObject({ inFlight: 0, used: 0 });
  });

  it('keeps an error of this package as it is', async () => {
    const first = setup(fakeFetch(status(403)).fetch);
    const forbidden = await failureOf(first.clock, first.transport.send(readClient));
    const { clock, transport } = setup(fakeFetch(json({})).fetch, {
      tokenProvider: { getToken: () => Promise.reject(forbidden) },
    });
    expect(await failureOf(clock, transport.send(readClient))).toBe(forbidden);
  });

  it('ends with the deadline when the provider hangs', async () => {
    const { clock, transport } = setup(fakeFetch(json({})).fetch, {
      tokenProvider: { getToken: () => new Promise(() => {}) },
    });
    const error = await failureOf(clock, transport.send(createClient));
    expect(error).toMatchObject({
      code: 'HALO_TIMEOUT_TOKEN',
      timeoutMs: 60_000,
      elapsedMs: 60_000,
      attempts: 0,
    });
    expect(clock.pending()).toBe(0);
  });
});

describe('a 429', () => {
  it('is waited out for a read and for a create, without counting as a resend', async () => {
    for (const request of [readClient, createClient]) {
      const { fetch, calls } = fakeFetch(limited(), limited(), limited(), limited(), json({ id: 1 }));
      const { clock, transport } = setup(fetch);
      await clock.settle(transport.send(request, { maxRetries: 0 }));
      expect(calls).toHaveLength(5);
      expect(clock.monotonicMs()).toBe(75_000);
    }
  });

  it.each([
    ['0', 0],
    ['1', 1000],
    ['59', 59_000],
    ['30 ', 30_000],
  ])('with Retry-After %j waits exactly that long', async (value, waitMs) => {
    const { clock, transport } = setup(fakeFetch(limited({ 'retry-after': value }), json({})).fetch);
    await clock.settle(transport.send(readClient));
    expect(clock.monotonicMs()).toBe(waitMs);
  });

  it.each(['9999999999', '2147484', '331'])('with Retry-After %s is an error at once', async (value) => {
    const { fetch, calls } = fakeFetch(limited({ 'retry-after': value }), json({}));
    const { clock, transport } = setup(fetch);
    const error = await failureOf(clock, transport.send(createClient));
    expect(error).toMatchObject({
      code: 'HALO_RATE_LIMIT_WAIT_TOO_LONG',
      status: 429,
      retryAfterMs: Number(value) * 1000,
      retryable: true,
    });
    expect([calls.length, clock.monotonicMs(), clock.pending()]).toEqual([1, 0, 0]);
  });

  it("that never ends is an error after maxRateLimitWaitMs, not before Halo's window has passed", async () => {
    const { fetch, calls } = fakeFetch(() => limited());
    const { clock, transport } = setup(fetch);
    const error = await failureOf(clock, transport.send(readClient));
    expect(error).toMatchObject({ code: 'HALO_RATE_LIMIT_EXHAUSTED', status: 429, attempts: 9 });
    expect(clock.monotonicMs()).toBeGreaterThan(300_000);
    expect(clock.monotonicMs()).toBeLessThanOrEqual(330_000);
    expect(calls).toHaveLength(9);
  });

  it('teaches the budget the limit that its text states', async () => {
    const rateBudget = (clock = createVirtualClock()) => ({
      clock,
      rateBudget: createRateBudgetWith({ requests: 700 }, clock),
    });
    const { clock, transport } = setup(fakeFetch(limited(), json({})).fetch, rateBudget());
    await clock.settle(transport.send(readClient));
    expect(transport.budget()).toMatchObject({
      requests: 300,
      windowMs: 300_000,
      capacity: 270,
      closed: false,
    });
  });

  it('does not use up the deadline of the call', async () => {
    const { clock, transport } = setup(fakeFetch(limited({ 'retry-after': '300' }), json({ id: 1 })).fetch);
    expect(await clock.settle(transport.send(readClient, { timeoutMs: 1000 }))).toMatchObject({
      value: { id: 1 },
    });
  });

  it('pauses every other caller of the client: 50 calls cost one request more', async () => {
    const { fetch, calls } = fakeFetch(limited({ 'retry-after': '10' }), () => json({}));
    const clock = createVirtualClock();
    const rateBudget = createRateBudgetWith({ concurrency: 1 }, clock);
    const { transport } = setup(fetch, { clock, rateBudget });
    await clock.settle(Promise.all(Array.from({ length: 50 }, () => transport.send(readClient))));
    expect(calls).toHaveLength(51);
    expect(clock.monotonicMs()).toBe(10_000);
  });

  it('that would exceed the queue or the wait says so without sending', async () => {
    const clock = createVirtualClock();
    const rateBudget = createRateBudgetWith({ requests: 1, share: 1, maxQueue: 0 }, clock);
    const { fetch, calls } = fakeFetch(() => json({}));
    const { transport } = setup(fetch, { clock, rateBudget });
    await transport.send(readClient);
    expect(await failureOf(clock, transport.send(readClient))).toMatchObject({
      code: 'HALO_RATE_LIMIT_QUEUE_FULL',
      attempts: 0,
    });
    const patient = setup(fetch, {
      clock,
      rateBudget: createRateBudgetWith({ requests: 1, share: 1 }, clock),
      maxRateLimitWaitMs: 1000,
    });
    await patient.transport.send(readClient);
    expect(await failureOf(clock, patient.transport.send(readClient))).toMatchObject({
      code: 'HALO_RATE_LIMIT_WAIT_TOO_LONG',
      retryAfterMs: 300_000,
      status: undefined,
    });
    expect(calls).toHaveLength(2);
  });
});

describe('resends and the deadline', () => {
  it('sends a call again before those that have not been sent yet', async () => {
    const clock = createVirtualClock();
    clock.setRandom(0);
    const rateBudget = createRateBudgetWith({ concurrency: 1, maxQueue: 3 }, clock);
    const slowly = () => new Promise<Response>((resolve) => void clock.schedule(10, () => resolve(json({}))));
    const { fetch, calls } = fakeFetch(status(503), slowly);
    const { transport } = setup(fetch, { clock, rateBudget });
    const ids = [1, 2, 3, 4];
    const all = ids.map((id) => transport.send({ ...readClient, path: path`/Client/${id}` }));
    await clock.settle(Promise.all(all));
    // The second call was let through while the first one paused; the others had to wait for both.
    expect(calls.map((call) => call.url.at(-1))).toEqual(['1', '2', '1', '3', '4']);
  });

  it('recovers a read from resets and 5xx, with jittered pauses between 0 and 0.5, then 1 s', async () => {
    const { fetch, calls } = fakeFetch(fetchFailed('ECONNRESET'), status(502), json({ id: 1 }));
    const clock = createVirtualClock();
    clock.setRandom(0.5);
    const { transport } = setup(fetch, { clock });
    expect(await clock.settle(transport.send(readClient))).toMatchObject({
      value: { id: 1 },
      context: { attempts: 3 },
    });
    expect([calls.length, clock.monotonicMs()]).toEqual([3, 750]);
  });

  it('follows Retry-After of a 503 to the millisecond', async () => {
    const { clock, transport } = setup(fakeFetch(status(503, { 'retry-after': '20' }), json({})).fetch);
    await clock.settle(transport.send(readClient));
    expect(clock.monotonicMs()).toBe(20_000);
  });

  it('fails at once when the server asks for a longer pause than the deadline leaves', async () => {
    const { clock, transport } = setup(fakeFetch(status(503, { 'retry-after': '61' })).fetch);
    const error = await failureOf(clock, transport.send(readClient));
    expect(error).toMatchObject({ code: 'HALO_TIMEOUT_TOTAL', status: 503, timeoutMs: 60_000, attempts: 1 });
    expect(clock.monotonicMs()).toBe(0);
  });

  it('gives up with the failure itself when its own pause would not fit', async () => {
    const clock = createVirtualClock();
    clock.setRandom(0.99);
    const { transport } = setup(fakeFetch(status(503)).fetch, { clock });
    expect(await failureOf(clock, transport.send(readClient, { timeoutMs: 400 }))).toMatchObject({
      code: 'HALO_SERVER_FAILED',
      attempts: 1,
    });
  });

  it('ends an attempt after 30 s and the call after 60 s, whatever hangs', async () => {
    for (const [answer, code] of [
      [stalled, 'HALO_TIMEOUT_HEADERS'],
      [stalledBody, 'HALO_TIMEOUT_BODY'],
    ] as const) {
      const { fetch, calls } = fakeFetch(answer);
      const { clock, transport } = setup(fetch);
      const error = await failureOf(clock, transport.send(readClient));
      expect(error).toMatchObject({ code, timeoutMs: 60_000, attempts: 2, elapsedMs: 60_000 });
      expect(calls.map((call) => call.init.signal?.aborted)).toEqual([true, true]);
      expect(clock.pending()).toBe(0);
    }
  });

  it('tells that the outcome of a write that timed out is unknown', async () => {
    for (const answer of [stalled, stalledBody]) {
      const { fetch, calls } = fakeFetch(answer);
      const { clock, transport } = setup(fetch);
      expect(await failureOf(clock, transport.send(createClient, { timeoutMs: 5000 }))).toMatchObject({
        code: 'HALO_WRITE_UNCERTAIN',
      });
      expect([calls.length, clock.monotonicMs()]).toEqual([1, 5000]);
    }
  });

  it('never overruns its deadline under random faults', async () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const clock = createVirtualClock({ seed });
      const wait = (ms: number) => new Promise<void>((resolve) => void clock.schedule(ms, resolve));
      const { transport } = setup(
        async () => {
          await wait(clock.random() * 20_000);
          if (clock.random() < 0.4) throw fetchFailed('ECONNRESET');
          return clock.random() < 0.7 ? status(503) : stalledBody();
        },
        { clock },
      );
      const timeoutMs = 1 + Math.floor(clock.random() * 50_000);
      await failureOf(clock, transport.send(readClient, { timeoutMs, maxRetries: 10 }));
      expect(clock.monotonicMs()).toBeLessThanOrEqual(timeoutMs);
    }
  });

  it('does not amplify an outage: 1,000 reads against a dead server make 1,020 requests', async () => {
    const { fetch, calls } = fakeFetch(fetchFailed('ECONNREFUSED'));
    const clock = createVirtualClock();
    clock.setRandom(0.01);
    const rateBudget = createRateBudgetWith({ requests: Number.POSITIVE_INFINITY, concurrency: 1000 }, clock);
    const { transport } = setup(fetch, { clock, rateBudget });
    await clock.settle(Promise.allSettled(Array.from({ length: 1000 }, () => transport.send(readClient))));
    expect(calls).toHaveLength(1020);
  });
});

describe('an abort', () => {
  it('before the call begins nothing: no token is taken or renewed, no slot used', async () => {
    const readyToken = vi.fn(() => undefined);
    const { fetch, calls } = fakeFetch(json({}));
    const tokenProvider = { getToken: vi.fn(() => new Promise<never>(() => {})), readyToken };
    const { transport, rateBudget } = setup(fetch, { tokenProvider });
    const aborted = transport.send(readClient, { signal: AbortSignal.abort('reason') });
    expect(rateBudget.snapshot()).toMatchObject({ inFlight: 0, used: 0 });
    await expect(aborted).rejects.toBe('reason');
    expect(readyToken).not.toHaveBeenCalled();
    expect(tokenProvider.getToken).not.toHaveBeenCalled();
    expect(calls).toHaveLength(0);
  });

  const places: readonly [string, (controller: AbortController) => Parameters<typeof setup>][] = [
    [
      'before the call',
      (controller) => {
        controller.abort('reason');
        return [fakeFetch(json({})).fetch];
      },
    ],
    [
      'while waiting for the token',
      () => [fakeFetch(json({})).fetch, { tokenProvider: { getToken: () => new Promise(() => {}) } }],
    ],
    ['while waiting for an answer', () => [fakeFetch(stalled).fetch]],
    ['while reading the body', () => [fakeFetch(stalledBody).fetch]],
    ['while pausing', () => [fakeFetch(status(503, { 'retry-after': '12' })).fetch]],
    ['while waiting after a 429', () => [fakeFetch(() => limited({ 'retry-after': '12' })).fetch]],
  ];

  it.each(places)('%s rejects with the reason itself and leaves nothing behind', async (_, arrange) => {
    for (const request of [readClient, createClient]) {
      const controller = new AbortController();
      const reason = 'reason';
      const [fetch, options] = arrange(controller);
      const { clock, transport } = setup(fetch, options);
      const outcome = transport.send(request, { signal: controller.signal }).then(
        () => 'succeeded',
        (error) => error,
      );
      await clock.advance(10);
      controller.abort(reason);
      // A create whose answer was 503 has failed by then: nothing is left to abort.
      const result = await outcome;
      if (result !== reason) expect(result).toMatchObject({ code: 'HALO_WRITE_UNCERTAIN', status: 503 });
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
      expect(clock.pending()).toBe(0);
      expect(transport.budget()).toMatchObject({ inFlight: 0, queued: 0 });
    }
  });

  it('in the queue of the budget frees the place', async () => {
    const clock = createVirtualClock();
    const rateBudget = createRateBudgetWith({ requests: 1, share: 1 }, clock);
    const { fetch, calls } = fakeFetch(() => json({}));
    const { transport } = setup(fetch, { clock, rateBudget });
    await transport.send(readClient);
    const controller = new AbortController();
    const reason = new Error('enough');
    const waiting = expect(transport.send(readClient, { signal: controller.signal })).rejects.toBe(reason);
    await clock.advance(10);
    controller.abort(reason);
    await waiting;
    expect([transport.budget().queued, clock.pending(), calls.length]).toEqual([0, 0, 1]);
  });

  it('leaves no listener on a signal that 300 calls shared', async () => {
    const { signal } = new AbortController();
    const { clock, transport } = setup(fakeFetch(() => json({})).fetch);
    await clock.settle(
      Promise.all(Array.from({ length: 300 }, () => transport.send(readClient, { signal }))),
    );
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('closing a transport', () => {
  it('ends reads in flight with a code of its own, and writes as uncertain', async () => {
    const { clock, transport } = setup(fakeFetch(stalled).fetch);
    const results = Promise.allSettled([transport.send(readClient), transport.send(createClient)]);
    await clock.advance(10);
    await transport.close();
    expect(await results).toMatchObject([
      { reason: { code: 'HALO_NETWORK_CLOSED' } },
      { reason: { code: 'HALO_WRITE_UNCERTAIN' } },
    ]);
    expect(clock.pending()).toBe(0);
  });

  it('ends calls that wait, and refuses further ones without sending', async () => {
    const { fetch, calls } = fakeFetch(() => limited());
    const { clock, transport } = setup(fetch);
    const waiting = transport.send(createClient).catch((error: unknown) => error);
    await clock.advance(1);
    await transport.close();
    await transport.close();
    expect(await waiting).toMatchObject({ code: 'HALO_NETWORK_CLOSED' });
    expect(await failureOf(clock, transport.send(readClient))).toMatchObject({
      code: 'HALO_NETWORK_CLOSED',
      attempts: 0,
    });
    expect([calls.length, clock.pending()]).toEqual([1, 0]);
  });

  it('happens by itself at the end of an `await using` block', async () => {
    const { clock, transport } = setup(fakeFetch(() => json({})).fetch);
    {
      await using scoped = transport;
      await scoped.send(readClient);
    }
    expect(await failureOf(clock, transport.send(readClient))).toMatchObject({ code: 'HALO_NETWORK_CLOSED' });
  });
});

describe('what the client says about its work', () => {
  const tour = () =>
    fakeFetch(
      fetchFailed('ECONNRESET'),
      status(401, { 'x-request-id': 'req-1' }),
      limited({ 'retry-after': '2' }),
      json([{ name: CANARIES.row }], 200, { 'x-request-id': 'req-2' }),
    );
  const request: HaloRequest = {
    method: 'GET',
    path: path`/Client/${42}`,
    effect: 'read',
    query: { search: CANARIES.query },
  };

  it('goes to the logger: template instead of path, no query, no row, no token; long waits as warnings', async () => {
    const { clock, transport, lines } = setup(tour().fetch);
    await clock.settle(transport.send(request));
    const brief = lines.map((line) => {
      const { level, message, fields } = line as {
        level: string;
        message: string;
        fields: Record<string, unknown>;
      };
      return [level, message, fields.path, fields.status ?? fields.reason];
    });
    expect(brief).toEqual([
      ['debug', 'New Halo access token', undefined, undefined],
      ['debug', 'Halo request', '/Client/{id}', 'network'],
      ['info', 'Halo request will be sent again', '/Client/{id}', 'network'],
      ['debug', 'Halo request', '/Client/{id}', 401],
      ['debug', 'New Halo access token', undefined, undefined],
      ['info', 'Halo request will be sent again', '/Client/{id}', 'unauthorized'],
      ['debug', 'Halo request', '/Client/{id}', 429],
      ['warn', 'Waiting for the Halo rate limit', '/Client/{id}', 'rate-limit'],
      ['debug', 'Halo request', '/Client/{id}', 200],
    ]);
    expect(findLeaks(lines, Object.values(CANARIES))).toEqual([]);
  });

  it('goes to the diagnostics channel while someone listens', async () => {
    const heard: unknown[] = [];
    const listener = (message: unknown) => void heard.push(message);
    subscribe('halo-psa', listener);
    const { clock, transport } = setup(tour().fetch, { logger: undefined });
    clock.setRandom(0.5);
    try {
      await clock.settle(transport.send(request));
    } finally {
      unsubscribe('halo-psa', listener);
    }
    expect(heard.map((message) => (message as { name: string }).name)).toEqual([
      'token',
      'request',
      'retry',
      'request',
      'token',
      'retry',
      'request',
      'wait',
      'request',
    ]);
    expect(heard.at(-2)).toEqual({
      name: 'wait',
      method: 'GET',
      path: '/Client/{id}',
      attempt: 3,
      reason: 'rate-limit',
      waitMs: 2000,
      queued: 1,
      untilMs: clock.nowMs(),
    });
    expect(heard.at(-1)).toMatchObject({ status: 200, attempt: 4, requestId: 'req-2', ms: 0 });
    expect(findLeaks(heard, Object.values(CANARIES))).toEqual([]);
    await transport.send(request);
    expect(heard).toHaveLength(9);
  });

  it('survives a logger that throws, and one that takes a single level', async () => {
    const broken = () => {
      throw new Error('disk full');
    };
    const logger = { debug: broken, info: broken, warn: broken };
    const { clock, transport } = setup(tour().fetch, { logger });
    expect(await clock.settle(transport.send(request))).toMatchObject({ context: { status: 200 } });
    const seen: string[] = [];
    const second = setup(tour().fetch, { logger: { warn: (message) => void seen.push(message) } });
    await second.clock.settle(second.transport.send(request));
    expect(seen).toEqual(['Waiting for the Halo rate limit']);
  });
});
