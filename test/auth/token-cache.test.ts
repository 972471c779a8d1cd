import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MintOptions } from '../../src/auth/mint-token.ts';
import { TokenCache } from '../../src/auth/token-cache.ts';
import { HaloAuthError, HaloNetworkError, HaloRateLimitError } from '../../src/errors.ts';
import { findLeaks } from '../support/canary.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

const HOUR_MS = 3_600_000;
const NO_ANSWER = new HaloNetworkError({ code: 'HALO_NETWORK_RESET', summary: 'x', hint: 'x' });
const WRONG_SECRET = new HaloAuthError({
  code: 'HALO_AUTH_INVALID_CLIENT',
  summary: 'x',
  hint: 'x',
  status: 401,
});

/** A cache over a function that mints `token-1`, `token-2` and so on, in the given way. */
function setUp({ lifetimeMs = HOUR_MS, latencyMs = 0, random = 0.5 } = {}) {
  const clock = createVirtualClock();
  clock.setRandom(random);
  const mints: (MintOptions & { atMs: number })[] = [];
  const behaviour = { lifetimeMs, latencyMs, failure: undefined as unknown };
  const mint = async (options: MintOptions) => {
    const number = mints.push({ ...options, atMs: clock.monotonicMs() });
    const { failure } = behaviour;
    const requested = { requestedAtMs: clock.nowMs(), requestedAtMonotonicMs: clock.monotonicMs() };
    if (behaviour.latencyMs > 0) await new Promise<void>((done) => clock.schedule(behaviour.latencyMs, done));
    if (failure !== undefined) throw failure;
    return { token: `token-${number}`, lifetimeMs: behaviour.lifetimeMs, ...requested };
  };
  const cache = new TokenCache({ mint, clock });
  const token = async () => (await cache.getToken()).token;
  return { clock, cache, mints, behaviour, token };
}

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeEach(() => process.on('unhandledRejection', note));
afterEach(async () => {
  await new Promise(setImmediate);
  process.off('unhandledRejection', note);
  expect(unhandled.splice(0)).toEqual([]);
});

describe('one exchange at a time', () => {
  it('10,000 concurrent first callers make exactly 1 exchange', async () => {
    const { cache, clock, mints } = setUp({ latencyMs: 200 });
    const calls = Promise.all(Array.from({ length: 10_000 }, () => cache.getToken()));
    const tokens = await clock.settle(calls);
    expect(new Set(tokens).size).toBe(1);
    expect(mints).toMatchObject([{ resend: true }]);
  });

  it('a failure is shared by those who waited, and the next call tries again', async () => {
    const { cache, behaviour, mints, token } = setUp();
    behaviour.failure = NO_ANSWER;
    const results = await Promise.allSettled([cache.getToken(), cache.getToken()]);
    expect(results).toEqual([
      { status: 'rejected', reason: NO_ANSWER },
      { status: 'rejected', reason: NO_ANSWER },
    ]);
    behaviour.failure = undefined;
    expect(await token()).toBe('token-2');
    expect(mints).toHaveLength(2);
  });

  it('a mint that throws at once is a rejection like any other', async () => {
    const clock = createVirtualClock();
    let calls = 0;
    const cache = new TokenCache({
      clock,
      mint: () => {
        calls += 1;
        throw NO_ANSWER;
      },
    });
    await expect(cache.getToken()).rejects.toBe(NO_ANSWER);
    await expect(cache.getToken()).rejects.toBe(NO_ANSWER);
    expect(calls).toBe(2);
  });
});

describe('abort', () => {
  it('of one of 100 waiters never cancels the others', async () => {
    const { cache, clock, mints } = setUp({ latencyMs: 200 });
    const controllers = Array.from({ length: 100 }, () => new AbortController());
    const calls = controllers.map(({ signal }) => cache.getToken({ signal }));
    const results = Promise.allSettled(calls);
    await clock.advance(100);
    controllers[0]?.abort('first');
    expect(await Promise.race([calls[0]?.catch((reason: unknown) => reason)])).toBe('first');
    const [first, ...others] = await clock.settle(results);
    expect(first).toEqual({ status: 'rejected', reason: 'first' });
    expect(others.every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(mints).toHaveLength(1);
  });

  it('of one waiter does not end what the others wait for; of the last one it does', async () => {
    const { cache, clock, mints } = setUp({ latencyMs: 200 });
    const [first, last] = [new AbortController(), new AbortController()];
    const calls = Promise.allSettled([first, last].map(({ signal }) => cache.getToken({ signal })));
    await clock.advance(100);
    first.abort('first');
    await clock.advance(1);
    expect(mints[0]?.abandoned?.aborted).toBe(false);
    last.abort('last');
    await calls;
    expect(mints[0]?.abandoned?.aborted).toBe(true);
  });

  it('of all 100 waiters leaves the next caller to succeed', async () => {
    const { cache, clock, mints } = setUp({ latencyMs: 200 });
    const controller = new AbortController();
    const calls = Array.from({ length: 100 }, () => cache.getToken({ signal: controller.signal }));
    const results = Promise.allSettled(calls);
    controller.abort('all');
    expect((await results).every((result) => result.status === 'rejected' && result.reason === 'all')).toBe(
      true,
    );
    expect(await clock.settle(cache.getToken())).toMatchObject({ token: 'token-1' });
    expect(mints).toHaveLength(1);
  });

  it('before the call makes no request, with a token in hand or not', async () => {
    const { cache, mints } = setUp();
    const signal = AbortSignal.abort('early');
    await expect(cache.getToken({ signal })).rejects.toBe('early');
    expect(mints).toHaveLength(0);
    await cache.getToken();
    await expect(cache.getToken({ signal })).rejects.toBe('early');
  });

  it('while a background refresh that a caller joined fails, ends that call only', async () => {
    const { cache, clock, behaviour, token } = setUp();
    await token();
    await clock.advance(HOUR_MS - 60_000);
    Object.assign(behaviour, { latencyMs: 55_000, failure: NO_ANSWER });
    await token();
    await clock.advance(52_000);
    const controller = new AbortController();
    const joined = cache.getToken({ signal: controller.signal }).catch((reason: unknown) => reason);
    await clock.advance(0);
    controller.abort('left');
    expect(await joined).toBe('left');
    await clock.advance(10_000);
  });

  it('leaves no listener on a long-lived signal', async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    for (let call = 0; call < 300; call += 1) {
      await setUp().cache.getToken({ signal });
    }
    expect(listeners).toBe(0);
  });
});

describe('a token by its age', () => {
  it('is returned at once while it is fresh, without a further exchange', async () => {
    const { clock, mints, token } = setUp();
    expect(await token()).toBe('token-1');
    await clock.advance(HOUR_MS - 120_001);
    expect(await token()).toBe('token-1');
    await clock.advance(0);
    expect(mints).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  it('is returned in its last 120 s and refreshed in the background, once', async () => {
    const { clock, mints, token, behaviour } = setUp();
    await token();
    await clock.advance(HOUR_MS - 120_000);
    behaviour.latencyMs = 500;
    expect(await Promise.all([token(), token()])).toEqual(['token-1', 'token-1']);
    await clock.advance(500);
    expect(await token()).toBe('token-2');
    expect(mints).toMatchObject([{ resend: true }, { resend: false }]);
  });

  it.each([
    [0, 132_000],
    [0.999999, 108_000],
  ])('the window shifts by up to 10 %% by chance: %s', async (random, windowMs) => {
    const { clock, mints, token } = setUp({ random });
    await token();
    await clock.advance(HOUR_MS - (240_000 - windowMs) - 1);
    await token();
    await clock.advance(0);
    expect(mints).toHaveLength(1);
    await clock.advance(2);
    await token();
    await clock.advance(0);
    expect(mints).toHaveLength(2);
  });

  it('of a short life is refreshed in its last fifth', async () => {
    const { clock, mints, token } = setUp({ lifetimeMs: 100_000 });
    await token();
    await clock.advance(79_999);
    await token();
    expect(mints).toHaveLength(1);
    await clock.advance(1);
    expect(await token()).toBe('token-1');
    await clock.advance(0);
    expect(await token()).toBe('token-2');
  });

  it('is waited for in its last 10 s', async () => {
    const { clock, mints, token } = setUp();
    await token();
    await clock.advance(HOUR_MS - 10_000);
    expect(await token()).toBe('token-2');
    expect(mints[1]).toMatchObject({ resend: true });
  });

  it('expires when its lifetime has passed since the request, whatever the latency was', async () => {
    const { clock, cache } = setUp({ latencyMs: 3000 });
    const startMs = clock.nowMs();
    expect(await clock.settle(cache.getToken())).toEqual({
      token: 'token-1',
      expiresAtMs: startMs + HOUR_MS,
    });
  });

  it('counts for at most 24 h', async () => {
    const { clock, cache, mints, token } = setUp({ lifetimeMs: 10 * 365 * 24 * HOUR_MS });
    expect((await cache.getToken()).expiresAtMs).toBe(clock.nowMs() + 24 * HOUR_MS);
    await clock.advance(24 * HOUR_MS - 10_000);
    expect(await token()).toBe('token-2');
    expect(mints).toHaveLength(2);
  });

  it.each([1000, 10, 0])(
    'of %s ms is used once and then replaced, at most once a second',
    async (lifetimeMs) => {
      const { clock, mints, token } = setUp({ lifetimeMs });
      for (let step = 0; step < 50; step += 1) {
        await token();
        await clock.advance(100);
      }
      const gaps = mints.slice(1).map(({ atMs }, index) => atMs - (mints[index]?.atMs ?? 0));
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(800);
      expect(mints.length).toBeGreaterThanOrEqual(5);
      expect(mints.length).toBeLessThanOrEqual(8);
    },
  );

  it('that is out of date when it arrives still serves those who waited', async () => {
    const { clock, cache, behaviour } = setUp({ lifetimeMs: 1000, latencyMs: 1500 });
    expect(await clock.settle(cache.getToken())).toMatchObject({ token: 'token-1' });
    behaviour.latencyMs = 0;
    expect(await cache.getToken()).toMatchObject({ token: 'token-2' });
  });
});

describe('clocks that jump', () => {
  it('a wall clock set back a day makes no token immortal', async () => {
    const { clock, mints, token } = setUp();
    await token();
    clock.jumpWallClock(-24 * HOUR_MS);
    expect(await token()).toBe('token-1');
    await clock.advance(HOUR_MS - 10_000);
    expect(await token()).toBe('token-2');
    expect(mints).toHaveLength(2);
  });

  it('a wall clock set forward a day costs one exchange', async () => {
    const { clock, mints, token } = setUp();
    await token();
    clock.jumpWallClock(24 * HOUR_MS);
    expect(await token()).toBe('token-2');
    expect(await token()).toBe('token-2');
    expect(mints).toHaveLength(2);
  });

  it('a suspended machine, whose monotonic clock stood still, wakes up to a new token', async () => {
    const { clock, token } = setUp();
    await token();
    clock.jumpWallClock(2 * HOUR_MS);
    expect(await token()).toBe('token-2');
  });
});

describe('a background refresh that fails', () => {
  it('for 90 s goes unnoticed, with at most 8 requests and 4 in any minute', async () => {
    const { clock, mints, token, behaviour } = setUp();
    await token();
    await clock.advance(HOUR_MS - 120_000);
    behaviour.failure = NO_ANSWER;
    const startMs = clock.monotonicMs();
    for (let second = 0; second < 110; second += 1) {
      if (clock.monotonicMs() - startMs >= 90_000) behaviour.failure = undefined;
      expect(await token()).toMatch(/^token-/);
      await clock.advance(1000);
    }
    expect(await token()).not.toBe('token-1');
    expect(mints.length - 1).toBeLessThanOrEqual(8);
    for (const { atMs } of mints.slice(1)) {
      expect(
        mints.filter((other) => other.atMs >= atMs && other.atMs < atMs + 60_000).length,
      ).toBeLessThanOrEqual(4);
    }
  });

  it.each([
    [0, [0, 1, 3, 7]],
    [0.5, [0, 0.75, 2.25, 5.25]],
  ])('is tried again after 1, 2, 4 s, less by chance (%s)', async (random, seconds) => {
    const { clock, mints, token, behaviour } = setUp({ random: 0.5 });
    await token();
    await clock.advance(HOUR_MS - 120_000);
    clock.setRandom(random);
    behaviour.failure = NO_ANSWER;
    const startMs = clock.monotonicMs();
    for (let step = 0; step < 40; step += 1) {
      await token();
      await clock.advance(250);
    }
    expect(mints.slice(1).map(({ atMs }) => (atMs - startMs) / 1000)).toEqual(seconds);
  });

  it('rests as long as a 429 asks', async () => {
    const { clock, mints, token, behaviour } = setUp();
    await token();
    await clock.advance(HOUR_MS - 120_000);
    behaviour.failure = new HaloRateLimitError({
      code: 'HALO_RATE_LIMIT_EXHAUSTED',
      summary: 'x',
      hint: 'x',
      retryAfterMs: 50_000,
    });
    for (let step = 0; step < 49; step += 1) {
      await token();
      await clock.advance(1000);
    }
    expect(mints).toHaveLength(2);
  });

  it('past the end of the token fails the call, and the next one tries again', async () => {
    const { clock, token, behaviour } = setUp();
    await token();
    await clock.advance(HOUR_MS - 60_000);
    behaviour.failure = NO_ANSWER;
    await token();
    await clock.advance(60_000);
    await expect(token()).rejects.toBe(NO_ANSWER);
    behaviour.failure = undefined;
    expect(await token()).toMatch(/^token-/);
  });

  it('while callers already wait for it is followed by a full exchange', async () => {
    const { clock, cache, mints, token, behaviour } = setUp();
    await token();
    await clock.advance(HOUR_MS - 12_000);
    Object.assign(behaviour, { latencyMs: 5000, failure: NO_ANSWER });
    await token();
    await clock.advance(3000);
    Object.assign(behaviour, { latencyMs: 0, failure: undefined });
    const [first, second] = await clock.settle(Promise.all([cache.getToken(), cache.getToken()]));
    expect([first?.token, second?.token]).toEqual(['token-3', 'token-3']);
    expect(mints.map(({ resend }) => resend)).toEqual([true, false, true]);
  });

  it('starts its back-off anew after a success', async () => {
    const { clock, mints, token, behaviour } = setUp({ lifetimeMs: 600_000 });
    await token();
    for (const _ of [1, 2]) {
      await clock.advance(600_000 - 120_000);
      behaviour.failure = NO_ANSWER;
      const before = mints.length;
      await token();
      await clock.advance(1000);
      behaviour.failure = undefined;
      await token();
      await clock.advance(0);
      expect(mints.length).toBe(before + 2);
    }
  });
});

describe('a rejected token', () => {
  it('is replaced once for 100 calls whose 401 come in over time', async () => {
    const { cache, clock, mints } = setUp({ latencyMs: 50 });
    const rejected = await clock.settle(cache.getToken());
    const calls = Array.from({ length: 100 }, async (_, call) => {
      await new Promise<void>((resolve) => clock.schedule(call * 2, resolve));
      return cache.getToken({ rejected });
    });
    const tokens = await clock.settle(Promise.all(calls));
    expect(new Set(tokens.map(({ token }) => token))).toEqual(new Set(['token-2']));
    expect(mints).toHaveLength(2);
  });

  it('that is no longer the current one is left alone', async () => {
    const { cache, clock, mints } = setUp();
    const old = await cache.getToken();
    await cache.getToken({ rejected: old });
    expect((await cache.getToken({ rejected: old })).token).toBe('token-2');
    await clock.advance(60_000);
    expect((await cache.getToken({ rejected: old })).token).toBe('token-2');
    expect((await cache.getToken({ rejected: { token: 'never-seen', expiresAtMs: 0 } })).token).toBe(
      'token-2',
    );
    expect(mints).toHaveLength(2);
  });

  it('is known by its value, also as a copy', async () => {
    const { cache } = setUp();
    const rejected = { ...(await cache.getToken()) };
    expect((await cache.getToken({ rejected })).token).toBe('token-2');
  });

  it('that was itself forced less than 30 s ago stays', async () => {
    const { cache, clock, mints } = setUp();
    const first = await cache.getToken();
    const second = await cache.getToken({ rejected: first });
    await clock.advance(29_999);
    expect(await cache.getToken({ rejected: second })).toBe(second);
    await clock.advance(1);
    expect((await cache.getToken({ rejected: second })).token).toBe('token-3');
    expect(mints).toHaveLength(3);
  });

  it('an endpoint that always answers 401 costs at most 2 token requests in 30 s', async () => {
    const { cache, clock, mints } = setUp({ latencyMs: 20 });
    for (let call = 0; call < 1000; call += 1) {
      const token = await clock.settle(cache.getToken());
      const retry = await clock.settle(cache.getToken({ rejected: token }));
      await clock.settle(cache.getToken({ rejected: retry }));
      await clock.settle(cache.getToken());
      await clock.advance(60);
    }
    for (const { atMs } of mints) {
      expect(
        mints.filter((other) => other.atMs >= atMs && other.atMs < atMs + 30_000).length,
      ).toBeLessThanOrEqual(2);
    }
    expect(mints.length).toBeLessThanOrEqual(5);
  });

  it('holds up callers without a complaint until its replacement is there', async () => {
    const { cache, clock } = setUp();
    const rejected = await cache.getToken();
    const replaced = cache.getToken({ rejected });
    const other = cache.getToken();
    expect(await clock.settle(Promise.all([replaced, other]))).toMatchObject([
      { token: 'token-2' },
      { token: 'token-2' },
    ]);
  });

  it('stays in use for others if its replacement fails', async () => {
    const { cache, behaviour, token } = setUp();
    const rejected = await cache.getToken();
    behaviour.failure = NO_ANSWER;
    await expect(cache.getToken({ rejected })).rejects.toBe(NO_ANSWER);
    expect(await token()).toBe('token-1');
  });

  it('joins a background refresh that is already under way', async () => {
    const { cache, clock, mints, behaviour, token } = setUp();
    const rejected = await cache.getToken();
    await clock.advance(HOUR_MS - 60_000);
    behaviour.latencyMs = 100;
    await token();
    expect((await clock.settle(cache.getToken({ rejected }))).token).toBe('token-2');
    expect(mints).toHaveLength(2);
  });
});

describe('wrong credentials', () => {
  it.each([400, 401, 403])(
    'answered with %s are remembered for 30 s: 1,000 callers, 1 request',
    async (status) => {
      const { cache, clock, behaviour, mints } = setUp({ latencyMs: 10 });
      const error = new HaloAuthError({ code: 'HALO_AUTH_REJECTED', summary: 'x', hint: 'x', status });
      behaviour.failure = error;
      const failure = () => cache.getToken().catch((reason: unknown) => reason);
      const errors = await clock.settle(Promise.all(Array.from({ length: 500 }, failure)));
      for (let call = 0; call < 500; call += 1) errors.push(await failure());
      expect(new Set(errors)).toEqual(new Set([error]));
      expect(mints).toHaveLength(1);
      behaviour.failure = undefined;
      await clock.advance(29_999);
      expect(await failure()).toBe(error);
      await clock.advance(1);
      expect(await clock.settle(cache.getToken())).toMatchObject({ token: 'token-2' });
    },
  );

  it('found in the background leave the token in use and are not asked again for 30 s', async () => {
    const { cache, clock, behaviour, mints, token } = setUp();
    const first = await cache.getToken();
    await clock.advance(HOUR_MS - 120_000);
    behaviour.failure = WRONG_SECRET;
    for (let second = 0; second < 30; second += 1) {
      expect(await token()).toBe('token-1');
      await clock.advance(999);
    }
    expect(mints).toHaveLength(2);
    await expect(cache.getToken({ rejected: first })).rejects.toBe(WRONG_SECRET);
    await clock.advance(1000);
    await token();
    expect(mints).toHaveLength(3);
  });

  it('are not what an outage or a missing endpoint is', async () => {
    for (const status of [404, 500, undefined]) {
      const { behaviour, mints, token } = setUp();
      behaviour.failure = new HaloAuthError({
        code: 'HALO_AUTH_UNAVAILABLE',
        summary: 'x',
        hint: 'x',
        status,
      });
      await expect(token()).rejects.toThrow();
      behaviour.failure = undefined;
      expect(await token()).toBe('token-2');
      expect(mints).toHaveLength(2);
    }
  });
});

describe('close', () => {
  it('forgets the token', async () => {
    const { cache, token } = setUp();
    expect(await token()).toBe('token-1');
    cache.close();
    expect(await token()).toBe('token-2');
  });

  it('does not keep a token that arrives as it happens', async () => {
    const { cache, clock, token } = setUp({ latencyMs: 1000 });
    const late = cache.getToken();
    await clock.advance(500);
    cache.close();
    expect(await clock.settle(late)).toMatchObject({ token: 'token-1' });
    expect(await clock.settle(token())).toBe('token-2');
  });
});

describe('no token shows', () => {
  it('in what the cache prints, serialises, or holds', async () => {
    const { cache } = setUp();
    const access = await cache.getToken();
    expect(
      findLeaks({ cache, copy: { ...cache }, clone: structuredClone({ ...cache }) }, [access.token]),
    ).toEqual([]);
    expect(inspect(cache)).toBe('TokenProvider { token: [redacted] }');
    expect(JSON.stringify(cache)).toBe('{"token":"[redacted]"}');
    expect(Object.isFrozen(access)).toBe(true);
  });
});

describe('an exchange that waits for the rate limit, or for nobody', () => {
  /** A cache whose exchange stays open until the test ends it. */
  function open() {
    const clock = createVirtualClock();
    const mints: MintOptions[] = [];
    const ends: { succeed: () => void; fail: (error: unknown) => void }[] = [];
    const mint = (options: MintOptions) => {
      const number = mints.push(options);
      const requested = { requestedAtMs: clock.nowMs(), requestedAtMonotonicMs: clock.monotonicMs() };
      return new Promise<{ token: string; lifetimeMs: number } & typeof requested>((resolve, reject) => {
        const succeed = () => resolve({ token: `token-${number}`, lifetimeMs: HOUR_MS, ...requested });
        ends.push({ succeed, fail: reject });
      });
    };
    return { cache: new TokenCache({ mint, clock }), clock, mints, ends };
  }
  const settled = () => new Promise(setImmediate);

  it('tells every caller when a wait begins and ends, and who joins within one at once', async () => {
    const { cache, mints, ends } = open();
    const told: [string, boolean][] = [];
    const caller = (name: string) =>
      cache.getToken({ onLimited: (waiting) => void told.push([name, waiting]) });
    const calls = [caller('first'), cache.getToken(), caller('second')];
    await settled();
    expect(told).toEqual([]);
    mints[0]?.onLimited?.(true);
    calls.push(caller('third'));
    await settled();
    mints[0]?.onLimited?.(false);
    calls.push(caller('fourth'));
    await settled();
    ends[0]?.succeed();
    await Promise.all(calls);
    expect(told).toEqual([
      ['first', true],
      ['second', true],
      ['third', true],
      ['first', false],
      ['second', false],
      ['third', false],
    ]);
  });

  it('is abandoned when the last caller leaves, not before, and the next caller gets a full one', async () => {
    const { cache, mints, ends } = open();
    const [first, last] = [new AbortController(), new AbortController()];
    const calls = [first, last].map(({ signal }) => cache.getToken({ signal }).catch(() => 'left'));
    await settled();
    first.abort();
    await settled();
    expect(mints[0]?.abandoned?.aborted).toBe(false);
    last.abort();
    expect(await Promise.all(calls)).toEqual(['left', 'left']);
    expect(mints[0]?.abandoned?.aborted).toBe(true);
    const next = cache.getToken();
    await settled();
    ends[0]?.fail(NO_ANSWER);
    await settled();
    ends[1]?.succeed();
    expect(await next).toMatchObject({ token: 'token-2' });
  });

  it('is not abandoned when its callers are served or refused', async () => {
    const { cache, mints, ends } = open();
    const call = cache.getToken().catch((error: unknown) => error);
    await settled();
    ends[0]?.fail(NO_ANSWER);
    expect(await call).toBe(NO_ANSWER);
    expect(mints).toHaveLength(1);
    expect(mints[0]?.abandoned?.aborted).toBe(false);
  });

  it('ends when the cache is closed', async () => {
    const { cache, mints, ends } = open();
    const call = cache.getToken();
    await settled();
    expect(mints[0]?.closed?.aborted).toBe(false);
    cache.close();
    expect(mints[0]?.closed?.aborted).toBe(true);
    ends[0]?.succeed();
    await call;
  });
});

it('refreshes in the background all day long, however many refreshes went before', async () => {
  const { cache, clock, mints } = setUp({ lifetimeMs: 60_000, latencyMs: 10 });
  await clock.settle(cache.getToken());
  for (let index = 0; index < 30; index += 1) {
    await clock.advance(49_000);
    await cache.getToken();
    await clock.advance(1000);
  }
  expect(mints.filter(({ resend }) => !resend)).toHaveLength(30);
  expect(mints.filter(({ resend }) => resend)).toHaveLength(1);
});
