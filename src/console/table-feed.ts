import type { RowStatus, TableRow, TableState } from './api-types.ts';

/** Rows to send, and how many there are of each status. */
export type TablePart = Pick<TableState, 'rows' | 'isWhole' | 'removed' | 'counts'>;

/** Remembers which rows a page has, so that a decision about one of 5,000 sends one. */
export class TableFeed {
  #sent = new Map<string, { readonly row: TableRow; readonly text: string }>();
  #isWhole = true;

  /** The page has nothing any more: the next part is the whole. */
  forget(): void {
    this.#isWhole = true;
  }

  row(id: string): TableRow | undefined {
    return this.#sent.get(id)?.row;
  }

  rows(): TableRow[] {
    return [...this.#sent.values()].map(({ row }) => row);
  }

  /** Returns the rows that differ from those sent, or all of them. */
  next(rows: readonly TableRow[]): TablePart {
    const before = this.#sent;
    const isWhole = this.#isWhole || isReordered(before.keys(), rows);
    this.#sent = new Map(rows.map((row) => [row.id, { row, text: JSON.stringify(row) }]));
    this.#isWhole = false;
    const changed = isWhole
      ? rows
      : rows.filter(({ id }) => before.get(id)?.text !== this.#sent.get(id)?.text);
    const removed = isWhole ? [] : [...before.keys()].filter((id) => !this.#sent.has(id));
    return { rows: changed, isWhole, removed, counts: countByStatus(rows) };
  }
}

/** New rows have a place; only a page that has them all in one order already can do without. */
function isReordered(before: Iterable<string>, rows: readonly TableRow[]): boolean {
  const now = new Set(rows.map(({ id }) => id));
  const kept = [...before].filter((id) => now.has(id));
  return kept.length !== rows.length || kept.some((id, index) => rows[index]?.id !== id);
}

function countByStatus(rows: readonly TableRow[]): Record<RowStatus, number> {
  const counts = {
    matched: 0,
    review: 0,
    conflict: 0,
    unmatched: 0,
    open: 0,
    mapped: 0,
    ignored: 0,
    stale: 0,
  };
  for (const { status } of rows) counts[status] += 1;
  return counts;
}
