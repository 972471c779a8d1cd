import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Script, startRawServer } from '../support/raw-server.ts';
import { createCanaries } from './canaries.ts';
import { runChild } from './children.ts';
import { create, endingOf } from './fault-case.ts';
import { createMemoryRig, status } from './memory-rig.ts';
import { grantBytes, healthyBytes } from './wire-rig.ts';

/** Longest time that a process may live on after its last call has ended. */
const LONGEST_LINGER_MS = 1000;

const canaries = createCanaries();
type Behaviour = 'healthy' | 'silent' | 'limited';
let token: Behaviour = 'healthy';
let api: Behaviour = 'healthy';
let auth: Awaited<ReturnType<typeof startRawServer>>;
let halo: Awaited<ReturnType<typeof startRawServer>>;

const LIMITED: Script = [{ write: 'HTTP/1.1 429 Limited\r\nretry-after: 200\r\ncontent-length: 0\r\n\r\n' }];
const scripted = (behaviour: Behaviour, healthy: Uint8Array): Script =>
  ({ healthy: [{ write: healthy }], silent: [{ pause: true }], limited: LIMITED })[behaviour] as Script;

beforeEach(async () => {
  token = 'healthy';
  api = 'healthy';
  auth = await startRawServer((_, index) => scripted(token, grantBytes(canaries, index)));
  halo = await startRawServer((request) => scripted(api, healthyBytes(request, canaries)));
});

afterEach(async () => {
  await Promise.all([auth.close(), halo.close()]);
});

async function oneCall(how: 'read' | 'abort' | 'close' | 'using') {
  const config = {
    resourceServer: halo.origin,
    authServer: `${auth.origin}/auth`,
    clientId: 'id',
    clientSecret: canaries.clientSecret,
    onPremise: true,
    allowInsecureHttp: true,
  };
  const { code, output, lingeredMs } = await runChild('one-call', [JSON.stringify({ config, how })]);
  expect(code).toBe(0);
  return { ending: JSON.parse(output) as { name?: string; code?: string; value?: unknown }, lingeredMs };
}

describe('a process ends within a second of its last call', () => {
  it.each([
    ['that succeeded, though nobody closed the client', 'read', {}, undefined],
    ['that left its `await using` block', 'using', {}, undefined],
    ['that was aborted while Halo was silent', 'abort', { api: 'silent' }, 'TimeoutError'],
    ['that was aborted in a wait for the rate limit', 'abort', { api: 'limited' }, 'TimeoutError'],
    ['that was aborted in a wait of the token endpoint', 'abort', { token: 'limited' }, 'TimeoutError'],
    ['that was closed while Halo was silent', 'close', { api: 'silent' }, 'HaloNetworkError'],
    ['that was closed while the token endpoint was silent', 'close', { token: 'silent' }, 'HaloNetworkError'],
    ['that was closed in a wait for the rate limit', 'close', { api: 'limited' }, 'HaloNetworkError'],
  ] as const)('%s', async (_, how, behaviour: { token?: Behaviour; api?: Behaviour }, name) => {
    token = behaviour.token ?? 'healthy';
    api = behaviour.api ?? 'healthy';
    const { ending, lingeredMs } = await oneCall(how);
    expect(ending.name).toBe(name);
    expect(lingeredMs).toBeLessThan(LONGEST_LINGER_MS);
  });
});

describe('halo.close()', () => {
  it.each([
    ['the token', { token: ['hang'] }],
    ['an answer', { api: ['hang'] }],
    ['the rate limit', { api: [status(429)] }],
    ['a resend', { api: [status(503, { 'retry-after': '30' })] }],
  ] as const)(
    'ends calls that wait for %s, clears their timers and refuses further calls',
    async (_, replies) => {
      const rig = createMemoryRig(replies);
      const calls = Promise.all([1, 2, 3].map((id) => endingOf(rig.halo.clients.get(id))));
      await rig.clock.advance(100);
      await rig.halo.close();
      for (const { errors } of await calls) expect(errors).toMatchObject([{ code: 'HALO_NETWORK_CLOSED' }]);
      expect(rig.clock.pending()).toBe(0);
      await expect(rig.halo.clients.get(1)).rejects.toMatchObject({ code: 'HALO_NETWORK_CLOSED' });
    },
  );

  it('says of a write in flight that its outcome is unknown', async () => {
    const rig = createMemoryRig({ api: ['hang'] });
    const call = endingOf(create(rig.halo, {}));
    await rig.clock.advance(100);
    await rig.halo.close();
    expect((await call).errors).toMatchObject([{ code: 'HALO_WRITE_UNCERTAIN' }]);
  });

  it('leaves a token provider alone that other clients share', async () => {
    const rig = createMemoryRig();
    const tokenProvider = {
      getToken: async () => ({ token: 'shared', expiresAtMs: rig.clock.nowMs() + 60_000 }),
    };
    const [first, second] = [
      createMemoryRig({ config: { tokenProvider } }),
      createMemoryRig({ config: { tokenProvider } }),
    ];
    await first.halo.close();
    expect(await second.settle(second.halo.clients.get(1))).toMatchObject({ id: 1 });
  });
});
