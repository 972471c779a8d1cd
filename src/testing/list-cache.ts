import type { FakeRow } from './rows.ts';

/** Filters in use at one time by one test; more only cost a second look at the rows. */
const MOST_LISTS = 16;

/** Keeps filtered lists while no row changes, so that page 1,000 does not filter all rows again. @internal */
export class ListCache {
  #version = -1;
  readonly #lists = new Map<string, readonly FakeRow[]>();

  /** Returns the list of a key, made anew if any row has changed since. */
  get(key: string, version: number, make: () => readonly FakeRow[]): readonly FakeRow[] {
    const full = this.#lists.size >= MOST_LISTS && !this.#lists.has(key);
    if (version !== this.#version || full) this.#lists.clear();
    this.#version = version;
    const list = this.#lists.get(key) ?? make();
    this.#lists.set(key, list);
    return list;
  }
}
