import { describe, expect, it, vi } from 'vitest';
import type { ConnectionOptions } from '../../src/http/connection.ts';
import { createTransport } from '../../src/http/transport.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { createClient, failureOf, fakeFetch, json, readClient, setup } from './transport-setup.ts';

describe('what sends is loaded with the first call', () => {
  const slowly = () => {
    const clock = createVirtualClock();
    const load = vi.fn<ConnectionOptions['load']>(
      () => new Promise((resolve) => clock.schedule(500, () => resolve({ createTransport }))),
    );
    const { fetch, calls } = fakeFetch(() => json({ id: 42 }));
    return { ...setup(fetch, { clock, load }), load, calls };
  };

  it('and with no call is not loaded at all', async () => {
    const { transport, load, tokens } = slowly();
    expect(transport.budget()).toMatchObject({ inFlight: 0 });
    await transport.close();
    expect(load).not.toHaveBeenCalled();
    expect(tokens.asked).toEqual([]);
  });

  it('and makes one transport for all calls that wait for it', async () => {
    const { clock, transport, calls, tokens } = slowly();
    const first = Promise.all([transport.send(readClient), transport.send(readClient)]);
    expect(await clock.settle(first)).toMatchObject([{ value: { id: 42 } }, { value: { id: 42 } }]);
    await clock.settle(transport.send(readClient));
    expect([calls.length, tokens.asked.length]).toEqual([3, 3]);
  });

  it('which counts as the own time of that call', async () => {
    const { clock, transport, calls } = slowly();
    expect(await failureOf(clock, transport.send(readClient, { timeoutMs: 400 }))).toMatchObject({
      code: 'HALO_TIMEOUT_TOTAL',
      timeoutMs: 400,
      elapsedMs: 500,
      attempts: 0,
    });
    expect(calls).toEqual([]);
  });

  it('and a call that is aborted meanwhile sends nothing', async () => {
    const { clock, transport, calls } = slowly();
    const controller = new AbortController();
    const reason = new Error('changed my mind');
    const failed = failureOf(clock, transport.send(createClient, { signal: controller.signal }));
    controller.abort(reason);
    expect(await failed).toBe(reason);
    expect([calls.length, clock.pending(), transport.budget().inFlight]).toEqual([0, 0, 0]);
  });

  it('and one whose client is closed meanwhile ends with it', async () => {
    const { clock, transport, calls } = slowly();
    const failed = failureOf(clock, transport.send(createClient));
    await clock.settle(transport.close());
    expect(await failed).toMatchObject({ code: 'HALO_NETWORK_CLOSED', attempts: 0 });
    expect([calls.length, clock.pending()]).toEqual([0, 0]);
  });

  it('or fails with that call, and is tried again by the next one', async () => {
    const load = vi.fn<ConnectionOptions['load']>(async () => ({ createTransport }));
    load.mockRejectedValueOnce(new Error('gone'));
    const { clock, transport } = setup(fakeFetch(() => json({ id: 42 })).fetch, { load });
    expect(await failureOf(clock, transport.send(readClient))).toMatchObject({ message: 'gone' });
    expect(await clock.settle(transport.send(readClient))).toMatchObject({ value: { id: 42 } });
  });
});
