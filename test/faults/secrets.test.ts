import { channel } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createSecret } from '../../src/auth/secret.ts';
import { configFromEnv } from '../../src/config/env.ts';
import { createTokenProvider } from '../../src/create-token-provider.ts';
import { findLeaks } from '../support/canary.ts';
import { endingOf } from './fault-case.ts';
import { createMemoryRig, healthyApi, status } from './memory-rig.ts';

/** All that a log line may hold. */
const ALLOWED = new Set([
  'method',
  'path',
  'status',
  'ms',
  'attempt',
  'requestId',
  'reason',
  'waitMs',
  'untilMs',
  'queued',
  'expiresInMs',
  'field',
  'resource',
]);

describe('no secret can be printed, serialised or reached from', () => {
  const rig = createMemoryRig();
  const settings = {
    resourceServer: 'halo.example',
    clientId: 'id',
    clientSecret: rig.canaries.clientSecret,
    tenantId: 'acme',
    fetch: rig.fetch,
  };

  it.each([
    ['a client', () => rig.halo],
    ['a client in use', () => rig.settle(rig.halo.clients.get(1)).then(() => rig.halo)],
    ['a token provider', () => createTokenProvider(settings)],
    [
      'a config with a secret',
      () => ({ ...settings, clientSecret: createSecret(settings.clientSecret), fetch: undefined }),
    ],
    [
      'a config from the environment',
      () =>
        configFromEnv({
          env: {
            HALO_RESOURCE_SERVER: 'halo.example',
            HALO_CLIENT_ID: 'id',
            HALO_CLIENT_SECRET: settings.clientSecret,
            HALO_TENANT_ID: 'acme',
          },
        }),
    ],
  ] as const)('%s', async (_, make) => {
    const value = await make();
    // What a customer is called is no secret of a value that holds no rows.
    expect(findLeaks(value, rig.canaries.all)).toEqual([]);
    expect(inspect(value, { depth: 12, showHidden: true })).not.toMatch(/canary/);
  });

  it('a token provider in use, but by asking it', async () => {
    const tokens = createTokenProvider(settings);
    const { token } = await rig.settle(tokens.getToken());
    expect(token).toMatch(/^canary-token/);
    expect(findLeaks(tokens, rig.canaries.all)).toEqual([]);
    expect(inspect(tokens)).toBe('TokenProvider { token: [redacted] }');
  });
});

describe('what is told', () => {
  it('goes to the logger as allowed fields only, and with path templates', async () => {
    const rig = createMemoryRig({ api: [status(503), status(429), status(401), healthyApi], budget: {} });
    const { canaries, halo } = rig;
    await rig.settle(halo.request({ path: '/Client/4711', query: { search: canaries.query } }));
    await rig.settle(endingOf(halo.clients.list({ search: canaries.query }).toArray()));
    expect(rig.lines.length).toBeGreaterThan(4);
    for (const line of rig.lines as { fields: Record<string, unknown> }[]) {
      for (const [field, value] of Object.entries(line.fields)) {
        expect(ALLOWED).toContain(field);
        expect(String(value)).not.toMatch(/4711|canary/);
      }
    }
    await rig.close();
  });

  it('costs nothing while nobody listens: no event is put together', async () => {
    const rig = createMemoryRig({ config: { logger: {} } });
    const published: unknown[] = [];
    const halo = channel('halo-psa');
    expect(halo.hasSubscribers).toBe(false);
    const { publish } = halo;
    halo.publish = (message) => void published.push(message);
    await rig.settle(rig.halo.clients.get(1));
    halo.publish = publish;
    expect(published).toEqual([]);
    await rig.close();
  });
});
