import { afterEach, describe, expect, it, vi } from 'vitest';
import { configFromEnv } from '../../src/config/env.ts';
import { parseHaloConfig } from '../../src/config/parse-halo-config.ts';
import { findLeaks } from '../support/canary.ts';
import { CLOUD, issuesOf } from './settings.ts';

const ENV = {
  HALO_RESOURCE_SERVER: ' example.halopsa.com\n',
  HALO_CLIENT_ID: CLOUD.clientId,
  HALO_CLIENT_SECRET: CLOUD.clientSecret,
  HALO_TENANT_ID: 'example',
};

afterEach(() => vi.unstubAllEnvs());

describe('configFromEnv', () => {
  it('reads a hosted Halo, with the client secret as a Secret', () => {
    const config = configFromEnv({ env: ENV });
    expect(Object.keys(config).sort()).toEqual(['clientId', 'clientSecret', 'resourceServer', 'tenantId']);
    expect(config).toMatchObject({ resourceServer: 'example.halopsa.com', tenantId: 'example' });
    expect(String(config.clientSecret)).toBe('[redacted]');
    expect(findLeaks({ ...config }, [CLOUD.clientSecret])).toEqual([]);
    expect(parseHaloConfig({ ...config, timeoutMs: 1 }).credentials?.clientSecret.reveal()).toBe(
      CLOUD.clientSecret,
    );
  });

  it('reads process.env by default, at the time of the call', () => {
    for (const [name, value] of Object.entries(ENV)) vi.stubEnv(name, value);
    expect(configFromEnv()).toMatchObject({ clientId: CLOUD.clientId });
  });

  it.each([
    ['no process', undefined],
    ['a process without variables', {}],
  ])('finds nothing set where there is %s, and takes what it is given', (_where, process) => {
    vi.stubGlobal('process', process);
    try {
      expect(() => configFromEnv()).toThrow('HALO_RESOURCE_SERVER');
      expect(configFromEnv({ env: ENV })).toMatchObject({ clientId: CLOUD.clientId });
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('reads other names with a prefix', () => {
    const env = Object.fromEntries(
      Object.entries(ENV).map(([name, value]) => [name.replace('HALO', 'HALO_UK'), value]),
    );
    expect(configFromEnv({ env, prefix: 'HALO_UK' })).toMatchObject({ tenantId: 'example' });
    expect(issuesOf(() => configFromEnv({ env: {}, prefix: 'HALO_UK' }))[0]?.field).toBe(
      'HALO_UK_RESOURCE_SERVER',
    );
  });

  it.each(['', '1A', 'HALO-UK', 'a b'])('refuses the prefix %j', (prefix) => {
    expect(() => configFromEnv({ env: ENV, prefix })).toThrow(TypeError);
  });

  it('reads an on-premise Halo over http', () => {
    const { HALO_TENANT_ID: _, ...rest } = ENV;
    const env = {
      ...rest,
      HALO_RESOURCE_SERVER: 'http://desk.corp.local/halo',
      HALO_AUTH_SERVER: 'http://desk.corp.local/login',
      HALO_SCOPE: 'read:customers',
      HALO_ON_PREMISE: 'TRUE',
      HALO_ALLOW_INSECURE_HTTP: 'yes',
    };
    const config = configFromEnv({ env });
    expect(config).toMatchObject({ onPremise: true, allowInsecureHttp: true, scope: 'read:customers' });
    expect(parseHaloConfig(config).endpoints.tokenUrl).toBe('http://desk.corp.local/login/token');
  });

  it.each([
    ['true', true],
    ['1', true],
    ['Yes', true],
    ['false', false],
    ['0', false],
    ['NO', false],
    [' no ', false],
  ])('reads the boolean %j as %s', (text, onPremise) => {
    const env = { ...ENV, HALO_TENANT_ID: onPremise ? '' : 'example', HALO_ON_PREMISE: text };
    expect(configFromEnv({ env })).toMatchObject({ onPremise });
  });

  it.each(['on', '2', 'nope', 'truee'])(
    'refuses %j as a boolean, and makes no further problem of it',
    (text) => {
      const env = { ...ENV, HALO_ON_PREMISE: text, HALO_ALLOW_INSECURE_HTTP: '' };
      expect(issuesOf(() => configFromEnv({ env }))).toMatchObject([
        { field: 'HALO_ON_PREMISE', message: 'is not true or false' },
      ]);
    },
  );

  it('names every variable that is missing, and the one that is nearly right', () => {
    const env = {
      HALO_TENANT: 'acme',
      HALO_CLIENTID: 'id',
      HALO_RESOURCE_SERVER: '',
      HALO_OTHER: 'x',
      PATH: '/bin',
    };
    expect(issuesOf(() => configFromEnv({ env })).map(({ field, message }) => `${field} ${message}`)).toEqual(
      [
        'HALO_RESOURCE_SERVER is not set',
        'HALO_CLIENT_ID is not set, but HALO_CLIENTID is: rename it',
        'HALO_CLIENT_SECRET is not set',
        'HALO_TENANT_ID is not set, but HALO_TENANT is: rename it',
      ],
    );
  });

  it('names the variable whose value is not usable, without the secret', () => {
    const env = { ...ENV, HALO_CLIENT_SECRET: `"${CLOUD.clientSecret}"`, HALO_RESOURCE_SERVER: 'a@b.c' };
    try {
      configFromEnv({ env });
      expect.unreachable();
    } catch (error) {
      expect(issuesOf(() => configFromEnv({ env })).map(({ field }) => field)).toEqual([
        'HALO_RESOURCE_SERVER',
        'HALO_CLIENT_SECRET',
      ]);
      expect(findLeaks(error, [CLOUD.clientSecret])).toEqual([]);
    }
  });

  it('takes the tenant out of a pasted token URL', () => {
    const env = {
      ...ENV,
      HALO_TENANT_ID: '',
      HALO_AUTH_SERVER: 'https://x.halopsa.com/auth/token?tenant=acme',
    };
    expect(configFromEnv({ env })).toMatchObject({ tenantId: 'acme' });
  });
});
