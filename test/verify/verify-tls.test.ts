import { expect, it } from 'vitest';
import { verifyConnection } from '../../src/verify-connection.ts';
import { undiciFetch } from '../faults/undici-fetch.ts';
import { createCertificate } from '../support/certificates.ts';
import { answer, startRawServer } from '../support/raw-server.ts';

const DAY_MS = 24 * 3600 * 1000;
const CLIENT_SECRET = '0c7a4b52-9b0e-4c57-8f0f-4f1e6f9a2f7d-c0ffee00-1111-4222-8333-944445555666';
const root = createCertificate({ name: 'Corp Root', isAuthority: true });
const good = root.issue({ name: 'desk', hosts: ['127.0.0.1'] });
const expired = root.issue({
  name: 'desk',
  hosts: ['127.0.0.1'],
  validFrom: new Date(Date.now() - 9 * DAY_MS),
  validTo: new Date(Date.now() - DAY_MS),
});
const AUTH_INFO = [{ write: answer(200, '{}') }];

it.each(['API', 'authorisation server'] as const)(
  'verify() stops at DNS and TLS when the certificate of the %s has really expired, and sends it no request',
  async (which) => {
    const api = await startRawServer([AUTH_INFO], { tls: which === 'API' ? expired : good });
    const auth = await startRawServer([AUTH_INFO], { tls: which === 'API' ? good : expired });
    try {
      const report = await verifyConnection({
        resourceServer: api.origin,
        authServer: `${auth.origin}/auth`,
        clientId: 'an-id',
        clientSecret: CLIENT_SECRET,
        onPremise: true,
        fetch: undiciFetch({ ca: root.cert }),
      });
      const network = report.stages.find(({ id }) => id === 'network');
      expect(network).toMatchObject({ status: 'failed', code: 'HALO_NETWORK_TLS' });
      expect(network?.observed).toMatch(/has expired \(CERT_HAS_EXPIRED\)/);
      expect(network?.fix).toMatch(/clock of this machine.*renewed/);
      expect(report.stages.find(({ id }) => id === 'token')?.status).toBe('skipped');
      expect((which === 'API' ? api : auth).requests).toEqual([]);
      expect([...api.requests, ...auth.requests].filter(({ raw }) => raw.includes(CLIENT_SECRET))).toEqual(
        [],
      );
    } finally {
      await Promise.all([api.close(), auth.close()]);
    }
  },
);
