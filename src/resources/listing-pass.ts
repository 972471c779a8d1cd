import type { HaloErrorContext } from '../errors.ts';
import type { CallOptions } from '../http/request.ts';
import { toCursor } from './cursor.ts';
import type { DecodedPage } from './decode-page.ts';
import { IdSet } from './id-set.ts';
import { addPage, checksComplete, countMoved, type PageFacts, type Sweep, startSweep } from './sweep.ts';

/** One page, every row with an id checked. @internal */
export interface CheckedPage<Row> extends Pick<DecodedPage, 'count' | 'bare'> {
  /** In Halo's order; null stands for a row without an id. */
  readonly rows: readonly (Row | null)[];
  readonly context: HaloErrorContext;
}

/** Reads one page. @internal */
export type ReadPage<Row> = (page: number, size: number, call: CallOptions) => Promise<CheckedPage<Row>>;

/** How far a pass has read; immutable, so that a page read ahead does not show in the report. @internal */
export interface PassProgress {
  readonly sweep: Sweep;
  readonly pages: number;
  readonly context: HaloErrorContext;
}

/** The new rows of one page, with the progress before and after it. @internal */
export interface RowBatch<Row> {
  readonly rows: readonly Row[];
  readonly before: PassProgress;
  readonly after: PassProgress;
}

/** Options of one pass. @internal */
export interface PassOptions<Row> {
  readonly readPage: ReadPage<Row>;
  readonly start: Sweep;
  readonly pageSize: number;
  readonly sweeps: number;
  readonly call: CallOptions;
}

/**
 * Reads a list page by page, drops rows already seen, and reads it again when asked to or when its length moved. Holds
 * the ids seen and at most one page that nobody has taken.
 *
 * @internal
 */
export class ListingPass<Row extends { id: number }> {
  readonly #options: PassOptions<Row>;
  /** Ids of all rows handed over. */
  readonly #seen = new IdSet();
  /** Ids met in this sweep; in the first one these are the same. */
  #met = this.#seen;
  #sweepsLeft: number;
  #rereadLeft = true;
  #previousIds: readonly (number | null)[] = [];
  #progress: PassProgress;
  #ahead: Promise<RowBatch<Row> | null> | undefined;

  constructor(options: PassOptions<Row>) {
    this.#options = options;
    this.#sweepsLeft = options.sweeps - 1;
    this.#progress = { sweep: options.start, pages: 0, context: {} };
  }

  /** As far as read; with a page read ahead this is further than what was taken. */
  get progress(): PassProgress {
    return this.#progress;
  }

  /** The next batch with at least one new row, or null at the end. */
  take(): Promise<RowBatch<Row> | null> {
    const batch = this.#ahead ?? this.#advance();
    this.#ahead = undefined;
    return batch;
  }

  /** Starts to read the next batch while the caller still works on this one. */
  readAhead(): void {
    if (this.#ahead !== undefined) return;
    this.#ahead = this.#advance();
    // Its failure belongs to whoever takes it; if nobody does, the pass was left and it is of no interest.
    this.#ahead.catch(() => undefined);
  }

  async #advance(): Promise<RowBatch<Row> | null> {
    for (;;) {
      const before = this.#progress;
      if (before.sweep.end !== null) {
        if (!this.#sweepAgain(before.sweep)) return null;
        this.#progress = { ...before, sweep: startSweep(this.#options.pageSize) };
        continue;
      }
      const rows = await this.#readPage(before);
      if (rows.length > 0) return { rows, before, after: this.#progress };
    }
  }

  async #readPage({ sweep, pages }: PassProgress): Promise<Row[]> {
    const page = await this.#options.readPage(sweep.page, sweep.size, this.#options.call);
    const { fresh, facts } = this.#compare(page);
    this.#progress = { sweep: addPage(sweep, facts), pages: pages + 1, context: page.context };
    return fresh;
  }

  #compare(page: CheckedPage<Row>): { fresh: Row[]; facts: PageFacts } {
    const ids = page.rows.map((row) => row?.id ?? null);
    const repeated = sameIds(ids, this.#previousIds);
    this.#previousIds = ids;
    const fresh: Row[] = [];
    let duplicates = 0;
    let withoutId = 0;
    for (const row of page.rows) {
      if (row === null) withoutId += 1;
      else if (!this.#met.add(row.id)) duplicates += 1;
      else if (this.#met === this.#seen || this.#seen.add(row.id)) fresh.push(row);
    }
    const { count, bare } = page;
    return { fresh, facts: { rows: ids.length, count, bare, duplicates, withoutId, repeated } };
  }

  /** Only a list that was read to its end is worth another reading. */
  #sweepAgain(sweep: Sweep): boolean {
    if (sweep.end !== 'end-of-list' || sweep.bare) return false;
    if (this.#sweepsLeft > 0) this.#sweepsLeft -= 1;
    else if (this.#rereadLeft && countMoved(sweep)) this.#rereadLeft = false;
    else return false;
    this.#met = new IdSet();
    this.#previousIds = [];
    return true;
  }
}

/** Where to resume after this progress; null when the list was read to its end. @internal */
export function cursorOf({ sweep }: PassProgress): string | null {
  return sweep.end === 'end-of-list' ? null : toCursor(sweep);
}

/** Whether a pass that ended here checked complete. @internal */
export function isComplete({ sweep }: PassProgress): boolean {
  return checksComplete(sweep);
}

function sameIds(left: readonly (number | null)[], right: readonly (number | null)[]): boolean {
  if (left.length !== right.length) return false;
  return left.some((id) => id !== null) && left.every((id, index) => id === right[index]);
}
