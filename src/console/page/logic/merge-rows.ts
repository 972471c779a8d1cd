import type { TableRow, TableState } from '../../api-types.ts';

/** Returns the rows after a part of the table came in. */
export function mergeRows(
  rows: readonly TableRow[],
  { rows: incoming, isWhole, removed }: Pick<TableState, 'rows' | 'isWhole' | 'removed'>,
): readonly TableRow[] {
  if (isWhole) return incoming;
  if (incoming.length === 0 && removed.length === 0) return rows;
  const changed = new Map(incoming.map((row) => [row.id, row]));
  const gone = new Set(removed);
  return rows.filter(({ id }) => !gone.has(id)).map((row) => changed.get(row.id) ?? row);
}
