import { types } from 'node:util';
import { describe, expect, it } from 'vitest';
import { HaloListingError, HaloResponseError, HaloServerError, isHaloError } from '../../src/errors.ts';
import { type Client, type ClientQuery, clientDescriptor } from '../../src/resources/clients.ts';
import type { ListOptions } from '../../src/resources/listing.ts';
import { createResource } from '../../src/resources/resource.ts';
import { modelHalo, pageOf, rowsOf } from './support/model-halo.ts';
import { type Answer, inTurn, never, scriptedTransport } from './support/scripted-transport.ts';

function list(answer: Answer, options?: ListOptions, query?: ClientQuery) {
  const transport = scriptedTransport(answer);
  const clients = createResource<Client, ClientQuery, never, never>(transport, clientDescriptor);
  return { transport, listing: clients.list(query, options) };
}

const ids = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);
const idsTo = (size: number) => ids(rowsOf(size));
const envelope = (rows: unknown[], record_count?: unknown) => ({ record_count, clients: rows });
const row = (id: number | null) => ({ id, name: `Customer ${id}` });

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable('it resolved'),
    (error: unknown) => error,
  );
}

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

describe('shapes of a page', () => {
  it('takes a bare array for the whole list: one request, no count, complete', async () => {
    const { transport, listing } = list(inTurn(rowsOf(250)));
    expect(ids(await listing.toArray())).toEqual(idsTo(250));
    expect(transport.sent).toHaveLength(1);
    expect(listing.report).toMatchObject({ complete: true, expected: null, received: 250, cursor: null });
  });

  it.each([
    ["the resource's own name", { record_count: 2, clients: rowsOf(2), columns: [{ id: 9 }] }],
    ['results', { record_count: 2, results: rowsOf(2), columns: [{ id: 9 }], tags: [] }],
    ['the only array that is not columns', { record_count: 2, tree: rowsOf(2), columns: [{ id: 9 }] }],
  ])('finds the rows under %s', async (_where, body) => {
    const { listing } = list(inTurn(body));
    expect(ids(await listing.toArray())).toEqual([1, 2]);
    expect(listing.report).toMatchObject({ complete: true, expected: 2 });
  });

  it.each([
    ['an object without an array', {}],
    ['an object with two arrays of unknown names', { record_count: 1, left: [], right: [] }],
    ['an object with columns only', { record_count: 1, columns: [{ id: 1 }] }],
    ['a text', 'Customer 1'],
    ['null', null],
    ['an inherited array', Object.create({ clients: [{ id: 1 }] })],
  ])('refuses %s, and says where an array was expected', async (_what, body) => {
    const error = await failure(list(inTurn(body)).listing.toArray());
    expect(error).toBeInstanceOf(HaloResponseError);
    expect(error).toMatchObject({
      code: 'HALO_RESPONSE_SCHEMA',
      issues: [{ path: 'clients', message: 'expected an array of rows' }],
      requestId: 'req-1',
    });
    expect((error as Error).message).toContain('halo.clients.list()');
  });

  it('refuses an empty body instead of taking it for an empty list', async () => {
    const error = await failure(list(inTurn(undefined)).listing.toArray());
    expect(error).toMatchObject({ code: 'HALO_RESPONSE_EMPTY' });
  });

  it('hands over no row of a page that holds a bad one, and never prints its value', async () => {
    const bad = { id: 2, name: 4711 };
    const { listing } = list(inTurn(envelope([row(1), bad], 2)));
    const error = (await failure(listing.toArray())) as HaloResponseError;
    expect(error.issues).toEqual([{ path: 'clients[1].name', message: 'expected string' }]);
    expect(error.message).not.toContain('4711');
    expect(listing.report).toMatchObject({ received: 0 });
  });
});

describe('the count', () => {
  it('reads an empty list with one request', async () => {
    const { transport, listing } = list(inTurn(envelope([], 0)));
    expect(await listing.toArray()).toEqual([]);
    expect(transport.sent).toHaveLength(1);
    expect(listing.report).toMatchObject({ complete: true, expected: 0, received: 0 });
  });

  it('reads a count that is a text of digits', async () => {
    const { listing } = list(modelHalo(rowsOf(717), { count: (exact) => String(exact) }));
    expect(await listing.toArray()).toHaveLength(717);
    expect(listing.report).toMatchObject({ complete: true, expected: 717 });
  });

  it.each([
    ['missing', () => undefined],
    ['zero beside rows', () => 0],
    ['-1', () => -1],
    ['a fraction', () => 7.5],
    ['a word', () => 'many'],
  ])(
    'delivers all rows of a list whose count is %s, and says that it could not be checked',
    async (_what, count) => {
      const { listing } = list(modelHalo(rowsOf(230), { count }), { allowIncomplete: true });
      expect(ids(await listing.toArray())).toEqual(idsTo(230));
      expect(listing.report).toMatchObject({ complete: false, expected: null, received: 230 });
      const strict = list(modelHalo(rowsOf(230), { count }));
      const error = await failure(strict.listing.toArray());
      expect(error).toBeInstanceOf(HaloListingError);
      expect(error).toMatchObject({ code: 'HALO_LISTING_INCOMPLETE' });
    },
  );

  it('continues after a short page in the middle while the count says more', async () => {
    const answer = inTurn(
      envelope(rowsOf(4), 9),
      envelope(rowsOf(6).slice(4), 9),
      envelope(rowsOf(9).slice(6), 9),
    );
    const { listing } = list(answer, { pageSize: 4 });
    expect(ids(await listing.toArray())).toEqual(idsTo(9));
    expect(listing.report).toMatchObject({ complete: true, pages: 3 });
  });

  it('asks once more for an empty page in the middle, and goes on when it has rows after all', async () => {
    const answer = inTurn(envelope(rowsOf(2), 4), envelope([], 0), envelope(rowsOf(4).slice(2), 4));
    const { transport, listing } = list(answer, { pageSize: 2 });
    expect(ids(await listing.toArray())).toEqual(idsTo(4));
    expect(transport.pages).toEqual([1, 2, 2]);
    expect(listing.report).toMatchObject({ complete: true });
  });

  it('gives every empty page in the middle its second chance', async () => {
    const answer = inTurn(
      envelope(rowsOf(2), 6),
      envelope([], 0),
      envelope(rowsOf(4).slice(2), 6),
      envelope([], 0),
      envelope(rowsOf(6).slice(4), 6),
    );
    const { transport, listing } = list(answer, { pageSize: 2 });
    expect(ids(await listing.toArray())).toEqual(idsTo(6));
    expect(transport.pages).toEqual([1, 2, 2, 3, 3]);
  });

  it('ends incomplete when the page in the middle stays empty', async () => {
    const answer = inTurn(envelope(rowsOf(2), 6), envelope([], 0));
    const { transport, listing } = list(answer, { pageSize: 2 });
    const seen: number[] = [];
    const consume = async () => {
      for await (const { id } of listing) seen.push(id);
    };
    const error = (await failure(consume())) as HaloListingError;
    expect(seen).toEqual([1, 2]);
    expect(transport.pages).toEqual([1, 2, 2]);
    expect(error).toMatchObject({
      code: 'HALO_LISTING_INCOMPLETE',
      method: 'GET',
      path: '/Client',
      report: { complete: false, expected: 6, received: 2, cursor: '1.2.2.2.6' },
    });
    expect(error.message).toContain('2 of 6 rows');
  });

  it('is not fooled by a count that is only the length of the first page', async () => {
    const answer = modelHalo(rowsOf(230), { count: (_exact, page) => page.rows });
    const { listing } = list(answer, { allowIncomplete: true });
    expect(ids(await listing.toArray())).toEqual(idsTo(230));
    expect(listing.report).toMatchObject({ complete: false });
  });

  it('looks behind a first page that is exactly full, and once only', async () => {
    const { transport, listing } = list(modelHalo(rowsOf(100)));
    expect(await listing.toArray()).toHaveLength(100);
    expect(transport.pages).toEqual([1, 2]);
    expect(listing.report).toMatchObject({ complete: true, expected: 100, received: 100, duplicates: 0 });
  });

  it('accepts that look being answered with the same page again, where Halo does not page at all', async () => {
    const { transport, listing } = list(inTurn({ record_count: 3, results: rowsOf(3) }), { pageSize: 3 });
    expect(await listing.toArray()).toHaveLength(3);
    expect(transport.pages).toEqual([1, 2]);
    expect(listing.report).toMatchObject({ complete: true, received: 3, duplicates: 0 });
  });

  it('accepts more rows than it asked for, where Halo ignores the page size', async () => {
    const { transport, listing } = list(inTurn({ record_count: 24, results: rowsOf(24) }), { pageSize: 1 });
    expect(await listing.toArray()).toHaveLength(24);
    expect(transport.sent).toHaveLength(1);
    expect(listing.report).toMatchObject({ complete: true, expected: 24 });
  });

  it('reads on when full pages disprove a count that is too low', async () => {
    const { listing } = list(modelHalo(rowsOf(35), { count: () => 12 }), {
      pageSize: 10,
      allowIncomplete: true,
    });
    expect(await listing.toArray()).toHaveLength(35);
    expect(listing.report).toMatchObject({ complete: false, expected: 12, received: 35 });
  });

  it('says what the count was and what was sent when they differ', async () => {
    const { listing } = list(inTurn(envelope(rowsOf(3), 2)));
    const error = await failure(listing.toArray());
    expect(error).toMatchObject({ code: 'HALO_LISTING_INCOMPLETE' });
    expect((error as Error).message).toContain('Halo counts 2 and sent 3');
  });
});

describe('rows that were seen, or have no id', () => {
  it('delivers each id once and counts the copies', async () => {
    const { listing } = list(inTurn(envelope([row(1), row(2), row(1), row(1)], 4)));
    expect(ids(await listing.toArray())).toEqual([1, 2]);
    expect(listing.report).toMatchObject({ complete: true, received: 2, duplicates: 2 });
  });

  it('drops rows with a null or missing id and counts them', async () => {
    const { listing } = list(inTurn(envelope([row(null), row(1), { name: 'no id' }], 3)));
    expect(ids(await listing.toArray())).toEqual([1]);
    expect(listing.report).toMatchObject({ complete: true, received: 1, withoutId: 2 });
  });

  it('leaves pages without a new row out of pages()', async () => {
    const { listing } = list(
      inTurn(envelope([row(1), row(2)], 6), envelope([row(2), row(1)], 6), envelope([row(3), row(4)], 6)),
      {
        pageSize: 2,
      },
    );
    const pages: number[][] = [];
    for await (const page of listing.pages()) pages.push(ids(page));
    expect(pages).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(listing.report).toMatchObject({ complete: true, pages: 3, duplicates: 2 });
  });
});

describe('a listing that makes no progress', () => {
  it('stops after two requests when Halo ignores the page number', async () => {
    const { transport, listing } = list(inTurn(envelope(rowsOf(100), 717)));
    const error = await failure(listing.toArray());
    expect(error).toMatchObject({ code: 'HALO_LISTING_NO_PROGRESS', retryable: false });
    expect(transport.sent).toHaveLength(2);
  });

  it('does not call a repeated page complete because the sum happens to fit', async () => {
    const { listing } = list(inTurn(envelope(rowsOf(100), 200)), { allowIncomplete: true });
    expect(await listing.toArray()).toHaveLength(100);
    expect(listing.report).toMatchObject({ complete: false, expected: 200, received: 100, duplicates: 100 });
  });

  it('stops after three pages in a row without a new row', async () => {
    const page = (...order: number[]) => envelope(order.map(row), 99);
    const answer = inTurn(page(1, 2, 3), page(2, 3, 1), page(3, 1, 2), page(1, 3, 2), page(2, 1, 3));
    const { transport, listing } = list(answer, { pageSize: 3 });
    expect(await failure(listing.toArray())).toMatchObject({ code: 'HALO_LISTING_NO_PROGRESS' });
    expect(transport.sent).toHaveLength(4);
  });

  it('stops when Halo invents rows for ever', async () => {
    let next = 0;
    const invent: Answer = () => envelope([row(++next), row(++next)], next + 10);
    const { transport, listing } = list(invent, { pageSize: 2 });
    expect(await failure(listing.toArray())).toMatchObject({ code: 'HALO_LISTING_NO_PROGRESS' });
    expect(transport.sent).toHaveLength(12 * 2 + 10);
  });
});

describe('rows that move while the list is read', () => {
  it('reads once more by itself when the count moved, and unites by id', async () => {
    const rows = rowsOf(6);
    const answer = modelHalo(rows, {
      beforePage: (all, index) => {
        if (index === 1) all.shift();
      },
    });
    const { transport, listing } = list(answer, { pageSize: 2 });
    // Row 3 slips to the first page while the second is read.
    expect(ids(await listing.toArray())).toEqual([1, 2, 4, 5, 6, 3]);
    expect(transport.pages).toEqual([1, 2, 3, 1, 2, 3]);
    expect(listing.report).toMatchObject({ complete: true, expected: 5, received: 6, duplicates: 0 });
  });

  it('gives up when the count moved again', async () => {
    const rows = rowsOf(60);
    const { listing } = list(modelHalo(rows, { beforePage: (all) => void all.pop() }), { pageSize: 10 });
    const error = await failure(listing.toArray());
    expect(error).toMatchObject({ code: 'HALO_LISTING_INCOMPLETE', retryable: true });
    expect((error as Error).message).toContain('added or removed');
  });

  it('finds a row that hid behind a delete and an insert with a second sweep', async () => {
    const slip = (all: { id: number; name: string }[], index: number) => {
      if (index !== 1) return;
      all.shift();
      all.push({ id: 99, name: 'new' });
    };
    const once = list(modelHalo(rowsOf(6), { beforePage: slip }), { pageSize: 2 });
    expect(ids(await once.listing.toArray())).not.toContain(3);
    expect(once.listing.report).toMatchObject({ complete: true });
    const twice = list(modelHalo(rowsOf(6), { beforePage: slip }), { pageSize: 2, sweeps: 2 });
    expect(ids(await twice.listing.toArray())).toEqual([1, 2, 4, 5, 6, 99, 3]);
    expect(twice.transport.pages).toEqual([1, 2, 3, 1, 2, 3]);
  });

  it('sweeps a list of one page without taking it for a repeated page', async () => {
    const { transport, listing } = list(modelHalo(rowsOf(3)), { sweeps: 2 });
    expect(ids(await listing.toArray())).toEqual(idsTo(3));
    expect(transport.pages).toEqual([1, 1]);
    expect(listing.report).toMatchObject({ complete: true, received: 3 });
  });

  it('sweeps a list that stands still without a second delivery', async () => {
    const { transport, listing } = list(modelHalo(rowsOf(6)), { pageSize: 4, sweeps: 3 });
    expect(ids(await listing.toArray())).toEqual(idsTo(6));
    expect(transport.sent).toHaveLength(6);
    expect(listing.report).toMatchObject({
      complete: true,
      expected: 6,
      received: 6,
      duplicates: 0,
      pages: 6,
    });
  });
});

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
