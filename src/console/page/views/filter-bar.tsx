import type { RowFilter } from '../logic/filter-rows.ts';
import { counted } from '../logic/format.ts';
import { isLeft, STATUS_ORDER, STATUSES } from '../logic/statuses.ts';
import type { InstanceTable } from '../state/instance-table.ts';
import { SearchIcon } from './icons.tsx';

/** How far the mapping is, filters by status, and the search. */
export function FilterBar({ table }: { table: InstanceTable }) {
  const counts = table.facts.value?.counts;
  const total = table.rows.value.length;
  const shown = table.visibleRows.value.length;
  const left = STATUS_ORDER.reduce((sum, status) => sum + (isLeft(status) ? (counts?.[status] ?? 0) : 0), 0);
  const unsaved = table.facts.value?.unsaved ?? 0;
  const statuses = STATUS_ORDER.filter(
    (status) => (counts?.[status] ?? 0) > 0 || table.filter.value === status,
  );
  return (
    <section class="filters" aria-label="Filter">
      <div class="progress" aria-hidden="true">
        {STATUS_ORDER.toReversed().map((status) => (
          <span key={status} data-status={status} style={{ flexGrow: String(counts?.[status] ?? 0) }} />
        ))}
      </div>
      <div class="chips" role="group" aria-label="Rows shown">
        <Chip table={table} filter="all" label="All" count={total} />
        <Chip table={table} filter="left" label="Left" count={left} />
        {statuses.map((status) => (
          <Chip
            key={status}
            table={table}
            filter={status}
            label={STATUSES[status].label}
            count={counts?.[status] ?? 0}
          />
        ))}
        {(unsaved > 0 || table.filter.value === 'unsaved') && (
          <Chip table={table} filter="unsaved" label="Not saved" count={unsaved} />
        )}
      </div>
      <label class="search">
        <SearchIcon />
        <span class="visually-hidden">Search organizations and customers</span>
        <input
          id="search"
          type="search"
          placeholder="Search"
          aria-keyshortcuts="/"
          value={table.search.value}
          onInput={(event) => {
            table.search.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            document.getElementById('rows')?.focus();
          }}
        />
        <span class="visually-hidden" role="status">
          {table.search.value === '' ? '' : `${shown} found`}
        </span>
      </label>
    </section>
  );
}

function Chip({
  table,
  filter,
  label,
  count,
}: {
  table: InstanceTable;
  filter: RowFilter;
  label: string;
  count: number;
}) {
  return (
    <button
      type="button"
      class="chip"
      data-status={filter}
      aria-pressed={table.filter.value === filter}
      onClick={() => {
        table.filter.value = filter;
      }}
    >
      {label} <span class="figure">{counted(count)}</span>
    </button>
  );
}
