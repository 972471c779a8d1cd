import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeInstance, makePageFolder, sendRaw, startTestConsole, type TestConsole } from './support.ts';

const page = makePageFolder();
let console: TestConsole;
beforeAll(async () => {
  console = await startTestConsole({ instances: [fakeInstance().instance], pageFolder: page.folder });
});
afterAll(async () => {
  await console[Symbol.asyncDispose]();
  page.remove();
});

const STATE = '/api/state';
const CHECK = '/api/instances/uk/check';

describe('who gets in', () => {
  it('has a key of 128 random bits in the fragment of its address, which browsers send nowhere', async () => {
    expect(console.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{22}$/);
    await using other = await startTestConsole({
      instances: [fakeInstance().instance],
      pageFolder: page.folder,
    });
    expect(other.token).not.toBe(console.token);
  });

  it('listens on the loopback address only', async () => {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.2', port: console.port });
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.unref();
    });
    expect(reached).toBe(false);
  });

  it.each([
    ['no key', { authorization: '' }, 401, 'WRONG_TOKEN'],
    ['a wrong key', { authorization: 'Bearer AAAAAAAAAAAAAAAAAAAAAA' }, 401, 'WRONG_TOKEN'],
    ['a name that was made to lead here', { host: 'evil.example' }, 421, 'WRONG_HOST'],
    ['the name of another port', { host: '127.0.0.1:1' }, 421, 'WRONG_HOST'],
    ['the page of another site', { origin: 'https://evil.example' }, 403, 'WRONG_ORIGIN'],
    ['the page of another port', { origin: 'http://127.0.0.1:1' }, 403, 'WRONG_ORIGIN'],
    ['a page without an origin', { origin: 'null' }, 403, 'WRONG_ORIGIN'],
    ['an image or a link of another site', { 'sec-fetch-site': 'cross-site' }, 403, 'WRONG_ORIGIN'],
    ['a page of the same machine', { 'sec-fetch-site': 'same-site' }, 403, 'WRONG_ORIGIN'],
  ])('refuses %s', async (_who, changes, status, code) => {
    for (const [method, path, body] of [
      ['GET', STATE, undefined],
      ['POST', CHECK, '{}'],
    ] as const) {
      const answer = await sendRaw(console.port, method, path, { ...console.headers, ...changes }, body);
      expect(answer.status).toBe(status);
      expect(JSON.parse(answer.body).code).toBe(code);
      expect(answer.body).not.toContain(console.token);
    }
  });

  it('takes its own page, by number or as localhost', async () => {
    for (const host of [`127.0.0.1:${console.port}`, `localhost:${console.port}`]) {
      const headers = { ...console.headers, host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
      expect((await sendRaw(console.port, 'GET', STATE, headers)).status).toBe(200);
    }
  });

  it('takes a form of another site for what it is: nothing but JSON is read', async () => {
    const headers = { ...console.headers, 'content-type': 'text/plain' };
    expect((await sendRaw(console.port, 'POST', CHECK, headers, '{}')).status).toBe(415);
  });

  it.each(['PUT', 'DELETE', 'OPTIONS', 'TRACE'])('does not know %s', async (method) => {
    expect((await sendRaw(console.port, method, STATE, console.headers)).status).toBe(405);
    expect((await sendRaw(console.port, method, '/', console.headers)).status).toBe(405);
  });
});

describe('what every answer carries', () => {
  it.each([
    ['the page', 'GET', '/', 200],
    ['a file that is not there', 'GET', '/../../package.json', 404],
    ['data', 'GET', STATE, 200],
    ['a refusal', 'POST', '/api/nothing', 404],
  ])(
    '%s: a policy that allows its own files only, and nothing is kept',
    async (_what, method, path, status) => {
      const { headers, status: answered } = await sendRaw(
        console.port,
        method,
        path,
        console.headers,
        method === 'POST' ? '{}' : undefined,
      );
      expect(answered).toBe(status);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers['set-cookie']).toBeUndefined();
    },
  );

  it('serves nothing but the files of the page', async () => {
    for (const path of ['/index.html', '/console.js'])
      expect((await sendRaw(console.port, 'GET', path, console.headers)).status).toBe(200);
    for (const path of [
      '/..%2fpackage.json',
      '/%2e%2e/package.json',
      '//etc/passwd',
      '/console.js/',
      '/none.js',
    ])
      expect((await sendRaw(console.port, 'GET', path, console.headers)).status).toBe(404);
  });
});

describe('bodies that cannot be used', () => {
  it.each([
    ['no JSON', '{', 400, 'BODY_NOT_JSON'],
    ['empty', '', 400, 'BODY_NOT_JSON'],
    ['another shape', '{"form":1}', 400, 'BODY_NOT_USABLE'],
    ['a key too many', '{"kind":"undo","more":1}', 400, 'BODY_NOT_USABLE'],
    ['too large', `{"a":"${'x'.repeat(300_000)}"}`, 413, 'BODY_TOO_LARGE'],
  ])('%s: refused, and the console goes on', async (_what, body, status, code) => {
    const path = '/api/instances/uk/decisions';
    const answer = await sendRaw(console.port, 'POST', path, console.headers, body);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body).code).toBe(code);
    expect((await sendRaw(console.port, 'GET', STATE, console.headers)).status).toBe(200);
  });

  it.each([
    ['another instance', '/api/instances/us/table', 404, 'NO_SUCH_INSTANCE'],
    ['a row that is not there', '/api/instances/uk/rows/none', 404, 'NO_SUCH_ROW'],
    ['a path with a broken escape', '/api/instances/%E0%A4%A/table', 400, 'BAD_PATH'],
    ['no such route', '/api/instances/uk/secrets', 404, 'NO_SUCH_ROUTE'],
  ])('%s', async (_what, path, status, code) => {
    expect(await console.refused('GET', path)).toMatchObject({ status, problem: { code } });
  });
});
