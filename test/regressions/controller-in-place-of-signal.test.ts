import { expect, it } from 'vitest';
import { createMemoryRig } from '../faults/memory-rig.ts';

const controller = new AbortController() as unknown as AbortSignal;

it('an AbortController given as `signal` is named before any request, and not called a network failure', async () => {
  const { halo, apiRequests, tokenRequests, clock } = createMemoryRig();
  const calls = [
    () => halo.clients.get(1, { signal: controller }),
    () => halo.clients.create({ name: 'Northwind' }, { signal: controller }),
    () => halo.request({ path: '/Tickets/1' }, undefined, { signal: controller }),
    async () => halo.clients.list({}, { signal: controller }),
  ];
  for (const call of calls) {
    await expect(call()).rejects.toThrow(
      new TypeError('signal must be an AbortSignal; give controller.signal, not the controller'),
    );
  }
  expect([tokenRequests(), apiRequests(), clock.pending()]).toEqual([0, 0, 0]);
  await expect(halo.clients.get(1, { signal: null as never })).resolves.toMatchObject({ id: 1 });
});
