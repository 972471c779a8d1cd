import { describe, expect, it } from 'vitest';
import { createRateWindow } from '../../src/http/rate-window.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

const WINDOW_MS = 100_000;

function setup({ requests = 10, share = 1 } = {}) {
  const clock = createVirtualClock();
  const window = createRateWindow({ requests, windowMs: WINDOW_MS, share }, clock);
  /** Ends so many requests, one a second. */
  const end = async (count: number) => {
    for (let index = 0; index < count; index += 1) {
      window.add();
      await clock.advance(1000);
    }
  };
  return { clock, window, end };
}

describe('the wait for a slot', () => {
  it('is none while there is room, also with others ahead or in flight', async () => {
    const { window, end } = setup();
    await end(4);
    expect(window.waitMs(0, 0)).toBe(0);
    expect(window.waitMs(3, 2)).toBe(0);
  });

  it('is that of the request whose slot frees for the call, in the order of the queue', async () => {
    const { window, end } = setup();
    await end(10);
    // Ended at 0, 1 .. 9 s; it is 10 s now, and each frees its slot 100 s after its end.
    expect(window.waitMs(0, 0)).toBe(90_000);
    expect(window.waitMs(3, 0)).toBe(93_000);
    expect(window.waitMs(9, 0)).toBe(99_000);
  });

  it('counts what is in flight as taken', async () => {
    const { window, end } = setup();
    await end(7);
    expect(window.waitMs(0, 3)).toBe(93_000);
    expect(window.waitMs(2, 3)).toBe(95_000);
    // Ahead of it are more calls than have ended: it waits a window from now at least.
    expect(window.waitMs(8, 3)).toBe(WINDOW_MS);
  });

  it('grows by a window with every full capacity ahead', async () => {
    const { window, end } = setup();
    await end(10);
    expect(window.waitMs(10, 0)).toBe(WINDOW_MS + 90_000);
    expect(window.waitMs(23, 0)).toBe(2 * WINDOW_MS + 93_000);
  });
});

describe('what counts', () => {
  it('leaves exactly a window after its end, over thousands of requests', async () => {
    const { clock, window } = setup({ requests: 1000 });
    for (let index = 0; index < 3000; index += 1) {
      window.add();
      await clock.advance(1000);
      expect(window.used(0)).toBe(Math.min(index + 1, 99));
    }
    await clock.advance(WINDOW_MS - 1000);
    expect(window.used(2)).toBe(2);
  });

  it('has room up to the share of the limit', async () => {
    const { window, end } = setup({ share: 0.5 });
    await end(4);
    expect([window.hasRoom(0), window.hasRoom(1), window.capacity()]).toEqual([true, false, 5]);
  });
});

describe('a limit that Halo states', () => {
  it.each([
    ['stricter', { requests: 5, windowMs: WINDOW_MS }, { requests: 5, windowMs: WINDOW_MS }],
    [
      'stricter by its window',
      { requests: 10, windowMs: 2 * WINDOW_MS },
      { requests: 10, windowMs: 2 * WINDOW_MS },
    ],
    ['looser', { requests: 20, windowMs: WINDOW_MS }, { requests: 10, windowMs: WINDOW_MS }],
    // The same rate over a longer time: the configured one stays.
    ['the same', { requests: 20, windowMs: 2 * WINDOW_MS }, { requests: 10, windowMs: WINDOW_MS }],
  ])('%s', (_, stated, limit) => {
    const { window } = setup();
    window.learn(stated);
    expect(window.limit()).toEqual(limit);
  });

  it('ends a reduction of our own', async () => {
    const { window, end } = setup();
    await end(10);
    window.shrink();
    expect(window.capacity()).toBe(9);
    window.learn({ requests: 8, windowMs: WINDOW_MS });
    expect(window.capacity()).toBe(8);
  });
});

describe('a 429 that nothing explains', () => {
  it('takes a tenth off what was used, and no more than to a quarter of the limit', async () => {
    const { window, end } = setup({ requests: 100 });
    await end(50);
    window.shrink();
    expect(window.capacity()).toBe(45);
    window.shrink();
    expect(window.capacity()).toBe(45);
    const idle = setup({ requests: 100 });
    idle.window.shrink();
    expect(idle.window.capacity()).toBe(25);
  });

  it('is forgiven by a tenth of the limit in each window, until all is back', async () => {
    const { clock, window } = setup({ requests: 100 });
    await clock.advance(50_000);
    window.shrink();
    await clock.advance(WINDOW_MS - 1);
    window.recover();
    expect(window.capacity()).toBe(25);
    await clock.advance(1);
    window.recover();
    window.recover();
    expect(window.capacity()).toBe(35);
    for (let index = 0; index < 7; index += 1) {
      await clock.advance(WINDOW_MS);
      window.recover();
    }
    expect(window.capacity()).toBe(100);
    window.learn({ requests: 200, windowMs: WINDOW_MS });
    expect(window.capacity()).toBe(100);
  });

  it('takes nothing where there is no limit', () => {
    const { window } = setup({ requests: Number.POSITIVE_INFINITY });
    window.shrink();
    window.add();
    expect([window.capacity(), window.used(0), window.waitMs(9, 9)]).toEqual([
      Number.POSITIVE_INFINITY,
      0,
      0,
    ]);
  });
});

describe('our own relief', () => {
  it('is when our oldest request leaves, where at least half of the limit was used by us', async () => {
    const { window, end } = setup();
    expect(window.ownRelief()).toBeUndefined();
    await end(4);
    expect(window.ownRelief()).toBeUndefined();
    await end(1);
    expect(window.ownRelief()).toBe(95_000);
  });
});
