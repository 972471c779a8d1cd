import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HaloNetworkError, HaloTimeoutError } from '../../src/errors.ts';
import { safeCause } from '../../src/wire/error-chain.ts';
import { classifyNetworkFailure, networkError } from '../../src/wire/network-failure.ts';
import { findLeaks } from '../support/canary.ts';
import { startRawServer } from '../support/raw-server.ts';

const coded = (code: string, more: object = {}) =>
  Object.assign(new Error('quotes a Bearer canary-token'), { code, ...more });
const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause });

describe('classifyNetworkFailure', () => {
  it.each([
    ['ENOTFOUND', 'HALO_NETWORK_DNS', 'no', true],
    ['EAI_AGAIN', 'HALO_NETWORK_DNS', 'no', true],
    ['ECONNREFUSED', 'HALO_NETWORK_REFUSED', 'no', true],
    ['ECONNRESET', 'HALO_NETWORK_RESET', 'maybe', true],
    ['EPIPE', 'HALO_NETWORK_RESET', 'maybe', true],
    ['UND_ERR_SOCKET', 'HALO_NETWORK_RESET', 'maybe', true],
    ['EHOSTUNREACH', 'HALO_NETWORK_FAILED', 'maybe', true],
    ['UND_ERR_CONNECT_TIMEOUT', 'HALO_NETWORK_FAILED', 'no', true],
    ['UND_ERR_HEADERS_OVERFLOW', 'HALO_NETWORK_HEADER_OVERFLOW', 'maybe', false],
    ['HPE_INVALID_CONSTANT', 'HALO_NETWORK_PROTOCOL', 'maybe', true],
    ['UND_ERR_PRX_TLS', 'HALO_NETWORK_PROXY', 'no', false],
    ['CERT_HAS_EXPIRED', 'HALO_NETWORK_TLS', 'no', false],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'HALO_NETWORK_TLS', 'no', false],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'HALO_NETWORK_TLS', 'no', false],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'HALO_NETWORK_TLS', 'maybe', false],
    ['ERR_SSL_SOMETHING_NEW', 'HALO_NETWORK_TLS', 'maybe', false],
    ['CERT_SIGNATURE_FAILURE', 'HALO_NETWORK_TLS', 'no', false],
    ['ESOMETHINGNEW', 'HALO_NETWORK_FAILED', 'maybe', true],
  ])('%s is %s, sent: %s, transient: %s', (systemCode, code, sent, transient) => {
    const expected = { code, systemCode, sent, transient };
    expect(classifyNetworkFailure(coded(systemCode))).toMatchObject(expected);
    expect(
      classifyNetworkFailure(fetchFailed(new Error('outer', { cause: coded(systemCode) }))),
    ).toMatchObject(expected);
  });

  it.each([
    ['CERT_HAS_EXPIRED', /clock/],
    ['CERT_NOT_YET_VALID', /clock/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /host name/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /NODE_EXTRA_CA_CERTS/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /intermediate/],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /NODE_EXTRA_CA_CERTS/],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', /TLS 1\.2/],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', /client certificate/],
    ['UND_ERR_PRX_CONN', /HTTPS_PROXY/],
    ['ENOTFOUND', /resource server/],
  ])('%s has a hint that names the remedy', (code, says) => {
    expect(classifyNetworkFailure(coded(code)).hint).toMatch(says);
  });

  it('takes a request for unsent only if it failed so at every address', () => {
    const dead = coded('ECONNREFUSED', { syscall: 'connect' });
    const far = coded('ENETUNREACH', { syscall: 'connect' });
    const late = coded('ECONNRESET', { syscall: 'read' });
    const both = Object.assign(new AggregateError([dead, far]), { code: 'ECONNREFUSED' });
    expect(classifyNetworkFailure(fetchFailed(both))).toMatchObject({
      code: 'HALO_NETWORK_REFUSED',
      sent: 'no',
    });
    expect(classifyNetworkFailure(new AggregateError([dead, late])).sent).toBe('maybe');
    expect(classifyNetworkFailure(far).sent).toBe('no');
    expect(classifyNetworkFailure(coded('ENETUNREACH', { syscall: 'read' })).sent).toBe('maybe');
  });

  it('reads a refused tunnel and a parser error, which have no code of their own', () => {
    const tunnel = coded('UND_ERR_ABORTED');
    tunnel.message = 'Proxy response (407) !== 200 when HTTP Tunneling';
    expect(classifyNetworkFailure(fetchFailed(tunnel)).code).toBe('HALO_NETWORK_PROXY');
    const parser = Object.assign(new Error('x'), { name: 'HTTPParserError' });
    expect(classifyNetworkFailure(fetchFailed(parser)).code).toBe('HALO_NETWORK_PROTOCOL');
  });

  it('survives whatever is thrown: cycles, getters that throw, anything', () => {
    const cycle = new Error('a');
    cycle.cause = new Error('b', { cause: cycle });
    const hostile = Object.defineProperty({}, 'code', { get: () => expect.unreachable });
    Object.defineProperty(hostile, 'cause', {
      get() {
        throw new Error('no');
      },
    });
    for (const value of [cycle, hostile, undefined, null, 'text', 7, Symbol('x'), () => 1]) {
      expect(classifyNetworkFailure(value)).toMatchObject({ code: 'HALO_NETWORK_FAILED', sent: 'maybe' });
    }
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(classifyNetworkFailure(value).code).toMatch(/^HALO_NETWORK_/);
        expect(safeCause(value)).toBeInstanceOf(Error);
      }),
    );
  });

  it.each([
    ['resets', [{ rst: true }], 'HALO_NETWORK_RESET'],
    ['ends without an answer', [{ fin: true }], 'HALO_NETWORK_RESET'],
    ['speaks something else', [{ write: 'SSH-2.0-OpenSSH_9.9\r\n' }, { fin: true }], 'HALO_NETWORK_PROTOCOL'],
  ] as const)('classifies what fetch throws when a server %s', async (_, script, code) => {
    const server = await startRawServer([script]);
    const error: unknown = await fetch(server.origin).catch((thrown: unknown) => thrown);
    await server.close();
    expect(classifyNetworkFailure(error)).toMatchObject({ code, sent: 'maybe' });
  });

  it('classifies what fetch throws when a port does not speak TLS', async () => {
    const plain = createServer((socket) =>
      socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    await once(plain.listen(0, '127.0.0.1'), 'listening');
    const { port } = plain.address() as AddressInfo;
    const error: unknown = await fetch(`https://127.0.0.1:${port}`).catch((thrown: unknown) => thrown);
    plain.close();
    expect(classifyNetworkFailure(error)).toMatchObject({ code: 'HALO_NETWORK_TLS', transient: false });
  });

  it('classifies what fetch throws when nobody listens', async () => {
    const server = await startRawServer([[]]);
    await server.close();
    const error: unknown = await fetch(server.origin).catch((thrown: unknown) => thrown);
    expect(classifyNetworkFailure(error)).toMatchObject({ code: 'HALO_NETWORK_REFUSED', sent: 'no' });
  });
});

describe('networkError', () => {
  it('carries the code of the platform and nothing of its text', () => {
    const thrown = fetchFailed(coded('ECONNRESET', { headers: { authorization: 'Bearer canary-token' } }));
    const error = networkError(thrown, { method: 'GET', path: '/Client', attempts: 3, elapsedMs: 12.4 });
    expect(error).toBeInstanceOf(HaloNetworkError);
    expect(error).toMatchObject({
      code: 'HALO_NETWORK_RESET',
      systemCode: 'ECONNRESET',
      attempts: 3,
      elapsedMs: 12,
    });
    expect(error).toMatchObject({ retryable: true, cause: { name: 'TypeError', code: 'ECONNRESET' } });
    expect(findLeaks(error, ['canary-token'])).toEqual([]);
  });

  it.each([
    ['UND_ERR_CONNECT_TIMEOUT', 'HALO_TIMEOUT_CONNECT'],
    ['UND_ERR_HEADERS_TIMEOUT', 'HALO_TIMEOUT_HEADERS'],
    ['UND_ERR_BODY_TIMEOUT', 'HALO_TIMEOUT_BODY'],
  ])("reports the platform's own time limit %s as a timeout", (systemCode, code) => {
    const error = networkError(coded(systemCode), { elapsedMs: 10_000 });
    expect(error).toBeInstanceOf(HaloTimeoutError);
    expect(error).toMatchObject({ code, timeoutMs: 10_000 });
    expect(networkError(coded(systemCode), {})).toMatchObject({ timeoutMs: 0 });
  });
});

describe('safeCause', () => {
  it('keeps name and code of an honest error, and neither of a forged one', () => {
    expect(safeCause(coded('EPIPE'))).toMatchObject({ name: 'Error', message: 'Error EPIPE', code: 'EPIPE' });
    const forged = safeCause({ name: 'canary token', code: 'canary-token', message: 'canary' });
    expect(forged).toMatchObject({ name: 'Error', message: 'Error' });
    expect(forged).not.toHaveProperty('code');
  });
});
