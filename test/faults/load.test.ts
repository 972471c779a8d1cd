import { describe, expect, it } from 'vitest';
import { sleep } from '../../src/clock.ts';
import { createRateBudgetWith } from '../../src/http/rate-budget.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { endingOf, errorsOf } from './fault-case.ts';
import { createHaloModel } from './halo-model.ts';
import {
  createMemoryRig,
  fetchFailed,
  grant,
  healthyApi,
  type MemoryCall,
  type MemoryContext,
  type Reply,
  silence,
  status,
} from './memory-rig.ts';

type Answer = (call: MemoryCall, context: MemoryContext) => Response | Promise<Response>;

describe('under load', () => {
  it('1,000 calls in flight whose token is revoked cost one token and 1,000 resends', async () => {
    const rig = createMemoryRig();
    await rig.settle(rig.halo.clients.get(1));
    const revoked = rig.canaries.token(0);
    rig.reply({
      api: [
        async (call, context) => {
          await sleep(context.clock, (call.index * 7919) % 5000);
          return call.bearer === revoked ? status(401) : (healthyApi as Answer)(call, context);
        },
      ],
    });
    const calls = Array.from({ length: 1000 }, (_, index) => rig.halo.clients.get(index + 1));
    expect(await rig.settle(errorsOf(calls))).toEqual([]);
    expect([rig.tokenCalls.length, rig.apiCalls.length]).toEqual([2, 2001]);
    await rig.close();
  });

  it('an outage is not amplified: 1,000 calls in a minute against a dead server are sent at most 1.1 times', async () => {
    const rig = createMemoryRig({ api: [fetchFailed('ECONNRESET')] });
    const calls = Array.from({ length: 1000 }, async (_, index) => {
      await sleep(rig.clock, index * 60);
      return rig.halo.clients.get(index + 1);
    });
    expect(await rig.settle(errorsOf(calls))).toHaveLength(1000);
    expect(rig.apiCalls.length).toBeLessThanOrEqual(1100);
    await rig.close();
  });

  it('two clients that share a budget stop together at the first 429, and one probe reopens it for both', async () => {
    const clock = createVirtualClock();
    const rateBudget = createRateBudgetWith({ requests: 300 }, clock);
    const limited = { untilMs: 30_000, refused: 0 };
    const api: Reply = async (call, context) => {
      await sleep(clock, 50);
      if (clock.monotonicMs() >= limited.untilMs) return (healthyApi as Answer)(call, context);
      limited.refused += 1;
      return status(429, { 'retry-after': '30' });
    };
    const rigs = [1, 2].map(() => createMemoryRig({ clock, api: [api], config: { rateBudget } }));
    const calls = rigs.flatMap(({ halo }) =>
      Array.from({ length: 20 }, (_, index) => halo.clients.get(index + 1)),
    );
    expect(await clock.settle(errorsOf(calls))).toEqual([]);
    expect(limited.refused).toBeLessThanOrEqual(4);
    await Promise.all(rigs.map((rig) => rig.close()));
  });

  it('a token endpoint that is down for ten minutes is asked at most four times a minute in the background', async () => {
    const rig = createMemoryRig();
    await rig.settle(rig.halo.clients.get(1));
    await rig.clock.advance(3_481_000);
    rig.reply({ token: [status(503)] });
    for (let second = 0; second < 100; second += 1) {
      await rig.settle(rig.halo.clients.get(1));
      await rig.clock.advance(1000);
    }
    const asked = rig.tokenCalls.slice(1).map(({ atMs }) => atMs);
    const mostInAMinute = Math.max(
      ...asked.map((from) => asked.filter((at) => at >= from && at < from + 60_000).length),
    );
    expect(mostInAMinute).toBeLessThanOrEqual(4);
    await rig.close();
  });

  it('a listing under 1 % resets, truncations and 503s and 0.5 % stalls delivers 100,000 unique rows for 5 % more requests', async () => {
    const rig = createMemoryRig();
    const model = createHaloModel({ rows: 100_000, latencyMs: () => 20 });
    const reset = fetchFailed('ECONNRESET') as Answer;
    const faults: Record<number, Answer> = {
      3: reset,
      4: reset,
      71: () => status(503),
      72: () => status(503),
      113: () => new Response(cut(), { headers: { 'content-type': 'application/json' } }),
      114: () => new Response(cut(), { headers: { 'content-type': 'application/json' } }),
      170: ({ init }) => silence(init.signal),
    };
    const reply: Reply = (call, context) => (faults[call.index % 200] ?? model.reply)(call, context);
    rig.reply({ api: [reply] });
    const ids = new Set<number>();
    const consume = async () => {
      for await (const { id } of rig.halo.clients.list()) ids.add(id);
    };
    expect((await rig.settle(endingOf(consume()))).errors).toEqual([]);
    expect(ids.size).toBe(100_000);
    expect(rig.apiCalls.length).toBeLessThanOrEqual(1050);
    await rig.close();
  });

  it('1,000 concurrent calls that are aborted reject at once', async () => {
    const rig = createMemoryRig({ token: [grant()], api: ['hang'] });
    const controller = new AbortController();
    const times: number[] = [];
    const calls = Array.from({ length: 1000 }, (_, index) =>
      rig.halo.clients
        .get(index + 1, { signal: controller.signal })
        .catch(() => void times.push(performance.now())),
    );
    await rig.clock.advance(10);
    const abortedMs = performance.now();
    controller.abort();
    await Promise.all(calls);
    const latencies = times.map((at) => at - abortedMs).sort((left, right) => left - right);
    // Some milliseconds on an idle machine; the bound only has to tell them from a time limit.
    expect(latencies[989]).toBeLessThan(1000);
    await rig.close();
  });
});

function cut(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: (controller) =>
      controller.error(Object.assign(new TypeError('terminated'), { code: 'UND_ERR_SOCKET' })),
  });
}
