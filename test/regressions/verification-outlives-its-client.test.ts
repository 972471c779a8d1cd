import { expect, it } from 'vitest';
import { createMemoryRig } from '../faults/memory-rig.ts';

it('halo.close() ends a verification as it ends a call, and a closed client verifies nothing', async () => {
  const rig = createMemoryRig({ token: ['hang'], api: ['hang'] });
  const verification = rig.halo.verify().catch((reason: unknown) => reason);
  await rig.clock.advance(100);
  await rig.halo.close();
  expect(await verification).toMatchObject({ code: 'HALO_NETWORK_CLOSED' });
  expect(rig.clock.pending()).toBe(0);
  const requests = rig.apiRequests();
  await expect(rig.halo.verify()).rejects.toMatchObject({ code: 'HALO_NETWORK_CLOSED' });
  expect(rig.apiRequests()).toBe(requests);
});

it('a verification still ends with the reason of its caller', async () => {
  const rig = createMemoryRig({ token: ['hang'], api: ['hang'] });
  const controller = new AbortController();
  const verification = rig.halo.verify({ signal: controller.signal }).catch((reason: unknown) => reason);
  await rig.clock.advance(100);
  controller.abort('enough');
  expect(await verification).toBe('enough');
  expect(rig.clock.pending()).toBe(0);
});
