import { inspect } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { createSecret } from '../../src/auth/secret.ts';
import { parseHaloConfig } from '../../src/config/parse-halo-config.ts';
import { HaloConfigError } from '../../src/errors.ts';
import { findLeaks } from '../support/canary.ts';
import { CLOUD, issuesOf, ON_PREMISE } from './settings.ts';

const tokenProvider = { getToken: async () => ({ token: 'token', expiresAtMs: 0 }) };
const fields = (config: unknown) => issuesOf(() => parseHaloConfig(config)).map(({ field }) => field);
const messageOf = (config: unknown) => issuesOf(() => parseHaloConfig(config))[0]?.message;

describe('every form in which an address is pasted is understood', () => {
  it.each([
    'example.halopsa.com',
    'example.halopsa.com/',
    'https://example.halopsa.com',
    'https://example.halopsa.com/',
    'https://example.halopsa.com/api',
    'https://example.halopsa.com/api/',
    'example.halopsa.com/API',
    'HTTPS://Example.HaloPSA.com',
    'https://example.halopsa.com:443',
    'example.halopsa.com.',
    '  https://example.halopsa.com\n',
  ])('resource server %j', (resourceServer) => {
    expect(parseHaloConfig({ ...CLOUD, resourceServer }).endpoints).toEqual({
      apiUrl: 'https://example.halopsa.com/api',
      resourceOrigin: 'https://example.halopsa.com',
      resourceHost: 'example.halopsa.com',
      tokenUrl: 'https://example.halopsa.com/auth/token?tenant=example',
      tokenEndpoint: 'https://example.halopsa.com/auth/token',
      authOrigin: 'https://example.halopsa.com',
    });
  });

  it.each([
    ['https://example.halopsa.com/auth', 'https://example.halopsa.com/auth/token'],
    ['example.halopsa.com/auth', 'https://example.halopsa.com/auth/token'],
    ['example.halopsa.com/auth/', 'https://example.halopsa.com/auth/token'],
    ['https://example.halopsa.com/auth/token', 'https://example.halopsa.com/auth/token'],
    ['https://example.halopsa.com/auth/token/', 'https://example.halopsa.com/auth/token'],
    ['https://example.halopsa.com/auth/token?tenant=example', 'https://example.halopsa.com/auth/token'],
    ['https://example.halopsa.com/auth/token?tenant=', 'https://example.halopsa.com/auth/token'],
    ['https://uk-trial.halopsa.com', 'https://uk-trial.halopsa.com/token'],
    ['uk-trial.halopsa.com', 'https://uk-trial.halopsa.com/token'],
    ['https://uk-trial.halopsa.com/token', 'https://uk-trial.halopsa.com/token'],
    ['https://login.example.com:8443/sso/halo', 'https://login.example.com:8443/sso/halo/token'],
  ])('authorisation server %j is taken literally', (authServer, tokenEndpoint) => {
    const { endpoints } = parseHaloConfig({ ...CLOUD, authServer });
    expect(endpoints).toMatchObject({ tokenEndpoint, tokenUrl: `${tokenEndpoint}?tenant=example` });
    expect(endpoints.authOrigin).toBe(new URL(tokenEndpoint).origin);
  });

  it('takes the tenant from a pasted token URL where none is given, and refuses two different ones', () => {
    const { tenantId: _, ...rest } = CLOUD;
    const authServer = 'https://example.halopsa.com/auth/token?tenant=acme%26co';
    expect(parseHaloConfig({ ...rest, authServer }).endpoints.tokenUrl).toMatch(/\?tenant=acme%26co$/);
    expect(issuesOf(() => parseHaloConfig({ ...CLOUD, authServer }))).toMatchObject([
      { field: 'authServer', message: expect.stringContaining('another tenant') },
    ]);
  });

  it.each([
    ['https://desk.corp.local:8443/halo', 'https://desk.corp.local:8443/halo'],
    ['https://desk.corp.local:8443/halo/api/', 'https://desk.corp.local:8443/halo'],
    ['desk.corp.local', 'https://desk.corp.local'],
    ['https://10.1.2.3/it/halo', 'https://10.1.2.3/it/halo'],
    ['https://[fd12::1]:444', 'https://[fd12::1]:444'],
  ])('on-premise keeps port and base path of %j', (resourceServer, base) => {
    const { endpoints } = parseHaloConfig({ ...ON_PREMISE, resourceServer });
    expect(endpoints).toMatchObject({ apiUrl: `${base}/api`, tokenUrl: `${base}/auth/token` });
  });

  it('cloud takes no base path', () => {
    expect(messageOf({ ...CLOUD, resourceServer: 'https://example.halopsa.com/portal' })).toContain(
      'only the host',
    );
  });
});

describe('the tenant is sent exactly as it was given', () => {
  it.each(['a&b=c', 'a#b', 'a+b', 'a/b', '%41', '\u{1f600}', 'None', '\u00e9'])('%j', (tenantId) => {
    const { tokenUrl } = parseHaloConfig({ ...CLOUD, tenantId }).endpoints;
    expect(new URL(tokenUrl).searchParams.getAll('tenant')).toEqual([tenantId]);
    expect(new URL(tokenUrl).searchParams.size).toBe(1);
  });

  it.each(['\ud800', 'a\udc00b', 'a\0b', 'a\r\nb', 'a\u200bb', 'a b', 'x'.repeat(10_000), '"acme"'])(
    'one that cannot be is refused: %j',
    (tenantId) => {
      expect(fields({ ...CLOUD, tenantId })).toEqual(['tenantId']);
    },
  );
});

describe('all problems are reported at once', () => {
  it('names each missing setting with the Halo screen that shows it', () => {
    const issues = issuesOf(() => parseHaloConfig({}));
    expect(issues).toEqual([
      {
        field: 'resourceServer',
        message: 'is missing',
        hint: expect.stringMatching(/API Details > Resource Server/),
      },
      {
        field: 'clientId',
        message: 'is missing',
        hint: expect.stringMatching(/View Applications .*> Client ID/),
      },
      {
        field: 'clientSecret',
        message: 'is missing',
        hint: expect.stringMatching(/View Applications .*> Client Secret/),
      },
      { field: 'tenantId', message: 'is missing', hint: expect.stringMatching(/API Details > Tenant/) },
    ]);
    for (const { hint } of issues) expect(hint).toMatch(/Configuration > Integrations > HaloPSA API/);
  });

  it('reports problems of every kind together, each once', () => {
    const config = {
      resourceServer: 'http://x.halopsa.com',
      authServer: 7,
      clientId: 'a b',
      clientSecret: ' s3cret',
      tenantId: '\0',
      scope: 'a"b',
      allowInsecureHttp: true,
      fetch: 'fetch',
      timeoutMs: 0,
      maxRetries: 1.5,
      maxRateLimitWaitMs: -1,
      logger: { warn: 'loud' },
      tenent: 'x',
    };
    expect(fields(config).sort()).toEqual(Object.keys(config).sort());
  });

  it.each([undefined, null, 'config', 42, []])('%j is no config', (config) => {
    expect(fields(config)).toEqual(['config']);
  });

  it('keeps the message to one line of at most 1 KiB', () => {
    const config = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`unknown\n${index}`, 1]));
    try {
      parseHaloConfig(config);
      expect.unreachable();
    } catch (error) {
      expect((error as HaloConfigError).issues.length).toBe(204);
      expect((error as Error).message.length).toBeLessThanOrEqual(1024);
      expect((error as Error).message).not.toContain('\n');
    }
  });
});

describe('an unknown setting is named, with the one that was meant', () => {
  it.each([
    ['clientID', 'clientId'],
    ['client_id', 'clientId'],
    ['cleintId', 'clientId'],
    ['secret', 'clientSecret'],
    ['tenant', 'tenantId'],
    ['host', 'resourceServer'],
    ['baseUrl', 'resourceServer'],
    ['resource_server', 'resourceServer'],
    ['tokenUrl', 'authServer'],
    ['authServerHostname', 'authServer'],
    ['isOnPremise', 'onPremise'],
    ['timeout', 'timeoutMs'],
    ['timeoutMS', 'timeoutMs'],
    ['scopes', 'scope'],
  ])('%s: did you mean %s?', (key, meant) => {
    expect(issuesOf(() => parseHaloConfig({ ...CLOUD, [key]: 'x' }))).toMatchObject([
      { field: key, message: `is not a setting; did you mean ${meant}?` },
    ]);
  });

  it.each(['colour', 'x', '__proto__x', 'constructor', 'toString', 'k'.repeat(100_000)])(
    '%s: no guess',
    (key) => {
      expect(messageOf({ ...CLOUD, [key]: 1 })).toBe('is not a setting');
    },
  );
});

describe('blank texts are absent, spaces around are trimmed, spaces inside are an error', () => {
  it.each(['', ' ', '\t\n', null, undefined])('%j counts as absent', (blank) => {
    expect(parseHaloConfig({ ...CLOUD, authServer: blank, scope: blank }).credentials?.scope).toBe('all');
    expect(messageOf({ ...CLOUD, clientSecret: blank })).toBe('is missing');
    expect(fields({ ...CLOUD, tenantId: blank, clientId: blank })).toEqual(['clientId', 'tenantId']);
  });

  it('trims what surrounds a pasted value', () => {
    const resolved = parseHaloConfig({ ...CLOUD, clientId: ' id\n', tenantId: '\tacme ', scope: ' a  b ' });
    expect(resolved.credentials).toMatchObject({ clientId: 'id', tenantId: 'acme', scope: 'a b' });
  });

  it.each(['clientId', 'tenantId'])('a space inside %s is an error', (setting) => {
    expect(issuesOf(() => parseHaloConfig({ ...CLOUD, [setting]: 'a b' }))).toMatchObject([
      { field: setting, message: expect.stringContaining('space') },
    ]);
  });

  it.each([' secret', 'secret ', 'sec ret', 'secret\n', 'sec\u00a0ret'])(
    'a space anywhere in clientSecret is an error that says so: %j',
    (clientSecret) => {
      for (const value of [clientSecret, createSecret(clientSecret)]) {
        expect(issuesOf(() => parseHaloConfig({ ...CLOUD, clientSecret: value }))).toMatchObject([
          { field: 'clientSecret', message: expect.stringContaining('space or a line break') },
        ]);
      }
    },
  );
});

describe('numbers', () => {
  it('have the documented defaults', () => {
    expect(parseHaloConfig(CLOUD)).toMatchObject({
      timeoutMs: 60_000,
      maxRetries: 2,
      maxRateLimitWaitMs: 330_000,
    });
  });

  it.each([
    ['timeoutMs', 0],
    ['timeoutMs', -1],
    ['timeoutMs', Number.NaN],
    ['timeoutMs', '60000'],
    ['maxRetries', -1],
    ['maxRetries', 0.5],
    ['maxRetries', Number.POSITIVE_INFINITY],
    ['maxRateLimitWaitMs', -1],
    ['maxRateLimitWaitMs', Number.NaN],
  ])('%s: %s is refused', (setting, value) => {
    expect(fields({ ...CLOUD, [setting]: value })).toEqual([setting]);
  });

  it.each([
    ['timeoutMs', Number.POSITIVE_INFINITY, 86_400_000],
    ['timeoutMs', 2 ** 40, 86_400_000],
    ['timeoutMs', 0.5, 0.5],
    ['maxRetries', 0, 0],
    ['maxRetries', 1000, 10],
    ['maxRateLimitWaitMs', 0, 0],
    ['maxRateLimitWaitMs', Number.POSITIVE_INFINITY, 86_400_000],
  ])('%s: %s counts as %s', (setting, value, counts) => {
    expect(parseHaloConfig({ ...CLOUD, [setting]: value })).toMatchObject({ [setting]: counts });
  });
});

describe('cloud and on-premise', () => {
  it('a text is no boolean: "false" would count as true', () => {
    expect(fields({ ...CLOUD, onPremise: 'false' })).toEqual(['onPremise']);
  });

  it('on-premise has no tenant', () => {
    expect(fields({ ...ON_PREMISE, tenantId: 'acme' })).toEqual(['tenantId']);
    expect(parseHaloConfig({ ...ON_PREMISE, tenantId: ' ' }).endpoints.tokenUrl).not.toContain('tenant');
    const authServer = 'https://desk.corp.local/auth/token?tenant=acme';
    expect(fields({ ...ON_PREMISE, authServer })).toEqual(['authServer']);
  });

  it('http needs onPremise and allowInsecureHttp, for each server', () => {
    const insecure = { ...ON_PREMISE, resourceServer: 'http://desk.corp.local' };
    expect(messageOf(insecure)).toContain('allowInsecureHttp: true');
    expect(parseHaloConfig({ ...insecure, allowInsecureHttp: true })).toMatchObject({
      insecure: true,
      endpoints: { apiUrl: 'http://desk.corp.local/api', authOrigin: 'http://desk.corp.local' },
    });
    expect(parseHaloConfig({ ...ON_PREMISE, allowInsecureHttp: true }).insecure).toBe(false);
    expect(fields({ ...CLOUD, allowInsecureHttp: true })).toEqual(['allowInsecureHttp']);
    expect(fields({ ...ON_PREMISE, authServer: 'http://desk.corp.local/auth' })).toEqual(['authServer']);
  });
});

describe('a token provider takes the place of credentials', () => {
  it('needs the resource server only', () => {
    const resolved = parseHaloConfig({ resourceServer: CLOUD.resourceServer, tokenProvider });
    expect(resolved).toMatchObject({ tokenProvider, credentials: undefined });
    expect(resolved.endpoints.apiUrl).toBe('https://example.halopsa.com/api');
  });

  it('names each credential that has no use beside it', () => {
    expect(fields({ ...CLOUD, tokenProvider, scope: 'all', authServer: 'x.com' })).toEqual([
      'authServer',
      'clientId',
      'clientSecret',
      'tenantId',
      'scope',
    ]);
  });

  it.each([{}, { getToken: 1 }, 'token', () => 'token'])('%j is none', (value) => {
    expect(fields({ resourceServer: 'example.halopsa.com', tokenProvider: value })[0]).toBe('tokenProvider');
  });
});

describe('what the caller passes in', () => {
  it('is not changed', () => {
    const config = Object.freeze({ ...CLOUD, resourceServer: ' example.halopsa.com ' });
    parseHaloConfig(config);
    expect(config.resourceServer).toBe(' example.halopsa.com ');
  });

  it('may be console as the logger, or one that throws', () => {
    expect(() => parseHaloConfig({ ...CLOUD, logger: console })).not.toThrow();
    const warn = vi.fn(() => {
      throw new Error('disk full');
    });
    const { logger } = parseHaloConfig({ ...CLOUD, logger: { warn } });
    logger.warn?.('message', { host: 'h' });
    expect(Object.keys(logger)).toEqual(['warn']);
    expect(warn).toHaveBeenCalledExactlyOnceWith('message', { host: 'h' });
  });

  it('keeps the levels of the logger: nothing is put together for one that nobody reads', () => {
    expect(parseHaloConfig({ ...CLOUD, logger: { warn: vi.fn() } }).logger).not.toHaveProperty('debug');
    expect(parseHaloConfig(CLOUD).logger).toEqual({});
  });

  it('leaves fetch undefined, to be looked up when it is called', () => {
    expect(parseHaloConfig(CLOUD).fetch).toBeUndefined();
    expect(parseHaloConfig({ ...CLOUD, fetch }).fetch).toBe(fetch);
  });
});

describe('no secret shows', () => {
  it('in the resolved settings, as text, JSON or inspection', () => {
    for (const clientSecret of [CLOUD.clientSecret, createSecret(CLOUD.clientSecret)]) {
      const resolved = parseHaloConfig({ ...CLOUD, clientSecret });
      expect(findLeaks({ ...resolved }, [CLOUD.clientSecret])).toEqual([]);
      expect(inspect(resolved, { depth: 9 })).toContain('clientSecret: [redacted]');
      expect(resolved.credentials?.clientSecret.reveal()).toBe(CLOUD.clientSecret);
    }
  });

  it('in an error, also where it was pasted into another field', () => {
    const wrong = [
      { ...CLOUD, resourceServer: CLOUD.clientSecret },
      { ...CLOUD, resourceServer: `https://user:${CLOUD.clientSecret}@x.com` },
      { ...CLOUD, clientId: `${CLOUD.clientSecret} x y` },
      { ...CLOUD, tenantId: `${CLOUD.clientSecret}\0` },
      { ...CLOUD, scope: `${CLOUD.clientSecret}"` },
      { ...CLOUD, [CLOUD.clientSecret]: true },
    ];
    for (const config of wrong) {
      try {
        parseHaloConfig(config);
        expect.unreachable();
      } catch (error) {
        expect(error).toBeInstanceOf(HaloConfigError);
        expect(findLeaks(error, [CLOUD.clientSecret])).toEqual([]);
      }
    }
  });
});
