import type { ListingRun } from './listing-run.ts';

/** The new rows of one page, and the run that counts those handed over. @internal */
export interface RunBatch<Row extends { id: number }> {
  readonly rows: readonly Row[];
  readonly run: ListingRun<Row>;
}

/**
 * Hands over one row after another of batches that come a page at a time. A row in hand is given at once: an async
 * generator would take several turns of the event loop for each, which a long list would feel.
 *
 * @internal
 */
export class RowIterator<Row extends { id: number }> implements AsyncIterableIterator<Row> {
  readonly #batches: AsyncIterableIterator<RunBatch<Row>>;
  readonly #signal: AbortSignal;
  #batch: RunBatch<Row> | undefined;
  #taken = 0;
  /** Calls that wait for a page or for one another. */
  #waiting = 0;
  /** Settles when those have been served; never rejects. */
  #served: Promise<unknown> = Promise.resolve();

  constructor(batches: AsyncIterableIterator<RunBatch<Row>>, signal: AbortSignal) {
    this.#batches = batches;
    this.#signal = signal;
  }

  next(): Promise<IteratorResult<Row, undefined>> {
    if (this.#waiting === 0 && this.#batch !== undefined && !this.#signal.aborted) {
      return Promise.resolve(this.#take(this.#batch));
    }
    // Calls that do not wait for one another are served in their order, as by a generator.
    this.#waiting += 1;
    const turn = this.#served.then(() => this.#serve());
    this.#served = turn.catch(() => undefined);
    return turn;
  }

  async return(): Promise<IteratorResult<Row, undefined>> {
    this.#batch = undefined;
    await this.#batches.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #serve(): Promise<IteratorResult<Row, undefined>> {
    try {
      if (this.#batch === undefined) {
        const { done, value } = await this.#batches.next();
        if (done) return { done, value: undefined };
        this.#batch = value;
        this.#taken = 0;
      }
      if (!this.#signal.aborted) return this.#take(this.#batch);
      await this.return();
      throw this.#signal.reason;
    } finally {
      // Before the caller learns of it: the next row of the page is then given at once.
      this.#waiting -= 1;
    }
  }

  /** The next page is asked for when half of this one was taken, so a look at the first rows costs one request. */
  #take(batch: RunBatch<Row>): IteratorResult<Row, undefined> {
    const { rows, run } = batch;
    const value = rows[this.#taken] as Row;
    if (this.#taken === rows.length >> 1) run.readAhead();
    this.#taken += 1;
    if (this.#taken === rows.length) this.#batch = undefined;
    run.received += 1;
    return { done: false, value };
  }
}
