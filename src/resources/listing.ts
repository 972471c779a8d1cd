import type { ListingReport } from '../errors.ts';
import { checkedSignal } from '../http/checked-signal.ts';
import { refuseUnknownNames } from '../http/known-names.ts';
import type { CallOptions } from '../http/request.ts';
import { follow } from '../wire/on-abort.ts';
import { fromCursor } from './cursor.ts';
import { ListingPass, type ReadPage } from './listing-pass.ts';
import { ListingRun } from './listing-run.ts';
import { expectFlag } from './parameters.ts';
import { RowIterator, type RunBatch } from './row-iterator.ts';
import { stoppable } from './stoppable.ts';
import { type Sweep, startSweep } from './sweep.ts';

/** Options of a listing. `timeoutMs` and `maxRetries` hold for each page. */
export interface ListOptions extends Omit<CallOptions, 'resendWrites'> {
  /** Ends a listing that did not check complete without an error; `report.complete` still says so. @default false */
  readonly allowIncomplete?: boolean | undefined;
  /** Rows to ask for per page. Halo may send fewer; nothing is lost by that. @default 100 */
  readonly pageSize?: number | undefined;
  /**
   * Cursor of an earlier report of the same query. Rows of the page it points into can come again; all can, where rows
   * were added or removed meanwhile, because the list is then read once more.
   * @default the first page
   */
  readonly from?: string | undefined;
  /**
   * How often to read the list; the rows are united by id. One reading cannot see a row that slips from an unread page
   * to a read one while another row is added; two can. @default 1
   */
  readonly sweeps?: number | undefined;
}

/** A list of rows, read while it is consumed. Every loop, `toArray()` and `pages()` reads it anew. */
export interface Listing<Row> extends AsyncIterable<Row> {
  /** How the last pass went so far; null before the first. */
  readonly report: ListingReport | null;
  /**
   * Reads all rows into one array. If it fails, no row was handed over, so `report.cursor` points to where it began.
   *
   * @throws {HaloListingError} when the list does not check complete, unless `allowIncomplete` is set
   * @example
   * ```ts
   * import { configFromEnv, createHaloClient } from 'halo-psa';
   *
   * const halo = createHaloClient(configFromEnv());
   * const teams = await halo.teams.list().toArray();
   * console.log(teams.map((team) => team.name));
   * ```
   */
  toArray(): Promise<Row[]>;
  /**
   * Reads page by page; rows seen before are dropped, and pages without a new row are left out.
   *
   * @throws {HaloListingError} when the list does not check complete, unless `allowIncomplete` is set
   * @example
   * ```ts
   * import { configFromEnv, createHaloClient } from 'halo-psa';
   *
   * const halo = createHaloClient(configFromEnv());
   * const listing = halo.clients.list();
   * for await (const page of listing.pages()) {
   *   console.log(page.length, listing.report?.received, 'of', listing.report?.expected);
   * }
   * ```
   */
  pages(): AsyncIterableIterator<Row[]>;
}

/** Where a listing gets its pages from, and how errors name it. @internal */
export interface ListingSource<Row> {
  readonly readPage: ReadPage<Row>;
  /** The call as a user writes it: `halo.clients.list()`. */
  readonly operation: string;
}

/** Usual page of Halo; larger ones are cut without a word on several lists. */
const USUAL_PAGE_SIZE = 100;
/** Those of a listing, and those of every call: what a caller hands to all calls fits here too. */
const OPTION_NAMES = [
  ...['allowIncomplete', 'pageSize', 'from', 'sweeps'],
  ...['signal', 'timeoutMs', 'maxRetries', 'resendWrites'],
];
/** More readings than this do not find more; the list changes faster than it can be read. */
const MOST_SWEEPS = 10;

/**
 * Makes a listing; nothing is sent before it is consumed.
 *
 * @throws {TypeError} when an option is unknown, of a wrong type or out of range
 * @internal
 */
export function createListing<Row extends { id: number }>(
  source: ListingSource<Row>,
  options: ListOptions = {},
): Listing<Row> {
  return new PagedListing(source, options);
}

class PagedListing<Row extends { id: number }> implements Listing<Row> {
  readonly #source: ListingSource<Row>;
  readonly #options: ListOptions;
  readonly #pageSize: number;
  readonly #sweeps: number;
  readonly #start: Sweep;
  readonly #signal: AbortSignal | undefined;
  #last: ListingRun<Row> | undefined;

  constructor(source: ListingSource<Row>, options: ListOptions) {
    refuseUnknownNames('options', options, OPTION_NAMES);
    expectFlag(options.allowIncomplete ?? false, 'allowIncomplete');
    this.#source = source;
    this.#options = options;
    this.#pageSize = wholeNumber('pageSize', options.pageSize ?? USUAL_PAGE_SIZE, Number.MAX_SAFE_INTEGER);
    this.#signal = checkedSignal(options.signal);
    this.#sweeps = wholeNumber('sweeps', options.sweeps ?? 1, MOST_SWEEPS);
    this.#start = options.from === undefined ? startSweep(this.#pageSize) : fromCursor(options.from);
  }

  get report(): ListingReport | null {
    return this.#last?.report ?? null;
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<Row> {
    const controller = new AbortController();
    return new RowIterator(stoppable(this.#batches(controller), controller), controller.signal);
  }

  pages(): AsyncIterableIterator<Row[]> {
    const controller = new AbortController();
    return stoppable(this.#pages(controller), controller);
  }

  async toArray(): Promise<Row[]> {
    const controller = new AbortController();
    const unfollow = follow(this.#signal, controller);
    const run = this.#run(controller, { allOrNothing: true });
    const all: Row[] = [];
    try {
      for (let rows = await run.next(); rows !== null; rows = await run.next()) {
        run.received += rows.length;
        for (const row of rows) all.push(row);
      }
    } finally {
      unfollow();
    }
    return all;
  }

  async *#pages(controller: AbortController): AsyncGenerator<Row[], void> {
    for await (const { rows, run } of this.#batches(controller)) {
      controller.signal.throwIfAborted();
      run.received += rows.length;
      yield [...rows];
    }
  }

  async *#batches(controller: AbortController): AsyncGenerator<RunBatch<Row>, void> {
    const unfollow = follow(this.#signal, controller);
    const run = this.#run(controller);
    try {
      for (let rows = await run.next(); rows !== null; rows = await run.next()) yield { rows, run };
    } finally {
      unfollow();
    }
  }

  #run({ signal }: AbortController, { allOrNothing = false } = {}): ListingRun<Row> {
    const { timeoutMs, maxRetries, allowIncomplete = false } = this.#options;
    const pass = new ListingPass<Row>({
      readPage: this.#source.readPage,
      start: this.#start,
      pageSize: this.#pageSize,
      sweeps: this.#sweeps,
      call: { signal, timeoutMs, maxRetries },
    });
    const { operation } = this.#source;
    this.#last = new ListingRun(pass, { operation, allowIncomplete, allOrNothing });
    return this.#last;
  }
}

function wholeNumber(name: string, value: number, most: number): number {
  if (Number.isSafeInteger(value) && value >= 1 && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? 'from 1' : `from 1 to ${most}`;
  throw new TypeError(`${name} must be a whole number ${range}`);
}
