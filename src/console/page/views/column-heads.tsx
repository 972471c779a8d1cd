import { nextSort, type SortColumn } from '../logic/sort-rows.ts';
import type { InstanceTable } from '../state/instance-table.ts';

const COLUMNS: readonly (readonly [SortColumn, string])[] = [
  ['status', 'Status'],
  ['organization', 'Organization'],
  ['customer', 'Customer in Halo'],
  ['confidence', 'Confidence'],
];

/** Heads that sort. */
export function ColumnHeads({ table }: { table: InstanceTable }) {
  const sort = table.sort.value;
  return (
    <div class="grid-head" role="rowgroup">
      <div class="grid-row" role="row" aria-rowindex={1}>
        {COLUMNS.map(([column, label]) => {
          const direction = sort?.column !== column ? 'none' : sort.isDescending ? 'descending' : 'ascending';
          return (
            <div key={column} role="columnheader" aria-sort={direction} class={`cell-${column}`}>
              <button
                type="button"
                onClick={() => {
                  table.sort.value = nextSort(sort, column);
                }}
              >
                {label}
                <span class="sort-mark" data-direction={direction} aria-hidden="true" />
              </button>
            </div>
          );
        })}
        <div role="columnheader" class="cell-actions">
          <span class="visually-hidden">Decide</span>
        </div>
      </div>
    </div>
  );
}
