import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, getJson, postLines } from '../../src/console/page/state/api.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Answers the next request with a body in these pieces; it ends, or breaks off. */
function answerWith(pieces: readonly string[], end: 'ends' | 'breaks off' = 'ends'): void {
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const [piece, ...rest] = pieces;
      pieces = rest;
      if (piece !== undefined) controller.enqueue(new TextEncoder().encode(piece));
      else if (end === 'ends') controller.close();
      else controller.error(new TypeError('network error'));
    },
  });
  vi.stubGlobal('fetch', async () => new Response(body));
}

type Line = { kind: string; text?: string };

async function linesOf(...answer: Parameters<typeof answerWith>) {
  answerWith(...answer);
  const lines: Line[] = [];
  const error = await postLines<Line>('/api/x', {}, (line) => void lines.push(line)).then(
    () => null,
    (reason: unknown) => reason,
  );
  return { lines, error };
}

const WAIT = '{"kind":"wait","text":"42 s"}\n';
const brokenOff = { status: 0, problem: { code: 'BROKEN_OFF', hint: expect.stringContaining('again') } };

describe('lines that come as they are written', () => {
  it.each(['done', 'problem'])(
    'are whole when the last one is "%s", wherever the pieces part',
    async (kind) => {
      const { lines, error } = await linesOf([`${WAIT}{"ki`, `nd":"${kind}"}\n`]);
      expect(lines.map((line) => line.kind)).toEqual(['wait', kind]);
      expect(error).toBeNull();
    },
  );

  it.each([
    ['nothing came', []],
    ['the last line is none that ends it', [WAIT]],
    ['the last line was cut', [WAIT, '{"kind":"done"']],
  ])('that end too early are a broken connection: %s', async (_what, pieces) => {
    const { error } = await linesOf(pieces);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ message: 'The connection to the console broke off.', ...brokenOff });
  });

  it('that break off are one too', async () => {
    expect((await linesOf([WAIT], 'breaks off')).error).toMatchObject(brokenOff);
  });

  it('may be refused by whoever reads them, with a reason of its own', async () => {
    answerWith([WAIT]);
    const refusal = new Error('mine');
    const reading = postLines('/api/x', {}, () => {
      throw refusal;
    });
    await expect(reading).rejects.toBe(refusal);
  });
});

describe('a console that does not answer', () => {
  it('is to be started again', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(getJson('/api/state')).rejects.toMatchObject({
      problem: { code: 'GONE', hint: expect.stringContaining('Start it again in the terminal') },
    });
  });
});
