import assert from 'node:assert/strict';
import type { TlsOptions } from 'node:tls';
import { createCertificate } from '../../support/certificates.ts';
import {
  callCase,
  create,
  type Expected,
  type FaultCase,
  type FaultRow,
  fails,
  memory,
  row,
  succeeds,
} from '../fault-case.ts';
import { fetchFailed } from '../memory-rig.ts';
import { undiciFetch } from '../undici-fetch.ts';
import { createWireRig } from '../wire-rig.ts';

const DAY_MS = 24 * 3600 * 1000;
const HOSTS = ['127.0.0.1'];

const root = createCertificate({ name: 'Corp Root', isAuthority: true });
const good = root.issue({ name: 'desk', hosts: HOSTS });
const expired = root.issue({
  name: 'desk',
  hosts: HOSTS,
  validFrom: new Date(Date.now() - 9 * DAY_MS),
  validTo: new Date(Date.now() - DAY_MS),
});
const early = root.issue({
  name: 'desk',
  hosts: HOSTS,
  validFrom: new Date(Date.now() + DAY_MS),
});
const elsewhere = root.issue({ name: 'other', hosts: ['other.corp.test'] });
const selfSigned = createCertificate({ name: 'desk', hosts: HOSTS });
const intermediate = root.issue({ name: 'Corp Issuing', isAuthority: true });
const underIntermediate = intermediate.issue({ name: 'desk', hosts: HOSTS });

const refused = (systemCodes: readonly string[], ...words: readonly RegExp[]): Expected =>
  fails('HaloNetworkError', 'HALO_NETWORK_TLS', (error) => {
    assert.ok(systemCodes.includes(String(error.systemCode)), `systemCode ${String(error.systemCode)}`);
    for (const word of words) assert.match(String(error.hint), word);
    assert.equal(error.retryable, false);
    assert.equal(error.attempts, 1);
  });

interface TlsFault {
  readonly variant: string;
  readonly server: TlsOptions;
  readonly expected: Expected;
  readonly trusts?: string | undefined;
  readonly call?: typeof create;
  readonly api?: number;
}

/** The API behind TLS. `trusts` is what the caller's `fetch` adds; without it the platform's own authorities count. */
function tls({ variant, server, trusts, expected, call, api = 0 }: TlsFault): FaultCase {
  const heals = api > 0;
  return callCase({ variant, expected, heals, api, ...(call ? { call } : {}) }, () =>
    createWireRig({
      apiTls: server,
      ...(trusts === undefined ? {} : { config: { fetch: undiciFetch({ ca: trusts }) } }),
    }),
  );
}

export const tlsRows: readonly FaultRow[] = [
  row('T1', 'tls', 'an expired certificate', [
    tls({
      variant: 'clock or renewal',
      server: expired,
      trusts: root.cert,
      expected: refused(['CERT_HAS_EXPIRED'], /clock/, /renewed/),
    }),
  ]),
  row('T2', 'tls', 'a certificate that is not valid yet', [
    tls({
      variant: 'clock',
      server: early,
      trusts: root.cert,
      expected: refused(['CERT_NOT_YET_VALID'], /clock/),
    }),
  ]),
  row('T3', 'tls', 'a certificate for another host', [
    tls({
      variant: 'host name',
      server: elsewhere,
      trusts: root.cert,
      expected: refused(['ERR_TLS_CERT_ALTNAME_INVALID'], /host name/),
    }),
  ]),
  row('T4', 'tls', 'a certificate that signs itself', [
    tls({
      variant: 'the platform’s fetch',
      server: selfSigned,
      expected: refused(['DEPTH_ZERO_SELF_SIGNED_CERT'], /NODE_EXTRA_CA_CERTS/),
    }),
  ]),
  row('T5', 'tls', 'a private authority', [
    tls({
      variant: 'unknown: the hint names both ways out',
      server: { ...good, cert: good.cert + root.cert },
      expected: refused(
        ['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
        /NODE_EXTRA_CA_CERTS/,
        /`fetch`/,
      ),
    }),
    tls({
      variant: "trusted by the caller's own fetch: works",
      server: good,
      trusts: root.cert,
      expected: succeeds(),
      api: 1,
    }),
    tls({
      variant: 'a create that met it was never sent',
      server: good,
      call: create,
      expected: refused(['UNABLE_TO_VERIFY_LEAF_SIGNATURE']),
    }),
  ]),
  row('T6', 'tls', 'a missing intermediate certificate', [
    tls({
      variant: 'the server has to send it',
      server: underIntermediate,
      trusts: root.cert,
      expected: refused(
        ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
        /intermediate/,
      ),
    }),
    tls({
      variant: 'sent: works',
      server: { ...underIntermediate, cert: underIntermediate.cert + intermediate.cert },
      trusts: root.cert,
      expected: succeeds(),
      api: 1,
    }),
  ]),
  row('T7', 'tls', 'TLS 1.0 only', [
    tls({
      variant: 'too old',
      server: { ...good, minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' },
      trusts: root.cert,
      expected: refused(['ERR_SSL_UNSUPPORTED_PROTOCOL', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'], /TLS 1\.2/),
    }),
  ]),
  row('T8', 'tls', 'a client certificate is wanted', [
    // Node's own server resets the connection over its alert; what a server says that waits comes as this code.
    memory(
      {
        variant: 'TLS 1.3',
        expected: refused(['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'], /client certificate/),
        api: 1,
      },
      { api: [fetchFailed('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')] },
    ),
    tls({
      variant: 'TLS 1.2',
      server: { ...good, requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' },
      trusts: root.cert,
      expected: fails('HaloNetworkError', 'HALO_NETWORK_TLS', (error) => {
        assert.match(String(error.hint), /client certificate/);
      }),
    }),
  ]),
];
