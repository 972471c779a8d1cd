import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sleep, systemClock } from '../src/clock.ts';

const LONGEST_TIMER_MS = 2 ** 31 - 1;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the real clock', () => {
  it.each([LONGEST_TIMER_MS + 1, 9_999_999_999_000, Number.POSITIVE_INFINITY, Number.NaN])(
    'does not call after a millisecond what is due after %d ms, and gives the platform no longer timer than it has',
    (delayMs) => {
      const timers = vi.spyOn(globalThis, 'setTimeout');
      let ran = false;
      const cancel = systemClock.schedule(delayMs, () => {
        ran = true;
      });
      vi.advanceTimersByTime(LONGEST_TIMER_MS);
      expect(ran).toBe(false);
      expect(timers.mock.calls.every(([, ms]) => Number(ms) <= LONGEST_TIMER_MS)).toBe(true);
      cancel();
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it('adds the pieces of a long delay up to the whole', () => {
    let ran = false;
    systemClock.schedule(LONGEST_TIMER_MS + 5000, () => {
      ran = true;
    });
    vi.advanceTimersByTime(LONGEST_TIMER_MS + 4999);
    expect(ran).toBe(false);
    vi.advanceTimersByTime(1);
    expect(ran).toBe(true);
  });

  it('takes a delay below 0 for none', () => {
    let ran = false;
    systemClock.schedule(-5, () => {
      ran = true;
    });
    vi.advanceTimersByTime(0);
    expect(ran).toBe(true);
  });

  it('leaves no timer when a sleep is aborted', async () => {
    const controller = new AbortController();
    const slept = sleep(systemClock, 60_000, { signal: controller.signal });
    controller.abort('enough');
    await expect(slept).rejects.toBe('enough');
    expect(vi.getTimerCount()).toBe(0);
  });
});
