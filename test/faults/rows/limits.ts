import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sleep } from '../../../src/clock.ts';
import type { ListingReport } from '../../../src/errors.ts';
import type { ListOptions } from '../../../src/resources/listing.ts';
import { answer, head } from '../../support/raw-server.ts';
import {
  type Expected,
  endingOf,
  errorsOf,
  type FaultCase,
  type FaultRow,
  fails,
  list,
  memory,
  memoryScenario,
  row,
  succeeds,
  wireScenario,
} from '../fault-case.ts';
import { createHaloModel, type HaloModel, type HaloModelOptions } from '../halo-model.ts';
import { grant, json, type MemoryRig, type Reply, status } from '../memory-rig.ts';

const LONG = process.env.HALO_PSA_TESTS === 'full';
/** Sizes asked for and given, in each of the two ways a server counts. */
const PAIRS = LONG ? 100 : 25;
const WINDOW_MS = 300_000;
const HALO_LIMIT = { requests: 500, windowMs: WINDOW_MS } as const;

/** The ids of a listing, row by row as a consumer takes them. */
async function idsOf(rows: AsyncIterable<{ id: number }>): Promise<number[]> {
  const ids: number[] = [];
  for await (const { id } of rows) ids.push(id);
  return ids;
}

/** Lists everything from a model under load, and returns what came and when. */
async function listAll(rig: MemoryRig, model: HaloModel, options: ListOptions = {}) {
  rig.reply({ api: [model.reply] });
  const startMs = rig.clock.monotonicMs();
  const listing = rig.halo.clients.list({}, options);
  const ids = await rig.settle(idsOf(listing));
  return { ids, report: listing.report, elapsedMs: rig.clock.monotonicMs() - startMs };
}

/** The most requests that a model refused within any one window. */
function wastedPerWindow({ refusedAtMs }: HaloModel): number {
  return Math.max(
    0,
    ...refusedAtMs.map((from) => refusedAtMs.filter((at) => at >= from && at < from + WINDOW_MS).length),
  );
}

const LATENCIES: readonly (readonly [string, (index: number) => number])[] = [
  ['1 ms', () => 1],
  ['50-450 ms', (index) => 50 + ((index * 7919) % 400)],
  ['2 % at 4 s', (index) => (index % 50 === 0 ? 4000 : 20)],
  ['1 % at 30 s', (index) => (index % 100 === 50 ? 29_000 : 20)],
];

/** 100,000 rows at 500 requests in 300 s. */
function hundredThousand(variant: string, latencyMs: (index: number) => number): FaultCase {
  return memoryScenario(
    {
      variant,
      token: 1,
      api: 1000,
      async run(rig) {
        const model = createHaloModel({ rows: 100_000, latencyMs, limit: () => HALO_LIMIT });
        const { ids, report, elapsedMs } = await listAll(rig, model);
        assert.equal(new Set(ids).size, 100_000);
        assert.equal(ids.length, 100_000);
        assert.equal(report?.complete, true);
        assert.equal(model.refusedAtMs.length, 0);
        // Two windows have to pass; the requests of the third run one after the other.
        const boundMs = 2 * WINDOW_MS + 100 * 450 + 60_000;
        assert.ok(elapsedMs <= boundMs, `took ${elapsedMs} ms`);
        return [];
      },
    },
    { budget: HALO_LIMIT },
  );
}

interface LoadFacts {
  readonly variant: string;
  readonly model: HaloModelOptions;
  readonly budget?: { requests: number; windowMs: number };
  readonly wasted: number;
  readonly check?: (rig: MemoryRig) => void;
}

/** Lists under a limit that is not ours alone. */
function load({ variant, model: options, budget = HALO_LIMIT, wasted, check }: LoadFacts): FaultCase {
  return memoryScenario(
    {
      variant,
      async run(rig) {
        const model = createHaloModel(options);
        const { ids, report } = await listAll(rig, model);
        assert.equal(report?.complete, true);
        assert.equal(new Set(ids).size, options.rows);
        const worst = wastedPerWindow(model);
        assert.ok(worst <= wasted, `${worst} requests refused in one window`);
        check?.(rig);
        return [];
      },
    },
    { budget },
  );
}

/** A list whose pages a function makes up. */
const pages =
  (make: (page: number, size: number, index: number) => Response): Reply =>
  ({ url, index }) =>
    make(Number(url.searchParams.get('page_no')), Number(url.searchParams.get('page_size')), index);

const rowsOf = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({
    id: from + index,
    name: `Customer ${from + index}`,
  }));

/** Pages of 100 rows out of `total`, with the count that `count` says. */
const counting = (total: number, count: (page: number) => unknown): Reply =>
  pages((page, size) =>
    json({ record_count: count(page), clients: rowsOf((page - 1) * size + 1, Math.min(total, page * size)) }),
  );

const allOf = (total: number): Expected =>
  succeeds((value) => assert.equal((value as unknown[]).length, total));

const incomplete: Expected = fails('HaloListingError', 'HALO_LISTING_INCOMPLETE');

const listed = (variant: string, api: Reply, expected: Expected, requests?: number) =>
  memory(
    { variant, call: list, expected, ...(requests === undefined ? {} : { api: requests }) },
    { api: [api] },
  );

/** A page fails; the error says how far the listing came, and the cursor goes on from there. */
function failingPage(variant: string, fault: Response, name: string): FaultCase {
  return memoryScenario({
    variant,
    async run(rig) {
      const healthy = counting(1000, () => 1000);
      const broken = pages((page, size) =>
        page === 7
          ? fault.clone()
          : json({ record_count: 1000, clients: rowsOf((page - 1) * size + 1, page * size) }),
      );
      rig.reply({ api: [broken] });
      const ids: number[] = [];
      const taken = rig.halo.clients.list();
      const { errors } = await rig.settle(
        endingOf(
          (async () => {
            for await (const { id } of taken) ids.push(id);
          })(),
        ),
      );
      const error = errors[0] as { name: string; listing: ListingReport };
      assert.equal(error.name, name);
      assert.equal(error.listing.received, 600);
      assert.equal(error.listing.complete, false);
      rig.reply({ api: [healthy] });
      ids.push(
        ...(await rig.settle(idsOf(rig.halo.clients.list({}, { from: error.listing.cursor ?? undefined })))),
      );
      assert.deepEqual(
        ids,
        rowsOf(1, 1000).map(({ id }) => id),
      );
      return errors;
    },
  });
}

/** Random insertions and deletions between pages: what was there throughout comes exactly once, or the listing says so. */
function movingRows(runs: number): FaultCase {
  return memoryScenario({
    variant: `${runs} random programs of insertions and deletions`,
    async run(rig) {
      const errors: unknown[] = [];
      const change = fc.record({ insert: fc.boolean(), at: fc.nat(300) });
      const programs = fc.sample(
        fc.record({
          size: fc.integer({ min: 1, max: 60 }),
          changes: fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 12 }),
        }),
        { numRuns: runs, seed: 107 },
      );
      for (const { size, changes } of programs) {
        let table = rowsOf(1, 100);
        let nextId = 1000;
        const stayed = new Set(table.map(({ id }) => id));
        let request = 0;
        rig.reply({
          api: [
            pages((page) => {
              const clients = table.slice((page - 1) * size, page * size);
              const response = json({ record_count: table.length, clients });
              for (const { insert, at } of changes[request] ?? []) {
                const position = at % (table.length + 1);
                if (insert) table = table.toSpliced(position, 0, { id: nextId++, name: 'new' });
                else if (table.length > 0) {
                  const [gone] = table.slice(position % table.length, (position % table.length) + 1);
                  if (gone) stayed.delete(gone.id);
                  table = table.filter((each) => each !== gone);
                }
              }
              request += 1;
              return response;
            }),
          ],
        });
        const listing = rig.halo.clients.list({}, { pageSize: size, sweeps: 2 });
        const ids: number[] = [];
        const ending = await rig.settle(
          endingOf(
            (async () => {
              for await (const { id } of listing) ids.push(id);
            })(),
          ),
        );
        assert.equal(new Set(ids).size, ids.length, 'a row came twice');
        const quiet = changes.slice(0, request).every((each) => each.length === 0);
        if (quiet) assert.equal(ids.length, 100);
        if (ending.errors.length > 0) {
          assert.equal(listing.report?.complete, false);
          errors.push(...ending.errors.slice(0, 1));
        }
      }
      return errors.slice(0, 3);
    },
  });
}

export const limitRows: readonly FaultRow[] = [
  row(
    95,
    'limits',
    '100,000 rows at 500 requests in 300 s',
    LATENCIES.map(([variant, latencyMs]) => hundredThousand(variant, latencyMs)),
  ),
  row(96, 'limits', 'another program uses 30 % of the limit', [
    load({
      variant: '20,000 rows at 50 a page',
      model: { rows: 20_000, pageCap: 50, limit: () => HALO_LIMIT, others: () => 150 },
      wasted: 4,
    }),
  ]),
  row(97, 'limits', 'the limit drops from 700 to 300 while a listing runs', [
    load({
      variant: '60,000 rows',
      model: { rows: 60_000, limit: (nowMs) => ({ requests: nowMs < 100 ? 700 : 300, windowMs: WINDOW_MS }) },
      budget: { requests: 700, windowMs: WINDOW_MS },
      wasted: 4,
      check: (rig) => {
        const warnings = rig.lines.filter((line) => (line as { level: string }).level === 'warn');
        assert.ok(warnings.length >= 1, 'nobody was warned');
      },
    }),
  ]),
  row(98, 'limits', 'refused requests count as well', [
    load({
      variant: 'one probe at a time gets out of the trap',
      model: { rows: 20_000, limit: () => ({ requests: 100, windowMs: WINDOW_MS }), countsRefused: true },
      budget: { requests: 300, windowMs: WINDOW_MS },
      wasted: 8,
    }),
  ]),
  row(99, 'limits', '429 for ever', [
    memoryScenario(
      {
        variant: 'says how many rows came and where to go on',
        async run(rig) {
          const broken = pages((page, size) =>
            page > 5
              ? status(429)
              : json({ record_count: 1000, clients: rowsOf((page - 1) * size + 1, page * size) }),
          );
          rig.reply({ api: [broken] });
          const { errors } = await rig.settle(endingOf(idsOf(rig.halo.clients.list())));
          const error = errors[0] as { name: string; listing: ListingReport };
          assert.equal(error.name, 'HaloRateLimitError');
          assert.ok(rig.clock.monotonicMs() <= 331_000, `took ${rig.clock.monotonicMs()} ms`);
          assert.equal(error.listing.received, 500);
          rig.reply({ api: [counting(1000, () => 1000)] });
          await rig.clock.advance(WINDOW_MS + 60_000);
          const rest = await rig.settle(
            idsOf(rig.halo.clients.list({}, { from: error.listing.cursor ?? undefined })),
          );
          assert.equal(rest.length, 500);
          return errors;
        },
      },
      { budget: {} },
    ),
    ...(
      [
        ['Retry-After: 0', () => '0'],
        ['Retry-After: 1', () => '1'],
        // The clock of this machine runs ten minutes ahead of Halo's.
        ['a date in the past', (nowMs) => new Date(nowMs - 600_000).toUTCString()],
      ] as readonly [string, (nowMs: number) => string][]
    ).map(([variant, retryAfter]) =>
      memory(
        {
          variant: `${variant} each time: Halo is not hammered`,
          expected: fails('HaloRateLimitError', 'HALO_RATE_LIMIT_EXHAUSTED'),
          api: [2, 10],
          boundMs: 331_000,
        },
        {
          api: [
            async (_, { clock }) => {
              await sleep(clock, 50);
              return status(429, { 'retry-after': retryAfter(clock.nowMs()) });
            },
          ],
        },
      ),
    ),
  ]),
  row(100, 'limits', '50 callers, and the first 429', [
    memoryScenario(
      {
        variant: 'the others pause',
        async run(rig) {
          let limitedUntilMs = 20_000;
          let wasted = 0;
          rig.reply({
            api: [
              async ({ url }, { clock }) => {
                await sleep(clock, 100);
                if (clock.monotonicMs() < limitedUntilMs) {
                  wasted += 1;
                  return status(429, {
                    'retry-after': String(Math.ceil((limitedUntilMs - clock.monotonicMs()) / 1000)),
                  });
                }
                limitedUntilMs = 0;
                return json({ id: Number(/\d+$/.exec(url.pathname)?.[0]) });
              },
            ],
          });
          const calls = Array.from({ length: 50 }, (_, index) => rig.halo.clients.get(index + 1));
          const errors = await rig.settle(errorsOf(calls));
          assert.equal(errors.length, 0);
          assert.ok(wasted <= 4, `${wasted} requests wasted`);
          return errors;
        },
      },
      { budget: {} },
    ),
    memoryScenario(
      {
        variant: 'who states too short a time is asked by one at a time',
        async run(rig) {
          let wasted = 0;
          rig.reply({
            api: [
              async ({ url }, { clock }) => {
                await sleep(clock, 100);
                if (clock.monotonicMs() > 30_000) return json({ id: Number(/\d+$/.exec(url.pathname)?.[0]) });
                wasted += 1;
                return status(429, { 'retry-after': '1' });
              },
            ],
          });
          const calls = Array.from({ length: 50 }, (_, index) => rig.halo.clients.get(index + 1));
          const errors = await rig.settle(errorsOf(calls));
          assert.equal(errors.length, 0);
          // Four in flight, and then one after 1, 5, 10 and 20 s.
          assert.ok(wasted <= 4 + 3, `${wasted} requests wasted`);
          return errors;
        },
      },
      { budget: {} },
    ),
  ]),
  row(101, 'limits', 'the 10,001st waiting call', [
    memoryScenario(
      {
        variant: 'is refused at once',
        async run(rig) {
          const controller = new AbortController();
          const calls = Array.from({ length: 10_005 }, (_, index) =>
            rig.halo.clients.get(index + 1, { signal: index < 10_004 ? controller.signal : undefined }),
          );
          const [error] = await rig.settle(errorsOf(calls.slice(-1)));
          assert.equal((error as { code: string }).code, 'HALO_RATE_LIMIT_QUEUE_FULL');
          const settled = errorsOf(calls.slice(0, -1));
          controller.abort();
          assert.equal((await rig.settle(settled)).length, 10_004);
          return [error];
        },
      },
      { api: ['hang'], config: { maxRateLimitWaitMs: 86_000_000 }, budget: {} },
    ),
  ]),
  row(102, 'limits', 'the server caps the page size and does not say so', [
    ...[false, true].map((offsetByAskedSize) =>
      memoryScenario({
        variant: `${PAIRS} pairs of sizes, pages begin by the ${offsetByAskedSize ? 'asked' : 'given'} one`,
        async run(rig) {
          const sizes = fc.record({
            asked: fc.integer({ min: 1, max: 1000 }),
            cap: fc.integer({ min: 1, max: 1000 }),
            rows: fc.integer({ min: 0, max: 1500 }),
          });
          for (const { asked, cap, rows } of [
            { asked: 1000, cap: 100, rows: 717 },
            ...fc.sample(sizes, { numRuns: PAIRS, seed: 102 }),
          ]) {
            const model = createHaloModel({
              rows: Math.min(rows, cap * 40),
              pageCap: cap,
              latencyMs: () => 0,
              offsetByAskedSize,
            });
            const { ids, report } = await listAll(rig, model, { pageSize: asked });
            assert.equal(new Set(ids).size, Math.min(rows, cap * 40));
            assert.equal(report?.complete, true);
          }
          return [];
        },
      }),
    ),
  ]),
  row(103, 'limits', 'the page number is ignored', [
    listed(
      'page 1 for ever',
      pages((_, size) => json({ record_count: 1000, clients: rowsOf(1, size) })),
      fails('HaloListingError', 'HALO_LISTING_NO_PROGRESS'),
      2,
    ),
  ]),
  row(104, 'limits', 'record_count is missing or wrong', [
    listed(
      'right',
      counting(717, () => 717),
      allOf(717),
      8,
    ),
    listed(
      'as a text',
      counting(717, () => '717'),
      allOf(717),
      8,
    ),
    listed(
      'missing: everything is read, and it says so',
      counting(717, () => undefined),
      incomplete,
    ),
    listed(
      '0 with rows',
      counting(717, () => 0),
      incomplete,
    ),
    listed(
      '-1',
      counting(717, () => -1),
      incomplete,
    ),
    listed(
      'grows on every reading',
      counting(717, (page) => (page === 1 ? 700 : 717)),
      incomplete,
    ),
    listed(
      'too large',
      counting(717, () => 1000),
      incomplete,
    ),
    listed(
      'shrinks once: read again',
      counting(700, (page) => (page === 1 ? 717 : 700)),
      incomplete,
    ),
    listed(
      'no number',
      counting(717, () => ({})),
      incomplete,
    ),
    memoryScenario({
      variant: 'allowIncomplete: every row, and the report says it',
      async run(rig) {
        rig.reply({ api: [counting(717, () => undefined)] });
        const listing = rig.halo.clients.list({}, { allowIncomplete: true });
        assert.equal((await rig.settle(listing.toArray())).length, 717);
        assert.equal(listing.report?.complete, false);
        return [];
      },
    }),
  ]),
  row(105, 'limits', 'a short page in the middle', [
    listed(
      'goes on while the count says more',
      pages((page, size) =>
        json({
          record_count: 300,
          clients:
            page === 2
              ? rowsOf(size + 1, size + 40)
              : rowsOf(
                  (page - 1) * size + 1 - (page > 2 ? 60 : 0),
                  Math.min(300, page * size - (page > 2 ? 60 : 0)),
                ),
        }),
      ),
      allOf(300),
      4,
    ),
  ]),
  row(106, 'limits', 'an empty page in the middle', [
    listed(
      'for ever: asked once more',
      pages((page, size) =>
        json({ record_count: 500, clients: page >= 3 ? [] : rowsOf((page - 1) * size + 1, page * size) }),
      ),
      incomplete,
      4,
    ),
    listed(
      'once: nothing is lost',
      pages((page, size, index) =>
        json({ record_count: 300, clients: index === 1 ? [] : rowsOf((page - 1) * size + 1, page * size) }),
      ),
      allOf(300),
      4,
    ),
  ]),
  row(107, 'limits', 'rows come and go between pages', [movingRows(LONG ? 200 : 40)]),
  row(108, 'limits', 'page 7 fails', [
    failingPage('500', status(500), 'HaloServerError'),
    failingPage('404', status(404), 'HaloNotFoundError'),
  ]),
  row(109, 'limits', 'page 7 is a web page', [
    failingPage(
      'HTML',
      status(200, { 'content-type': 'text/html' }, '<!doctype html><html></html>'),
      'HaloResponseError',
    ),
    failingPage('empty', status(200), 'HaloResponseError'),
    failingPage('{}', json({}), 'HaloResponseError'),
  ]),
  row(110, 'limits', 'the consumer leaves a listing', [
    ...(['break', 'throw', 'return()'] as const).map((how) =>
      wireScenario(
        {
          variant: how,
          api: [1, 2],
          async run(rig) {
            const leave = async () => {
              const rows = rig.halo.clients.list();
              if (how === 'return()') {
                const iterator = rows[Symbol.asyncIterator]();
                await iterator.next();
                await iterator.return?.();
                return;
              }
              let taken = 0;
              for await (const _ of rows) {
                taken += 1;
                // Past half of the page the next one is on its way, and never comes.
                if (taken < 80) continue;
                if (how === 'break') break;
                throw new RangeError('enough');
              }
            };
            const { errors } = await rig.settle(endingOf(leave()));
            assert.deepEqual(
              errors.map((error) => (error as Error).name),
              how === 'throw' ? ['RangeError'] : [],
            );
            return [];
          },
        },
        {
          api: (_, index) => {
            const text = JSON.stringify({ record_count: 500, clients: rowsOf(1, 100) });
            return index === 0
              ? [{ write: answer(200, text) }]
              : [{ write: head(200, { 'content-length': '9999' }) }, { pause: true }];
          },
        },
      ),
    ),
  ]),
  row(111, 'limits', 'a slow consumer', [
    memoryScenario(
      {
        variant: 'one row an hour: the token is renewed between pages, one page is read ahead',
        async run(rig) {
          rig.reply({ api: [counting(20, () => 20)] });
          const consume = async () => {
            let taken = 0;
            for await (const _ of rig.halo.clients.list({}, { pageSize: 5 })) {
              taken += 1;
              await sleep(rig.clock, 3_600_000);
              const read = rig.apiCalls.length;
              assert.ok(read <= Math.ceil(taken / 5) + 1, `${read} pages read for ${taken} rows`);
            }
            return taken;
          };
          assert.equal(await rig.settle(consume()), 20);
          for (const { bearer, atMs } of rig.apiCalls) {
            const minted = rig.tokenCalls.findLast((call) => call.atMs <= atMs);
            assert.ok(atMs - (minted?.atMs ?? 0) < 3_600_000, 'an expired token was sent');
            assert.ok(bearer);
          }
          assert.ok(rig.tokenCalls.length >= 4);
          return [];
        },
      },
      { token: [grant({ expires_in: 3600 })] },
    ),
  ]),
];
