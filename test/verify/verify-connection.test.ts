import { describe, expect, it } from 'vitest';
import { createHaloClient } from '../../src/halo-client.ts';
import { createFakeHalo, type FakeHaloOptions } from '../../src/testing/index.ts';
import { formatVerification } from '../../src/verify/format-verification.ts';
import type { VerificationStageId, VerificationStatus } from '../../src/verify/report.ts';
import { verifyConnection, verifyConnectionWith } from '../../src/verify-connection.ts';
import { findLeaks } from '../support/canary.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { HEALTHY, verified } from './support.ts';

const ORDER = ['address', 'network', 'authinfo', 'token', 'agent', 'customers', 'teams', 'agents', 'scope'];
const WRONG_SECRET = 'canary-0c9af-1b1c-4d5e-8a9b-739e4ef2';

interface FailureMode {
  readonly name: string;
  readonly options?: FakeHaloOptions;
  readonly changes?: Record<string, unknown>;
  /** The stage that has to tell, how, and what its fix has to name. */
  readonly stage: VerificationStageId;
  readonly status: VerificationStatus;
  readonly code?: string;
  readonly hint: RegExp;
  /** Stages that must not be in order either. */
  readonly also?: readonly VerificationStageId[];
  readonly skipped?: readonly VerificationStageId[];
}

const AFTER_TOKEN = ['agent', 'customers', 'teams', 'agents'] as const;
const OTHER_TENANT = { auth_url: 'https://acme.halopsa.example/auth', tenant_id: 'other' };

const FAILURE_MODES: readonly FailureMode[] = [
  {
    name: 'wrong secret',
    changes: { clientSecret: WRONG_SECRET },
    stage: 'token',
    status: 'failed',
    code: 'HALO_AUTH_INVALID_CLIENT',
    hint: /clientSecret.*View Applications/,
    skipped: [...AFTER_TOKEN, 'scope'],
  },
  {
    name: 'wrong tenant, which Halo answers with status 500',
    changes: { tenantId: 'acne' },
    stage: 'token',
    status: 'failed',
    code: 'HALO_AUTH_WRONG_TENANT',
    hint: /API Details > Tenant/,
    also: ['authinfo'],
    skipped: [...AFTER_TOKEN, 'scope'],
  },
  {
    name: 'HaloITSM host with PSA settings',
    options: {
      resourceServer: 'https://acme.haloitsm.com',
      wrongProduct: true,
      authInfo: { auth_url: 'https://acme.haloitsm.com/auth', tenant_id: 'acme-itsm' },
    },
    stage: 'token',
    status: 'failed',
    code: 'HALO_AUTH_REJECTED',
    hint: /one of HaloITSM/,
    also: ['authinfo'],
    skipped: [...AFTER_TOKEN],
  },
  {
    name: 'authorisation server without /auth, on another host',
    options: { authServer: 'https://uk-trial.halopsa.example', strayRequests: 'not-found' },
    changes: { authServer: undefined },
    stage: 'token',
    status: 'failed',
    code: 'HALO_AUTH_NO_TOKEN_ENDPOINT',
    hint: /with or without \/auth/,
    also: ['authinfo'],
    skipped: [...AFTER_TOKEN],
  },
  {
    name: 'authorisation server with /auth where it has none',
    options: { authServer: 'https://uk-trial.halopsa.example', strayRequests: 'not-found' },
    changes: { authServer: 'https://uk-trial.halopsa.example/auth' },
    stage: 'authinfo',
    status: 'warning',
    hint: /with or without \/auth/,
    also: ['token'],
  },
  {
    name: 'expired certificate',
    options: { unreachable: 'CERT_HAS_EXPIRED' },
    stage: 'network',
    status: 'failed',
    code: 'HALO_NETWORK_TLS',
    hint: /clock of this machine.*renewed/,
    skipped: ['authinfo', 'token', ...AFTER_TOKEN, 'scope'],
  },
  {
    name: 'host name that does not exist',
    changes: { resourceServer: 'nobody.halopsa.example' },
    stage: 'network',
    status: 'failed',
    code: 'HALO_NETWORK_DNS',
    hint: /spelling of the resource server/,
    skipped: ['authinfo', 'token', ...AFTER_TOKEN],
  },
  {
    name: 'authorisation server that does not exist',
    changes: { authServer: 'login.halopsa.example' },
    stage: 'network',
    status: 'failed',
    code: 'HALO_NETWORK_DNS',
    hint: /authorisation server/,
    also: ['authinfo'],
    skipped: ['token', ...AFTER_TOKEN],
  },
  {
    name: 'HTML proxy page in front of everything',
    options: { htmlPage: 'all' },
    stage: 'authinfo',
    status: 'failed',
    code: 'HALO_RESPONSE_HTML',
    hint: /proxy or sign-on page/,
    also: ['token'],
    skipped: [...AFTER_TOKEN],
  },
  {
    name: 'HTML proxy page in front of the authorisation server',
    options: { htmlPage: 'auth' },
    stage: 'token',
    status: 'failed',
    code: 'HALO_AUTH_RESPONSE_HTML',
    hint: /proxy, firewall or login page/,
  },
  {
    name: 'HTML proxy page in front of the API',
    options: { htmlPage: 'api' },
    stage: 'customers',
    status: 'failed',
    code: 'HALO_RESPONSE_HTML',
    hint: /proxy or sign-on/,
    also: ['authinfo', 'agent', 'teams', 'agents'],
  },
  {
    name: 'agent restricted to some customers',
    options: { restrictedToClients: [10] },
    stage: 'customers',
    status: 'warning',
    hint: /Agents > API Agent: switch on "Allow use of all Customers"/,
  },
  {
    name: 'agent restricted to one customer',
    options: {
      agents: [
        { id: 2, name: 'API Agent', isapiagent: true, one_client: 10 },
        { id: 3, name: 'Jane Doe' },
      ],
    },
    stage: 'customers',
    status: 'warning',
    hint: /Allow use of all Customers/,
  },
  {
    name: 'agent who sees no customer',
    options: { clients: [] },
    stage: 'customers',
    status: 'warning',
    hint: /Allow use of all Customers/,
  },
  {
    name: 'agent in no team',
    options: { teamlessAgent: true },
    stage: 'teams',
    status: 'warning',
    hint: /Teams & Agents > Agents > API Agent > Departments & Teams/,
    also: ['agents'],
  },
  {
    name: 'scope that was not granted to the application',
    options: { grantedScopes: ['read:tickets'] },
    changes: { scope: 'read:customers' },
    stage: 'scope',
    status: 'failed',
    code: 'HALO_AUTH_INVALID_SCOPE',
    hint: /View Applications > your application > Permissions/,
    also: ['token'],
    skipped: [...AFTER_TOKEN],
  },
  {
    name: 'scope that Halo granted in part only',
    options: { grantedScopes: ['read:tickets'], narrowsScope: true },
    changes: { scope: 'read:tickets read:customers' },
    stage: 'scope',
    status: 'failed',
    hint: /tick read:customers or all/,
    also: ['customers'],
  },
  {
    name: 'no right to the module Customers',
    options: { denied: { Client: 403 } },
    stage: 'customers',
    status: 'failed',
    code: 'HALO_PERMISSION_FORBIDDEN',
    hint: /role with access to Customers/,
  },
  {
    name: 'disabled agent',
    options: {
      agents: [
        { id: 2, name: 'API Agent', isapiagent: true, isdisabled: true },
        { id: 3, name: 'Jane' },
      ],
    },
    stage: 'agent',
    status: 'warning',
    hint: /enable the agent/,
  },
  {
    name: 'rate limit that is used up',
    options: { rateLimit: { requests: 1, windowMs: 60_000 } },
    stage: 'token',
    status: 'failed',
    code: 'HALO_RATE_LIMIT_EXHAUSTED',
    hint: /try again later/,
  },
];

describe('halo.verify() finds each failure mode at its stage, with its fix', () => {
  it.each(FAILURE_MODES)('$name', async (mode) => {
    const { report, stage, seen, told } = await verified(mode.options, mode.changes);
    expect(report.stages.map(({ id }) => id)).toEqual(ORDER);
    expect(told).toEqual(report.stages);
    expect(stage(mode.stage)).toMatchObject({ status: mode.status, code: mode.code ?? null });
    expect(stage(mode.stage).fix).toMatch(mode.hint);
    const concerned = new Set([mode.stage, ...(mode.also ?? [])]);
    for (const id of mode.also ?? []) expect(stage(id).status, id).toMatch(/warning|failed/);
    for (const id of mode.skipped ?? []) expect(stage(id).status, id).toBe('skipped');
    for (const { id, status } of report.stages) {
      if (!concerned.has(id)) expect(status, id).toMatch(/ok|skipped/);
    }
    expect(report.ok).toBe(report.stages.every(({ status }) => status !== 'failed'));
    expect(report.requests).toBe(seen.length);
    expect(seen.length).toBeLessThanOrEqual(8);
  });
});

describe('halo.verify()', () => {
  it('reports every stage in order when nothing is wrong, in at most 8 requests', async () => {
    const { report, seen } = await verified();
    expect(report.stages.map(({ id, status }) => `${id} ${status}`)).toEqual(ORDER.map((id) => `${id} ok`));
    expect(report).toMatchObject({ ok: true, status: 'ok', host: 'acme.halopsa.example', issues: [] });
    expect(seen).toHaveLength(6);
  });

  it('says of every stage what was observed and what it means, and of what is not in order what to do', async () => {
    for (const { options, changes } of FAILURE_MODES) {
      const { report } = await verified(options, changes);
      for (const stage of report.stages) {
        expect(stage.observed).not.toBe('');
        expect(stage.meaning).not.toBe('');
        expect(stage.fix === null, stage.id).toBe(stage.status === 'ok' || stage.status === 'skipped');
      }
    }
  });

  it('tells each stage while it runs, as soon as it is known', async () => {
    const fake = createFakeHalo(HEALTHY);
    const steps: string[] = [];
    await verifyConnection(
      {
        ...fake.config,
        fetch: (url, init) => {
          steps.push(new URL(url).pathname);
          return fake.fetch(url, init);
        },
      },
      { onStage: ({ id }) => steps.push(id) },
    );
    expect(steps.slice(0, 6)).toEqual([
      'address',
      '/api/authinfo',
      'network',
      'authinfo',
      '/auth/token',
      'token',
    ]);
    expect(steps.slice(-5)).toEqual(ORDER.slice(4));
  });

  it('is JSON', async () => {
    const { report } = await verified({ restrictedToClients: [10] });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it('prints well: no line is longer than 100 columns but for an address', async () => {
    for (const { options, changes } of FAILURE_MODES) {
      const text = formatVerification((await verified(options, changes)).report);
      for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
    }
    const { report } = await verified({ restrictedToClients: [10] });
    const text = formatVerification(report);
    expect(text).toContain('Halo acme.halopsa.example: the connection works, with 1 warning (6 requests');
    expect(text).toMatch(
      /^warning {2}Customers {13}1 customer visible; the agent is limited to 1 customer: Contoso/m,
    );
    expect(text).toMatch(/^ {9}Fix: Configuration > Teams & Agents/m);
  });

  it('shows the count beside the restriction that /Agent/me tells', async () => {
    const clients = Array.from({ length: 30 }, (_, index) => ({
      id: index + 10,
      name: `Customer ${index + 10}`,
    }));
    const { stage } = await verified({ clients, restrictedToClients: [10, 11, 12, 13, 14] });
    expect(stage('customers').observed).toBe(
      '5 customers visible; the agent is limited to 5 customers: Customer 10, Customer 11, Customer 12 and 2 more',
    );
  });

  it('counts all customers, not one page of them', async () => {
    const clients = Array.from({ length: 717 }, (_, index) => ({
      id: index + 10,
      name: `Customer ${index}`,
    }));
    const { stage } = await verified({ clients, pageCap: 50 });
    expect(stage('customers').observed).toMatch(/^717 customers visible/);
  });

  it.each(['auto', 'array', 'results', 'agents'] as const)(
    'counts agents answered as %s',
    async (agentListShape) => {
      const { stage } = await verified({ agentListShape, agentDuplicates: true });
      expect(stage('agents').status).toBe('ok');
    },
  );

  it('notices a client secret that has ended, also while an older token still works', async () => {
    const clock = createVirtualClock({ skipDelaysUpToMs: 1000 });
    const fake = createFakeHalo({ ...HEALTHY, now: clock.nowMs });
    const halo = createHaloClient({ ...fake.config, fetch: fake.fetch });
    await halo.clients.list().toArray();
    fake.enqueueFault({ path: '/auth/token', status: 401, body: { error: 'invalid_client' } });
    const report = await halo.verify();
    expect(report.stages.find(({ id }) => id === 'token')).toMatchObject({
      status: 'failed',
      code: 'HALO_AUTH_INVALID_CLIENT',
    });
  });

  it('works with a token provider, and then knows nothing of the sign-in', async () => {
    const { fake } = await verified();
    const response = await fake.fetch('https://acme.halopsa.example/auth/token?tenant=acme', {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: fake.config.clientId,
        client_secret: fake.config.clientSecret,
        scope: 'all',
      }),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    const tokenProvider = { getToken: async () => ({ token, expiresAtMs: Date.now() + 60_000 }) };
    const report = await verifyConnection({
      resourceServer: fake.config.resourceServer,
      fetch: fake.fetch,
      tokenProvider,
    });
    expect(report.ok).toBe(true);
    expect(report.stages.find(({ id }) => id === 'scope')?.observed).toBe('the scopes are not known');
  });

  it('tries another try for a token once, after a single 500', async () => {
    const clock = createVirtualClock({ skipDelaysUpToMs: 1000 });
    const fake = createFakeHalo({ ...HEALTHY, now: clock.nowMs });
    fake.enqueueFault({ path: '/auth/token', status: 500 });
    const report = await verifyConnectionWith({ ...fake.config, fetch: fake.fetch }, {}, clock);
    expect(report).toMatchObject({ ok: true, requests: 7 });
  });

  it('sends 8 requests where the authorisation server is at another host and fails once', async () => {
    const clock = createVirtualClock({ skipDelaysUpToMs: 1000 });
    const fake = createFakeHalo({
      ...HEALTHY,
      now: clock.nowMs,
      authServer: 'https://login.halopsa.example/auth',
    });
    fake.enqueueFault({ method: 'POST', path: '/auth/token', status: 500 });
    const report = await verifyConnectionWith({ ...fake.config, fetch: fake.fetch }, {}, clock);
    expect(report).toMatchObject({ ok: true, status: 'ok', requests: 8 });
  });

  it('does not repeat a read that fails, so that it stays within its requests', async () => {
    const { fake, report } = await verified({ denied: { Client: 401, Team: 401, Agent: 401 } });
    expect(report.requests).toBe(6);
    expect(fake.requests.filter(({ path }) => path.endsWith('/token'))).toHaveLength(1);
  });
});

describe('what a server in between does', () => {
  const verifyWith = async (fault: Parameters<ReturnType<typeof createFakeHalo>['enqueueFault']>[0]) => {
    const clock = createVirtualClock({ skipDelaysUpToMs: 10_000 });
    const fake = createFakeHalo({ ...HEALTHY, now: clock.nowMs });
    fake.enqueueFault(fault);
    return { fake, report: await verifyConnectionWith({ ...fake.config, fetch: fake.fetch }, {}, clock) };
  };
  const evil = { location: 'https://evil.example/authinfo' };

  it('a redirect of authinfo is not followed, and names where it leads', async () => {
    const { fake, report } = await verifyWith({ path: '/authinfo', status: 302, headers: evil });
    expect(report.stages.find(({ id }) => id === 'authinfo')).toMatchObject({
      status: 'failed',
      code: 'HALO_REDIRECT_REFUSED',
      observed: expect.stringContaining('redirects to https://evil.example'),
    });
    expect(fake.requests.filter(({ area }) => area === 'elsewhere')).toEqual([]);
  });

  it('a redirect of the token endpoint is not followed', async () => {
    const { fake, report } = await verifyWith({ path: '/auth/token', status: 307, headers: evil });
    expect(report.stages.find(({ id }) => id === 'token')).toMatchObject({
      status: 'failed',
      code: 'HALO_REDIRECT_REFUSED',
    });
    expect(fake.requests.filter(({ area }) => area === 'elsewhere')).toEqual([]);
  });

  it('a read that fails with 500 is sent once, so that the report is quick', async () => {
    const { report } = await verifyWith({ path: '/api/Client', status: 500, times: 9 });
    expect(report.requests).toBe(6);
    expect(report.stages.find(({ id }) => id === 'customers')).toMatchObject({ code: 'HALO_SERVER_FAILED' });
  });
});

describe('settings that cannot be used', () => {
  it('are the failed stage address with every issue by field, and nothing is sent', async () => {
    const { report, stage, seen, told } = await verified(
      {},
      { resourceServer: 'acme halopsa com', clientId: '' },
    );
    expect(stage('address')).toMatchObject({ status: 'failed', code: 'HALO_CONFIG_INVALID' });
    expect(stage('address').fix).toContain('API Details > Resource Server');
    expect(report.issues.map(({ field }) => field)).toEqual(['resourceServer', 'clientId']);
    expect(report.host).toBeNull();
    expect(told).toEqual(report.stages);
    expect(seen).toEqual([]);
    expect(formatVerification(report)).toContain('(no usable address)');
  });

  it.each([[null], [undefined], ['x'], [{}]])('are a report also when they are %j', async (settings) => {
    const report = await verifyConnection(settings as never);
    expect(report).toMatchObject({ ok: false, requests: 0 });
  });

  it('warn about http, which is allowed on premise only by consent', async () => {
    const { stage } = await verified({ onPremise: true, resourceServer: 'http://desk.example/halo' });
    expect(stage('address')).toMatchObject({ status: 'warning' });
    expect(stage('address').fix).toContain('https://');
  });
});

describe('time', () => {
  it('ends after timeoutMs, with what was found until then', async () => {
    const clock = createVirtualClock();
    const fake = createFakeHalo({ ...HEALTHY, now: clock.nowMs });
    fake.enqueueFault({ path: '/api/Agent/me', until: new Promise(() => undefined) });
    const report = await clock.settle(
      verifyConnectionWith({ ...fake.config, fetch: fake.fetch }, { timeoutMs: 4000 }, clock),
    );
    expect(report.elapsedMs).toBe(4000);
    expect(report.stages.map(({ id, status }) => [id, status])).toContainEqual(['customers', 'ok']);
    expect(report.stages.find(({ id }) => id === 'agent')).toMatchObject({
      status: 'failed',
      code: 'HALO_TIMEOUT_TOTAL',
      observed: 'no answer within 4 s',
    });
  });

  it('takes 15 s at most by default, whatever hangs', async () => {
    for (const path of ['/authinfo', '/token', '/Agent/me', '/Client', '/Team']) {
      const clock = createVirtualClock();
      const fake = createFakeHalo({ ...HEALTHY, now: clock.nowMs });
      fake.enqueueFault({ path, times: 9, until: new Promise(() => undefined) });
      const report = await clock.settle(
        verifyConnectionWith({ ...fake.config, fetch: fake.fetch }, {}, clock),
      );
      expect(report.elapsedMs).toBe(15_000);
      expect(report.ok).toBe(false);
    }
  });

  it('ends on time also when the fetch in use ignores its signal', async () => {
    const clock = createVirtualClock();
    const fake = createFakeHalo();
    const config = { ...fake.config, fetch: () => new Promise<Response>(() => undefined) };
    const report = await clock.settle(verifyConnectionWith(config, { timeoutMs: 1000 }, clock));
    expect(report.stages.find(({ id }) => id === 'network')?.status).toBe('failed');
  });

  it("passes the caller's own abort through, and leaves no timer behind", async () => {
    const clock = createVirtualClock();
    const fake = createFakeHalo({ beforeAnswer: () => new Promise(() => undefined) });
    const controller = new AbortController();
    const running = verifyConnectionWith(
      { ...fake.config, fetch: fake.fetch },
      { signal: controller.signal },
      clock,
    );
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(running).rejects.toBe(reason);
    expect(clock.pending()).toBe(0);
  });

  it.each([0, -1, Number.NaN])('refuses timeoutMs %s', async (timeoutMs) => {
    await expect(verifyConnection(createFakeHalo().config, { timeoutMs })).rejects.toThrow(TypeError);
  });
});

describe('the client secret', () => {
  const CANARY = 'c4nary0f-1b1c-4d5e-8a9b-2f3e4d5c6b7a-739e4ef2-6a5b-4c3d-9e8f-0a1b2c3d4e5f';
  const credentials = { clientId: 'an-id', clientSecret: CANARY };
  const ELSEWHERE = { auth_url: 'https://evil.example/auth', tenant_id: 'acme' };

  it('goes nowhere but to the configured authorisation server, whatever authinfo and redirects say', async () => {
    const modes = [
      { authInfo: ELSEWHERE },
      { authServer: 'https://login.halopsa.example/auth', authInfo: ELSEWHERE },
      { authServer: 'https://login.halopsa.example', authInfo: OTHER_TENANT },
      { strayRequests: 'redirect' as const, authInfo: { auth_url: '//evil.example', tenant_id: CANARY } },
      ...FAILURE_MODES.map(({ options }) => options ?? {}),
    ];
    for (const options of modes) {
      for (const changes of [{}, { authServer: undefined }, { tenantId: 'other' }]) {
        const { fake, seen } = await verified({ ...options, credentials }, changes);
        const configured =
          'authServer' in changes
            ? fake.config.resourceServer
            : (fake.config.authServer ?? fake.config.resourceServer);
        const origin = new URL(configured.includes('://') ? configured : `https://${configured}`).origin;
        for (const { url, body } of seen) {
          expect(url).not.toContain('evil.example');
          if (findLeaks({ url, body }, [CANARY]).length > 0) expect(new URL(url).origin).toBe(origin);
          expect(url).not.toContain(CANARY);
        }
      }
    }
  });

  it('is in no report and in no line of it, also when the server echoes it', async () => {
    const echo = { auth_url: `https://${CANARY}.example`, tenant_id: CANARY };
    const { report, stage } = await verified({ credentials, authInfo: echo }, {});
    expect(findLeaks(report, [CANARY])).toEqual([]);
    const cut = { tenant_id: `${'x'.repeat(80)}${CANARY}` };
    expect(JSON.stringify((await verified({ credentials, authInfo: cut })).report)).not.toContain(
      CANARY.slice(0, 20),
    );
    expect(findLeaks(formatVerification(report), [CANARY])).toEqual([]);
    expect(stage('authinfo').status).toBe('warning');
    for (const { options, changes } of FAILURE_MODES) {
      const { report: other } = await verified({ ...options, credentials }, changes);
      expect(findLeaks(other, [CANARY, WRONG_SECRET])).toEqual([]);
    }
  });

  it('cannot forge a line of the report with what a server says', async () => {
    const { report } = await verified({ authInfo: { auth_url: 'x\n ok Token', tenant_id: 'a\u202eb' } });
    expect(
      formatVerification(report)
        .split('\n')
        .filter((line) => line.startsWith(' ok')),
    ).toEqual([]);
    expect(JSON.stringify(report)).not.toContain('\u202e');
  });
});
