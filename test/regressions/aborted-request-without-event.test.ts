import { expect, it } from 'vitest';
import { createMemoryRig } from '../faults/memory-rig.ts';

it('a request that its caller aborts is told as well, so that no span or log line is missing', async () => {
  const rig = createMemoryRig({ api: ['hang'] });
  const controller = new AbortController();
  const call = rig.halo.clients.get(1, { signal: controller.signal }).catch((reason: unknown) => reason);
  await rig.clock.advance(300);
  controller.abort('enough');
  expect(await call).toBe('enough');
  expect(rig.lines.at(-1)).toEqual({
    level: 'debug',
    message: 'Halo request',
    fields: { method: 'GET', path: '/Client/{id}', attempt: 1, reason: 'aborted', ms: 300 },
  });
});
