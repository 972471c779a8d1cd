import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import { instancesFromEnv } from '../../src/config/env.ts';
import { HaloConfigError } from '../../src/errors.ts';
import type { HaloClient } from '../../src/halo-client.ts';
import { createRateBudget } from '../../src/http/rate-budget.ts';
import { createHaloInstances } from '../../src/instances.ts';
import { createFakeHalo } from '../../src/testing/index.ts';
import { findLeaks } from '../support/canary.ts';

const fakeOf = (name: string, options: Parameters<typeof createFakeHalo>[0] = {}) =>
  createFakeHalo({
    resourceServer: `https://${name}.halopsa.example`,
    tenantId: name,
    clients: [{ name: `${name} customer` }],
    teams: [{ name: 'First Line' }],
    agents: [{ id: 2, name: 'API Agent', isapiagent: true, teams: [{ team_id: 1 }] }, { name: 'Jane' }],
    ...options,
  });
const configOf = (fake: ReturnType<typeof fakeOf>) => ({ ...fake.config, fetch: fake.fetch }) as never;

describe('createHaloInstances', () => {
  it.each([undefined, null, [], 'uk'])('asks for settings by name when it is given %j', (configs) => {
    expect(() => createHaloInstances(configs as never)).toThrow('settings by a name');
  });

  it('has typed names, get(name) and iteration in the order of the settings', async () => {
    const uk = fakeOf('uk');
    const us = fakeOf('us');
    await using halos = createHaloInstances({ uk: configOf(uk), us: configOf(us) });
    expectTypeOf(halos.get).parameter(0).toEqualTypeOf<'uk' | 'us'>();
    expectTypeOf(halos.get('uk')).toEqualTypeOf<HaloClient>();
    expect(halos.names).toEqual(['uk', 'us']);
    expect([...halos].map(([name, halo]) => [name, halo.host])).toEqual([
      ['uk', 'uk.halopsa.example'],
      ['us', 'us.halopsa.example'],
    ]);
    expect(halos.get('uk')).toBe(halos.get('uk'));
    expect((await halos.get('us').clients.list().toArray()).map(({ name }) => name)).toEqual(['us customer']);
    expect(uk.requests).toEqual([]);
  });

  it('refuses a name that is none, also one that every object has', () => {
    const halos = createHaloInstances({ uk: configOf(fakeOf('uk')) });
    for (const name of ['us', 'constructor', '__proto__', 'toString']) {
      expect(() => halos.get(name as 'uk')).toThrow(/there are: uk/);
      expect(halos.has(name)).toBe(false);
    }
    expect(halos.has('uk')).toBe(true);
  });

  it('shares nothing between instances: token, rate budget, life', async () => {
    const uk = fakeOf('uk');
    const us = fakeOf('us');
    const halos = createHaloInstances({ uk: configOf(uk), us: configOf(us) });
    await halos.get('uk').teams.list().toArray();
    expect(halos.get('us').budget().used).toBe(0);
    expect(us.requests).toEqual([]);
    await halos.get('uk').close();
    await halos.get('us').teams.list().toArray();
    expect(us.requests.filter(({ path }) => path.endsWith('/token'))).toHaveLength(1);
  });

  it('shares what the caller passes in', async () => {
    const fake = fakeOf('uk');
    const rateBudget = createRateBudget();
    const config = { ...(configOf(fake) as object), rateBudget } as never;
    const halos = createHaloInstances({ one: config, two: config });
    await halos.get('one').teams.list().toArray();
    expect(halos.get('two').budget().used).toBeGreaterThan(0);
  });

  it('names every problem of every instance at once, and no secret', () => {
    const CANARY = 'c4nary with a space';
    const create = () =>
      createHaloInstances({
        uk: { ...fakeOf('uk').config, clientSecret: CANARY } as never,
        us: { resourceServer: 'us.halopsa.example' } as never,
      });
    expect(create).toThrow(HaloConfigError);
    try {
      create();
    } catch (error) {
      const fields = (error as HaloConfigError).issues.map(({ field }) => field);
      expect(fields).toEqual(['uk.clientSecret', 'us.clientId', 'us.clientSecret', 'us.tenantId']);
      expect(findLeaks(error, [CANARY])).toEqual([]);
    }
  });

  it('closes all clients', async () => {
    const halos = createHaloInstances({ uk: configOf(fakeOf('uk')), us: configOf(fakeOf('us')) });
    await halos.close();
    for (const [, halo] of halos) {
      await expect(halo.teams.list().toArray()).rejects.toMatchObject({ code: 'HALO_NETWORK_CLOSED' });
    }
  });
});

describe('verifyAll()', () => {
  it('gives one report per instance, and one that fails never hides the others', async () => {
    const halos = createHaloInstances({
      uk: configOf(fakeOf('uk', { unreachable: 'CERT_HAS_EXPIRED' })),
      us: configOf(fakeOf('us')),
      au: configOf(fakeOf('au', { teamlessAgent: true })),
    });
    const reports = await halos.verifyAll();
    expectTypeOf(reports).toHaveProperty('uk');
    expect(Object.entries(reports).map(([name, { status, host }]) => [name, status, host])).toEqual([
      ['uk', 'failed', 'uk.halopsa.example'],
      ['us', 'ok', 'us.halopsa.example'],
      ['au', 'warning', 'au.halopsa.example'],
    ]);
  });

  it.each([
    [undefined, 4],
    [1, 1],
    [3, 3],
    [50, 9],
  ])('with concurrency %j verifies at most %i at one time', async (concurrency, most) => {
    let running = 0;
    let highest = 0;
    let verifications = 0;
    const names = Array.from({ length: 9 }, (_, index) => `i${index}`);
    const configs = names.map((name) => {
      const beforeAnswer = async ({ path }: { path: string }) => {
        if (!path.endsWith('/authinfo')) return;
        running += 1;
        verifications += 1;
        highest = Math.max(highest, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
      };
      return [name, configOf(fakeOf(name, { beforeAnswer }))] as const;
    });
    const reports = await createHaloInstances(Object.fromEntries(configs)).verifyAll({ concurrency });
    expect(Object.keys(reports)).toEqual(names);
    expect(highest).toBe(most);
    expect(verifications).toBe(names.length);
  });

  it('refuses a concurrency that is none', async () => {
    const halos = createHaloInstances({ uk: configOf(fakeOf('uk')) });
    await expect(halos.verifyAll({ concurrency: 0 })).rejects.toThrow(TypeError);
  });
});

describe('instancesFromEnv', () => {
  const variables = (name: string, changes: Record<string, string> = {}) => ({
    [`HALO_${name}_RESOURCE_SERVER`]: `${name.toLowerCase()}.halopsa.com`,
    [`HALO_${name}_CLIENT_ID`]: 'an-id',
    [`HALO_${name}_CLIENT_SECRET`]: `secret-of-${name}`,
    [`HALO_${name}_TENANT_ID`]: name.toLowerCase(),
    ...changes,
  });

  it('reads HALO_UK_... and HALO_US_... as uk and us, secrets as Secret', () => {
    const configs = instancesFromEnv({
      env: { ...variables('US'), ...variables('UK'), ...variables('DESK2') },
    });
    expect(Object.keys(configs)).toEqual(['desk2', 'uk', 'us']);
    expect(configs.uk).toMatchObject({ resourceServer: 'uk.halopsa.com', tenantId: 'uk' });
    expect(findLeaks(configs, ['secret-of-UK'])).toEqual([]);
    expect(createHaloInstances(configs).get('us').host).toBe('us.halopsa.com');
  });

  it('reads process.env by default, at the time of the call', () => {
    for (const [name, value] of Object.entries(variables('NZ'))) vi.stubEnv(name, value);
    expect(Object.keys(instancesFromEnv())).toEqual(['nz']);
    vi.unstubAllEnvs();
  });

  it('takes neither the variables of a single Halo nor blank or other names for an instance', () => {
    const env = {
      ...variables('UK'),
      HALO_RESOURCE_SERVER: 'one.halopsa.com',
      HALO_US_RESOURCE_SERVER: ' ',
      halo_de_RESOURCE_SERVER: 'x.halopsa.com',
    };
    expect(Object.keys(instancesFromEnv({ env }))).toEqual(['uk']);
  });

  it('leaves out no instance silently: neither one with a longer name nor one without a resource server', () => {
    const env = { ...variables('UK_NORTH', { HALO_UK_NORTH_RESOURCE_SERVER: 'north.halopsa.com' }) };
    expect(Object.keys(instancesFromEnv({ env }))).toEqual(['uk_north']);
    const { HALO_US_RESOURCE_SERVER: _missing, ...withoutServer } = variables('US');
    expect(() => instancesFromEnv({ env: { ...env, ...withoutServer } })).toThrow(
      /HALO_US_RESOURCE_SERVER is not set/,
    );
  });

  it('names every variable of every instance that is not usable', () => {
    const env = {
      ...variables('UK', { HALO_UK_CLIENT_ID: '' }),
      ...variables('US', { HALO_US_TENANT_ID: 'a b' }),
    };
    try {
      instancesFromEnv({ env });
      expect.unreachable();
    } catch (error) {
      expect((error as HaloConfigError).issues.map(({ field }) => field)).toEqual([
        'HALO_UK_CLIENT_ID',
        'HALO_US_TENANT_ID',
      ]);
    }
  });

  it('says what to set when there is none', () => {
    expect(() => instancesFromEnv({ env: {} })).toThrow(
      /HALO_<NAME>_RESOURCE_SERVER is not set for any name/,
    );
  });
});
