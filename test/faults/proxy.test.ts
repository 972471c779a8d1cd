import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findLeaks } from '../support/canary.ts';
import { createCertificate } from '../support/certificates.ts';
import { type ProxyOptions, startProxy } from '../support/proxy-server.ts';
import { startRawServer } from '../support/raw-server.ts';
import { createCanaries } from './canaries.ts';
import { runChild } from './children.ts';
import { grantBytes, healthyBytes } from './wire-rig.ts';

const HOST = 'desk.corp.test';
const canaries = createCanaries();
const root = createCertificate({ name: 'Corp Root', isAuthority: true });
const folder = mkdtempSync(join(tmpdir(), 'halo-psa-proxy-'));
const caFile = join(folder, 'ca.pem');
let plain: Awaited<ReturnType<typeof startRawServer>>;
let secure: Awaited<ReturnType<typeof startRawServer>>;

beforeAll(async () => {
  writeFileSync(caFile, root.cert);
  const scripts: Parameters<typeof startRawServer>[0] = (request, index) => [
    {
      write: request.target.includes('/token')
        ? grantBytes(canaries, index)
        : healthyBytes(request, canaries),
    },
  ];
  plain = await startRawServer(scripts);
  secure = await startRawServer(scripts, { tls: root.issue({ name: HOST, hosts: [HOST, '127.0.0.1'] }) });
});

afterAll(async () => {
  await Promise.all([plain.close(), secure.close()]);
  rmSync(folder, { recursive: true });
});

interface Ending {
  readonly value?: { readonly id: number };
  readonly name?: string;
  readonly code?: string;
  readonly hint?: string;
}

/** One call from a Node of its own, which finds its proxy in the environment. */
async function callThrough(scheme: 'http' | 'https', options: Partial<ProxyOptions>, user = '') {
  const proxy = await startProxy({
    portOf: (host) => (host.endsWith(':443') ? secure.port : plain.port),
    ...options,
  });
  const address = `http://${user}127.0.0.1:${proxy.port}`;
  const config = {
    resourceServer: `${scheme}://${HOST}`,
    clientId: 'id',
    clientSecret: canaries.clientSecret,
    onPremise: true,
    allowInsecureHttp: scheme === 'http',
    maxRetries: 0,
  };
  const { output, errors } = await runChild('one-call', [JSON.stringify({ config, how: 'read' })], [], {
    NODE_USE_ENV_PROXY: '1',
    HTTP_PROXY: address,
    HTTPS_PROXY: address,
    NO_PROXY: '',
    NODE_EXTRA_CA_CERTS: caFile,
  });
  await proxy.close();
  const ending = JSON.parse(output || '{}') as Ending;
  const leaks =
    ending.value === undefined
      ? findLeaks([output, errors], canaries.all)
      : findLeaks([errors], canaries.all);
  return { ending, requests: proxy.requests, leaks };
}

describe('NODE_USE_ENV_PROXY=1', () => {
  const password = `user:${canaries.proxyPassword}`;

  it.each([
    ['http', {}, ''],
    ['https', {}, ''],
    ['https', { credentials: password }, `${password}@`],
  ] as const)('calls %s through the proxy with %o', async (scheme, options, user) => {
    const { ending, requests, leaks } = await callThrough(scheme, options, user);
    expect(ending.value).toMatchObject({ id: 1 });
    expect(requests.length).toBeGreaterThanOrEqual(1);
    expect(requests[0]).toContain(HOST);
    expect(leaks).toEqual([]);
  });

  it.each([
    ['asks for another password', { credentials: 'user:another' }, `${password}@`],
    ['refuses the tunnel with 403', { refuses: 403 }, ''],
    ['refuses the tunnel with 502', { refuses: 502 }, ''],
  ] as const)('a proxy that %s is named, and its password is not', async (_, options, user) => {
    const { ending, leaks } = await callThrough('https', options, user);
    expect(ending).toMatchObject({ name: 'HaloNetworkError', code: 'HALO_NETWORK_PROXY' });
    expect(ending.hint).toMatch(/proxy/);
    expect(leaks).toEqual([]);
  });
});

it('NODE_EXTRA_CA_CERTS makes a private authority trusted, as the hint says', async () => {
  const config = {
    resourceServer: `https://127.0.0.1:${secure.port}`,
    clientId: 'id',
    clientSecret: canaries.clientSecret,
    onPremise: true,
  };
  const call = [JSON.stringify({ config, how: 'read' })];
  const refused = JSON.parse((await runChild('one-call', call)).output) as Ending;
  expect(refused).toMatchObject({
    code: 'HALO_NETWORK_TLS',
    hint: expect.stringMatching(/NODE_EXTRA_CA_CERTS/),
  });
  const trusted = JSON.parse(
    (await runChild('one-call', call, [], { NODE_EXTRA_CA_CERTS: caFile })).output,
  ) as Ending;
  expect(trusted.value).toMatchObject({ id: 1 });
});
