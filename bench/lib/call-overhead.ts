import ky from 'ky';
import { createHaloClient } from '../../dist/index.js';
import { CLIENT_ID, LISTED_ROWS, PAGE_SIZE } from './halo-server.ts';
import { median } from './statistics.ts';

/** Medians in microseconds of one `clients.get`, side by side. */
export interface CallTimes {
  readonly fetchUs: number;
  readonly kyUs: number;
  readonly sdkUs: number;
}

const ROUNDS = 30;
const CALLS_PER_ROUND = 100;
/** Until the compiler has settled. */
const WARM_UP_ROUNDS = 6;

/** Settings that lead to the server of the benchmark. */
function settingsFor(origin: string) {
  return {
    resourceServer: origin,
    onPremise: true,
    allowInsecureHttp: true,
    clientId: 'bench',
    clientSecret: 'bench-secret',
    logger: {},
  } as const;
}

/** One call after another, the three ways taking turns so that a slow moment of the machine meets all of them. */
export async function measureCalls(origin: string): Promise<CallTimes> {
  const url = `${origin}/api/Client/${CLIENT_ID}`;
  const headers = { authorization: `Bearer ${'x'.repeat(900)}`, accept: 'application/json' };
  const alone = ky.create({ headers });
  const halo = createHaloClient(settingsFor(origin));
  const ways = [
    async () => JSON.parse(await (await fetch(url, { headers })).text()),
    () => alone.get(url).json<{ id: number }>(),
    () => halo.clients.get(CLIENT_ID),
  ];
  const times: number[][] = ways.map(() => []);
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    for (const [at, way] of ways.entries()) {
      for (let call = 0; call < CALLS_PER_ROUND; call += 1) {
        const startedAt = performance.now();
        const { id } = await way();
        const us = (performance.now() - startedAt) * 1000;
        if (id !== CLIENT_ID) throw new Error('another customer came back');
        if (round >= WARM_UP_ROUNDS) times[at]!.push(us);
      }
    }
  }
  await halo.close();
  const [fetchUs = 0, kyUs = 0, sdkUs = 0] = times.map(median);
  return { fetchUs, kyUs, sdkUs };
}

/** Medians in milliseconds of one way to list everything. */
export interface ListingTime {
  readonly wallMs: number;
  /** Processor time of this process: what other programs on the machine hardly change. */
  readonly cpuMs: number;
}

/** A whole listing by hand and by the package, and what the latter holds on to. */
export interface ListingTimes {
  readonly byFetch: ListingTime;
  readonly bySdk: ListingTime;
  /** Growth of the heap from the first page to the last, after a collection. */
  readonly bytesPerRow: number;
}

const LISTING_ROUNDS = 9;

/** 100,000 rows, page after page. */
export async function measureListing(origin: string, collect: () => void): Promise<ListingTimes> {
  const times: { fetch: ListingTime[]; sdk: ListingTime[] } = { fetch: [], sdk: [] };
  for (let round = 0; round <= LISTING_ROUNDS; round += 1) {
    const byFetch = await timed(() => listByHand(origin));
    const bySdk = await timed(() => listBySdk(origin));
    // The first warms up.
    if (round === 0) continue;
    times.fetch.push(byFetch);
    times.sdk.push(bySdk);
  }
  const bytesPerRow = await heldBytesPerRow(origin, collect);
  return { byFetch: medians(times.fetch), bySdk: medians(times.sdk), bytesPerRow };
}

function medians(times: readonly ListingTime[]): ListingTime {
  return {
    wallMs: median(times.map(({ wallMs }) => wallMs)),
    cpuMs: median(times.map(({ cpuMs }) => cpuMs)),
  };
}

async function timed(list: () => Promise<number>): Promise<ListingTime> {
  const startedAt = performance.now();
  const usedBefore = process.cpuUsage();
  const count = await list();
  if (count !== LISTED_ROWS) throw new Error(`${count} rows came back`);
  const { user, system } = process.cpuUsage(usedBefore);
  return { wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1000 };
}

/** What somebody writes who trusts the server: no check of the count, of doubled rows or of a row's shape. */
async function listByHand(origin: string): Promise<number> {
  const headers = { authorization: `Bearer ${'x'.repeat(900)}`, accept: 'application/json' };
  let count = 0;
  for (let page = 1; ; page += 1) {
    const url = `${origin}/api/Client?pageinate=true&page_size=${PAGE_SIZE}&page_no=${page}`;
    const { clients, record_count } = JSON.parse(await (await fetch(url, { headers })).text());
    for (const { id } of clients) if (id) count += 1;
    if (clients.length === 0 || count >= record_count) return count;
  }
}

async function listBySdk(origin: string): Promise<number> {
  const halo = createHaloClient(settingsFor(origin));
  let count = 0;
  for await (const { id } of halo.clients.list({}, { pageSize: PAGE_SIZE })) if (id) count += 1;
  await halo.close();
  return count;
}

/** So many rows in, everything that is made once has been made. */
const SETTLED_ROWS = 10_000;

async function heldBytesPerRow(origin: string, collect: () => void): Promise<number> {
  const halo = createHaloClient(settingsFor(origin));
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  let count = 0;
  let before = 0;
  let after = 0;
  for await (const _ of halo.clients.list({}, { pageSize: PAGE_SIZE })) {
    count += 1;
    if (count === SETTLED_ROWS) before = heap();
    if (count === LISTED_ROWS) after = heap();
  }
  await halo.close();
  return (after - before) / (LISTED_ROWS - SETTLED_ROWS);
}
