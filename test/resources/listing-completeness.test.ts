import { describe, expect, it } from 'vitest';
import { HaloListingError, HaloResponseError } from '../../src/errors.ts';
import { envelope, failure, ids, idsTo, list, row } from './support/list-clients.ts';
import { modelHalo, rowsOf } from './support/model-halo.ts';
import { type Answer, inTurn } from './support/scripted-transport.ts';

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

  it.each([
    [
      'begins like the page before and is shorter',
      [
        [1, 2, 3],
        [1, 2],
        [3, 4],
      ],
    ],
    ['begins like the page before and is longer', [[1, 2], [1, 2, 3], [4]]],
    ['shares a row with the page before, in its place', [[1, 2], [1, 3], [4]]],
    [
      'holds no id, as the page before',
      [
        [null, null],
        [null, null],
        [5, 6],
      ],
    ],
  ])('does not take for the same page one that %s', async (_, pages) => {
    const answers = pages.map((page) => envelope(page.map(row), 99));
    const { transport, listing } = list(inTurn(...answers, envelope([], 99)), { allowIncomplete: true });
    const known = new Set(pages.flat().filter((id) => id !== null));
    expect(ids(await listing.toArray())).toEqual([...known]);
    // The empty page is asked for once more.
    expect(transport.sent).toHaveLength(5);
  });

  it('takes for the same page one with the same ids, and rows without one in the same places', async () => {
    const page = envelope([row(1), row(null)], 99);
    const { transport, listing } = list(inTurn(page, page, envelope([row(2)], 99)));
    expect(await failure(listing.toArray())).toMatchObject({ code: 'HALO_LISTING_NO_PROGRESS' });
    expect(transport.sent).toHaveLength(2);
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

  it('reads all once more when the list it resumes has another length by then', async () => {
    const rows = rowsOf(4);
    const answer = modelHalo(rows);
    const { listing } = list(answer, { pageSize: 2 });
    for await (const { id } of listing) if (id === 2) break;
    rows.push({ id: 5, name: 'new' });
    const { cursor } = listing.report ?? {};
    const resumed = list(answer, { from: cursor ?? undefined }).listing;
    // Row 2 was taken but not its page to the end, so the first page comes again.
    expect(ids(await resumed.toArray())).toEqual(idsTo(5));
    const later = list(answer, { from: '1.2.2.2.4' }).listing;
    expect(ids(await later.toArray())).toEqual([3, 4, 5, 1, 2]);
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
