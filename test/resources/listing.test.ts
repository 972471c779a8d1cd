import { types } from 'node:util';
import { describe, expect, it } from 'vitest';
import { HaloServerError, isHaloError } from '../../src/errors.ts';
import { envelope, failure, ids, idsTo, list, row } from './support/list-clients.ts';
import { modelHalo, pageOf, rowsOf } from './support/model-halo.ts';
import { type Answer, inTurn, never } from './support/scripted-transport.ts';

describe('requests of a listing', () => {
  it('sends nothing before the listing is consumed', async () => {
    const { transport, listing } = list(modelHalo(rowsOf(3)));
    await Promise.resolve();
    expect(transport.sent).toHaveLength(0);
    expect(listing.report).toBeNull();
  });

  it('always sends pageinate=true with page_no from 1, and 100 rows a page unless told otherwise', async () => {
    const { transport, listing } = list(modelHalo(rowsOf(250)));
    await listing.toArray();
    const paging = transport.sent.map(({ request }) => request.query);
    expect(paging).toMatchObject([
      { pageinate: true, page_size: 100, page_no: 1 },
      { pageinate: true, page_size: 100, page_no: 2 },
      { pageinate: true, page_size: 100, page_no: 3 },
    ]);
  });

  it('asks for the size that came back when Halo caps the page', async () => {
    const { transport, listing } = list(modelHalo(rowsOf(717), { cap: 50 }), { pageSize: 1000 });
    expect(ids(await listing.toArray())).toEqual(idsTo(717));
    expect(transport.sent.map(({ request }) => pageOf(request).size)).toEqual([1000, ...Array(14).fill(50)]);
    expect(listing.report).toEqual({
      complete: true,
      expected: 717,
      received: 717,
      pages: 15,
      duplicates: 0,
      withoutId: 0,
      cursor: null,
    });
  });

  it('hands the call options to every page', async () => {
    const { transport, listing } = list(modelHalo(rowsOf(5)), { pageSize: 2, timeoutMs: 7, maxRetries: 0 });
    await listing.toArray();
    expect(transport.sent).toHaveLength(3);
    for (const { call } of transport.sent) expect(call).toMatchObject({ timeoutMs: 7, maxRetries: 0 });
  });

  it.each([
    ['pageSize', { pageSize: 0 }],
    ['pageSize', { pageSize: 1.5 }],
    ['sweeps', { sweeps: 0 }],
    ['sweeps', { sweeps: 11 }],
    ['from', { from: '' }],
    ['from', { from: '1.0.100.0.-' }],
    ['from', { from: 'page 7' }],
  ])('refuses a %s out of range before anything is sent', (name, options) => {
    expect(() => list(modelHalo([]), options)).toThrow(TypeError);
    expect(() => list(modelHalo([]), options)).toThrow(name);
  });
});

describe('passes', () => {
  it('reads anew for every loop, toArray() and pages(), and reports the last pass', async () => {
    const rows = rowsOf(3);
    const { transport, listing } = list(modelHalo(rows));
    expect(await listing.toArray()).toHaveLength(3);
    rows.push(...rowsOf(5).slice(3));
    const looped: number[] = [];
    for await (const { id } of listing) looped.push(id);
    expect(looped).toEqual(idsTo(5));
    expect(listing.report).toMatchObject({ complete: true, received: 5 });
    const pages: number[][] = [];
    for await (const page of listing.pages()) pages.push(ids(page));
    expect(pages).toEqual([idsTo(5)]);
    expect(transport.sent).toHaveLength(3);
  });

  it('reports complete: false after an early break, with a cursor to the page that was left', async () => {
    const { listing } = list(modelHalo(rowsOf(10)), { pageSize: 4 });
    for await (const { id } of listing) if (id === 6) break;
    expect(listing.report).toMatchObject({
      complete: false,
      expected: 10,
      received: 6,
      cursor: '1.2.4.4.10',
    });
  });

  it('resumes at the cursor and checks the whole list, the rows before it included', async () => {
    const answer = modelHalo(rowsOf(10));
    const first = list(answer, { pageSize: 4 });
    for await (const { id } of first.listing) if (id === 6) break;
    const rest = list(answer, { from: first.listing.report?.cursor ?? undefined });
    expect(ids(await rest.listing.toArray())).toEqual([5, 6, 7, 8, 9, 10]);
    expect(rest.transport.pages).toEqual([2, 3]);
    expect(rest.listing.report).toMatchObject({ complete: true, expected: 10, received: 6, cursor: null });
  });

  it('looks at the first rows with one request', async () => {
    const { transport, listing } = list(modelHalo(rowsOf(1000)));
    for await (const { id } of listing) if (id === 10) break;
    expect(transport.sent).toHaveLength(1);
  });

  it('reads at most one page ahead of a slow consumer', async () => {
    const { transport, listing } = list(modelHalo(rowsOf(40)), { pageSize: 10 });
    for await (const { id } of listing) {
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      expect(transport.sent.length).toBeLessThanOrEqual(Math.ceil(id / 10) + 1);
    }
    expect(transport.sent).toHaveLength(4);
  });

  it('aborts the page in flight when the consumer breaks', async () => {
    const { transport, listing } = list(
      (request, call, index) => (index === 0 ? modelHalo(rowsOf(100))(request, call, index) : never),
      { pageSize: 10 },
    );
    for await (const { id } of listing) if (id === 9) break;
    expect(transport.sent).toHaveLength(2);
    expect(transport.sent[1]?.call.signal?.aborted).toBe(true);
  });

  it('aborts the page in flight when the consumer throws, and passes its error on', async () => {
    const { transport, listing } = list(
      (request, call, index) => (index === 0 ? modelHalo(rowsOf(100))(request, call, index) : never),
      { pageSize: 10 },
    );
    const mine = new Error('mine');
    const consume = async () => {
      for await (const { id } of listing) if (id === 9) throw mine;
    };
    expect(await failure(consume())).toBe(mine);
    expect(transport.sent[1]?.call.signal?.aborted).toBe(true);
  });

  it('ends a next() that waits for a page when return() is called beside it', async () => {
    const { transport, listing } = list(() => never);
    const iterator = listing[Symbol.asyncIterator]();
    const waiting = iterator.next();
    await Promise.resolve();
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined });
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(transport.sent[0]?.call.signal?.aborted).toBe(true);
  });

  it("rejects with the reason of the caller's own abort, unwrapped", async () => {
    const controller = new AbortController();
    const reason = { stop: true };
    const { listing } = list(() => never, { signal: controller.signal });
    const rows = listing.toArray();
    controller.abort(reason);
    expect(await failure(rows)).toBe(reason);
  });

  it('sends nothing when the signal was aborted before', async () => {
    const { transport, listing } = list(modelHalo(rowsOf(3)), { signal: AbortSignal.abort('too late') });
    expect(await failure(listing.toArray())).toBe('too late');
    expect(transport.sent).toHaveLength(0);
  });

  it("stops between two rows when the caller's signal aborts", async () => {
    const controller = new AbortController();
    const { listing } = list(modelHalo(rowsOf(10)), { signal: controller.signal });
    const seen: number[] = [];
    const consume = async () => {
      for await (const { id } of listing) {
        seen.push(id);
        if (id === 3) controller.abort('enough');
      }
    };
    expect(await failure(consume())).toBe('enough');
    expect(seen).toEqual([1, 2, 3]);
  });

  it('leaves no listener on the signal, however a pass ends', async () => {
    const controller = new AbortController();
    let listeners = 0;
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...call: Parameters<typeof add>) => {
      listeners += 1;
      add(...call);
    };
    signal.removeEventListener = (...call: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...call);
    };
    const { listing } = list(modelHalo(rowsOf(10)), { signal, pageSize: 4 });
    await listing.toArray();
    for await (const page of listing.pages()) expect(page).not.toHaveLength(0);
    for await (const { id } of listing) if (id === 2) break;
    await failure(list(() => new Error(), { signal }).listing.toArray());
    expect(listeners).toBe(0);
  });
});

describe('a failure shared by several listings', () => {
  // One sign-in serves all calls that wait for it, and so does its failure.
  const shared = new HaloServerError({ code: 'HALO_SERVER_FAILED', summary: 'It failed', hint: 'Try later' });

  it('tells each listing how far it came itself, and is not changed by that', async () => {
    const before = Object.keys(shared);
    const later = list(inTurn(envelope([row(1), row(2)], 4), shared), { pageSize: 2 });
    const errors = await Promise.all([
      failure(list(inTurn(shared)).listing.toArray()),
      failure(later.listing.toArray()),
    ]);
    expect(errors).toMatchObject([{ listing: { received: 0 } }, { listing: { received: 2, expected: 4 } }]);
    expect(Object.keys(shared)).toEqual(before);
  });

  it('stays the error it was: class, code, message and stack', async () => {
    const error = await failure(list(inTurn(shared)).listing.toArray());
    expect(error).toBeInstanceOf(HaloServerError);
    expect(isHaloError(error)).toBe(true);
    expect(types.isNativeError(error)).toBe(true);
    const { listing, ...rest } = error as HaloServerError;
    expect(listing).toMatchObject({ complete: false });
    expect(rest).toEqual({ ...shared });
    expect(pick(error as HaloServerError)).toEqual(pick(shared));
  });
});

/** What an error carries outside its enumerable fields. */
function pick({ message, stack, cause }: Error) {
  return { message, stack, cause };
}

describe('a page that fails', () => {
  const broken = () =>
    new HaloServerError({
      code: 'HALO_SERVER_FAILED',
      summary: 'Halo failed',
      hint: 'Try later',
      status: 500,
    });
  const failing: Answer = (request, call, index) => {
    if (pageOf(request).number === 3) throw broken();
    return modelHalo(rowsOf(10))(request, call, index);
  };

  it('delivers the rows before it, then throws its error with the rows delivered and the cursor', async () => {
    const { listing } = list(failing, { pageSize: 4 });
    const seen: number[] = [];
    const consume = async () => {
      for await (const { id } of listing) seen.push(id);
    };
    const error = await failure(consume());
    expect(seen).toEqual(idsTo(8));
    expect(error).toBeInstanceOf(HaloServerError);
    const report = { complete: false, expected: 10, received: 8, pages: 2, cursor: '1.3.4.8.10' };
    expect(error).toMatchObject({ listing: report });
    expect(listing.report).toMatchObject(report);
    const rest = list(modelHalo(rowsOf(10)), { from: '1.3.4.8.10' });
    expect(ids(await rest.listing.toArray())).toEqual([9, 10]);
    expect(rest.listing.report).toMatchObject({ complete: true });
  });

  it('points toArray(), which then delivers nothing, back to where it began', async () => {
    const { listing } = list(failing, { pageSize: 4 });
    const error = await failure(listing.toArray());
    expect(error).toMatchObject({ listing: { cursor: '1.1.4.0.-' } });
    const again = list(modelHalo(rowsOf(10)), { from: listing.report?.cursor ?? undefined });
    expect(ids(await again.listing.toArray())).toEqual(idsTo(10));
    expect(again.listing.report).toMatchObject({ complete: true });
  });

  it('leaves no unhandled rejection when it was read ahead and nobody came for it', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const { listing } = list(failing, { pageSize: 4 });
    for await (const { id } of listing) if (id === 7) break;
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
});
