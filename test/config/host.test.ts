import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseAddress } from '../../src/config/host.ts';
import { createTokenProvider } from '../../src/create-token-provider.ts';
import { CLOUD, issuesOf, ON_PREMISE } from './settings.ts';

type Row = readonly [address: string, says: RegExp];

const HOSTILE_ANYWHERE: readonly Row[] = [
  ['example.com@evil.test', /'@'.*give only the host/],
  ['acme.halopsa.com@evil.test', /'@'/],
  ['acme.halopsa.com:443@evil.test', /'@'/],
  ['https://user:password@acme.halopsa.com', /'@'/],
  ['acme.halopsa.com\\@evil.test', /give only the host/],
  ['acme.halopsa.com\\evil', /'\\'.*give only the host/],
  ['acme.halopsa.com#@evil.test', /give only the host/],
  ['acme.halopsa.com#evil', /'#'.*give only the host/],
  ['acme.halopsa.com?x=1', /'\?'.*give only the host/],
  ['acme.halopsa.com/api/..//x', /path.*give only the host/],
  ['acme.halopsa.com/api/../x', /path/],
  ['acme.halopsa.com/./api', /path/],
  ['acme.halopsa.com//api', /path/],
  ['acme.halopsa.com/a;b', /path/],
  ['//evil.test', /starts with '\/\/'/],
  ['javascript:alert(1)', /scheme/],
  ['file:///etc/passwd', /scheme/],
  ['ftp://acme.halopsa.com', /scheme/],
  ['https:acme.halopsa.com', /scheme/],
  ['https:/acme.halopsa.com', /scheme/],
  ['https:///evil.test', /no host/],
  ['http://acme.halopsa.com', /http:\/\//],
  ['acme.halopsa.com\t.evil.test', /\\u\{9\}/],
  ['acme.halopsa.com\r\n.evil.test', /\\u\{d\} \\u\{a\}/],
  ['acme.halopsa.com\t@evil.test', /\\u\{9\}/],
  ['acme .halopsa.com', /\\u\{20\}/],
  ['acme\u200b.halopsa.com', /\\u\{200b\}/],
  ['acme\u00ad.halopsa.com', /\\u\{ad\}/],
  ['\uff11\uff12\uff17.0.0.1', /\\u\{ff11\} \\u\{ff12\} \\u\{ff17\}/],
  ['acme\u3002halopsa.com', /\\u\{3002\}/],
  ['\u24d0cme.halopsa.com', /\\u\{24d0\}/],
  ['\u0430cme.halopsa.com', /\\u\{430\}.*xn--cme-5cd\.halopsa\.com/],
  ['acme\ud800.halopsa.com', /\\u\{d800\}/],
  ['127.1', /IP address/],
  ['0x7f.1', /IP address/],
  ['2130706433', /IP address/],
  ['0177.0.0.1', /IP address/],
  ['127.0.0.1.', /IP address/],
  ['[::ffff:127.0.0.1]', /IP address/],
  ['[::ffff:7f00:1]', /IP address|no Halo server/],
  ['169.254.169.254', /IP address|no Halo server/],
  ['[fe80::1]', /IP address|no Halo server/],
  ['0.0.0.0', /IP address|no Halo server/],
  ['a..b', /not a host name/],
  ['acme.halopsa.com..', /not a host name/],
  ['-x.com', /not a host name/],
  ['x-.com', /not a host name/],
  [`${'a'.repeat(64)}.com`, /not a host name/],
  [`${'a.'.repeat(126)}com`, /253/],
  ['acme.halopsa.com:99999', /port/],
  ['acme.halopsa.com:0', /port/],
  ['acme.halopsa.com:', /port/],
  ['acme.halopsa.com:44a', /port/],
  ['acme.halopsa.com%2eevil.test', /'%'/],
  ["'acme.halopsa.com'", /quotation marks/],
  ['"acme.halopsa.com"', /quotation marks/],
  ['acme.halopsa.com,evil.test', /not a host name/],
  ['a'.repeat(3000), /2048/],
];

const HOSTILE_IN_THE_CLOUD: readonly Row[] = [
  ['10.0.0.1', /IP address.*onPremise/],
  ['192.168.1.10:8443', /IP address/],
  ['[::1]', /IP address/],
  ['localhost', /this machine/],
  ['localhost.', /this machine/],
  ['halo.localhost', /this machine/],
  ['halo', /full host name/],
  ['my_server.example.com', /not a host name/],
];

describe('a hostile address is refused on its raw text, before any request', () => {
  const fetched = vi.fn();
  beforeEach(() => vi.stubGlobal('fetch', fetched));
  afterEach(() => {
    vi.unstubAllGlobals();
    expect(fetched).not.toHaveBeenCalled();
  });

  const cloud = [...HOSTILE_ANYWHERE, ...HOSTILE_IN_THE_CLOUD];
  it.each(cloud)('cloud, as resource server: %j', (resourceServer, says) => {
    const [issue, ...others] = issuesOf(() =>
      createTokenProvider({ ...CLOUD, resourceServer, fetch: fetched }),
    );
    expect(issue).toMatchObject({ field: 'resourceServer', message: expect.stringMatching(says) });
    expect(issue?.hint).toContain('API Details > Resource Server');
    expect(others).toEqual([]);
  });

  it.each(cloud)('cloud, as authorisation server: %j', (authServer, says) => {
    const issues = issuesOf(() => createTokenProvider({ ...CLOUD, authServer, fetch: fetched }));
    expect(issues).toMatchObject([{ field: 'authServer', message: expect.stringMatching(says) }]);
  });

  it.each(HOSTILE_ANYWHERE)('on-premise: %j', (resourceServer, says) => {
    const issues = issuesOf(() => createTokenProvider({ ...ON_PREMISE, resourceServer, fetch: fetched }));
    expect(issues).toMatchObject([{ field: 'resourceServer', message: expect.stringMatching(says) }]);
  });
});

describe('parseAddress', () => {
  const onPremise = { onPremise: true, allowInsecureHttp: false };

  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['192.168.1.10:8443', '192.168.1.10:8443'],
    ['[::1]:8443', '[::1]:8443'],
    ['[fd12:3456::1]', '[fd12:3456::1]'],
    ['localhost', 'localhost'],
    ['halo', 'halo'],
    ['HALO_SRV.corp.local', 'halo_srv.corp.local'],
  ])('on-premise takes the canonical address or host %s', (text, host) => {
    expect(parseAddress(text, onPremise)).toMatchObject({ kind: 'address', address: { host } });
  });

  it.each(['[0:0:0:0:0:0:0:1]', '[::]', '[fd00:ec2::254]', '[64:ff9b::a00:1]', '169.254.1.1', '127.1'])(
    'on-premise refuses %s',
    (text) => {
      expect(parseAddress(text, onPremise).kind).toBe('problem');
    },
  );

  it.each(['::1', 'fd12:3456::1', 'https://fd12:3456::1/halo', '::ffff:10.0.0.1'])(
    'on-premise says that %s lacks its brackets',
    (text) => {
      expect(parseAddress(text, onPremise)).toMatchObject({
        message: expect.stringContaining('in brackets'),
      });
    },
  );

  it('takes http only by consent', () => {
    const text = 'http://halo.corp.local';
    expect(parseAddress(text, onPremise)).toMatchObject({
      message: expect.stringContaining('allowInsecureHttp'),
    });
    expect(parseAddress(text, { onPremise: true, allowInsecureHttp: true })).toMatchObject({
      address: { protocol: 'http:', host: 'halo.corp.local' },
    });
  });

  it('takes no http for a hosted Halo, consent or not', () => {
    const rules = { onPremise: false, allowInsecureHttp: true };
    expect(parseAddress('http://acme.halopsa.com', rules)).toMatchObject({
      message: expect.stringContaining('over https only'),
    });
  });

  it('reads the host that was typed or none: no text makes it another one', () => {
    const piece = fc.constantFrom(
      'acme',
      '.',
      'halopsa.com',
      'evil.test',
      '@',
      '\\',
      '/',
      '//',
      ':',
      '443',
      '#',
      '?',
      '%2e',
      '\t',
      '\n',
      '\u200b',
      '\u3002',
      '\uff0e',
      'https://',
      '[',
      ']',
      '0x7f',
      '127.1',
      '..',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.boolean(), (pieces, premise) => {
        const text = pieces.join('');
        const reading = parseAddress(text, { onPremise: premise, allowInsecureHttp: false });
        if (reading.kind === 'problem') return;
        const typed =
          text
            .replace(/^https:\/\//i, '')
            .split('/')[0]
            ?.toLowerCase() ?? '';
        const { address } = reading;
        const host = typed.replace(/:443$/, '').replace(/\.(?=$|:)/, '');
        expect(address.host).toBe(host);
        expect(new URL(`https://${address.host}/`).host).toBe(address.host);
      }),
      { numRuns: 5000 },
    );
  });

  it('judges a megabyte of hostile text in no time', () => {
    const started = performance.now();
    for (const text of [
      'a'.repeat(1e6),
      'a.'.repeat(5e5),
      '/'.repeat(1e6),
      ' \t'.repeat(5e5),
      '@'.repeat(1e6),
    ]) {
      expect(parseAddress(text, onPremise).kind).toBe('problem');
    }
    expect(performance.now() - started).toBeLessThan(500);
  });
});
