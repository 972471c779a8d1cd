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
  /** Settles when the calls before have been served; undefined when none is under way. */
  #busy: Promise<unknown> | undefined;

  constructor(batches: AsyncIterableIterator<RunBatch<Row>>, signal: AbortSignal) {
    this.#batches = batches;
    this.#signal = signal;
  }

  next(): Promise<IteratorResult<Row, undefined>> {
    if (this.#busy === undefined && this.#batch !== undefined && !this.#signal.aborted) {
      return Promise.resolve(this.#take(this.#batch));
    }
    // Calls that do not wait for one another are served in their order, as by a generator.
    const before = this.#busy;
    const turn = before === undefined ? this.#serve() : before.then(() => this.#serve());
    const settled: Promise<void> = turn
      .catch(() => undefined)
      .then(() => {
        if (this.#busy === settled) this.#busy = undefined;
      });
    this.#busy = settled;
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
    if (this.#batch === undefined) {
      const { done, value } = await this.#batches.next();
      if (done) return { done, value: undefined };
      this.#batch = value;
      this.#taken = 0;
    }
    if (this.#signal.aborted) {
      await this.return();
      throw this.#signal.reason;
    }
    return this.#take(this.#batch);
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
