import { gzipSync } from 'node:zlib';
import { Agent, fetch as undiciFetch } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import type { FetchFunction } from '../../src/config/schema.ts';
import { findLeaks } from '../support/canary.ts';
import { answer, head, type RawServer, type Script, startRawServer } from '../support/raw-server.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { CANARIES, createClient, readClient, setup, TOKEN } from './transport-setup.ts';

const ROW = JSON.stringify({ id: 42, name: CANARIES.row });
const ok: Script = [{ write: answer(200, ROW) }];
const HALF = ROW.slice(0, 10);
const gzipped = { 'content-encoding': 'gzip' };

let server: RawServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A transport against a scripted server. Pauses are skipped; time limits run out when a test says so. */
async function connect(
  scripts: Parameters<typeof startRawServer>[0],
  options: Parameters<typeof setup>[1] = {},
) {
  server = await startRawServer(scripts);
  const clock = createVirtualClock({ skipDelaysUpToMs: 9000 });
  return { server, ...setup(undefined, { apiUrl: `${server.origin}/api`, clock, ...options }) };
}

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  const error = await call.then(
    () => Promise.reject(new Error('the call succeeded')),
    (reason: unknown) => reason,
  );
  expect(findLeaks(error, Object.values(CANARIES))).toEqual([]);
  return error;
}

describe('a line that breaks', () => {
  const broken: readonly [string, Script, code: string][] = [
    ['a reset before the answer', [{ rst: true }], 'HALO_NETWORK_RESET'],
    ['an end without an answer', [{ fin: true }], 'HALO_NETWORK_RESET'],
    [
      'an end in the headers',
      [{ write: 'HTTP/1.1 200 OK\r\ncontent-le' }, { cut: true }],
      'HALO_NETWORK_RESET',
    ],
    [
      'a reset in the body',
      [{ write: head(200, { 'content-length': '500' }) + HALF }, { rst: true }],
      'HALO_RESPONSE_TRUNCATED',
    ],
    [
      'a body shorter than its length',
      [{ write: head(200, { 'content-length': '500' }) + HALF }, { fin: true }],
      'HALO_RESPONSE_TRUNCATED',
    ],
    [
      'chunks without an end',
      [{ write: `${head(200, { 'transfer-encoding': 'chunked' })}a\r\n${HALF}\r\n` }, { fin: true }],
      'HALO_RESPONSE_TRUNCATED',
    ],
    [
      'a zip that breaks off',
      [{ write: answer(200, gzipSync(ROW).subarray(0, 30), gzipped) }],
      'HALO_RESPONSE_TRUNCATED',
    ],
    [
      'a zip with a wrong checksum',
      [{ write: answer(200, corrupted(gzipSync(ROW)), gzipped) }],
      'HALO_RESPONSE_ENCODING',
    ],
    ['a zip that is none', [{ write: answer(200, ROW, gzipped) }], 'HALO_RESPONSE_ENCODING'],
  ];

  it.each(broken)('%s: a read is sent again and succeeds', async (_, script) => {
    const { server, transport } = await connect([script, ok]);
    expect(await transport.send(readClient)).toMatchObject({ value: { id: 42 }, context: { attempts: 2 } });
    expect(server.requests).toHaveLength(2);
  });

  it.each(broken)(
    '%s, always: a read fails after three requests, never with half a row',
    async (_, script, code) => {
      const { server, transport, clock } = await connect([script]);
      expect(await errorOf(transport.send(readClient))).toMatchObject({ code, attempts: 3, retryable: true });
      expect(server.requests).toHaveLength(3);
      expect(clock.pending()).toBe(0);
    },
  );

  it.each(broken)('%s: a create is sent once, and its outcome is unknown', async (_, script) => {
    const { server, transport } = await connect([script, ok]);
    expect(await errorOf(transport.send(createClient))).toMatchObject({
      code: 'HALO_WRITE_UNCERTAIN',
      attempts: 1,
    });
    expect(server.requests.map((request) => [request.method, request.body])).toEqual([
      ['POST', JSON.stringify(createClient.body)],
    ]);
  });

  it('503 on a create: one request', async () => {
    const { server, transport } = await connect([[{ write: answer(503) }], ok]);
    expect(await errorOf(transport.send(createClient))).toMatchObject({
      code: 'HALO_WRITE_UNCERTAIN',
      status: 503,
    });
    expect(server.requests).toHaveLength(1);
  });

  it('a port that nobody listens on: a read and a create are tried three times, certain that nothing left', async () => {
    const { server, transport } = await connect([ok]);
    await server.close();
    for (const request of [readClient, createClient]) {
      expect(await errorOf(transport.send(request))).toMatchObject({
        code: 'HALO_NETWORK_REFUSED',
        systemCode: 'ECONNREFUSED',
        attempts: 3,
      });
    }
  });
});

describe('an answer that is not what it should be', () => {
  it.each<[string, Script, code: string, sends: number]>([
    ['no HTTP at all', [{ write: 'SSH-2.0-OpenSSH_9.2\r\n' }], 'HALO_NETWORK_PROTOCOL', 2],
    [
      'a chunk size that is no number',
      [{ write: `${head(200, { 'transfer-encoding': 'chunked' })}zz\r\n` }],
      'HALO_NETWORK_PROTOCOL',
      2,
    ],
    [
      '100 kB of headers',
      [{ write: head(200, { 'x-noise': 'x'.repeat(100_000) }) }],
      'HALO_NETWORK_HEADER_OVERFLOW',
      1,
    ],
    [
      'a bomb of 1,000 to 1',
      [{ write: answer(200, gzipSync(Buffer.alloc(80 * 1024 * 1024)), gzipped) }],
      'HALO_RESPONSE_TOO_LARGE',
      1,
    ],
    [
      'a body without end',
      [
        { write: head(200, { 'content-type': 'application/json' }) },
        { flood: Buffer.alloc(1024 * 1024, ' ') },
      ],
      'HALO_RESPONSE_TOO_LARGE',
      1,
    ],
  ])('%s', async (_, script, code, sends) => {
    const { server, transport, clock } = await connect([script]);
    expect(await errorOf(transport.send(readClient))).toMatchObject({ code, attempts: sends });
    expect(server.requests).toHaveLength(sends);
    expect(clock.pending()).toBe(0);
  });

  it('bytes after the end of a body do not become the next answer', async () => {
    const poison = Buffer.concat([Buffer.from(answer(200, ROW)), Buffer.from(answer(200, '{"id":666}'))]);
    const { transport } = await connect([[{ write: poison }], ok]);
    expect(await transport.send(readClient)).toMatchObject({ value: { id: 42 } });
    expect(await transport.send(readClient)).toMatchObject({ value: { id: 42 } });
  });

  it('reads gzip, chunks that split a character, and a byte at a time', async () => {
    const bytes = Buffer.from(ROW);
    const middle = bytes.indexOf(0xc3) + 1;
    const chunk = (part: Buffer) =>
      Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]);
    const { transport } = await connect([
      [{ write: answer(200, gzipSync(ROW), gzipped) }],
      [
        { write: head(200, { 'transfer-encoding': 'chunked' }) },
        { write: chunk(bytes.subarray(0, middle)) },
        { write: chunk(bytes.subarray(middle)) },
        { write: '0\r\n\r\n' },
      ],
      [{ drip: answer(200, ROW) }],
    ]);
    for (let kind = 0; kind < 3; kind += 1) {
      expect((await transport.send(readClient)).value).toEqual({ id: 42, name: CANARIES.row });
    }
  });

  it('a redirect to another host is not followed: that host sees nothing', async () => {
    const other = await startRawServer([ok]);
    try {
      for (const code of [301, 302, 303, 307, 308]) {
        const redirect: Script = [{ write: answer(code, '', { location: `${other.origin}/api/Client` }) }];
        const { transport } = await connect([redirect]);
        expect(await errorOf(transport.send(createClient))).toMatchObject({
          code: 'HALO_REDIRECT_REFUSED',
          targetOrigin: other.origin,
        });
        await server?.close();
      }
      expect([other.requests.length, other.connections]).toEqual([0, 0]);
    } finally {
      await other.close();
    }
  });
});

describe('an answer that does not come', () => {
  const stalls: readonly [string, Script, code: string][] = [
    ['before the headers', [{ pause: true }], 'HALO_TIMEOUT_HEADERS'],
    ['in the headers', [{ write: 'HTTP/1.1 200 OK\r\nx-slow: ' }, { pause: true }], 'HALO_TIMEOUT_HEADERS'],
    [
      'after a flood of 1xx',
      [{ write: 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(100) }, { pause: true }],
      'HALO_TIMEOUT_HEADERS',
    ],
    [
      'in the body',
      [{ write: head(200, { 'content-length': '500' }) + HALF }, { pause: true }],
      'HALO_TIMEOUT_BODY',
    ],
  ];

  it.each(stalls)(
    '%s: an attempt ends after 30 s, the call after 60 s, and the sockets are closed',
    async (_, script, code) => {
      const { server, transport, clock } = await connect([script]);
      const failed = errorOf(transport.send(readClient));
      for (const attempt of [1, 2]) {
        await server.received(attempt);
        await arrived();
        await clock.advance(30_000);
      }
      expect(await failed).toMatchObject({ code, timeoutMs: 60_000, attempts: 2 });
      expect(clock.pending()).toBe(0);
      await drained(server);
    },
  );

  it.each(stalls)('%s: an abort ends the call at once and closes the socket', async (_, script) => {
    const { server, transport } = await connect([script]);
    const controller = new AbortController();
    const reason = new Error('enough');
    const failed = expect(transport.send(createClient, { signal: controller.signal })).rejects.toBe(reason);
    await server.received(1);
    controller.abort(reason);
    await failed;
    await drained(server);
  });

  it('a body that drips does not push the deadline out', async () => {
    const { server, transport, clock } = await connect([
      [{ write: head(200, { 'content-length': '5000000' }) }, { drip: ' '.repeat(5_000_000) }],
    ]);
    const failed = errorOf(transport.send(readClient, { timeoutMs: 20_000 }));
    await server.received(1);
    for (let second = 0; second < 20; second += 1) await clock.advance(1000);
    expect(await failed).toMatchObject({
      code: expect.stringMatching(/^HALO_TIMEOUT_(BODY|HEADERS)$/),
      timeoutMs: 20_000,
    });
    await drained(server);
  });

  it('closing the transport closes the sockets of the calls in flight', async () => {
    const { server, transport } = await connect([[{ pause: true }]]);
    const failed = errorOf(transport.send(readClient));
    await server.received(1);
    await transport.close();
    expect(await failed).toMatchObject({ code: 'HALO_NETWORK_CLOSED' });
    await drained(server);
  });
});

describe('connections', () => {
  it('are kept and used again', async () => {
    const { server, transport } = await connect([ok]);
    for (let call = 0; call < 5; call += 1) await transport.send(readClient);
    expect(server.requests).toHaveLength(5);
    // A second one may open while the end of the first answer is still being read.
    expect(server.connections).toBeLessThanOrEqual(2);
  });

  it('that the server closes while idle cost a read nothing, 200 times over', async () => {
    const { server, transport } = await connect([ok]);
    for (let call = 0; call < 200; call += 1) {
      const closing = call % 2 === 0 ? server.closeIdle() : undefined;
      expect(await transport.send(readClient)).toMatchObject({ value: { id: 42 } });
      await closing;
    }
  });

  it('carry what another fetch sends: npm undici with an agent of its own', async () => {
    const dispatcher = new Agent();
    const fetch: FetchFunction = (url, init) =>
      undiciFetch(url, { ...init, dispatcher } as Parameters<
        typeof undiciFetch
      >[1]) as unknown as Promise<Response>;
    const { server, transport } = await connect(
      [ok, ok, [{ write: answer(200, ROW.slice(0, 5), { 'content-length': '99' }) }, { fin: true }], ok],
      {
        fetch,
      },
    );
    expect(await transport.send(readClient)).toMatchObject({ value: { id: 42 } });
    expect(await transport.send(createClient)).toMatchObject({ value: { id: 42 } });
    expect(await transport.send(readClient)).toMatchObject({ context: { attempts: 2 } });
    expect(server.requests[1]).toMatchObject({
      method: 'POST',
      target: '/api/Client',
      body: JSON.stringify(createClient.body),
      headers: {
        authorization: `Bearer ${TOKEN}`,
        accept: 'application/json',
        'content-type': 'application/json',
      },
    });
    await dispatcher.close();
  });

  it('carry no cookie that an earlier answer set', async () => {
    const { server, transport } = await connect([
      [{ write: answer(200, ROW, { 'set-cookie': 'session=1; Path=/' }) }],
    ]);
    await transport.send(readClient);
    await transport.send(readClient);
    expect(server.requests.map((request) => request.headers.cookie)).toEqual([undefined, undefined]);
  });
});

function corrupted(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const last = copy.length - 5;
  copy[last] = (copy[last] ?? 0) ^ 0xff;
  return copy;
}

/** What the server wrote takes some turns of the event loop to arrive; no event tells when it has. */
async function arrived(): Promise<void> {
  for (let turns = 0; turns < 100; turns += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A socket is closed by the other side of a real connection: it takes some turns of the event loop. */
async function drained(raw: RawServer): Promise<void> {
  for (let turns = 0; raw.openSockets() > 0; turns += 1) {
    if (turns > 10_000) throw new Error(`${raw.openSockets()} sockets stay open`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
