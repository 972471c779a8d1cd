import assert from 'node:assert/strict';
import type { HaloClient, HaloClientConfig } from '../../../src/halo-client.ts';
import { createHaloClient } from '../../../src/halo-client.ts';
import { type FaultCase, type FaultRow, memoryScenario, row } from '../fault-case.ts';

/** A text as a reader can see it. */
const shown = (text: string) =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 30)}… (${text.length})` : text);

/** Settings that must be refused before anything leaves, with a message that names the field. */
function refusedSettings(variant: string, settings: object, field: string, says: RegExp = /./): FaultCase {
  return memoryScenario({
    variant,
    token: 0,
    api: 0,
    heals: false,
    async run(rig) {
      const config = {
        resourceServer: 'acme.halopsa.com',
        clientId: 'id',
        clientSecret: rig.canaries.clientSecret,
        tenantId: 'acme',
        fetch: rig.fetch,
        ...settings,
      } as HaloClientConfig;
      try {
        createHaloClient(config);
      } catch (error) {
        const { name, issues } = error as { name: string; issues: { field: string; message: string }[] };
        assert.equal(name, 'HaloConfigError');
        const issue = issues.find((each) => each.field === field);
        assert.ok(issue, `no issue of ${field}`);
        assert.match(issue.message, says);
        return [error];
      }
      throw new Error('it was taken');
    },
  });
}

const host = (says: RegExp, ...texts: readonly string[]) =>
  texts.flatMap((text) => [
    refusedSettings(`resourceServer ${shown(text)}`, { resourceServer: text }, 'resourceServer', says),
    refusedSettings(`authServer ${shown(text)}`, { authServer: text }, 'authServer', says),
  ]);

const onPremise = (says: RegExp, ...texts: readonly string[]) =>
  texts.map((text) =>
    refusedSettings(
      `on-premise ${shown(text)}`,
      { resourceServer: text, onPremise: true, tenantId: undefined },
      'resourceServer',
      says,
    ),
  );

const tenant = (text: string) => refusedSettings(`tenant ${shown(text)}`, { tenantId: text }, 'tenantId');

/** A tenant that has to arrive as it was given. */
function sentTenant(text: string): FaultCase {
  return memoryScenario(
    {
      variant: `tenant ${shown(text)}`,
      token: 1,
      api: 1,
      async run(rig) {
        await rig.settle(rig.halo.clients.get(1));
        assert.equal(rig.tokenCalls[0]?.url.searchParams.get('tenant'), text);
        assert.equal([...(rig.tokenCalls[0]?.url.searchParams.keys() ?? [])].length, 1);
        return [];
      },
    },
    { config: { tenantId: text } },
  );
}

type IdCall = (halo: HaloClient, id: number) => Promise<unknown>;

const ID_CALLS: readonly (readonly [string, IdCall])[] = [
  ['get', (halo, id) => halo.clients.get(id)],
  ['update', (halo, id) => halo.clients.update(id, { notes: 'x' })],
  ['delete', (halo, id) => halo.clients.delete(id)],
];

const id = (value: unknown) =>
  ID_CALLS.map(([verb, call]) =>
    memoryScenario({
      variant: `${verb}(${typeof value === 'string' ? shown(value) : String(value)})`,
      token: 0,
      api: 0,
      heals: false,
      async run(rig) {
        const error: unknown = await call(rig.halo, value as number).then(
          () => undefined,
          (reason) => reason,
        );
        assert.ok(error instanceof TypeError, String(error));
        return [];
      },
    }),
  );

const requestPath = (path: string) =>
  memoryScenario({
    variant: `request ${shown(path)}`,
    token: 0,
    api: 0,
    heals: false,
    async run(rig) {
      const error: unknown = await rig.halo.request({ path }).then(
        () => undefined,
        (reason) => reason,
      );
      assert.ok(error instanceof TypeError, String(error));
      return [];
    },
  });

const ANY = /./;

export const hostRows: readonly FaultRow[] = [
  row(
    112,
    'hosts',
    'a user name before the host',
    host(/'@'/, 'example.com@evil.test', 'acme.halopsa.com@evil.test', 'acme.halopsa.com:443@evil.test'),
  ),
  row(113, 'hosts', 'something behind the host', [
    ...host(
      ANY,
      'acme.halopsa.com\\@evil.test',
      'acme.halopsa.com#@evil.test',
      'acme.halopsa.com?x=1',
      'acme.halopsa.com/api/..//x',
      'acme.halopsa.com/../evil',
      'acme.halopsa.com/./x',
    ),
  ]),
  row(114, 'hosts', 'another scheme', [
    ...host(
      ANY,
      '//evil.test',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'http://acme.halopsa.com',
      'ftp://acme.halopsa.com',
      'data:text/html,x',
    ),
  ]),
  row(115, 'hosts', 'characters that the URL parser drops or changes', [
    ...host(
      ANY,
      'acme.halopsa.com\r\n.evil.test',
      'acme.halopsa.com\t@evil.test',
      'acme\u200b.halopsa.com',
      '１２７.0.0.1',
      'acme。halopsa.com',
      'ⓐcme.halopsa.com',
      'acme .halopsa.com',
      'acme.halopsa.com\u00ad',
      'acme.halopsa.com\u0000',
    ),
  ]),
  row(
    116,
    'hosts',
    'letters that look like others',
    host(/xn--/, '\u0430cme.halopsa.com', 'acme.h\u0430lopsa.com'),
  ),
  row(117, 'hosts', 'this machine, private networks, numbers', [
    ...host(
      ANY,
      '127.1',
      '0x7f.1',
      '2130706433',
      '[::1]',
      '[::ffff:127.0.0.1]',
      'localhost',
      '169.254.169.254',
      '10.0.0.1',
      '127.0.0.1',
    ),
    ...onPremise(ANY, '127.1', '0x7f.1', '2130706433', '169.254.169.254', '[::ffff:127.0.0.1]', '[fe80::1]'),
  ]),
  row(118, 'hosts', 'hosts that cannot be', [
    ...host(
      ANY,
      'a..b',
      '-x.com',
      `${'a'.repeat(64)}.com`,
      `${'a.'.repeat(126)}com`,
      'acme.halopsa.com:99999',
      'acme.halopsa.com:0',
      'acme.halopsa.com:',
      '.acme.halopsa.com',
    ),
  ]),
  row(
    119,
    'hosts',
    'a percent-encoded host',
    host(/'%'/, 'acme.halopsa.com%2eevil.test', 'acme%00.halopsa.com'),
  ),
  row(
    120,
    'hosts',
    'tenants with characters of a query',
    ['a&b=c', 'a#b', 'a+b', 'a/b', '%41', 'a=b', '😀', 'Ä'].map(sentTenant),
  ),
  row(121, 'hosts', 'tenants that cannot be', [
    ...['a\ud800b', 'a\0b', 'a\r\nb', 'x'.repeat(10_000), ' a b ', ''].map(tenant),
  ]),
  row(122, 'hosts', 'ids that are none', [
    ...[
      '../token',
      '1/../2',
      '1?x',
      Number.NaN,
      1.5,
      -1,
      0,
      2 ** 53,
      Number.POSITIVE_INFINITY,
      '7',
      null,
      undefined,
    ].flatMap(id),
    ...[
      '/../token',
      '/Client/../../auth/token',
      '//evil.test/x',
      'https://evil.test/',
      '/Client/1?x=1',
      '/Client/1#x',
      '/Client/%2e%2e/x',
      '/Client\\..\\x',
      '/Client/\u0000',
    ].map(requestPath),
  ]),
];
