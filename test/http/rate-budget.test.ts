import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createRateBudget,
  createRateBudgetWith,
  type RateBudget,
  type RateBudgetOptions,
  type RateSlot,
} from '../../src/http/rate-budget.ts';
import { createVirtualClock, type VirtualClock } from '../support/virtual-clock.ts';

const WINDOW_MS = 300_000;
const FOREVER_MS = 48 * 3600 * 1000;

function setup(options: RateBudgetOptions = {}) {
  const clock = createVirtualClock();
  const budget = createRateBudgetWith({ concurrency: 100, ...options }, clock);
  return { clock, budget, acquire: (maxWaitMs = FOREVER_MS) => budget.acquire({ maxWaitMs }) };
}

/** Collects what settles, without waiting for it. */
function track(promises: readonly Promise<RateSlot>[]) {
  const slots: RateSlot[] = [];
  const errors: unknown[] = [];
  for (const promise of promises) {
    promise.then(
      (slot) => slots.push(slot),
      (error) => errors.push(error),
    );
  }
  return { slots, errors };
}

describe('a rate budget keeps within a sliding window', () => {
  it('frees a slot a window after the answer, not after the request', async () => {
    const { clock, budget, acquire } = setup({ requests: 1, share: 1 });
    const slot = await acquire();
    await clock.advance(20_000);
    slot.answered();
    const next = track([acquire()]);
    await clock.advance(WINDOW_MS - 1);
    expect(next.slots).toHaveLength(0);
    await clock.advance(1);
    expect(next.slots).toHaveLength(1);
    expect(budget.snapshot()).toMatchObject({ used: 1, inFlight: 1, queued: 0 });
    next.slots[0]?.answered();
    expect(clock.pending()).toBe(0);
  });

  it('frees the slot of a request that never left at once, and counts one whose answer was lost', async () => {
    const { budget, acquire } = setup();
    (await acquire()).unsent();
    expect(budget.snapshot().used).toBe(0);
    (await acquire()).lost();
    expect(budget.snapshot().used).toBe(1);
  });

  it('gives a slot without a wait only where one is free and no call before it waits', async () => {
    const { budget, acquire } = setup({ concurrency: 1 });
    const slot = budget.tryAcquire();
    expect(budget.snapshot().inFlight).toBe(1);
    expect(budget.tryAcquire()).toBeUndefined();
    const waiting = track([acquire(), acquire()]);
    slot?.answered();
    await Promise.resolve();
    expect(waiting.slots).toHaveLength(1);
    waiting.slots[0]?.unsent();
    expect(budget.tryAcquire()).toBeUndefined();
    await Promise.resolve();
    waiting.slots[1]?.unsent();
    expect(budget.tryAcquire(true)).toBeDefined();
  });

  it('settles a slot once, whatever is reported later', async () => {
    const { budget, acquire } = setup();
    const slot = await acquire();
    slot.answered();
    slot.lost();
    slot.unsent();
    slot.limited({});
    expect(budget.snapshot()).toMatchObject({ used: 1, inFlight: 0, closed: false });
  });

  it('serves in the order of the calls', async () => {
    const { clock, acquire } = setup({ requests: 1, share: 1 });
    const order: number[] = [];
    for (let call = 0; call < 5; call += 1) {
      void acquire().then((slot) => {
        order.push(call);
        slot.answered();
      });
    }
    await clock.advance(5 * WINDOW_MS);
    expect(order).toEqual([0, 1, 2, 3, 4]);
  });

  it('leaves a tenth to others and keeps four requests in flight, unless told otherwise', () => {
    expect(createRateBudget().snapshot()).toEqual({
      requests: 300,
      windowMs: WINDOW_MS,
      share: 0.9,
      concurrency: 4,
      maxQueue: 10_000,
      capacity: 270,
      used: 0,
      inFlight: 0,
      queued: 0,
      closed: false,
      opensInMs: 0,
    });
  });

  it('keeps no more requests in flight than its concurrency', async () => {
    const { clock, budget, acquire } = setup({ concurrency: 4 });
    const { slots } = track(Array.from({ length: 10 }, () => acquire()));
    await clock.advance(0);
    expect(slots).toHaveLength(4);
    slots[0]?.answered();
    await clock.advance(0);
    expect(slots).toHaveLength(5);
    expect(budget.snapshot()).toMatchObject({ inFlight: 4, queued: 5 });
  });

  it('has no window where there is no limit', async () => {
    const { clock, budget, acquire } = setup({
      requests: Number.POSITIVE_INFINITY,
      concurrency: Number.POSITIVE_INFINITY,
    });
    const { slots } = track(Array.from({ length: 2000 }, () => acquire()));
    await clock.advance(0);
    expect(slots).toHaveLength(2000);
    for (const slot of slots) slot.answered();
    expect(budget.snapshot()).toMatchObject({ used: 0, capacity: Number.POSITIVE_INFINITY });
  });

  it('waits for a request in flight only, where there is no limit', async () => {
    const { clock, acquire } = setup({ requests: Number.POSITIVE_INFINITY, concurrency: 1 });
    const slot = await acquire();
    const next = track([acquire(1000)]);
    await clock.advance(900);
    slot.answered();
    await clock.advance(0);
    expect(next.slots).toHaveLength(1);
  });

  it.each<[unknown, string]>([
    [{ requests: 0 }, 'requests'],
    [{ requests: 1.5 }, 'requests'],
    [null, 'an object'],
    [5, 'an object'],
    [{ request: 5 }, 'known are requests'],
    [{ requests: Number.NaN }, 'requests'],
    [{ windowMs: 0 }, 'windowMs'],
    [{ windowMs: Number.POSITIVE_INFINITY }, 'windowMs'],
    [{ share: 0 }, 'share'],
    [{ share: 1.1 }, 'share'],
    [{ concurrency: 0 }, 'concurrency'],
    [{ maxQueue: -1 }, 'maxQueue'],
  ])('refuses %j', (options, name) => {
    expect(() => createRateBudget(options as RateBudgetOptions)).toThrow(TypeError);
    expect(() => createRateBudget(options as RateBudgetOptions)).toThrow(name);
  });
});

describe('a wait for the budget is bounded', () => {
  it('refuses the 10,001st waiting call', async () => {
    const { budget, acquire } = setup({ requests: 1, share: 1 });
    await acquire();
    const caller = new AbortController();
    const waiting = Array.from({ length: 10_000 }, () =>
      budget.acquire({ maxWaitMs: FOREVER_MS * 1e6, signal: caller.signal }),
    );
    const tracked = track(waiting);
    await expect(acquire(FOREVER_MS * 1e6)).rejects.toMatchObject({ kind: 'queue-full' });
    caller.abort();
    await Promise.allSettled(waiting);
    expect(tracked.errors).toHaveLength(10_000);
    expect(budget.snapshot().queued).toBe(0);
  });

  it('refuses at once what is known to take longer, with the time', async () => {
    const { clock, acquire } = setup({ requests: 2, share: 1 });
    (await acquire()).answered();
    await clock.advance(1000);
    (await acquire()).answered();
    await expect(acquire(298_999)).rejects.toMatchObject({ kind: 'wait-too-long', retryAfterMs: 299_000 });
    track([acquire(299_000)]);
    await expect(acquire(299_999)).rejects.toMatchObject({ retryAfterMs: 300_000 });
    track([acquire(300_000)]);
    // Both slots of the next window are spoken for: this call would be the first of the one after.
    await expect(acquire(598_999)).rejects.toMatchObject({ retryAfterMs: 599_000 });
  });

  it('gives up when the wait turns out longer than it looked', async () => {
    const { clock, acquire } = setup({ requests: 1, share: 1 });
    await acquire();
    const next = track([acquire(WINDOW_MS)]);
    await clock.advance(WINDOW_MS);
    expect(next.errors).toMatchObject([{ kind: 'exhausted' }]);
    expect(clock.pending()).toBe(0);
  });

  it('lets a call abort while it is queued, without holding up those behind or leaving a listener', async () => {
    const { clock, budget, acquire } = setup({ requests: 1, share: 1 });
    const slot = await acquire();
    const caller = new AbortController();
    const aborted = budget.acquire({ maxWaitMs: FOREVER_MS, signal: caller.signal });
    const behind = track([acquire()]);
    const settled = expect(aborted).rejects.toBe('enough');
    caller.abort('enough');
    await settled;
    expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0);
    await expect(budget.acquire({ maxWaitMs: 1, signal: caller.signal })).rejects.toBe('enough');
    slot.answered();
    await clock.advance(WINDOW_MS);
    expect(behind.slots).toHaveLength(1);
  });

  it.each<[string, Parameters<typeof setup>[0], (at: ReturnType<typeof setup>) => Promise<void>, object]>([
    [
      'for the window',
      { requests: 1, share: 1 },
      async ({ acquire }) => (await acquire()).answered(),
      { reason: 'window', waitMs: WINDOW_MS },
    ],
    [
      'for a request in flight',
      { concurrency: 1 },
      async ({ acquire }) => void (await acquire()),
      { reason: 'concurrency', waitMs: 0 },
    ],
    [
      'for a 429',
      {},
      async ({ acquire }) => (await acquire()).limited({ retryAfterMs: 7000 }),
      { reason: 'rate-limit', waitMs: 7000 },
    ],
    [
      'for a 429 as long as for the window',
      { requests: 1, share: 1 },
      async ({ acquire }) => (await acquire()).limited({ retryAfterMs: WINDOW_MS }),
      { reason: 'rate-limit', waitMs: WINDOW_MS },
    ],
    [
      'for the window longer than for a 429',
      { requests: 1, share: 1 },
      async ({ acquire }) => (await acquire()).limited({ retryAfterMs: 7000 }),
      { reason: 'window', waitMs: WINDOW_MS },
    ],
    [
      'for the probe under way',
      {},
      async ({ clock, acquire }) => {
        (await acquire()).limited({ retryAfterMs: 7000 });
        await clock.advance(7000);
        await acquire();
      },
      { reason: 'rate-limit', waitMs: 0 },
    ],
  ])('says that a call waits %s', async (_, options, before, wait) => {
    const at = setup(options);
    const waits: unknown[] = [];
    await before(at);
    expect(waits).toEqual([]);
    track([at.budget.acquire({ maxWaitMs: FOREVER_MS, onWait: (told) => waits.push(told) })]);
    expect(waits).toEqual([{ ...wait, queued: 1 }]);
  });
});

it('does not call a wait what begins at once', async () => {
  const { budget } = setup();
  const onWait = () => expect.unreachable('it waited');
  await budget.acquire({ maxWaitMs: 0, onWait });
  await budget.acquire({ maxWaitMs: 0, onWait, resend: true });
});

describe('a 429 closes one gate for all callers', () => {
  it('waits 5, 10, 20, 40, 60, 60, 60, 60 s where Halo names no time, which outlasts its window of 5 minutes', async () => {
    const { clock, budget } = setup();
    const waits: number[] = [];
    let startedMs = 0;
    const first = await budget.acquire({ maxWaitMs: FOREVER_MS });
    first.limited({});
    for (let probe = 0; probe < 8; probe += 1) {
      startedMs = clock.monotonicMs();
      const slot = await clock.settle(budget.acquire({ maxWaitMs: FOREVER_MS, resend: true }));
      waits.push((clock.monotonicMs() - startedMs) / 1000);
      slot.limited({});
    }
    expect(waits).toEqual([5, 10, 20, 40, 60, 60, 60, 60]);
    expect(waits.reduce((sum, wait) => sum + wait)).toBeGreaterThan(300);
    expect(waits.reduce((sum, wait) => sum + wait)).toBeLessThan(330);
  });

  it('follows the server where it names a time, to the millisecond', async () => {
    const { clock, budget, acquire } = setup();
    (await acquire()).limited({ retryAfterMs: 7000 });
    const next = track([acquire()]);
    expect(budget.snapshot()).toMatchObject({ closed: true, opensInMs: 7000 });
    await clock.advance(6999);
    expect(next.slots).toHaveLength(0);
    await clock.advance(1);
    expect(next.slots).toHaveLength(1);
  });

  it('sends one probe, and lets the others go when it has passed', async () => {
    const { clock, budget, acquire } = setup();
    (await acquire()).limited({ retryAfterMs: 1000 });
    const { slots } = track(Array.from({ length: 50 }, () => acquire()));
    await clock.advance(60_000);
    expect(slots).toHaveLength(1);
    slots[0]?.answered();
    await clock.advance(0);
    expect(slots).toHaveLength(50);
    expect(budget.snapshot().closed).toBe(false);
  });

  it('sends the next probe when the first one brought no answer or never left', async () => {
    const { clock, acquire } = setup();
    (await acquire()).limited({ retryAfterMs: 1000 });
    const { slots } = track(Array.from({ length: 3 }, () => acquire()));
    await clock.advance(1000);
    slots[0]?.lost();
    await clock.advance(0);
    expect(slots).toHaveLength(2);
    slots[1]?.unsent();
    await clock.advance(0);
    expect(slots).toHaveLength(3);
  });

  it('counts the 429s of one burst as one: the wait does not grow with the number in flight', async () => {
    const { budget, acquire } = setup();
    const slots = await Promise.all(Array.from({ length: 50 }, () => acquire()));
    for (const slot of slots) slot.limited({});
    expect(budget.snapshot().opensInMs).toBe(5000);
  });

  it('does not open for an answer to a request that was sent before it closed', async () => {
    const { budget, acquire } = setup();
    const [early, refused] = await Promise.all([acquire(), acquire()]);
    refused?.limited({ retryAfterMs: 60_000 });
    early?.answered();
    expect(budget.snapshot().closed).toBe(true);
  });

  it('neither waits longer nor closes again for a late 429 of the same burst', async () => {
    const { clock, budget, acquire } = setup();
    const slots = await Promise.all([acquire(), acquire(), acquire()]);
    slots[0]?.limited({});
    await clock.advance(3000);
    slots[1]?.limited({});
    expect(budget.snapshot().opensInMs).toBe(2000);
    await clock.advance(2000);
    (await acquire()).answered();
    slots[2]?.limited({});
    expect(budget.snapshot().closed).toBe(false);
  });

  it('takes the longer time when two answers of one burst differ', async () => {
    const { budget, acquire } = setup();
    const slots = await Promise.all([acquire(), acquire(), acquire()]);
    slots[0]?.limited({ retryAfterMs: 2000 });
    slots[1]?.limited({ retryAfterMs: 9000 });
    slots[2]?.limited({ retryAfterMs: 1000 });
    expect(budget.snapshot().opensInMs).toBe(9000);
  });

  it('lets the refused calls go before those that have not been sent', async () => {
    const { clock, budget, acquire } = setup();
    (await acquire()).limited({ retryAfterMs: 1000 });
    const order: string[] = [];
    void acquire().then((slot) => {
      order.push('fresh');
      slot.answered();
    });
    void budget.acquire({ maxWaitMs: FOREVER_MS, resend: true }).then((slot) => {
      order.push('resend');
      slot.answered();
    });
    await clock.advance(1000);
    expect(order).toEqual(['resend', 'fresh']);
  });

  it('refuses calls at once while the server asks for more than they may wait, yet probes again after 330 s', async () => {
    const { clock, acquire } = setup();
    (await acquire()).limited({ retryAfterMs: 9_999_999_999_000 });
    await expect(acquire(330_000)).rejects.toMatchObject({
      kind: 'wait-too-long',
      retryAfterMs: 9_999_999_999_000,
    });
    await clock.advance(330_000);
    (await acquire(330_000)).answered();
    (await acquire(0)).answered();
  });
});

describe('a budget learns the limit', () => {
  it('takes over a stricter limit from a 429, with its share', async () => {
    const { budget, acquire } = setup({ requests: 700 });
    (await acquire()).limited({ stated: { requests: 300, windowMs: WINDOW_MS } });
    expect(budget.snapshot()).toMatchObject({ requests: 300, capacity: 270 });
  });

  it.each([
    ['takes over the same rate over a shorter time', { requests: 60, windowMs: 60_000 }, 60],
    ['not over a longer one, which allows more at once', { requests: 600, windowMs: 600_000 }, 300],
  ])('%s', async (_, stated, requests) => {
    const { budget, acquire } = setup({ requests: 300 });
    (await acquire()).limited({ stated });
    expect(budget.snapshot().requests).toBe(requests);
  });

  it('learns a limit where it was told that there is none', async () => {
    const { budget, acquire } = setup({ requests: Number.POSITIVE_INFINITY });
    (await acquire()).limited({ stated: { requests: 300, windowMs: WINDOW_MS } });
    expect(budget.snapshot()).toMatchObject({ requests: 300, capacity: 270 });
  });

  it('follows the server up again, never beyond what was configured', async () => {
    const { budget, acquire } = setup({ requests: 500, windowMs: 180_000 });
    (await acquire()).answered({ requests: 100, windowMs: 180_000 });
    expect(budget.snapshot().requests).toBe(100);
    (await acquire()).answered({ requests: 400, windowMs: 180_000 });
    expect(budget.snapshot().requests).toBe(400);
    (await acquire()).answered({ requests: 5000, windowMs: 1000 });
    expect(budget.snapshot()).toMatchObject({ requests: 500, windowMs: 180_000 });
  });

  it('gives way to others after an unexplained 429, keeps a quarter, and wins back a tenth per window', async () => {
    const { clock, budget, acquire } = setup({ requests: 100, share: 1 });
    const slots = await Promise.all(Array.from({ length: 50 }, () => acquire()));
    for (const slot of slots.slice(1)) slot.answered();
    slots[0]?.limited({ retryAfterMs: 1000 });
    expect(budget.snapshot().capacity).toBe(45);
    await clock.advance(WINDOW_MS);
    (await acquire()).answered();
    expect(budget.snapshot().capacity).toBe(55);
    (await acquire()).limited({ retryAfterMs: 1000 });
    expect(budget.snapshot().capacity).toBe(25);
    for (let window = 0; window < 10; window += 1) {
      await clock.advance(WINDOW_MS);
      (await acquire()).answered();
    }
    expect(budget.snapshot().capacity).toBe(100);
  });
});

it('gives way once for a closure, not again for each probe that is refused', async () => {
  const { clock, budget, acquire } = setup({ requests: 100, share: 1 });
  const slots = await Promise.all(Array.from({ length: 50 }, () => acquire()));
  for (const slot of slots.slice(1)) slot.answered();
  slots[0]?.limited({ retryAfterMs: WINDOW_MS });
  await clock.advance(WINDOW_MS);
  (await acquire()).limited({ retryAfterMs: 1000 });
  expect(budget.snapshot().capacity).toBe(45);
});

it('takes the least of each setting', () => {
  const least = { requests: 1, windowMs: 1, share: 1e-9, concurrency: 1, maxQueue: 0 };
  expect(createRateBudget(least).snapshot()).toMatchObject({ ...least, capacity: 1 });
});

/** Halo's side: counts what it sees in a rolling window, rejected requests included where `countsRejected`. */
function haloLimit(
  clock: VirtualClock,
  options: { limit: number; countsRejected?: boolean; others?: number[] },
) {
  const seen: number[] = options.others ?? [];
  return {
    setLimit(limit: number) {
      options.limit = limit;
    },
    request(): boolean {
      const nowMs = clock.monotonicMs();
      while (seen.length > 0 && (seen[0] ?? 0) <= nowMs - WINDOW_MS) seen.shift();
      const ok = seen.length < options.limit;
      if (ok || options.countsRejected) seen.push(nowMs);
      return ok;
    },
  };
}

/** Sends `count` requests, `parallel` at a time, each again until it is served. Latency is split around the server. */
async function run(
  clock: VirtualClock,
  budget: RateBudget,
  halo: ReturnType<typeof haloLimit>,
  { count, parallel, latencyMs }: { count: number; parallel: number; latencyMs: () => number },
): Promise<{ served: number; refused: number }> {
  let started = 0;
  let served = 0;
  let refused = 0;
  const pause = (ms: number) => new Promise<void>((resolve) => void clock.schedule(ms, resolve));
  const worker = async () => {
    while (started < count) {
      started += 1;
      for (let resend = false; ; resend = true) {
        const slot = await budget.acquire({ maxWaitMs: FOREVER_MS, resend });
        const total = latencyMs();
        const there = total * clock.random();
        await pause(there);
        const ok = halo.request();
        await pause(total - there);
        if (ok) {
          slot.answered();
          served += 1;
          break;
        }
        refused += 1;
        slot.limited({});
      }
    }
  };
  await clock.settle(Promise.all(Array.from({ length: parallel }, worker)));
  return { served, refused };
}

describe('a budget under load, on the virtual clock', () => {
  const shapes: readonly [string, (random: () => number) => number][] = [
    ['1 ms', () => 1],
    ['50 to 450 ms', (random) => 50 + 400 * random()],
    ['2 % at 4 s', (random) => (random() < 0.02 ? 4000 : 100)],
    ['1 % at 30 s', (random) => (random() < 0.01 ? 30_000 : 100)],
  ];

  it.each(shapes)(
    '100,000 rows in pages of 100 at 500 per 300 s: no 429, 1,000 requests, latency %s',
    async (_, shape) => {
      const clock = createVirtualClock();
      const budget = createRateBudgetWith({ requests: 500, share: 1 }, clock);
      const halo = haloLimit(clock, { limit: 500 });
      const { served, refused } = await run(clock, budget, halo, {
        count: 1000,
        parallel: 1,
        latencyMs: () => shape(() => clock.random()),
      });
      expect({ served, refused }).toEqual({ served: 1000, refused: 0 });
      expect(clock.pending()).toBe(0);
    },
  );

  it.each(shapes)('1,500 calls at once: no 429, latency %s', async (_, shape) => {
    const clock = createVirtualClock();
    const budget = createRateBudgetWith({ requests: 500, share: 1, concurrency: 1000 }, clock);
    const halo = haloLimit(clock, { limit: 500 });
    const { served, refused } = await run(clock, budget, halo, {
      count: 1500,
      parallel: 1500,
      latencyMs: () => shape(() => clock.random()),
    });
    expect({ served, refused }).toEqual({ served: 1500, refused: 0 });
    expect(clock.monotonicMs()).toBeLessThan(700_000);
  });

  it('500 calls just before and 500 just after a window: no 429', async () => {
    const clock = createVirtualClock();
    const budget = createRateBudgetWith({ requests: 500, share: 1, concurrency: 1000 }, clock);
    const halo = haloLimit(clock, { limit: 500 });
    const load = { count: 500, parallel: 500, latencyMs: () => 50 + 400 * clock.random() };
    await clock.advance(299_000);
    const before = await run(clock, budget, halo, load);
    await clock.advance(1000);
    const after = await run(clock, budget, halo, load);
    expect([before, after]).toEqual([
      { served: 500, refused: 0 },
      { served: 500, refused: 0 },
    ]);
  });

  it('50 callers meet an empty budget: at most 4 requests are wasted, all are served', async () => {
    const clock = createVirtualClock();
    const budget = createRateBudgetWith({ requests: 500 }, clock);
    const halo = haloLimit(clock, { limit: 500, others: Array.from({ length: 500 }, () => 0) });
    await clock.advance(295_000);
    const { served, refused } = await run(clock, budget, halo, {
      count: 50,
      parallel: 50,
      latencyMs: () => 100,
    });
    expect(served).toBe(50);
    expect(refused).toBeLessThanOrEqual(4);
  });

  it('a consumer that takes 30 % of the limit costs at most 4 requests per window', async () => {
    const clock = createVirtualClock();
    const budget = createRateBudgetWith({ requests: 500 }, clock);
    const halo = haloLimit(clock, { limit: 500 });
    let running = true;
    const other = () => {
      halo.request();
      if (running) clock.schedule(2000, other);
    };
    other();
    const { served, refused } = await run(clock, budget, halo, {
      count: 1000,
      parallel: 1,
      latencyMs: () => 100,
    });
    running = false;
    expect(served).toBe(1000);
    const windows = Math.ceil(clock.monotonicMs() / WINDOW_MS);
    expect(refused).toBeLessThanOrEqual(4 * windows);
  });

  it('recovers when Halo drops the limit from 700 to 300 in the middle', async () => {
    const clock = createVirtualClock();
    const budget = createRateBudgetWith({ requests: 700 }, clock);
    const halo = haloLimit(clock, { limit: 700 });
    clock.schedule(30_000, () => halo.setLimit(300));
    const { served, refused } = await run(clock, budget, halo, {
      count: 1500,
      parallel: 1,
      latencyMs: () => 100,
    });
    expect(served).toBe(1500);
    expect(refused).toBeLessThanOrEqual(4 * Math.ceil(clock.monotonicMs() / WINDOW_MS));
  });

  it('recovers where Halo counts the requests that it refuses', async () => {
    const clock = createVirtualClock();
    const budget = createRateBudgetWith({ requests: 500 }, clock);
    const halo = haloLimit(clock, { limit: 300, countsRejected: true });
    const { served } = await run(clock, budget, halo, { count: 900, parallel: 8, latencyMs: () => 100 });
    expect(served).toBe(900);
  });

  it('never has more than its capacity in any window, whatever the load (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.record({ atMs: fc.nat(2000), latencyMs: fc.nat(500) }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 2 ** 31 }),
        async (requests, calls, seed) => {
          const clock = createVirtualClock({ seed });
          const budget = createRateBudgetWith({ requests, share: 1, windowMs: 1000, concurrency: 3 }, clock);
          const spans: { fromMs: number; toMs: number }[] = [];
          const all = calls.map(
            ({ atMs, latencyMs }) =>
              new Promise<void>((resolve) => {
                clock.schedule(atMs, async () => {
                  const slot = await budget.acquire({ maxWaitMs: FOREVER_MS });
                  const fromMs = clock.monotonicMs();
                  clock.schedule(latencyMs, () => {
                    spans.push({ fromMs, toMs: clock.monotonicMs() });
                    slot.answered();
                    resolve();
                  });
                });
              }),
          );
          await clock.settle(Promise.all(all));
          expect(spans).toHaveLength(calls.length);
          // Wherever in its span the server counted a request: those that touch one window are never too many.
          for (const { fromMs } of spans) {
            const counted = spans.filter((span) => span.fromMs <= fromMs && span.toMs > fromMs - 1000);
            expect(counted.length).toBeLessThanOrEqual(requests);
          }
          expect(clock.pending()).toBe(0);
        },
      ),
      { numRuns: 100 },
    );
  });
});
