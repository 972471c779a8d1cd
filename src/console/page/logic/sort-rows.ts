import type { NamedId, RowStatus } from '../../api-types.ts';
import { foldText } from './filter-rows.ts';
import { STATUS_ORDER } from './statuses.ts';

export type SortColumn = 'status' | 'organization' | 'customer' | 'confidence';

/** A column and its direction; null is the caller's own order. */
export type RowSort = { readonly column: SortColumn; readonly isDescending: boolean } | null;

/** A row as far as sorting looks at it. */
export interface SortableRow {
  readonly name: string;
  readonly status: RowStatus;
  readonly customer: NamedId | null;
  readonly confidence: number | null;
}

const RANKS = new Map(STATUS_ORDER.map((status, rank) => [status, rank]));

/** Returns the rows in another order; equal rows keep theirs, and rows without a value come last either way. */
export function sortRows<Row extends SortableRow>(rows: readonly Row[], sort: RowSort): Row[] {
  if (sort === null) return [...rows];
  const keyed = rows.map((row) => ({ row, key: keyOf(row, sort.column) }));
  const sign = sort.isDescending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return a.key < b.key ? -sign : a.key > b.key ? sign : 0;
  });
  return keyed.map(({ row }) => row);
}

/** Returns the sort that a click on a column leads to: up, down, the caller's order. */
export function nextSort(sort: RowSort, column: SortColumn): RowSort {
  if (sort?.column !== column) return { column, isDescending: column === 'confidence' };
  const isFirst = sort.isDescending === (column === 'confidence');
  return isFirst ? { column, isDescending: !sort.isDescending } : null;
}

function keyOf(
  { name, status, customer, confidence }: SortableRow,
  column: SortColumn,
): string | number | null {
  if (column === 'status') return RANKS.get(status) ?? null;
  if (column === 'organization') return foldText(name);
  if (column === 'customer') return customer === null ? null : foldText(customer.name);
  return confidence;
}
