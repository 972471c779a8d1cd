import { createHaloClient, customerFromClient } from '../../index.ts';
import { createFakeHalo } from '../../testing/index.ts';
import type { ListedRecord } from '../input/lists.ts';

/** Customers as the API gave them, and what the listing says about itself. */
export interface HaloListing {
  readonly customers: readonly ListedRecord[];
  readonly url: string;
  readonly report: ListingFigures;
}

/** The part of a listing's report that the demo prints. */
export interface ListingFigures {
  readonly complete: boolean;
  readonly expected: number | null;
  readonly received: number;
  readonly pages: number;
}

/** Halo keeps 1 for "unassigned"; the demo stays well clear of it. */
const FIRST_ID = 101;
/** Up to this many customers, Halo's usual page of 100 rows stays far below the rate limit of 300 requests. */
const LONG_LIST = 10_000;
const LONG_LIST_PAGE_SIZE = 1_000;

/** Puts the customers into a fake Halo on this machine and lists them through the API, inactive ones as well. */
export async function listThroughHalo(records: readonly ListedRecord[]): Promise<HaloListing> {
  const byHaloId = new Map(haloIds(records).map((haloId, index) => [haloId, records[index]!]));
  const fake = createFakeHalo({
    clients: [...byHaloId].map(([id, { name, inactive = false }]) => ({ id, name, inactive })),
  });
  const server = await fake.listen();
  try {
    const halo = createHaloClient(server.config);
    const pageSize = records.length > LONG_LIST ? LONG_LIST_PAGE_SIZE : undefined;
    const listing = halo.clients.list({ includeInactive: true }, { pageSize });
    const clients = await listing.toArray();
    return {
      customers: clients.map((client) => {
        // The other columns have no single place in a list row of Halo and stay the file's.
        const { name: _, inactive: __, ...columns } = byHaloId.get(client.id)!;
        return { ...customerFromClient(client), ...columns };
      }),
      url: server.url,
      report: listing.report!,
    };
  } finally {
    await server.close();
  }
}

/** Returns an id that Halo could have for each record: the record's own where all of them are such ids. */
function haloIds(records: readonly ListedRecord[]): number[] {
  const own = records.map(({ id }) => (/^[1-9]\d{0,8}$/.test(id) ? Number(id) : 0));
  return own.every((id) => id > 1) ? own : records.map((_, index) => FIRST_ID + index);
}
