import assert from 'node:assert/strict';
import type { LookupFunction } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { sleep } from '../../../src/clock.ts';
import { createRateBudgetWith } from '../../../src/http/rate-budget.ts';
import { answer, head, type Script } from '../../support/raw-server.ts';
import {
  create,
  type Expected,
  endingOf,
  errorsOf,
  type FaultRow,
  fails,
  list,
  memory,
  memoryScenario,
  type Play,
  remove,
  row,
  succeeds,
  update,
  wire,
  wireScenario,
} from '../fault-case.ts';
import { fetchFailed, grant, healthyApi, json, type Reply, status } from '../memory-rig.ts';
import { clientRow, turns } from '../rig.ts';
import { undiciFetch } from '../undici-fetch.ts';
import { healthyBytes, type Scripts, type WireContext } from '../wire-rig.ts';

const ATTEMPT_MS = 30_000;
const DEADLINE_MS = 60_000;
const JSON_HEADERS = { 'content-type': 'application/json' };

/** A write whose outcome nobody knows: says what to look up, and why. */
const uncertain = (cause?: string): Expected =>
  fails('HaloWriteUncertainError', 'HALO_WRITE_UNCERTAIN', (error) => {
    assert.match(String(error.lookup), /halo\.clients/);
    assert.equal(error.retryable, false);
    if (cause !== undefined) assert.equal((error.cause as { code?: string }).code, cause);
  });

const body = ({ canaries }: WireContext) => JSON.stringify(clientRow(canaries));

/** First the fault, then health. */
const once =
  (...script: Script): Scripts =>
  (request, index, { canaries }) =>
    index === 0 ? script : [{ write: healthyBytes(request, canaries) }];

/** An answer made of the healthy body. */
const always =
  (make: (body: string) => Script): Scripts =>
  (_, __, context) =>
    make(body(context));

const encoded = (encoding: string, bytes: (body: string) => Uint8Array): Scripts =>
  always((text) => [{ write: answer(200, bytes(text), { 'content-encoding': encoding }) }]);

const unusable = (variant: string, api: Scripts, expected: Expected, requests: number) =>
  wire({ variant, expected, token: 1, api: requests }, { api });

const encodingError = fails('HaloResponseError', 'HALO_RESPONSE_ENCODING');
const truncated = fails('HaloResponseError', 'HALO_RESPONSE_TRUNCATED');
const tooLarge = fails('HaloResponseError', 'HALO_RESPONSE_TOO_LARGE');

/** A resolver that fails so many times, and then finds this machine. */
function resolver(code: string, failures: number): LookupFunction {
  let left = failures;
  return (_hostname, options, callback) => {
    if (left-- > 0) {
      const error = Object.assign(new Error(`getaddrinfo ${code}`), { code, syscall: 'getaddrinfo' });
      return callback(error, '', 4);
    }
    if (options.all) return callback(null, [{ address: '127.0.0.1', family: 4 }]);
    return callback(null, '127.0.0.1', 4);
  };
}

/** Only the API is behind the resolver; the token endpoint is given by its address. */
const resolved = (code: string, failures: number) => ({
  config: ({ apiPort }: { apiPort: number }) => ({
    resourceServer: `http://desk.corp.test:${apiPort}`,
    fetch: undiciFetch({ lookup: resolver(code, failures) }),
  }),
});

/** Gets a connection into the pool, lets the server act on it, and calls again. */
const afterIdle = (
  variant: string,
  call: Play,
  expected: 'value' | 'uncertain',
  api: number,
  fault: Script,
) =>
  wireScenario(
    {
      variant,
      api,
      async run(rig) {
        await rig.settle(rig.halo.clients.get(1));
        if (fault.length === 0) await rig.api.closeIdle();
        const ending = await endingOf(rig.settle(call(rig.halo, {})));
        const [error] = ending.errors as { code?: string }[];
        assert.equal(error?.code, expected === 'value' ? undefined : 'HALO_WRITE_UNCERTAIN');
        return ending.errors;
      },
    },
    {
      api: (request, index, { canaries }) =>
        index === 1 && fault.length > 0 ? fault : [{ write: healthyBytes(request, canaries) }],
    },
  );

/** An answer that says it is shorter than it is, with another answer behind it. */
const poisoned: Script = [
  { write: head(200, { ...JSON_HEADERS, 'content-length': '10' }) },
  { write: '{"id":1,"name":"x"}HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n{"id":9}' },
];

const MEBIBYTE = Buffer.alloc(1024 * 1024, 0x20);
const BOMB_PART = gzipSync(Buffer.alloc(16 * 1024 * 1024));
/** 640 members of 16 MiB: 10 MB on the line, 10 GiB when unpacked. */
const bomb = () => Buffer.concat(Array.from({ length: 640 }, () => BOMB_PART));

const RATE_LIMITED: Reply = status(429, { 'retry-after': '12' });

/** Where a call can be when its caller leaves. */
const aborts: readonly (readonly [variant: string, rig: Parameters<typeof memory>[1], call?: Play])[] = [
  ['while the token is on its way', { token: ['hang'] }],
  ['while a 429 of the token endpoint is waited out', { token: [status(429)] }],
  ['before the headers', { api: ['hang'] }],
  ['in the middle of the body', { api: [() => new Response(openBody('{"id":'), { headers: JSON_HEADERS })] }],
  ['while a 429 is waited out', { api: [RATE_LIMITED] }],
  ['in the pause before a resend', { api: [status(503, { 'retry-after': '12' })] }],
  [
    'in the queue of the rate budget',
    {
      config: ({ clock }) => {
        const rateBudget = createRateBudgetWith({ requests: 1, windowMs: 100_000, share: 1 }, clock);
        void rateBudget.acquire({ maxWaitMs: 0 }).then((slot) => slot.lost());
        return { rateBudget };
      },
    },
  ],
  [
    'between pages',
    {
      api: [
        ({ url }, { canaries, clock }) => {
          const page = Number(url.searchParams.get('page_no'));
          const clients = [clientRow(canaries, page)];
          return sleep(clock, page === 1 ? 0 : 5000).then(() => json({ record_count: 9, clients }));
        },
      ],
    },
    list,
  ],
];

/** A body that begins and does not go on. */
function openBody(start: string): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from(start)) });
}

export const transportRows: readonly FaultRow[] = [
  row(41, 'transport', 'the host name is not found', [
    wire(
      {
        variant: 'ENOTFOUND',
        expected: fails('HaloNetworkError', 'HALO_NETWORK_DNS', (error) => {
          assert.match(String(error.message), /host name was not found/);
          assert.deepEqual([error.systemCode, error.attempts], ['ENOTFOUND', 3]);
        }),
        api: 0,
        boundMs: 20_000,
        heals: false,
      },
      resolved('ENOTFOUND', Number.POSITIVE_INFINITY),
    ),
  ]),
  row(42, 'transport', 'name resolution fails for a moment', [
    wire(
      { variant: 'EAI_AGAIN, then found', expected: succeeds(), api: 1, boundMs: 20_000 },
      resolved('EAI_AGAIN', 1),
    ),
    wire(
      { variant: 'a create is sent, since nothing had left', call: create, expected: succeeds(), api: 1 },
      resolved('EAI_AGAIN', 1),
    ),
  ]),
  row(43, 'transport', 'the connection is refused', [
    ...(
      [
        ['a read', 'read'],
        ['a create, since nothing had left', 'create'],
      ] as const
    ).map(([variant, what]) =>
      wire(
        {
          variant,
          ...(what === 'create' ? { call: create } : {}),
          expected: fails('HaloNetworkError', 'HALO_NETWORK_REFUSED', (error) => {
            assert.deepEqual([error.systemCode, error.attempts], ['ECONNREFUSED', 3]);
          }),
          api: 0,
          boundMs: 20_000,
          heals: false,
        },
        { config: ({ closedPort }) => ({ resourceServer: `http://127.0.0.1:${closedPort}` }) },
      ),
    ),
  ]),
  row(44, 'transport', 'nobody answers the connection', [
    memory(
      {
        variant: 'the platform gives up after 10 s, three times',
        expected: fails('HaloTimeoutError', 'HALO_TIMEOUT_CONNECT'),
        api: 3,
        boundMs: DEADLINE_MS,
      },
      {
        api: [
          async (call, context) => {
            await sleep(context.clock, 10_000);
            return (fetchFailed('UND_ERR_CONNECT_TIMEOUT') as (...all: unknown[]) => Response)(call, context);
          },
        ],
      },
    ),
    memory(
      {
        variant: 'the platform never gives up',
        expected: fails('HaloTimeoutError', 'HALO_TIMEOUT_HEADERS'),
        api: 2,
        boundMs: DEADLINE_MS,
      },
      { api: ['hang'] },
    ),
  ]),
  row(45, 'transport', 'a host with several addresses', [
    wire(
      { variant: 'IPv6 dead, IPv4 works', expected: succeeds(), api: 1 },
      {
        config: ({ apiPort }) => ({
          resourceServer: `http://desk.corp.test:${apiPort}`,
          fetch: undiciFetch({
            lookup: (_hostname, _options, callback) =>
              (callback as (error: null, addresses: { address: string; family: number }[]) => void)(null, [
                { address: '::1', family: 6 },
                { address: '127.0.0.1', family: 4 },
              ]),
          }),
        }),
      },
    ),
    memory(
      {
        variant: 'both dead: both are named',
        expected: fails('HaloNetworkError', undefined, (error) => {
          assert.match(String(error.message), /IPv6 ENETUNREACH/);
          assert.match(String(error.message), /IPv4 ECONNREFUSED/);
        }),
        api: 3,
      },
      {
        api: [
          fetchFailed('ECONNREFUSED', {
            errors: [
              Object.assign(new Error('v6'), {
                code: 'ENETUNREACH',
                syscall: 'connect',
                address: '2001:db8::1',
              }),
              Object.assign(new Error('v4'), {
                code: 'ECONNREFUSED',
                syscall: 'connect',
                address: '192.0.2.1',
              }),
            ],
          }),
        ],
      },
    ),
  ]),
  row(46, 'transport', 'the connection is reset before an answer, read', [
    wire(
      { variant: 'RST', expected: succeeds(), token: 1, api: 2, boundMs: 5000 },
      { api: once({ rst: true }) },
    ),
    wire(
      {
        variant: 'RST for ever',
        expected: fails('HaloNetworkError', 'HALO_NETWORK_RESET'),
        token: 1,
        api: 3,
        boundMs: 20_000,
      },
      { api: [[{ rst: true }]] },
    ),
  ]),
  row(47, 'transport', 'the connection is reset after a whole create', [
    wire(
      { variant: 'create', call: create, expected: uncertain('HALO_NETWORK_RESET'), api: 1 },
      { api: [[{ rst: true }]] },
    ),
    wire(
      { variant: 'update', call: update, expected: uncertain('HALO_NETWORK_RESET'), api: 1 },
      { api: [[{ rst: true }]] },
    ),
    wire(
      { variant: 'delete', call: remove, expected: uncertain('HALO_NETWORK_RESET'), api: 1 },
      { api: [[{ rst: true }]] },
    ),
    wire(
      {
        variant: 'an update whose caller allows it is resent',
        call: update,
        options: { resendWrites: true },
        expected: succeeds(),
        api: 2,
      },
      { api: once({ rst: true }) },
    ),
    wire(
      {
        variant: 'a create never is',
        call: create,
        options: { resendWrites: true },
        expected: uncertain('HALO_NETWORK_RESET'),
        api: 1,
      },
      { api: once({ rst: true }) },
    ),
  ]),
  row(48, 'transport', 'the server takes a create and stalls', [
    wire(
      {
        variant: 'headers',
        call: create,
        expected: uncertain('HALO_TIMEOUT_HEADERS'),
        api: 1,
        boundMs: ATTEMPT_MS,
      },
      { api: [[{ pause: true }]] },
    ),
    wire(
      {
        variant: 'body',
        call: create,
        expected: uncertain('HALO_TIMEOUT_BODY'),
        api: 1,
        boundMs: ATTEMPT_MS,
      },
      { api: [[{ write: head(201, { ...JSON_HEADERS, 'content-length': '90' }) }, { pause: true }]] },
    ),
  ]),
  row(49, 'transport', 'the answer to a create is truncated', [
    wire(
      { variant: 'in its body', call: create, expected: uncertain('HALO_RESPONSE_TRUNCATED'), api: 1 },
      {
        api: always((text) => [
          { write: head(201, { ...JSON_HEADERS, 'content-length': '900' }) },
          { write: text },
          { cut: true },
        ]),
      },
    ),
    wire(
      { variant: 'in its headers', call: create, expected: uncertain(), api: 1 },
      { api: [[{ write: 'HTTP/1.1 201 Created\r\ncontent-' }, { cut: true }]] },
    ),
    wire(
      { variant: 'empty, with a good status', call: create, expected: uncertain(), api: 1 },
      { api: [[{ write: answer(201, '') }]] },
    ),
  ]),
  row(50, 'transport', 'a create is answered 5xx', [
    ...[500, 502, 503, 504].map((code) =>
      wire(
        { variant: String(code), call: create, expected: uncertain('HALO_SERVER_FAILED'), api: 1 },
        { api: [[{ write: answer(code, '{}') }]] },
      ),
    ),
  ]),
  row(51, 'transport', 'a create is answered 429', [
    memory(
      { variant: 'with Retry-After', call: create, expected: succeeds(), api: 2, boundMs: 12_000 },
      { api: [RATE_LIMITED, healthyApi] },
    ),
    memory(
      { variant: 'without', call: create, expected: succeeds(), api: 2, boundMs: 330_000 },
      { api: [status(429), healthyApi] },
    ),
  ]),
  row(52, 'transport', 'a create is answered 401', [
    memory(
      { variant: 'one new token, one resend', call: create, expected: succeeds(), token: 2, api: 2 },
      { api: [status(401), healthyApi] },
    ),
  ]),
  row(53, 'transport', 'an idle connection ends as it is used again, read', [
    afterIdle('closed while idle', (halo) => halo.clients.get(2), 'value', 2, []),
    afterIdle('reset on the request', (halo) => halo.clients.get(2), 'value', 3, [{ rst: true }]),
    afterIdle('closed on the request', (halo) => halo.clients.get(2), 'value', 3, [{ fin: true }]),
  ]),
  row(54, 'transport', 'an idle connection ends as it is used again, create', [
    afterIdle('closed while idle: nothing was accepted', create, 'value', 2, []),
    afterIdle('reset on the request', create, 'uncertain', 2, [{ rst: true }]),
    afterIdle('closed on the request', create, 'uncertain', 2, [{ fin: true }]),
  ]),
  row(55, 'transport', 'the connection ends in order without an answer', [
    wire({ variant: 'read', expected: succeeds(), api: 2 }, { api: once({ fin: true }) }),
    wire(
      { variant: 'create', call: create, expected: uncertain('HALO_NETWORK_RESET'), api: 1 },
      { api: [[{ fin: true }]] },
    ),
  ]),
  row(56, 'transport', 'the headers never end', [
    wire(
      {
        variant: 'one header in 5 s',
        expected: fails('HaloTimeoutError', 'HALO_TIMEOUT_HEADERS'),
        token: 1,
        api: 2,
        boundMs: DEADLINE_MS,
      },
      {
        api: [
          [
            { write: 'HTTP/1.1 200 OK\r\n' },
            ...Array.from({ length: 40 }, (_, index) => [
              { write: `x-${index}: 1\r\n` },
              { wait: 5000 },
            ]).flat(),
          ],
        ],
      },
    ),
  ]),
  row(57, 'transport', '100 kB of headers', [
    wire(
      { variant: 'overflow', expected: fails('HaloNetworkError', 'HALO_NETWORK_HEADER_OVERFLOW'), api: 1 },
      { api: [[{ write: head(200, { 'x-long': 'x'.repeat(100_000) }) }]] },
    ),
  ]),
  row(58, 'transport', 'something other than HTTP', [
    wire(
      { variant: 'status line', expected: fails('HaloNetworkError', 'HALO_NETWORK_PROTOCOL'), api: 2 },
      { api: [[{ write: 'SSH-2.0-OpenSSH_9.6\r\n\r\n' }, { fin: true }]] },
    ),
    wire(
      { variant: 'chunk size', expected: fails('HaloNetworkError', 'HALO_NETWORK_PROTOCOL'), api: 2 },
      {
        api: [
          [
            { write: head(200, { ...JSON_HEADERS, 'transfer-encoding': 'chunked' }) },
            { write: 'zz\r\n{}\r\n' },
            { fin: true },
          ],
        ],
      },
    ),
  ]),
  row(59, 'transport', '1xx answers without end', [
    wire(
      {
        variant: '103',
        expected: fails('HaloTimeoutError', 'HALO_TIMEOUT_HEADERS'),
        api: 2,
        boundMs: DEADLINE_MS,
      },
      {
        api: [
          Array.from({ length: 80 }, () => [
            { write: 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n' },
            { wait: 500 },
          ]).flat(),
        ],
      },
    ),
  ]),
  row(60, 'transport', 'the body stalls at half', [
    wire(
      {
        variant: 'for ever',
        expected: fails('HaloTimeoutError', 'HALO_TIMEOUT_BODY'),
        api: 2,
        boundMs: DEADLINE_MS,
      },
      {
        api: always((text) => [
          { write: head(200, { ...JSON_HEADERS, 'content-length': '900' }) },
          { write: text },
          { pause: true },
        ]),
      },
    ),
    wire(
      { variant: 'once', expected: succeeds(), api: 2, boundMs: DEADLINE_MS },
      {
        api: once(
          { write: head(200, { ...JSON_HEADERS, 'content-length': '90' }) },
          { write: '{' },
          { pause: true },
        ),
      },
    ),
    wire(
      {
        variant: 'with timeoutMs: 1000',
        options: { timeoutMs: 1000 },
        expected: fails('HaloTimeoutError', 'HALO_TIMEOUT_BODY'),
        api: 1,
        boundMs: 1000,
      },
      {
        // A second is a pause to be skipped elsewhere; here it is the limit.
        api: once(
          { write: head(200, { ...JSON_HEADERS, 'content-length': '90' }) },
          { write: '{' },
          { pause: true },
        ),
        skipPausesUpToMs: -1,
      },
    ),
  ]),
  row(61, 'transport', 'content-length is longer than the body', [
    unusable(
      'closed',
      always((text) => [
        { write: head(200, { ...JSON_HEADERS, 'content-length': '900' }) },
        { write: text },
        { fin: true },
      ]),
      truncated,
      3,
    ),
    unusable(
      'reset',
      always((text) => [
        { write: head(200, { ...JSON_HEADERS, 'content-length': '900' }) },
        { write: text },
        { rst: true },
      ]),
      truncated,
      3,
    ),
    wire(
      { variant: 'once', expected: succeeds(), api: 2 },
      {
        api: once(
          { write: head(200, { ...JSON_HEADERS, 'content-length': '900' }) },
          { write: '{"id":1' },
          { fin: true },
        ),
      },
    ),
  ]),
  row(62, 'transport', 'content-length is shorter than the body', [
    // Node's client drops the connection with the answer on it, and the read is sent again on another one.
    wire(
      {
        variant: 'once: the right row comes back',
        expected: succeeds((value) => assert.equal((value as { id: number }).id, 1)),
        api: 2,
      },
      { api: once(...poisoned) },
    ),
    wire(
      {
        variant: 'for ever',
        expected: truncated,
        api: 3,
      },
      { api: [poisoned] },
    ),
  ]),
  row(63, 'transport', 'a chunked body without its end', [
    unusable(
      'closed',
      always((text) => [
        { write: head(200, { ...JSON_HEADERS, 'transfer-encoding': 'chunked' }) },
        { write: `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n` },
        { fin: true },
      ]),
      truncated,
      3,
    ),
  ]),
  row(64, 'transport', 'a body that does not unpack', [
    unusable(
      'gzip truncated',
      encoded('gzip', (text) => gzipSync(text).subarray(0, -12)),
      fails('HaloResponseError', undefined, (error) => {
        assert.ok(
          ['HALO_RESPONSE_ENCODING', 'HALO_RESPONSE_TRUNCATED', 'HALO_RESPONSE_JSON'].includes(
            String(error.code),
          ),
        );
      }),
      3,
    ),
    unusable(
      'gzip with a wrong checksum',
      encoded('gzip', (text) => {
        const bytes = gzipSync(text);
        bytes.writeUInt32LE(0xdeadbeef, bytes.length - 8);
        return bytes;
      }),
      encodingError,
      3,
    ),
    unusable(
      'not gzip at all',
      encoded('gzip', (text) => Buffer.from(text)),
      encodingError,
      3,
    ),
    unusable(
      'gzip in gzip, said once',
      encoded('gzip', (text) => gzipSync(gzipSync(text))),
      fails('HaloResponseError'),
      1,
    ),
    unusable(
      'gzip in gzip, said twice',
      encoded('gzip, gzip', (text) => gzipSync(gzipSync(text))),
      succeeds(),
      1,
    ),
    unusable(
      'brotli',
      encoded('br', (text) => brotliCompressSync(text)),
      succeeds(),
      1,
    ),
    unusable(
      'brotli, broken',
      encoded('br', () => Buffer.from('no brotli here')),
      encodingError,
      3,
    ),
    unusable(
      'deflate',
      encoded('deflate', (text) => deflateSync(text)),
      succeeds(),
      1,
    ),
    unusable(
      'an encoding nobody knows',
      encoded('x-rot13', () => Buffer.from('{"vq":1}=')),
      fails('HaloResponseError'),
      1,
    ),
  ]),
  row(65, 'transport', 'a gzip bomb, 10 MB that become 10 GB', [
    wire(
      { variant: 'ends at 64 MiB', expected: tooLarge, api: 1, boundMs: 5000 },
      { api: () => [{ write: answer(200, bomb(), { 'content-encoding': 'gzip' }) }] },
    ),
  ]),
  row(66, 'transport', 'a body without end', [
    wire(
      { variant: 'ends at 64 MiB', expected: tooLarge, api: 1, boundMs: 5000 },
      {
        api: [
          [{ write: head(200, JSON_HEADERS) }, ...Array.from({ length: 200 }, () => ({ write: MEBIBYTE }))],
        ],
      },
    ),
  ]),
  row(67, 'transport', 'aborted before the call', [
    memory({
      variant: 'nothing is sent',
      call: (halo) => halo.clients.get(1, { signal: AbortSignal.abort(new RangeError('left before')) }),
      expected: fails('RangeError'),
      token: 0,
      api: 0,
      boundMs: 0,
    }),
  ]),
  row(68, 'transport', 'aborted', [
    ...aborts.map(([variant, rig, call = (halo, options) => halo.clients.get(1, options)]) => {
      const controller = new AbortController();
      return memoryScenario(
        {
          variant,
          signals: [controller.signal],
          async run(at) {
            const reason = new RangeError('left');
            const settled = errorsOf([call(at.halo, { signal: controller.signal })]);
            await at.clock.advance(300);
            const abortedMs = at.clock.monotonicMs();
            controller.abort(reason);
            const errors = await at.settle(settled);
            assert.equal(errors[0], reason);
            assert.ok(at.clock.monotonicMs() - abortedMs <= 50);
            // A request to the token endpoint may end by itself.
            await at.clock.advance(15_000);
            return errors;
          },
        },
        rig,
      );
    }),
  ]),
  row(69, 'transport', 'aborted with a reason that is no error', [
    ...['a text', 42, null, { because: 'x' }].map((reason) =>
      memoryScenario(
        {
          variant: JSON.stringify(reason),
          async run(rig) {
            const controller = new AbortController();
            const settled = errorsOf([rig.halo.clients.get(1, { signal: controller.signal })]);
            await turns(3);
            controller.abort(reason);
            const [error] = await rig.settle(settled);
            assert.equal(error, reason);
            return [];
          },
        },
        { api: ['hang'] },
      ),
    ),
  ]),
  row(70, 'transport', 'a wait that is longer than the time there is', [
    memory(
      {
        variant: '503 with Retry-After: 120',
        expected: fails('HaloTimeoutError', 'HALO_TIMEOUT_TOTAL'),
        api: 1,
        boundMs: 0,
      },
      { api: [status(503, { 'retry-after': '120' })] },
    ),
    memory(
      {
        variant: '429 with Retry-After: 400',
        expected: fails('HaloRateLimitError', 'HALO_RATE_LIMIT_WAIT_TOO_LONG', (error) =>
          assert.equal(error.retryAfterMs, 400_000),
        ),
        api: 1,
        boundMs: 0,
      },
      { api: [status(429, { 'retry-after': '400' })] },
    ),
    memory(
      {
        variant: 'the token endpoint asks for 400 s',
        expected: fails('HaloRateLimitError', 'HALO_RATE_LIMIT_WAIT_TOO_LONG'),
        token: 1,
        api: 0,
        boundMs: 0,
      },
      { token: [status(429, { 'retry-after': '400' }), grant()] },
    ),
  ]),
];
