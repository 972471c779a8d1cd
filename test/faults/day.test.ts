import { expect, it } from 'vitest';
import { sleep } from '../../src/clock.ts';
import { createMemoryRig, grant, json } from './memory-rig.ts';

const DAY_MS = 24 * 3600 * 1000;
const TOKEN_LIFE_MS = 3_600_000;
const LATENCY_MS = 80;
/** Ten calls a second in the long form. */
const EVERY_MS = process.env.HALO_PSA_TESTS === 'full' ? 100 : 30_000;

it('a day of traffic asks for 25 tokens, never waits for one and never sends an expired one', {
  timeout: 600_000,
}, async () => {
  const rig = createMemoryRig({
    token: [
      async (call, context) => {
        await sleep(context.clock, 400);
        const reply = grant();
        return typeof reply === 'function' ? reply(call, context) : json({});
      },
    ],
    api: [
      async ({ atMs, bearer }, { clock, canaries }) => {
        const minted = rig.tokenCalls.find(({ index }) => canaries.token(index) === bearer);
        expired += atMs - (minted?.atMs ?? Number.NEGATIVE_INFINITY) >= TOKEN_LIFE_MS ? 1 : 0;
        await sleep(clock, LATENCY_MS);
        return json({ id: 1 });
      },
    ],
  });
  let expired = 0;
  let delayed = 0;
  await rig.settle(rig.halo.clients.get(1));
  for (let atMs = 0; atMs < DAY_MS; atMs += EVERY_MS) {
    const startMs = rig.clock.monotonicMs();
    await rig.settle(rig.halo.clients.get(1));
    if (rig.clock.monotonicMs() - startMs > LATENCY_MS) delayed += 1;
    await rig.clock.advance(Math.max(0, EVERY_MS - LATENCY_MS));
  }
  expect({ expired, delayed }).toEqual({ expired: 0, delayed: 0 });
  expect(rig.tokenCalls.length).toBeGreaterThanOrEqual(24);
  expect(rig.tokenCalls.length).toBeLessThanOrEqual(26);
  expect(await rig.leftovers()).toEqual([]);
  await rig.close();
});
