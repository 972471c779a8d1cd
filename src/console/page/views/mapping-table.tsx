import { useLayoutEffect, useRef } from 'preact/hooks';
import type { InstanceTable } from '../state/instance-table.ts';
import { ColumnHeads } from './column-heads.tsx';
import { MappingRow, rowElementId } from './mapping-row.tsx';
import { useRowHeight } from './use-row-height.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

/** Height of the column heads; the style sheet has the same number. */
const HEAD_HEIGHT_PX = 34;

/** The table. The focus stays on it as a whole; the selected row is its active descendant. */
export function MappingTable({ table }: { table: InstanceTable }) {
  const rows = table.visibleRows.value;
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const virtualizer = useVirtualRows(rows.length, { rowHeight, headHeight: HEAD_HEIGHT_PX }, scroller);
  const selected = table.selectedIndex.value;
  useLayoutEffect(() => {
    if (selected >= 0) virtualizer.scrollToIndex(selected, { align: 'auto' });
  }, [virtualizer, selected, rowHeight]);
  const items = virtualizer.getVirtualItems();
  const start = (items[0]?.start ?? HEAD_HEIGHT_PX) - HEAD_HEIGHT_PX;
  const end = virtualizer.getTotalSize() - (items.at(-1)?.end ?? HEAD_HEIGHT_PX);
  const isBusy = table.busy.value !== null;
  const isInSight = items.some(({ index }) => index === selected);
  return (
    <div
      id="rows"
      ref={scroller}
      class="grid"
      tabIndex={0}
      role="grid"
      aria-label="Organizations and their customers"
      aria-rowcount={rows.length + 1}
      aria-colcount={5}
      aria-busy={isBusy}
      aria-activedescendant={isInSight ? rowElementId(selected) : undefined}
      onFocus={(event) => {
        if (event.target === event.currentTarget && table.selectedId.peek() === null)
          table.selectedId.value = rows[0]?.id ?? null;
      }}
    >
      <ColumnHeads table={table} />
      <div
        class="grid-body"
        role="rowgroup"
        style={{ paddingBlockStart: `${start}px`, paddingBlockEnd: `${end}px` }}
      >
        {items.map(({ index }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <MappingRow key={row.id} table={table} row={row} index={index} isSelected={index === selected} />
          );
        })}
        {rows.length === 0 && <EmptyRows table={table} />}
      </div>
    </div>
  );
}

function EmptyRows({ table }: { table: InstanceTable }) {
  const isFiltered = table.rows.value.length > 0;
  const text = isFiltered ? 'No row fits the filter.' : 'There are no organizations.';
  return (
    <div role="row" class="empty-rows">
      <div role="gridcell" class="muted">
        {table.busy.value === null ? text : 'Reading…'}
        {isFiltered && (
          <button
            type="button"
            class="button small"
            onClick={() => {
              table.filter.value = 'all';
              table.search.value = '';
            }}
          >
            Show all rows
          </button>
        )}
      </div>
    </div>
  );
}
