import type { InstanceTable } from '../state/instance-table.ts';
import { FilterChips } from './filter-chips.tsx';
import { SearchField } from './search-field.tsx';

/** How far the mapping is, filters by status, and the search. */
export function FilterBar({ table }: { table: InstanceTable }) {
  const { counts = {}, unsaved = 0 } = table.facts.value ?? {};
  return (
    <section class="filters" aria-label="Filter">
      <FilterChips counts={counts} filter={table.filter} unsaved={unsaved} />
      <SearchField search={table.search} onLeave={() => document.getElementById('rows')?.focus()} />
      <p class="visually-hidden" role="status">
        {table.search.value === '' ? '' : `${table.visibleRows.value.length} found`}
      </p>
    </section>
  );
}
