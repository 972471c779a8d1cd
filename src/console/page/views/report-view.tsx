import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { RowStatus } from '../../api-types.ts';
import type { ReportData } from '../../report-data.ts';
import { filterRows, type RowFilter } from '../logic/filter-rows.ts';
import { moment, percent, plural } from '../logic/format.ts';
import { FilterChips, type StatusCounts } from './filter-chips.tsx';
import { Name } from './name.tsx';
import { ReportRowView } from './report-row.tsx';
import { SearchField } from './search-field.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

/** A mapping to read: filters, search, and the reasons of each row. */
export function ReportView({ data }: { data: ReportData }) {
  const { instance, host, at, rows, thresholds } = data;
  const filter = useSignal<RowFilter>('all');
  const search = useSignal('');
  const counts = useMemo(() => countByStatus(rows), [rows]);
  const shown = useMemo(
    () => filterRows(rows, filter.value, search.value),
    [rows, filter.value, search.value],
  );
  return (
    <main class="report">
      <header class="report-head">
        <div>
          <h1>
            Mapping report: <Name text={instance} />
          </h1>
          <p class="muted">
            {host !== null && (
              <>
                <Name text={host} />,{' '}
              </>
            )}
            {plural(rows.length, 'organization')}, {moment(at)}. Matched from {percent(thresholds.matched)},
            review from {percent(thresholds.review)}.
          </p>
        </div>
        <ThemeSwitch />
      </header>
      <section class="filters" aria-label="Filter">
        <FilterChips counts={counts} filter={filter} />
        <SearchField search={search} />
      </section>
      <p class="muted" role="status">
        {plural(shown.length, 'row')} shown. Open a row for its reasons.
      </p>
      <ul class="report-rows plain" aria-label="Organizations">
        {shown.map((row) => (
          <ReportRowView key={row.id} row={row} labels={data.labels} />
        ))}
      </ul>
    </main>
  );
}

function countByStatus(rows: readonly { readonly status: RowStatus }[]): StatusCounts {
  const counts: Partial<Record<RowStatus, number>> = {};
  for (const { status } of rows) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
