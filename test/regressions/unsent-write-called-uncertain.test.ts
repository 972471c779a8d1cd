import { expect, it } from 'vitest';
import type { AccessToken } from '../../src/auth/token-provider.ts';
import { sleep } from '../../src/clock.ts';
import { createClient, failureOf, fakeFetch, json, setup, TOKEN } from '../http/transport-setup.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

const access: AccessToken = { token: TOKEN, expiresAtMs: 9e15 };

it('a create whose time is used up when its token arrives was not sent, and says so', async () => {
  const clock = createVirtualClock();
  const { fetch, calls } = fakeFetch(json([{ id: 1 }], 201));
  // Another caller asked for the token first, so that its timer is due before the deadline of the same millisecond.
  const pending = sleep(clock, 5000).then(() => access);
  const { transport } = setup(fetch, { clock, tokenProvider: { getToken: () => pending } });
  const error = await failureOf(clock, transport.send(createClient, { timeoutMs: 5000 }));
  expect(calls).toHaveLength(0);
  expect(error).toMatchObject({ code: 'HALO_TIMEOUT_TOTAL', attempts: 0, retryable: true });
  expect(transport.budget()).toMatchObject({ inFlight: 0 });
});

it('a create whose client is closed before it was sent is not uncertain', async () => {
  const { fetch, calls } = fakeFetch(json([{ id: 1 }], 201));
  // The logger is told of the token, a moment before the request.
  const logger = { debug: () => void at.transport.close() };
  const at = setup(fetch, { logger });
  const error = await failureOf(at.clock, at.transport.send(createClient));
  expect(calls).toHaveLength(0);
  expect(error).toMatchObject({ code: 'HALO_NETWORK_CLOSED', attempts: 0 });
});
