import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { sleep } from '../../src/clock.ts';
import { createClosing } from '../../src/http/closing.ts';
import { ClientClosed, createDeadline, TimeRanOut } from '../../src/http/deadline.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

const never = () => new Promise<never>(() => {});

function setup(timeoutMs = 1000) {
  const clock = createVirtualClock();
  const caller = new AbortController();
  const closing = createClosing();
  const deadline = createDeadline({ clock, timeoutMs, signal: caller.signal, closing });
  const leftovers = () => [
    clock.pending(),
    getEventListeners(caller.signal, 'abort').length,
    closing.listeners(),
  ];
  return { clock, caller, closing, deadline, leftovers };
}

describe('the deadline of a call', () => {
  it('ends work that ignores its signal, and says in which phase', async () => {
    const { clock, deadline, leftovers } = setup();
    const stretch = deadline.spend('headers', 5000, async ({ enter }) => {
      enter('body');
      return never();
    });
    const settled = expect(stretch).rejects.toMatchObject({
      name: 'TimeRanOut',
      phase: 'body',
      limitMs: 1000,
    });
    await clock.advance(1000);
    await settled;
    expect(leftovers()).toEqual([0, 0, 0]);
  });

  it('bounds one attempt by its own limit and names that limit', async () => {
    const { clock, deadline } = setup();
    const settled = expect(deadline.spend('headers', 300, never)).rejects.toMatchObject({ limitMs: 300 });
    await clock.advance(300);
    await settled;
    expect(deadline.remainingMs()).toBe(700);
  });

  it('adds up what stretches use, and refuses the next one at once when nothing is left', async () => {
    const { clock, deadline } = setup();
    await clock.settle(deadline.spend('token', 1000, () => sleep(clock, 400)));
    await clock.settle(deadline.spend('headers', 1000, () => sleep(clock, 500)));
    expect(deadline.remainingMs()).toBe(100);
    await expect(clock.settle(deadline.spend('body', 1000, () => sleep(clock, 500)))).rejects.toBeInstanceOf(
      TimeRanOut,
    );
    let ran = false;
    const late = deadline.spend('token', 1000, async () => {
      ran = true;
    });
    await expect(late).rejects.toMatchObject({ phase: 'total', limitMs: 1000 });
    expect(ran).toBe(false);
  });

  it('does not count a free stretch', async () => {
    const { clock, deadline, leftovers } = setup();
    await clock.settle(deadline.free(() => sleep(clock, 300_000)));
    expect(deadline.remainingMs()).toBe(1000);
    expect(leftovers()).toEqual([0, 0, 0]);
  });

  it.each([new Error('stop'), 'a text', 42, null])(
    'passes the reason %s of an abort through, unwrapped',
    async (reason) => {
      const { caller, deadline, leftovers } = setup();
      const stretches = [deadline.spend('headers', 1000, never), deadline.free(never)];
      const settled = Promise.allSettled(stretches);
      caller.abort(reason);
      for (const result of await settled) expect(result).toEqual({ status: 'rejected', reason });
      expect(leftovers()).toEqual([0, 0, 0]);
      await expect(deadline.free(never)).rejects.toBe(reason);
    },
  );

  it('ends when the client is closed, and starts nothing afterwards', async () => {
    const { closing, deadline, leftovers } = setup();
    const settled = expect(deadline.free(never)).rejects.toBeInstanceOf(ClientClosed);
    closing.close();
    await settled;
    await expect(deadline.spend('token', 1000, never)).rejects.toBeInstanceOf(ClientClosed);
    expect(leftovers()).toEqual([0, 0, 0]);
  });

  it('leaves neither timer nor listener after success or failure, and aborts the signal it gave only when it stopped', async () => {
    const { deadline, leftovers } = setup();
    let given: AbortSignal | undefined;
    await deadline.spend('headers', 1000, async ({ signal }) => {
      given = signal;
    });
    await expect(deadline.spend('headers', 1000, () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    );
    expect(given?.aborted).toBe(false);
    expect(leftovers()).toEqual([0, 0, 0]);
  });

  it('stands still while it is paused, and goes on with what was left', async () => {
    const { clock, deadline, leftovers } = setup(1000);
    const outcome = deadline
      .spend('token', 1000, async ({ pause }) => {
        await sleep(clock, 400);
        pause(true);
        pause(true);
        await sleep(clock, 100_000);
        pause(false);
        pause(false);
        return never();
      })
      .catch((error: unknown) => [error, clock.monotonicMs()]);
    expect(await clock.settle(outcome)).toEqual([new TimeRanOut('token', 1000), 101_000]);
    expect(deadline.remainingMs()).toBe(0);
    expect(leftovers()).toEqual([0, 0, 0]);
  });

  it('that ends while it is paused has used up the time before, and does not start again', async () => {
    const { clock, deadline, leftovers } = setup(1000);
    let resume = () => {};
    const work = deadline.spend('token', 1000, async ({ pause }) => {
      await sleep(clock, 400);
      pause(true);
      resume = () => pause(false);
      await sleep(clock, 5000);
    });
    await clock.settle(work);
    resume();
    expect(deadline.remainingMs()).toBe(600);
    expect(leftovers()).toEqual([0, 0, 0]);
  });
});
