import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { RowStatus } from '../../api-types.ts';
import type { ReportData } from '../../report-data.ts';
import { filterRows, type RowFilter } from '../logic/filter-rows.ts';
import { counted, moment, percent, plural } from '../logic/format.ts';
import { isLeft, STATUS_ORDER, STATUSES } from '../logic/statuses.ts';
import { SearchIcon } from './icons.tsx';
import { Name } from './name.tsx';
import { ReportRowView } from './report-row.tsx';
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
  const chips: readonly (readonly [RowFilter, string, number])[] = [
    ['all', 'All', rows.length],
    ['left', 'Left', rows.filter(({ status }) => isLeft(status)).length],
    ...STATUS_ORDER.filter((status) => (counts.get(status) ?? 0) > 0).map(
      (status) => [status, STATUSES[status].label, counts.get(status) ?? 0] as const,
    ),
  ];
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
        <div class="progress" aria-hidden="true">
          {STATUS_ORDER.toReversed().map((status) => (
            <span key={status} data-status={status} style={{ flexGrow: String(counts.get(status) ?? 0) }} />
          ))}
        </div>
        <div class="chips" role="group" aria-label="Rows shown">
          {chips.map(([id, label, count]) => (
            <button
              key={id}
              type="button"
              class="chip"
              data-status={id}
              aria-pressed={filter.value === id}
              onClick={() => {
                filter.value = id;
              }}
            >
              {label} <span class="figure">{counted(count)}</span>
            </button>
          ))}
        </div>
        <label class="search">
          <SearchIcon />
          <span class="visually-hidden">Search organizations and customers</span>
          <input
            type="search"
            placeholder="Search"
            value={search.value}
            onInput={(event) => {
              search.value = event.currentTarget.value;
            }}
          />
        </label>
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

function countByStatus(rows: readonly { readonly status: RowStatus }[]): ReadonlyMap<RowStatus, number> {
  const counts = new Map<RowStatus, number>();
  for (const { status } of rows) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}
