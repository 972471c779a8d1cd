import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isHaloError } from '../../src/errors.ts';
import type { HaloRequest } from '../../src/http/request.ts';
import { findLeaks } from '../support/canary.ts';
import {
  CANARIES,
  createClient,
  deleteClient,
  failureOf,
  fakeFetch,
  fetchFailed,
  json,
  readClient,
  setup,
  status,
  TOKEN,
  updateClient,
} from './transport-setup.ts';

const secrets = [CANARIES.token, CANARIES.clientSecret, CANARIES.row, CANARIES.query];
const html = (code = 200) =>
  new Response(`<!DOCTYPE html><title>${CANARIES.row}</title>`, {
    status: code,
    headers: { 'content-type': 'text/html' },
  });
const text = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json', code = 200) =>
  new Response(body, { status: code, headers: { 'content-type': type } });

/** What every error of this package is, whatever went wrong. */
function expectSound(error: Error & Record<string, unknown>, request: HaloRequest) {
  expect(isHaloError(error)).toBe(true);
  expect(error).toMatchObject({ method: request.method, path: request.path.template });
  expect(error.message.length).toBeLessThanOrEqual(1024);
  expect(error.message).not.toMatch(/[\r\n]/);
  expect(String(error.hint).length).toBeGreaterThan(10);
  expect(findLeaks(error, secrets)).toEqual([]);
}

describe('the status and body of an answer decide the error, and how often a read is sent', () => {
  const reads: readonly [string, Response, string, code: string, sends: number][] = [
    ['400 with an empty body', status(400), 'HaloValidationError', 'HALO_VALIDATION_REJECTED', 1],
    ['409', json({ Message: 'taken' }, 409), 'HaloValidationError', 'HALO_VALIDATION_REJECTED', 1],
    ['422', json({ name: ['too long'] }, 422), 'HaloValidationError', 'HALO_VALIDATION_REJECTED', 1],
    ['403', status(403), 'HaloPermissionError', 'HALO_PERMISSION_FORBIDDEN', 1],
    ['404', status(404), 'HaloNotFoundError', 'HALO_NOT_FOUND', 1],
    ['404 with a web page', html(404), 'HaloNotFoundError', 'HALO_NOT_FOUND', 1],
    ['405', status(405), 'HaloResponseError', 'HALO_RESPONSE_STATUS', 1],
    ['407', status(407), 'HaloNetworkError', 'HALO_NETWORK_PROXY', 1],
    ['408', status(408), 'HaloServerError', 'HALO_SERVER_FAILED', 3],
    ['418', status(418), 'HaloResponseError', 'HALO_RESPONSE_STATUS', 1],
    [
      '500',
      text(`Object reference ${CANARIES.row}`, 'text/plain', 500),
      'HaloServerError',
      'HALO_SERVER_FAILED',
      3,
    ],
    ['501', status(501), 'HaloServerError', 'HALO_SERVER_FAILED', 1],
    ['502', html(502), 'HaloServerError', 'HALO_SERVER_FAILED', 3],
    ['503', status(503), 'HaloServerError', 'HALO_SERVER_FAILED', 3],
    ['504', html(504), 'HaloServerError', 'HALO_SERVER_FAILED', 3],
    ['505', status(505), 'HaloServerError', 'HALO_SERVER_FAILED', 1],
    ['520', status(520), 'HaloServerError', 'HALO_SERVER_FAILED', 1],
    ['206', text('[1]', 'application/json', 206), 'HaloResponseError', 'HALO_RESPONSE_STATUS', 1],
    ['304', status(304), 'HaloResponseError', 'HALO_RESPONSE_STATUS', 1],
    ['a web page with status 200', html(), 'HaloResponseError', 'HALO_RESPONSE_HTML', 1],
    [
      'a web page that calls itself JSON',
      text('<html><body>login'),
      'HaloResponseError',
      'HALO_RESPONSE_HTML',
      1,
    ],
    ['broken JSON', text(`{"name":"${CANARIES.row}",}`), 'HaloResponseError', 'HALO_RESPONSE_JSON', 1],
    [
      'broken JSON in plain text',
      text('oops', 'text/plain'),
      'HaloResponseError',
      'HALO_RESPONSE_CONTENT_TYPE',
      1,
    ],
    [
      '100,000 levels',
      text('['.repeat(100_000) + ']'.repeat(100_000)),
      'HaloResponseError',
      'HALO_RESPONSE_JSON',
      1,
    ],
    [
      'an id that would be rounded',
      text('{"id":9007199254740993}'),
      'HaloResponseError',
      'HALO_RESPONSE_SCHEMA',
      1,
    ],
    [
      'UTF-16',
      text(new Uint8Array(Buffer.from('\ufeff{"a":1}', 'utf16le'))),
      'HaloResponseError',
      'HALO_RESPONSE_ENCODING',
      3,
    ],
    [
      'an unknown charset',
      text('{}', 'application/json; charset=ebcdic-us'),
      'HaloResponseError',
      'HALO_RESPONSE_ENCODING',
      3,
    ],
  ];

  it.each(reads)('%s', async (_, answer, name, code, sends) => {
    const { fetch, calls } = fakeFetch(answer);
    const { clock, transport, lines } = setup(fetch);
    const error = await failureOf(clock, transport.send(readClient));
    expect(error).toMatchObject({ name, code, status: answer.status, attempts: sends });
    expect(calls).toHaveLength(sends);
    expectSound(error, readClient);
    expect(findLeaks(lines, secrets)).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  it.each<[string, string | undefined, string | undefined]>([
    ['to the same origin', '/auth/login?token=x', 'https://halo.example'],
    ['to another host', 'https://evil.test/api/Client/42', 'https://evil.test'],
    ['protocol-relative', '//evil.test/x', 'https://evil.test'],
    ['down to http', 'http://halo.example/api', 'http://halo.example'],
    ['to a script', 'javascript:alert(1)', undefined],
    ['to nonsense', 'https://[', undefined],
    ['without end', `https://evil.test/${'a'.repeat(5000)}`, undefined],
    ['nowhere', undefined, undefined],
  ])('a redirect %s is refused and not followed', async (_, location, targetOrigin) => {
    for (const code of [301, 302, 303, 307, 308]) {
      const { fetch, calls } = fakeFetch(status(code, location === undefined ? {} : { location }));
      const { clock, transport } = setup(fetch);
      const error = await failureOf(clock, transport.send(createClient));
      expect(error).toMatchObject({ code: 'HALO_REDIRECT_REFUSED', status: code, targetOrigin });
      expect(calls).toHaveLength(1);
      expect(calls[0]?.init.redirect).toBe('manual');
      expectSound(error, createClient);
    }
  });

  it('a redirect that a browser hides is refused as well', async () => {
    const hidden = Object.defineProperties(status(200), {
      status: { value: 0 },
      type: { value: 'opaqueredirect' },
    });
    const { clock, transport } = setup(async () => hidden);
    expect(await failureOf(clock, transport.send(readClient))).toMatchObject({
      code: 'HALO_REDIRECT_REFUSED',
      status: 0,
    });
  });

  it.each([200, 201, 202, 203, 299])('status %i with JSON is an answer', async (code) => {
    const { transport } = setup(fakeFetch(json({ id: 42 }, code)).fetch);
    expect(await transport.send(readClient)).toMatchObject({
      value: { id: 42 },
      context: { status: code, attempts: 1 },
    });
  });

  it.each([
    ['204', status(204)],
    ['205', status(205)],
    ['200 without a body', status(200)],
    ['200 with spaces', text(' \r\n')],
  ])('%s is an answer without a value', async (_, answer) => {
    expect(await setup(fakeFetch(answer).fetch).transport.send(deleteClient)).toMatchObject({
      value: undefined,
    });
  });

  it.each<[string, Response, unknown]>([
    ['a byte order mark', text(new Uint8Array(Buffer.from('\ufeff{"a":"ü"}'))), { a: 'ü' }],
    [
      'Latin-1 that says so',
      text(new Uint8Array(Buffer.from('{"a":"ü"}', 'latin1')), 'application/json; charset=iso-8859-1'),
      { a: 'ü' },
    ],
    ['JSON that calls itself text', text('[1]', 'text/plain'), [1]],
    ['JSON without a type', new Response(new Uint8Array(Buffer.from('{"a":1}'))), { a: 1 }],
    ['a bare number', text('7'), 7],
  ])('%s is read', async (_, answer, value) => {
    expect((await setup(fakeFetch(answer).fetch).transport.send(readClient)).value).toEqual(value);
  });

  it('keeps a name with broken UTF-8, and says so once', async () => {
    const body = new Uint8Array([...Buffer.from('{"name":"A'), 0xff, ...Buffer.from('B"}')]);
    const { transport, lines } = setup(fakeFetch(text(body)).fetch);
    expect((await transport.send(readClient)).value).toEqual({ name: 'A\ufffdB' });
    expect(lines.filter((line) => JSON.stringify(line).includes('invalid-utf-8'))).toHaveLength(1);
  });

  it('keeps prototypes as they are, whatever the keys', async () => {
    const body =
      '{"__proto__":{"admin":true},"rows":[{"__proto__":{"admin":true},"constructor":"c","toString":"t","id":1}]}';
    const { value } = await setup(fakeFetch(text(body)).fetch).transport.send(readClient);
    expect(value).toEqual({ rows: [{ constructor: 'c', toString: 't', id: 1 }] });
    const row = (value as { rows: object[] }).rows[0];
    expect(Object.assign({}, row)).not.toHaveProperty('admin');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it("stops at 64 MiB of body, whatever the server's length says", async () => {
    let pulled = 0;
    const chunk = new Uint8Array(1024 * 1024).fill(32);
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(chunk);
      },
    });
    const { clock, transport } = setup(async () => new Response(endless));
    const error = await failureOf(clock, transport.send(readClient));
    expect(error).toMatchObject({ code: 'HALO_RESPONSE_TOO_LARGE', attempts: 1 });
    expect(pulled).toBeLessThan(70);
  });
});

describe('time limits of the platform', () => {
  it.each<[string, string]>([
    ['UND_ERR_CONNECT_TIMEOUT', 'HALO_TIMEOUT_CONNECT'],
    ['UND_ERR_HEADERS_TIMEOUT', 'HALO_TIMEOUT_HEADERS'],
    ['UND_ERR_BODY_TIMEOUT', 'HALO_TIMEOUT_BODY'],
  ])('%s is a timeout like ours, and a read is sent again', async (code, expected) => {
    const { fetch, calls } = fakeFetch(() => {
      if (code !== 'UND_ERR_BODY_TIMEOUT') throw fetchFailed(code);
      return new Response(new ReadableStream({ pull: (controller) => controller.error(fetchFailed(code)) }));
    });
    const { clock, transport } = setup(fetch);
    const error = await failureOf(clock, transport.send(readClient));
    expect(error).toMatchObject({ name: 'HaloTimeoutError', code: expected, attempts: 3 });
    expect(calls).toHaveLength(3);
    expectSound(error, readClient);
  });
});

it('a body that breaks off shows nothing of what the platform said about it', async () => {
  const failed = () =>
    new ReadableStream({ pull: (controller) => controller.error(fetchFailed('ECONNRESET')) });
  const { clock, transport } = setup(fakeFetch(() => new Response(failed())).fetch);
  const error = await failureOf(clock, transport.send(readClient));
  expect(error).toMatchObject({ code: 'HALO_RESPONSE_TRUNCATED', cause: { code: 'ECONNRESET' } });
  expectSound(error, readClient);
});

describe('what Halo says about a refused request', () => {
  const shapes = JSON.parse(
    readFileSync(new URL('./halo-errors.json', import.meta.url), 'utf8'),
  ) as readonly { name: string; body: unknown; issues: unknown }[];

  it.each(shapes.map((shape) => [shape.name, shape] as const))('%s', async (_, { body, issues }) => {
    const { clock, transport } = setup(fakeFetch(json(body, 400)).fetch);
    expect(await failureOf(clock, transport.send(createClient))).toMatchObject({ issues });
  });

  it('is cut, kept on one line and cleared of secrets, and stays out of the message', async () => {
    const echoed = `Denied for Bearer ${TOKEN}\r\nsecret ${CANARIES.clientSecret} \u202e${'x'.repeat(5000)}`;
    const redact = (words: string) => words.replaceAll(CANARIES.clientSecret, '[redacted]');
    const { clock, transport } = setup(fakeFetch(json({ [`name ${TOKEN}`]: [echoed] }, 400)).fetch, {
      redact,
    });
    const error = await failureOf(clock, transport.send(createClient));
    expectSound(error, createClient);
    const [issue] = error.issues as { field: string; message: string }[];
    expect(issue?.field).toBe('name [redacted]');
    expect(issue?.message).toMatch(
      /^Denied for Bearer \[redacted\]\\u\{d\}\\u\{a\}secret \[redacted\] \\u\{202e\}x/,
    );
    expect(issue?.message.length).toBeLessThanOrEqual(300);
    expect(error.message).not.toContain('Denied');
  });

  it('does not matter when its body is 5 MB', async () => {
    const { clock, transport } = setup(
      fakeFetch(text(`"${'x'.repeat(5_000_000)}"`, 'application/json', 400)).fetch,
    );
    const error = await failureOf(clock, transport.send(createClient));
    expect(error).toMatchObject({ code: 'HALO_VALIDATION_REJECTED', issues: [] });
    expectSound(error, createClient);
  });

  it('carries the request id of Halo or a proxy, if it looks like one', async () => {
    for (const [value, requestId] of [
      ['0HN7-abc:1', '0HN7-abc:1'],
      ['a b', undefined],
      ['x'.repeat(200), undefined],
    ] as const) {
      const { clock, transport } = setup(fakeFetch(status(404, { 'x-request-id': value })).fetch);
      expect(await failureOf(clock, transport.send(readClient))).toMatchObject({ requestId });
    }
  });
});

describe('a write is never sent again when Halo may have acted on it', () => {
  const lost: readonly [string, () => Response | Error][] = [
    ['500', () => status(500)],
    ['502', () => status(502)],
    ['503', () => status(503)],
    ['503 with Retry-After', () => status(503, { 'retry-after': '1' })],
    ['504', () => status(504)],
    ['408', () => status(408)],
    ['520', () => status(520)],
    ['a reset', () => fetchFailed('ECONNRESET')],
    ['a broken pipe', () => fetchFailed('EPIPE')],
    ['a socket closed by the other side', () => fetchFailed('UND_ERR_SOCKET')],
    ['no HTTP', () => fetchFailed('HPE_INVALID_CONSTANT')],
    ['too many headers', () => fetchFailed('UND_ERR_HEADERS_OVERFLOW')],
    ['a late TLS alert', () => fetchFailed('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')],
    ['an unknown failure', () => new TypeError('fetch failed')],
    ['a web page with status 200', () => html()],
    ['broken JSON with status 201', () => text('{"id":', 'application/json', 201)],
    ['an id that would be rounded', () => text('{"id":9007199254740993}', 'application/json', 201)],
  ];

  it.each(lost)('%s: one request, and an error that says what to look up', async (_, make) => {
    for (const request of [createClient, updateClient, deleteClient]) {
      const answer = make();
      const { fetch, calls } = fakeFetch(answer);
      const { clock, transport } = setup(fetch);
      const error = await failureOf(clock, transport.send(request));
      expect(error).toMatchObject({
        name: 'HaloWriteUncertainError',
        code: 'HALO_WRITE_UNCERTAIN',
        attempts: 1,
        retryable: false,
      });
      expect(error.lookup).toEqual(request.lookup ?? expect.stringMatching(/row/i));
      expect(error.status).toBe(answer instanceof Response ? answer.status : undefined);
      expect(calls).toHaveLength(1);
      expectSound(error, request);
    }
  });

  it.each(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT'])(
    '%s: nothing left, so it is sent again',
    async (code) => {
      const { fetch, calls } = fakeFetch(fetchFailed(code), fetchFailed(code), json({ id: 1 }, 201));
      const { clock, transport } = setup(fetch);
      expect(await clock.settle(transport.send(createClient))).toMatchObject({
        context: { status: 201, attempts: 3 },
      });
      expect(calls).toHaveLength(3);
    },
  );

  it('a host that is never found is a network error, certain that nothing was written', async () => {
    const { clock, transport } = setup(fakeFetch(fetchFailed('ENOTFOUND')).fetch);
    const error = await failureOf(clock, transport.send(createClient));
    expect(error).toMatchObject({ code: 'HALO_NETWORK_DNS', systemCode: 'ENOTFOUND', attempts: 3 });
    expectSound(error, createClient);
  });

  it.each(['CERT_HAS_EXPIRED', 'SELF_SIGNED_CERT_IN_CHAIN', 'ERR_TLS_CERT_ALTNAME_INVALID'])(
    '%s: not sent again, since a certificate does not repair itself',
    async (code) => {
      const { fetch, calls } = fakeFetch(fetchFailed(code));
      const { clock, transport } = setup(fetch);
      const error = await failureOf(clock, transport.send(createClient));
      expect(error).toMatchObject({ code: 'HALO_NETWORK_TLS', systemCode: code });
      expect(calls).toHaveLength(1);
    },
  );

  it('an update or a delete is sent again where the caller opts in; a create is not', async () => {
    for (const [request, sends] of [
      [updateClient, 3],
      [deleteClient, 3],
      [createClient, 1],
    ] as const) {
      const { fetch, calls } = fakeFetch(fetchFailed('ECONNRESET'));
      const { clock, transport } = setup(fetch);
      const error = await failureOf(clock, transport.send(request, { resendWrites: true }));
      expect(error).toMatchObject({ code: 'HALO_WRITE_UNCERTAIN' });
      expect(calls).toHaveLength(sends);
    }
  });

  it('a refusal of the resend does not make the first attempt certain', async () => {
    const { clock, transport } = setup(fakeFetch(fetchFailed('ECONNRESET'), status(403)).fetch);
    const error = await failureOf(clock, transport.send(updateClient, { resendWrites: true }));
    expect(error).toMatchObject({ code: 'HALO_WRITE_UNCERTAIN', status: 403, attempts: 2 });
  });

  it('an update that succeeds at the second attempt is an answer', async () => {
    const { clock, transport } = setup(fakeFetch(status(503), json({ id: 1 }, 201)).fetch);
    expect(await clock.settle(transport.send(updateClient, { resendWrites: true }))).toMatchObject({
      value: { id: 1 },
    });
  });
});
