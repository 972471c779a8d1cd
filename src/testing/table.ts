import type { FakeRow } from './rows.ts';

/** What a test may do with the rows of one kind. Rows come out as copies and go in as copies. */
export interface FakeTable<Row extends FakeRow, Seed> {
  readonly size: number;
  /** Returns the row, or undefined. */
  get(id: number): Row | undefined;
  /** Returns all rows, ids ascending. */
  all(): Row[];
  /** Adds a row and returns it with its id. */
  add(seed: Seed): Row;
  /** Merges `changes` into a row and returns it; a field set to undefined is removed. */
  set(id: number, changes: Partial<Seed>): Row;
  /** Removes a row; false when there was none. */
  delete(id: number): boolean;
}

/** What else happens in Halo when a row comes or goes. @internal */
export interface TableHooks<Row> {
  added?(row: Row): void;
  deleted?(row: Row): void;
}

/**
 * Rows of one kind by id. Rows inside are never changed in place, so they may be shared with the seed.
 *
 * @internal
 */
export class Table<Row extends FakeRow, Seed extends { id?: number | undefined }>
  implements FakeTable<Row, Seed>
{
  readonly #name: string;
  readonly #firstId: number;
  readonly #rows = new Map<number, Row>();
  #sorted: readonly Row[] | null = null;
  #highestId: number;
  readonly #hooks: TableHooks<Row>;
  /** Grows with every change, so that a list made earlier can be told to be stale. */
  version = 0;

  constructor(name: string, firstId = 1, hooks: TableHooks<Row> = {}) {
    this.#name = name;
    this.#firstId = firstId;
    this.#hooks = hooks;
    this.#highestId = firstId - 1;
  }

  get size(): number {
    return this.#rows.size;
  }

  get(id: number): Row | undefined {
    const row = this.#rows.get(id);
    return row && copy(row);
  }

  all(): Row[] {
    return this.rows().map(copy);
  }

  add(seed: Seed): Row {
    const row = this.insert(copy(seed));
    this.#hooks.added?.(row);
    return copy(this.#rows.get(row.id) ?? row);
  }

  set(id: number, changes: Partial<Seed>): Row {
    const row = this.#rows.get(id);
    if (!row) throw new TypeError(`There is no row ${id} in ${this.#name}.`);
    if (changes.id !== undefined && changes.id !== id) throw new TypeError('The id of a row cannot change.');
    const next: Row = { ...row, ...copy(changes), id };
    this.#store(next);
    return copy(next);
  }

  delete(id: number): boolean {
    const row = this.#rows.get(id);
    if (!row) return false;
    this.#rows.delete(id);
    this.#changed();
    this.#hooks.deleted?.(row);
    return true;
  }

  /** The row itself; not to be changed. */
  peek(id: number): Row | undefined {
    return this.#rows.get(id);
  }

  /** All rows themselves, ids ascending; not to be changed. */
  rows(): readonly Row[] {
    this.#sorted ??= [...this.#rows.values()].sort((a, b) => a.id - b.id);
    return this.#sorted;
  }

  /** Takes a row as it is and gives it an id if it has none. */
  insert(seed: Seed): Row {
    // Halo never gives an id out twice, also not after a delete.
    const id = seed.id ?? this.#highestId + 1;
    if (!Number.isSafeInteger(id) || id < 1)
      throw new TypeError(`${this.#name}: ${id} is not a usable id: give a whole number above 0.`);
    if (this.#rows.has(id)) throw new TypeError(`${this.#name}: two rows have the id ${id}.`);
    const row = { ...seed, id } as unknown as Row;
    this.#store(row);
    return row;
  }

  /** Replaces all rows. Rows with an id go first, so that the others get free ones. */
  load(seeds: readonly Seed[]): void {
    this.#rows.clear();
    this.#highestId = this.#firstId - 1;
    for (const seed of seeds) if (seed.id !== undefined) this.insert(seed);
    for (const seed of seeds) if (seed.id === undefined) this.insert(seed);
    this.#changed();
  }

  #store(row: Row): void {
    this.#rows.set(row.id, row);
    this.#highestId = Math.max(this.#highestId, row.id);
    this.#changed();
  }

  #changed(): void {
    this.#sorted = null;
    this.version += 1;
  }
}

/** Copies plain JSON-like data; much faster than structuredClone for many small rows. @internal */
export function copy<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copy) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)])) as T;
}
