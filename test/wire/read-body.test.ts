import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import {
  discardBody,
  isJsonMediaType,
  looksLikeHtml,
  mediaType,
  readText,
} from '../../src/wire/read-body.ts';
import { answer, head, type RawServer, type Script, startRawServer } from '../support/raw-server.ts';

const MAX = { maxBytes: 1000 };
const bytes = (...values: number[]) => new Uint8Array(values);
const response = (body: ConstructorParameters<typeof Response>[0], type = 'application/json') =>
  new Response(body, { headers: { 'content-type': type } });

let server: RawServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});
async function fetchRaw(script: Script): Promise<Response> {
  server = await startRawServer([script]);
  return fetch(server.origin);
}

function corrupt(gzipped: Buffer): Buffer {
  return gzipped.fill(0, gzipped.length - 8);
}

describe('readText', () => {
  it('reads a body whole, without the byte order mark', async () => {
    const body = bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d);
    expect(await readText(response(body), MAX)).toEqual({
      kind: 'text',
      text: '{}',
      bytes: 5,
      replaced: false,
    });
    expect(await readText(response(null), MAX)).toMatchObject({ kind: 'text', text: '', bytes: 0 });
  });

  it.each([
    ['application/json; charset=ISO-8859-1', bytes(0xe9), 'é', false],
    ['application/json; charset="utf-8"', bytes(0xc3, 0xa9), 'é', false],
    ['application/json; charset=UTF8', bytes(0xc3, 0xa9), 'é', false],
    ['application/json', bytes(0x61, 0xff, 0x62), 'a\ufffdb', true],
  ])('decodes %s by its charset, and tells what it replaced', async (type, body, text, replaced) => {
    expect(await readText(response(body, type), MAX)).toMatchObject({ kind: 'text', text, replaced });
  });

  it.each([
    ['application/json; charset=utf-16', bytes(0x7b, 0, 0x7d, 0)],
    ['application/json', bytes(0xff, 0xfe, 0x7b, 0)],
    ['application/json', bytes(0xfe, 0xff, 0, 0x7b)],
    ['application/json', bytes(0x7b, 0, 0x7d, 0)],
    ['application/json; charset=x-unknown', bytes(0x7b)],
  ])('refuses the encoding of %s', async (type, body) => {
    expect(await readText(response(body, type), MAX)).toEqual({ kind: 'encoding' });
  });

  it('stops at the limit, counted after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000));
    const answered = await fetchRaw([{ write: answer(200, bomb, { 'content-encoding': 'gzip' }) }]);
    expect(await readText(answered, { maxBytes: 100_000 })).toEqual({ kind: 'too_large' });
    expect(await readText(response('x'.repeat(1001)), MAX)).toEqual({ kind: 'too_large' });
    expect(await readText(response('x'.repeat(1000)), MAX)).toMatchObject({ bytes: 1000 });
  });

  it('stops an endless body', async () => {
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(100));
      },
    });
    expect(await readText(response(endless), MAX)).toEqual({ kind: 'too_large' });
    expect(pulled).toBeLessThan(20);
  });

  it.each([
    ['a length longer than the body', head(200, { 'content-length': '100' }), { fin: true }],
    [
      'a chunked body without its end',
      `${head(200, { 'transfer-encoding': 'chunked' })}5\r\nabcde\r\n`,
      { fin: true },
    ],
    ['a reset', `${head(200, { 'content-length': '100' })}abc`, { rst: true }],
  ] as const)('says that a body broke off: %s', async (_, write, end) => {
    const answered = await fetchRaw([{ write }, end]).catch((error: unknown) => error);
    if (answered instanceof Response) expect((await readText(answered, MAX)).kind).toBe('broken');
    else expect(answered).toBeInstanceOf(TypeError);
  });

  it.each([
    ['not gzip', Buffer.from('{"plain": true}')],
    ['a corrupt checksum', corrupt(gzipSync('{}'))],
  ])('refuses content that does not decompress: %s', async (_, content) => {
    const answered = await fetchRaw([{ write: answer(200, content, { 'content-encoding': 'gzip' }) }]);
    expect(await readText(answered, MAX)).toEqual({ kind: 'encoding' });
  });

  it('rejects with the reason of the signal, at once, and leaves no listener', async () => {
    const controller = new AbortController();
    const stalled = new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(1)) });
    const pending = readText(response(stalled), { ...MAX, signal: controller.signal });
    await new Promise(setImmediate);
    controller.abort('enough');
    await expect(pending).rejects.toBe('enough');
    await expect(readText(response('x'), { ...MAX, signal: controller.signal })).rejects.toBe('enough');
  });

  it('rejects with the reason of the signal where the stream fails because of it', async () => {
    const controller = new AbortController();
    const failing = new ReadableStream({
      pull(stream) {
        controller.abort('enough');
        stream.error(new Error('aborted'));
      },
    });
    await expect(readText(response(failing), { ...MAX, signal: controller.signal })).rejects.toBe('enough');
  });

  it('hands back what the stream failed with', async () => {
    const error = new Error('terminated');
    const failing = new ReadableStream({ start: (stream) => stream.error(error) });
    expect(await readText(response(failing), MAX)).toEqual({ kind: 'broken', error });
  });
});

describe('discardBody', () => {
  it('cancels a body that nobody reads, and leaves one alone that is being read', async () => {
    const unread = response('x');
    discardBody(unread);
    await expect(unread.text()).rejects.toThrow();
    const read = response('x');
    const reader = read.body?.getReader();
    discardBody(read);
    expect((await reader?.read())?.done).toBe(false);
    discardBody(response(null));
  });
});

describe('media types', () => {
  it.each([
    ['application/json', true],
    ['Application/JSON; charset=utf-8', true],
    ['text/json', true],
    ['application/problem+json', true],
    ['text/plain', false],
    ['application/json-patch', false],
    ['text/html', false],
    ['', false],
  ])('%j is JSON: %s', (type, json) => {
    expect(isJsonMediaType(mediaType(new Headers({ 'content-type': type })))).toBe(json);
  });

  it('finds a web page by its type or by its beginning', () => {
    expect(looksLikeHtml('text/html', '')).toBe(true);
    expect(looksLikeHtml('application/json', '\n <!DOCTYPE html><html>')).toBe(true);
    expect(looksLikeHtml('', '<html lang="en">')).toBe(true);
    expect(looksLikeHtml('application/json', '{"html": "<html>"}')).toBe(false);
    expect(looksLikeHtml('application/xml', '<header/>')).toBe(false);
    expect(mediaType(new Headers())).toBe('');
  });
});
