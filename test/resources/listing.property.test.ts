import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HaloListingError, type ListingReport } from '../../src/errors.ts';
import { type Client, type ClientQuery, clientDescriptor } from '../../src/resources/clients.ts';
import type { ListOptions } from '../../src/resources/listing.ts';
import { createResource } from '../../src/resources/resource.ts';
import { type ModelRow, modelHalo, rowsOf } from './support/model-halo.ts';
import { type Answer, scriptedTransport } from './support/scripted-transport.ts';

interface Reading {
  readonly ids: readonly number[];
  readonly report: ListingReport;
  readonly requests: number;
  readonly failed: boolean;
}

async function read(answer: Answer, options: ListOptions): Promise<Reading> {
  const transport = scriptedTransport(answer);
  const clients = createResource<Client, ClientQuery, never, never>(transport, clientDescriptor);
  const listing = clients.list({}, options);
  const ids: number[] = [];
  let failed = false;
  try {
    for await (const { id } of listing) ids.push(id);
  } catch (error) {
    expect(error).toBeInstanceOf(HaloListingError);
    failed = true;
  }
  return { ids, report: listing.report!, requests: transport.sent.length, failed };
}

type Change = { readonly kind: 'insert' | 'delete'; readonly at: number };

/** Applies the changes of one gap between two pages, and notes which rows were there all the time. */
function mover(changes: readonly (readonly Change[])[], firstNewId: number) {
  const deleted = new Set<number>();
  let nextId = firstNewId;
  const beforePage = (rows: ModelRow[], index: number) => {
    for (const { kind, at } of index === 0 ? [] : (changes[index - 1] ?? [])) {
      const place = at % (rows.length + 1);
      if (kind === 'insert') rows.splice(place, 0, { id: nextId++, name: 'new' });
      else if (place < rows.length) for (const row of rows.splice(place, 1)) deleted.add(row.id);
    }
  };
  return { deleted, beforePage };
}

const gaps = (kinds: Change['kind'][]) =>
  fc.array(fc.array(fc.record({ kind: fc.constantFrom(...kinds), at: fc.nat(200) }), { maxLength: 3 }), {
    maxLength: 12,
  });

describe('a listing against a model of Halo', () => {
  it('delivers every row once and in order, whatever Halo caps the page at (caps 1 to 1000, 0 to 5000 rows)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 1, max: 1000 }),
        async (size, cap, pageSize) => {
          fc.pre(size / Math.min(cap, pageSize) <= 500);
          const { ids, report, requests } = await read(modelHalo(rowsOf(size), { cap }), { pageSize });
          expect(ids).toEqual(rowsOf(size).map(({ id }) => id));
          expect(report).toMatchObject({ complete: true, expected: size, received: size, cursor: null });
          // The page behind a single full page is looked at; nothing else costs a request.
          const served = Math.min(cap, pageSize);
          const look = size === pageSize && pageSize <= cap ? 1 : 0;
          expect(requests).toBe(Math.max(1, Math.ceil(size / served)) + look);
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each([
    ['only added', ['insert']],
    ['only removed', ['delete']],
  ] satisfies [string, Change['kind'][]][])(
    'delivers every row that was there throughout, or says incomplete, when rows are %s between pages',
    async (_what, kinds) => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 0, max: 120 }),
          fc.integer({ min: 1, max: 30 }),
          gaps(kinds),
          async (size, pageSize, changes) => {
            const { deleted, beforePage } = mover(changes, 10_000);
            const { ids, report, failed } = await read(modelHalo(rowsOf(size), { beforePage }), { pageSize });
            expect(new Set(ids).size).toBe(ids.length);
            expect(report.complete).toBe(!failed);
            if (failed) return;
            const throughout = rowsOf(size).filter(({ id }) => !deleted.has(id));
            expect(ids).toEqual(expect.arrayContaining(throughout.map(({ id }) => id)));
          },
        ),
        { numRuns: 500 },
      );
    },
  );

  it('never delivers a row twice and never calls a disagreeing sum complete, however rows move', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 1, max: 30 }),
        gaps(['insert', 'delete']),
        fc.integer({ min: 1, max: 3 }),
        async (size, pageSize, changes, sweeps) => {
          const { beforePage } = mover(changes, 10_000);
          const { ids, report, failed } = await read(modelHalo(rowsOf(size), { beforePage }), {
            pageSize,
            sweeps,
          });
          expect(new Set(ids).size).toBe(ids.length);
          expect(report.received).toBe(ids.length);
          expect(report.complete).toBe(!failed);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('delivers everything, or says incomplete, when the count lies in any way', async () => {
    const lie = fc.constantFrom<(exact: number, page: { number: number; rows: number }) => unknown>(
      () => undefined,
      () => 0,
      () => -1,
      (exact) => String(exact),
      (exact) => exact + 5,
      (exact) => Math.max(0, exact - 5),
      (exact, { number }) => exact + number,
      (exact, { number }) => Math.max(0, exact - number),
      (_exact, { number }) => (number === 1 ? 1_000 : undefined),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 2, max: 60 }),
        lie,
        async (size, pageSize, count) => {
          // A steady count that is too low and ends with a full page looks like the truth; nobody can tell.
          const steadilyLow = count(size, { number: 1, rows: 1 }) === size - 5;
          fc.pre(!(steadilyLow && (size - 5) % pageSize === 0));
          const { ids, report, failed } = await read(modelHalo(rowsOf(size), { count }), { pageSize });
          expect(report.complete).toBe(!failed);
          if (!failed) expect(ids).toHaveLength(size);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('resumes after an early break anywhere, with no row lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(200),
        async (size, pageSize, breakAfter) => {
          const transport = scriptedTransport(modelHalo(rowsOf(size)));
          const clients = createResource<Client, ClientQuery, never, never>(transport, clientDescriptor);
          const first = clients.list({}, { pageSize });
          const seen = new Set<number>();
          for await (const { id } of first) if (seen.add(id).size > breakAfter) break;
          const cursor = first.report?.cursor ?? undefined;
          if (cursor !== undefined)
            for await (const { id } of clients.list({}, { from: cursor })) seen.add(id);
          expect(seen.size).toBe(size);
        },
      ),
      { numRuns: 300 },
    );
  });
});
