import type { NamedId, RowStatus } from '../../api-types.ts';
import { isLeft } from './statuses.ts';

/** Which rows are shown: all, what is left to decide, what is not saved, or one status. */
export type RowFilter = 'all' | 'left' | 'unsaved' | RowStatus;

/** A row as far as filters look at it. */
export interface FilterableRow extends NamedId {
  readonly status: RowStatus;
  readonly customer: NamedId | null;
  readonly unsaved?: boolean;
}

/** Returns the rows that a filter and a search leave. Every word of the search has to occur somewhere in the row. */
export function filterRows<Row extends FilterableRow>(
  rows: readonly Row[],
  filter: RowFilter,
  search: string,
): Row[] {
  const words = foldText(search)
    .split(/\s+/)
    .filter((word) => word !== '');
  return rows.filter(
    (row) => passesFilter(row, filter) && words.every((word) => searchText(row).includes(word)),
  );
}

function passesFilter({ status, unsaved }: FilterableRow, filter: RowFilter): boolean {
  if (filter === 'all') return true;
  if (filter === 'left') return isLeft(status);
  if (filter === 'unsaved') return unsaved === true;
  return status === filter;
}

/** Rows are replaced when they change, so a text belongs to its row for good. */
const texts = new WeakMap<FilterableRow, string>();

function searchText(row: FilterableRow): string {
  let text = texts.get(row);
  if (text === undefined) {
    const { id, name, customer } = row;
    text = foldText(`${name}\n${customer?.name ?? ''}\n${id}\n${customer?.id ?? ''}`);
    texts.set(row, text);
  }
  return text;
}

/** Returns a text without case and accents, for searching. */
export function foldText(text: string): string {
  return text
    .slice(0, 1024)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}
