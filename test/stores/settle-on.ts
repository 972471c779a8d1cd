import type { VirtualClock } from '../support/virtual-clock.ts';

/** Lets virtual time and the real disk go on until the promise settles. */
export async function settleOn<T>(clock: VirtualClock, promise: Promise<T>): Promise<T> {
  let settled = false;
  const done = promise.finally(() => {
    settled = true;
  });
  done.catch(() => undefined);
  while (!settled) {
    await new Promise((resolve) => setImmediate(resolve));
    if (clock.pending() > 0) await clock.advance(10);
  }
  return done;
}
