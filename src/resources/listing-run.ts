import { type ListingReport, withListing } from '../errors.ts';
import { listingError } from './listing-error.ts';
import { cursorOf, isComplete, type ListingPass, type PassProgress } from './listing-pass.ts';

/** How a run treats its end. @internal */
export interface RunOptions {
  /** The call as a user writes it: `halo.clients.list()`. */
  readonly operation: string;
  readonly allowIncomplete: boolean;
  /** Whether a failure takes the rows delivered so far with it. */
  readonly allOrNothing: boolean;
}

/** One pass as its consumer sees it: what was handed over, and what can be said about it. @internal */
export class ListingRun<Row extends { id: number }> {
  /** Rows handed over. */
  received = 0;
  readonly #pass: ListingPass<Row>;
  readonly #options: RunOptions;
  readonly #began: PassProgress;
  /** The page whose rows are being handed over has been read, and is resumed at until the last of them was taken. */
  #shown: PassProgress;
  #resumeAt: PassProgress;
  #complete = false;

  constructor(pass: ListingPass<Row>, options: RunOptions) {
    this.#pass = pass;
    this.#options = options;
    this.#began = pass.progress;
    this.#shown = pass.progress;
    this.#resumeAt = pass.progress;
  }

  get report(): ListingReport {
    const { lastCount, firstCount, duplicates, withoutId } = this.#shown.sweep;
    return {
      complete: this.#complete,
      expected: lastCount ?? firstCount,
      received: this.received,
      pages: this.#shown.pages,
      duplicates,
      withoutId,
      cursor: cursorOf(this.#resumeAt),
    };
  }

  /** The next new rows; null at the end of a list that may end here. */
  async next(): Promise<readonly Row[] | null> {
    this.#resumeAt = this.#shown;
    try {
      const batch = await this.#pass.take();
      this.#shown = batch?.after ?? this.#pass.progress;
      this.#resumeAt = batch?.before ?? this.#shown;
      if (batch !== null) return batch.rows;
    } catch (error) {
      this.#giveUp();
      throw withListing(error, this.report);
    }
    this.#complete = isComplete(this.#shown);
    if (this.#complete || this.#options.allowIncomplete) return null;
    this.#giveUp();
    throw listingError(this.#shown, this.report, this.#options.operation);
  }

  readAhead(): void {
    this.#pass.readAhead();
  }

  #giveUp(): void {
    if (this.#options.allOrNothing) this.#resumeAt = this.#began;
  }
}
