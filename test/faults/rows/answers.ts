import assert from 'node:assert/strict';
import fc from 'fast-check';
import { answer, head } from '../../support/raw-server.ts';
import {
  create,
  type Expected,
  type FaultCase,
  type FaultRow,
  fails,
  list,
  memory,
  memoryScenario,
  type Play,
  remove,
  row,
  succeeds,
  wire,
} from '../fault-case.ts';
import { healthyApi, JSON_TYPE, json, type MemoryRig, type Reply, status } from '../memory-rig.ts';
import { clientRow, type Rig } from '../rig.ts';

const HTML_PAGE = '<!doctype html><html><head><title>Sign in</title></head><body></body></html>';

/** An answer of the API, over a real socket. */
const answered = (
  variant: string,
  bytes: (rig: { row: string }) => Uint8Array,
  expected: Expected,
  requests: number,
  call?: Play,
): FaultCase =>
  wire(
    { variant, expected, token: 1, api: requests, ...(call ? { call } : {}) },
    { api: (_, __, { canaries }) => [{ write: bytes({ row: canaries.row }) }] },
  );

const response = (code: Parameters<typeof fails>[1], check?: (error: Record<string, unknown>) => void) =>
  fails('HaloResponseError', code, check);

/** A 429 that is waited out to the millisecond, or within bounds where chance decides. */
const waited = (
  variant: string,
  headers: Record<string, string>,
  [leastMs, mostMs]: readonly [number, number],
) =>
  memoryScenario(
    {
      variant,
      api: 2,
      async run(rig) {
        await rig.settle(rig.halo.clients.get(1));
        const waitedMs = (rig.apiCalls[1]?.atMs ?? 0) - (rig.apiCalls[0]?.atMs ?? 0);
        assert.ok(waitedMs >= leastMs && waitedMs <= mostMs, `waited ${waitedMs} ms`);
        return [];
      },
    },
    {
      api: [
        (_, { clock }) => {
          const dated = Object.entries(headers).map(([name, value]) => [name, dateIn(value, clock.nowMs())]);
          return status(429, Object.fromEntries(dated));
        },
        healthyApi,
      ],
    },
  );

/** Writes the moment `+20s` in the form asked for. */
function dateIn(value: string, nowMs: number): string {
  const match = /^([a-z0-9]+)([+-]\d+)$/.exec(value);
  if (!match) return value;
  const at = new Date(nowMs + Number(match[2]) * 1000);
  const imf = at.toUTCString();
  const [, day = '', month = '', year = '', time = ''] = imf.split(' ');
  const names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  const forms: Record<string, string> = {
    imf,
    rfc850: `${names[at.getUTCDay()]}, ${day}-${month}-${year.slice(2)} ${time} GMT`,
    asctime: `${imf.slice(0, 3)} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`,
    weekday: imf.replace(/^.../, imf.startsWith('Mon') ? 'Tue' : 'Mon'),
    local: imf.replace('GMT', '+0100'),
    epochs: String(Math.floor(at.getTime() / 1000)),
    epochms: String(at.getTime()),
  };
  return forms[match[1] ?? ''] ?? value;
}

const exactly = (ms: number) => [ms, ms + 1] as const;
/** The first wait of our own after a 429 that says nothing usable. */
const ownWait = [1, 11_000] as const;

const tooLong = (variant: string) =>
  memory(
    {
      variant: `Retry-After: ${variant}`,
      expected: fails('HaloRateLimitError', 'HALO_RATE_LIMIT_WAIT_TOO_LONG'),
      api: 1,
      boundMs: 0,
    },
    { api: [status(429, { 'retry-after': variant })] },
  );

const namesIn = (value: unknown) => (value as { name?: string }).name;

const redirect = (variant: string, code: number, location: string, call?: Play) =>
  memory(
    {
      variant,
      ...(call ? { call } : {}),
      expected: fails('HaloRedirectError', 'HALO_REDIRECT_REFUSED', (_, rig) => {
        assert.deepEqual((rig as MemoryRig).strayCalls, []);
      }),
      api: 1,
    },
    { api: [status(code, { location })] },
  );

const idCase = (variant: string, id: string, expected: Expected) =>
  memory(
    { variant, call: list, expected, api: 1 },
    { api: [() => status(200, JSON_TYPE, `{"record_count":1,"clients":[{"id":${id},"name":"x"}]}`)] },
  );

const schemaNamesId = response('HALO_RESPONSE_SCHEMA', (error) => {
  const [issue] = error.issues as { path: string }[];
  assert.match(issue?.path ?? '', /clients\[0\]\.id/);
});

export const answerRows: readonly FaultRow[] = [
  row(71, 'answers', '400 and 422 with complaints', [
    ...[400, 422, 409].flatMap((code) => [
      memory(
        {
          variant: `${code}, fields`,
          call: create,
          expected: fails('HaloValidationError', 'HALO_VALIDATION_REJECTED', (error) => {
            assert.deepEqual(error.issues, [
              { field: '[0].toplevel_id', message: 'Could not convert string to integer.' },
            ]);
          }),
          api: 1,
        },
        { api: [json({ '[0].toplevel_id': ['Could not convert string to integer.'] }, code)] },
      ),
      memory(
        {
          variant: `${code}, a serialised exception`,
          call: create,
          expected: fails('HaloValidationError', 'HALO_VALIDATION_REJECTED', (error) => {
            assert.deepEqual(error.issues, [{ field: null, message: 'Password is mandatory' }]);
          }),
          api: 1,
        },
        { api: [json({ ClassName: 'System.Exception', Message: 'Password is mandatory' }, code)] },
      ),
    ]),
  ]),
  row(72, 'answers', '404', [
    memory(
      { variant: 'JSON', expected: fails('HaloNotFoundError', 'HALO_NOT_FOUND'), api: 1 },
      { api: [status(404)] },
    ),
    answered(
      'a web page',
      () => answer(404, HTML_PAGE, { 'content-type': 'text/html' }),
      fails('HaloNotFoundError', 'HALO_NOT_FOUND'),
      1,
    ),
  ]),
  row(73, 'answers', '408, 500, 502, 503, 504 on a read', [
    ...[408, 500, 502, 503, 504].flatMap((code) => [
      answered(
        `${code} for ever`,
        () => answer(code, HTML_PAGE, { 'content-type': 'text/html' }),
        fails('HaloServerError', 'HALO_SERVER_FAILED'),
        3,
      ),
      memory(
        { variant: `${code} twice`, expected: succeeds(), api: 3, boundMs: 1500 },
        { api: [status(code), status(code), healthyApi] },
      ),
    ]),
  ]),
  row(74, 'answers', '501, 505', [
    ...[501, 505].map((code) =>
      memory({ variant: String(code), expected: fails('HaloServerError'), api: 1 }, { api: [status(code)] }),
    ),
  ]),
  row(75, 'answers', '204, 205, 304, 206', [
    memory(
      { variant: '204 for a row', expected: response('HALO_RESPONSE_EMPTY'), api: 1 },
      { api: [status(204)] },
    ),
    memory(
      { variant: '205 for a list', call: list, expected: response('HALO_RESPONSE_EMPTY'), api: 1 },
      { api: [status(205)] },
    ),
    memory(
      { variant: '204 for a delete', call: remove, expected: succeeds(), api: 1 },
      { api: [status(204)] },
    ),
    answered('an empty 200 for a list', () => answer(200, ''), response('HALO_RESPONSE_EMPTY'), 1, list),
    memory({ variant: '304', expected: response('HALO_RESPONSE_STATUS'), api: 1 }, { api: [status(304)] }),
    answered(
      '206',
      ({ row }) => answer(206, JSON.stringify({ id: 1, name: row })),
      response('HALO_RESPONSE_STATUS'),
      1,
    ),
  ]),
  row(76, 'answers', '429 with Retry-After in seconds', [
    waited('0', { 'retry-after': '0' }, exactly(0)),
    waited('1', { 'retry-after': '1' }, exactly(1000)),
    waited('59', { 'retry-after': '59' }, exactly(59_000)),
    waited('30 with a space behind', { 'retry-after': '30 ' }, exactly(30_000)),
  ]),
  row(77, 'answers', '429 with Retry-After as a date', [
    waited('future', { 'retry-after': 'imf+20' }, exactly(20_000)),
    waited('past', { 'retry-after': 'imf-20' }, exactly(0)),
    waited('wrong weekday', { 'retry-after': 'weekday+20' }, ownWait),
    waited('RFC 850', { 'retry-after': 'rfc850+20' }, exactly(20_000)),
    waited('asctime', { 'retry-after': 'asctime+20' }, exactly(20_000)),
    waited('local zone', { 'retry-after': 'local+20' }, ownWait),
  ]),
  row(78, 'answers', '429 with a Retry-After that is none, or absurd', [
    ...['-5', '1e3', '0x10', '5, 5', '', 'soon'].map((value) =>
      waited(JSON.stringify(value), { 'retry-after': value }, ownWait),
    ),
    tooLong('9999999999'),
    tooLong('2147484'),
  ]),
  row(79, 'answers', '429 with X-RateLimit-Reset', [
    waited('epoch seconds', { 'x-ratelimit-reset': 'epochs+20' }, [19_000, 20_000]),
    waited('epoch milliseconds', { 'x-ratelimit-reset': 'epochms+20' }, exactly(20_000)),
    waited('delta', { 'x-ratelimit-reset': '20' }, exactly(20_000)),
    waited('RateLimit-Reset', { 'ratelimit-reset': '20' }, exactly(20_000)),
  ]),
  row(80, 'answers', '429 that states the limit in words', [
    learned('rolling 5 minutes', 'Rate Limit Reached - 300 Requests per rolling 5 minute window', {
      requests: 300,
      windowMs: 300_000,
    }),
    learned('as JSON text', JSON.stringify('Rate Limit Reached - 120 Requests per rolling 3 minute window'), {
      requests: 120,
      windowMs: 180_000,
    }),
  ]),
  row(81, 'answers', '429 with a hostile body', [
    learned('5 MB', `Rate Limit Reached - 300 Requests per rolling 5 minute window${' '.repeat(5_000_000)}`, {
      requests: 500,
      windowMs: 300_000,
    }),
    learned(
      'endless digits',
      `Rate Limit Reached - ${'9'.repeat(400)} Requests per rolling 5 minute window`,
      { requests: 500, windowMs: 300_000 },
    ),
    learned('no requests', 'Rate Limit Reached - 0 Requests per rolling 5 minute window', {
      requests: 500,
      windowMs: 300_000,
    }),
    learned('more than is configured', 'Rate Limit Reached - 900000 Requests per rolling 1 second window', {
      requests: 500,
      windowMs: 300_000,
    }),
  ]),
  row(82, 'answers', '503 with Retry-After', [
    memory(
      { variant: 'followed', expected: succeeds(), api: 2, boundMs: 20_000 },
      { api: [status(503, { 'retry-after': '20' }), healthyApi] },
    ),
  ]),
  row(83, 'answers', '200 with a web page', [
    ...([['a row'], ['a list', list], ['a create', create]] as [string, Play?][]).map(([variant, call]) =>
      answered(
        variant,
        ({ row }) => answer(200, `${HTML_PAGE}<p>${row}`, { 'content-type': 'text/html; charset=utf-8' }),
        call === create ? fails('HaloWriteUncertainError') : response('HALO_RESPONSE_HTML'),
        1,
        call,
      ),
    ),
    answered('called JSON', () => answer(200, HTML_PAGE), response('HALO_RESPONSE_HTML'), 1),
    answered(
      'called nothing',
      () => answer(200, HTML_PAGE, { 'content-type': '' }),
      response('HALO_RESPONSE_HTML'),
      1,
    ),
    answered(
      'plain text',
      ({ row }) => answer(200, `Hello ${row}`, { 'content-type': 'text/plain' }),
      response('HALO_RESPONSE_CONTENT_TYPE'),
      1,
    ),
  ]),
  row(84, 'answers', '200 with {} for a list', [
    ...['{}', '"text"', '42', 'null', '{"clients":{}}', '{"record_count":3}'].map((text) =>
      answered(
        text,
        () => answer(200, text),
        response('HALO_RESPONSE_SCHEMA', (error) => {
          assert.match(String(error.message), /array/);
          assert.match(String((error.issues as { path: string }[])[0]?.path), /clients/);
        }),
        1,
        list,
      ),
    ),
  ]),
  row(85, 'answers', 'an array in place of an envelope, and the reverse', [
    answered(
      'a list as an array',
      ({ row }) => answer(200, JSON.stringify([{ id: 1, name: row }])),
      succeeds((value) => assert.equal((value as unknown[]).length, 1)),
      1,
      list,
    ),
    answered(
      'a row in an array',
      ({ row }) => answer(200, JSON.stringify([{ id: 1, name: row }])),
      succeeds(),
      1,
    ),
    answered(
      'a row in an envelope',
      ({ row }) => answer(200, JSON.stringify({ clients: [{ id: 1, name: row }] })),
      succeeds(),
      1,
    ),
    answered(
      'two rows for one',
      () => answer(200, '[{"id":1},{"id":2}]'),
      response('HALO_RESPONSE_SCHEMA'),
      1,
    ),
    answered(
      'another row than the one asked for',
      () => answer(200, '{"id":2}'),
      response('HALO_RESPONSE_SCHEMA'),
      1,
    ),
  ]),
  row(86, 'answers', 'character sets', [
    answered(
      'a byte order mark',
      () => answer(200, '\uFEFF{"id":1,"name":"Zoë"}'),
      succeeds((value) => assert.equal(namesIn(value), 'Zoë')),
      1,
    ),
    answered(
      'UTF-16',
      () => answer(200, Buffer.from('\uFEFF{"id":1}', 'utf16le')),
      response('HALO_RESPONSE_ENCODING'),
      3,
    ),
    answered(
      'Latin-1 that says so',
      () =>
        answer(200, Buffer.from('{"id":1,"name":"Zo\xeb"}', 'latin1'), {
          'content-type': 'application/json; charset=iso-8859-1',
        }),
      succeeds((value) => assert.equal(namesIn(value), 'Zoë')),
      1,
    ),
    answered(
      'Shift JIS',
      () => answer(200, '{"id":1}', { 'content-type': 'application/json; charset=shift_jis' }),
      response('HALO_RESPONSE_ENCODING'),
      3,
    ),
  ]),
  row(87, 'answers', 'bytes in a name that are no UTF-8', [
    wire(
      {
        variant: 'replaced, and told',
        expected: succeeds((value, rig) => {
          assert.equal(namesIn(value), 'Zo\ufffd');
          assert.ok(hasLine(rig, 'drift') || hasLine(rig, 'invalid-utf-8'), 'nothing was told');
        }),
        api: 1,
      },
      { api: [[{ write: answer(200, Buffer.from('{"id":1,"name":"Zo\xeb"}', 'latin1')) }]] },
    ),
  ]),
  row(88, 'answers', 'broken JSON near a name', [
    answered(
      'a read',
      ({ row }) => answer(200, `{"id":1,"name":"${row} oops"bad}`),
      response('HALO_RESPONSE_JSON'),
      1,
    ),
    answered(
      'a list',
      ({ row }) => answer(200, `{"clients":[{"id":1,"name":"${row}"},,]}`),
      response('HALO_RESPONSE_JSON'),
      1,
      list,
    ),
  ]),
  row(89, 'answers', '100,000 levels of nesting', [
    answered(
      'arrays',
      () => answer(200, `${'['.repeat(100_000)}${']'.repeat(100_000)}`),
      response('HALO_RESPONSE_JSON'),
      1,
    ),
    answered(
      'objects',
      () => answer(200, `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
      response('HALO_RESPONSE_JSON'),
      1,
    ),
    answered(
      'arrays without end',
      () => answer(200, '['.repeat(100_000)),
      response('HALO_RESPONSE_TRUNCATED'),
      3,
    ),
  ]),
  row(90, 'answers', 'ids that are none', [
    idCase('9007199254740993', '9007199254740993', response('HALO_RESPONSE_SCHEMA')),
    memory(
      {
        variant: 'client_id: 9007199254740993, without a schema',
        call: (halo) => halo.request({ path: '/Tickets/1' }),
        expected: response('HALO_RESPONSE_SCHEMA', (error) =>
          assert.deepEqual(error.issues, [{ path: 'client_id', message: 'id above 2^53 - 1' }]),
        ),
        api: 1,
      },
      { api: [status(200, JSON_TYPE, '{"id":1,"client_id":9007199254740993}'), healthyApi] },
    ),
    idCase('1.5', '1.5', schemaNamesId),
    idCase('"7"', '"7"', schemaNamesId),
    idCase('-1', '-1', schemaNamesId),
    idCase('0', '0', schemaNamesId),
    idCase('7.0', '7.0', succeeds()),
    memory(
      {
        variant: 'null: dropped and counted',
        call: list,
        expected: succeeds((value) => assert.deepEqual((value as unknown[]).length, 1)),
        api: 1,
      },
      {
        api: [
          () =>
            status(
              200,
              JSON_TYPE,
              '{"record_count":2,"clients":[{"id":1,"name":"x"},{"id":null,"name":"y"}]}',
            ),
        ],
      },
    ),
  ]),
  row(91, 'answers', '__proto__, constructor, toString as keys', [
    memoryScenario({
      variant: '300 documents',
      async run(rig) {
        const key = fc.constantFrom(
          '__proto__',
          'constructor',
          'prototype',
          'toString',
          'hasOwnProperty',
          'name',
          'x',
        );
        const value = fc.dictionary(
          key,
          fc.oneof(
            fc.string(),
            fc.integer(),
            fc.dictionary(key, fc.constant('polluted'), { noNullPrototype: false }),
          ),
          { noNullPrototype: false },
        );
        for (const document of fc.sample(value, { numRuns: 300, seed: 91 })) {
          const text = JSON.stringify({ ...document, name: undefined })
            .replace(/^\{/, '{"id":1,"__proto__":{"polluted":1},')
            .replace(',}', '}');
          rig.reply({ api: [() => status(200, JSON_TYPE, text)] });
          const client = (await rig.settle(rig.halo.request({ path: '/Client/1' }))) as Record<
            string,
            unknown
          >;
          assert.equal(client.id, 1);
          assert.equal(client.polluted, undefined);
          assert.equal(({} as { polluted?: unknown }).polluted, undefined);
          assert.equal(Object.getPrototypeOf(Object.assign({}, client)), Object.prototype);
        }
        return [];
      },
    }),
    memory(
      {
        variant: 'a row keeps its own fields',
        expected: succeeds((value) => {
          assert.equal((value as { polluted?: unknown }).polluted, undefined);
          assert.equal(Object.getPrototypeOf(Object.assign({}, value)), Object.prototype);
          assert.equal(namesIn(value), 'x');
          assert.equal((value as { constructor: unknown }).constructor, 'odd');
        }),
        api: 1,
      },
      {
        api: [
          () => status(200, JSON_TYPE, '{"id":1,"__proto__":{"polluted":1},"constructor":"odd","name":"x"}'),
        ],
      },
    ),
  ]),
  row(92, 'answers', 'an error body that is long, echoes a secret, or forges log lines', [
    ...[400, 500].map((code) =>
      answered(
        `${code}, 5 MB`,
        ({ row }) => answer(code, JSON.stringify({ Message: row.repeat(200_000) })),
        fails(code === 400 ? 'HaloValidationError' : 'HaloServerError', undefined, (error) => {
          assert.ok(String(error.message).length <= 1024);
        }),
        code === 400 ? 1 : 3,
      ),
    ),
    memory(
      {
        variant: 'echoes client secret and token in every form',
        call: create,
        expected: fails('HaloValidationError', 'HALO_VALIDATION_REJECTED', (error) => {
          const [issue] = error.issues as { message: string }[];
          assert.match(issue?.message ?? '', /\[redacted\]/);
        }),
        api: 1,
      },
      {
        api: [
          ({ bearer }, { canaries }) => {
            const secrets = [bearer ?? '', canaries.clientSecret];
            const forms = secrets.flatMap((text) => [
              text,
              encodeURIComponent(text),
              btoa(text),
              new URLSearchParams({ x: text }).toString(),
            ]);
            return json({ Message: `denied ${forms.join(' ').slice(0, 280)}` }, 400);
          },
        ],
      },
    ),
    memory(
      {
        variant: 'CR LF and other control characters',
        call: create,
        expected: fails('HaloValidationError', undefined, (error) => {
          const [issue] = error.issues as { message: string }[];
          assert.doesNotMatch(issue?.message ?? '', /[\p{Cc}\p{Cf}]/u);
        }),
        api: 1,
      },
      { api: [json({ Message: 'no\r\n2026-11-23 INFO admin signed in\u001b[2J\u202e' }, 400)] },
    ),
  ]),
  row(93, 'answers', 'redirects', [
    redirect('302, same origin', 302, '/login'),
    ...[301, 302, 303, 307, 308].map((code) =>
      redirect(`${code}, another origin`, code, 'https://evil.example/api/Client/1'),
    ),
    redirect('a create, 307, another origin', 307, 'https://evil.example/api/Client', create),
    redirect('https to http', 302, 'http://halo.example/api/Client/1'),
    redirect('without a scheme', 302, '//evil.example/'),
    redirect('to itself', 302, '/api/Client/1'),
    redirect('to nothing readable', 302, 'http://[junk'),
    redirect('to a script', 302, 'javascript:alert(1)'),
    wire(
      {
        variant: 'over a socket: the other server sees nothing',
        expected: fails('HaloRedirectError'),
        api: 1,
      },
      { api: (_, index) => [{ write: head(307, { location: `/hop/${index}`, 'content-length': '0' }) }] },
    ),
  ]),
  row(94, 'answers', 'Set-Cookie', [
    memoryScenario(
      {
        variant: 'never sent back',
        api: 2,
        async run(rig) {
          await rig.settle(rig.halo.clients.get(1));
          await rig.settle(rig.halo.clients.get(1));
          for (const { init } of [...rig.apiCalls, ...rig.tokenCalls])
            assert.equal(new Headers(init.headers).get('cookie'), null);
          return [];
        },
      },
      { api: [(_, { canaries }) => json(clientRow(canaries), 200, { 'set-cookie': 'session=1' })] },
    ),
  ]),
];

function learned(variant: string, text: string, limit: { requests: number; windowMs: number }): FaultCase {
  const reply: Reply = status(429, { 'content-type': 'text/plain', 'retry-after': '1' }, text);
  return memoryScenario(
    {
      variant,
      api: 2,
      async run(rig) {
        const startedMs = performance.now();
        await rig.settle(rig.halo.clients.get(1));
        const { requests, windowMs } = rig.halo.budget();
        assert.deepEqual({ requests, windowMs }, limit);
        assert.ok(performance.now() - startedMs < 1000, 'reading the text took too long');
        return [];
      },
    },
    { api: [reply, healthyApi], budget: { requests: 500, windowMs: 300_000 } },
  );
}

function hasLine(rig: Rig, text: string): boolean {
  return JSON.stringify(rig.lines).includes(text);
}
