import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MintedToken } from '../../src/auth/mint-token.ts';
import { TokenCache } from '../../src/auth/token-cache.ts';
import type { AccessToken } from '../../src/auth/token-provider.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

/** One thing that a program does with a provider. */
type Step =
  | { readonly kind: 'call' }
  | { readonly kind: 'abortable' }
  /** Hands the newest token that any call has received back as rejected. */
  | { readonly kind: 'unauthorized' }
  /** Hands the first token back, long after it was replaced. */
  | { readonly kind: 'straggler' }
  | { readonly kind: 'pass'; readonly ms: number };

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('call' as const) }),
    fc.record({ kind: fc.constant('abortable' as const) }),
    fc.record({ kind: fc.constant('unauthorized' as const) }),
    fc.record({ kind: fc.constant('straggler' as const) }),
    fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.constantFrom(0, 1000, 31_000, 3_490_000, 3_600_000),
    }),
  ),
  { minLength: 1, maxLength: 25 },
);
const failures = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 });

const serial = ({ token }: AccessToken) => Number(token.slice('token-'.length));
const FAILED = new Error('mint failed');

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeEach(() => process.on('unhandledRejection', note));
afterEach(() => {
  process.off('unhandledRejection', note);
  expect(unhandled.splice(0)).toEqual([]);
});

/** Runs the steps with every exchange, call and abort settling in an order that fast-check chooses. */
async function run(scheduler: fc.Scheduler, program: readonly Step[], fails: readonly boolean[]) {
  const clock = createVirtualClock();
  let mints = 0;
  let inFlight = 0;
  let mostInFlight = 0;
  const mint = async (): Promise<MintedToken> => {
    mints += 1;
    const number = mints;
    inFlight += 1;
    mostInFlight = Math.max(mostInFlight, inFlight);
    const requested = { requestedAtMs: clock.nowMs(), requestedAtMonotonicMs: clock.monotonicMs() };
    await scheduler.schedule(Promise.resolve(), `mint ${number}`);
    inFlight -= 1;
    if (fails[number % fails.length]) throw FAILED;
    return { token: `token-${number}`, lifetimeMs: 3_600_000, ...requested };
  };
  const cache = new TokenCache({ mint, clock });
  const received: AccessToken[] = [];
  const wrong: string[] = [];
  const calls: Promise<void>[] = [];

  const call = async (rejected?: AccessToken, controller?: AbortController) => {
    const newestBefore = Math.max(0, ...received.map(serial));
    try {
      const access = await cache.getToken({ rejected, signal: controller?.signal });
      if (serial(access) < newestBefore) wrong.push(`token ${serial(access)} after ${newestBefore}`);
      received.push(access);
    } catch (error) {
      const own = controller?.signal.aborted === true && error === controller.signal.reason;
      if (!own && error !== FAILED) wrong.push(`failed with ${String(error)}`);
    }
  };

  for (const step of program) {
    if (step.kind === 'pass') {
      await clock.advance(step.ms);
      continue;
    }
    const newest = received.reduce<AccessToken | undefined>(
      (best, access) => (best === undefined || serial(access) > serial(best) ? access : best),
      undefined,
    );
    const controller = step.kind === 'abortable' ? new AbortController() : undefined;
    const rejected =
      step.kind === 'unauthorized' ? newest : step.kind === 'straggler' ? received[0] : undefined;
    calls.push(scheduler.schedule(Promise.resolve(), step.kind).then(() => call(rejected, controller)));
    if (controller !== undefined) {
      calls.push(
        scheduler.schedule(Promise.resolve(), 'abort').then(() => controller.abort(new Error('left'))),
      );
    }
    if (scheduler.count() > 3) await scheduler.waitOne();
  }
  await scheduler.waitFor(Promise.all(calls));
  return { cache, clock, mints, mostInFlight, wrong };
}

describe('in every order in which exchanges, calls, aborts and 401s can settle', () => {
  it('one exchange runs at a time, nobody gets an older token than one already seen, nobody else’s abort', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), steps, failures, async (scheduler, program, fails) => {
        const { wrong, mostInFlight } = await run(scheduler, program, fails);
        expect(wrong).toEqual([]);
        expect(mostInFlight).toBeLessThanOrEqual(1);
      }),
      { numRuns: 400 },
    );
  });

  it('the next call succeeds as soon as exchanges do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), steps, async (scheduler, program) => {
        const { cache, wrong } = await run(scheduler, program, [false]);
        const next = cache.getToken();
        expect((await scheduler.waitFor(next)).token).toMatch(/^token-/);
        expect(wrong).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('any number of 401s for one token makes one new exchange', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 60 }), async (scheduler, count) => {
        let mints = 0;
        const clock = createVirtualClock();
        const mint = async () => {
          mints += 1;
          const token = `token-${mints}`;
          await scheduler.schedule(Promise.resolve(), token);
          return {
            token,
            lifetimeMs: 3_600_000,
            requestedAtMs: clock.nowMs(),
            requestedAtMonotonicMs: clock.monotonicMs(),
          };
        };
        const cache = new TokenCache({ mint, clock });
        const rejected = await scheduler.waitFor(cache.getToken());
        const calls = Array.from({ length: count }, async () => {
          await scheduler.schedule(Promise.resolve(), '401');
          return (await cache.getToken({ rejected })).token;
        });
        const tokens = await scheduler.waitFor(Promise.all(calls));
        expect(new Set(tokens)).toEqual(new Set(['token-2']));
        expect(mints).toBe(2);
      }),
      { numRuns: 200 },
    );
  });
});
