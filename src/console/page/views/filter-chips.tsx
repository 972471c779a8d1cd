import type { Signal } from '@preact/signals';
import type { RowStatus } from '../../api-types.ts';
import type { RowFilter } from '../logic/filter-rows.ts';
import { counted } from '../logic/format.ts';
import { isLeft, STATUS_ORDER, STATUSES } from '../logic/statuses.ts';

/** How many rows have each status; a status without any may be missing. */
export type StatusCounts = Readonly<Partial<Record<RowStatus, number>>>;

/** How far the mapping is, as a strip, and below it the filters by status with their counts. */
export function FilterChips({
  counts,
  filter,
  unsaved = 0,
}: {
  counts: StatusCounts;
  filter: Signal<RowFilter>;
  unsaved?: number;
}) {
  const sum = (statuses: readonly RowStatus[]) =>
    statuses.reduce((total, status) => total + (counts[status] ?? 0), 0);
  const shown = STATUS_ORDER.filter((status) => (counts[status] ?? 0) > 0 || filter.value === status);
  return (
    <>
      <div class="progress" aria-hidden="true">
        {STATUS_ORDER.toReversed().map((status) => (
          <span key={status} data-status={status} style={{ flexGrow: String(counts[status] ?? 0) }} />
        ))}
      </div>
      <div class="chips" role="group" aria-label="Rows shown">
        <Chip filter={filter} value="all" label="All" count={sum(STATUS_ORDER)} />
        <Chip filter={filter} value="left" label="Left" count={sum(STATUS_ORDER.filter(isLeft))} />
        {shown.map((status) => (
          <Chip
            key={status}
            filter={filter}
            value={status}
            label={STATUSES[status].label}
            count={counts[status] ?? 0}
          />
        ))}
        {(unsaved > 0 || filter.value === 'unsaved') && (
          <Chip filter={filter} value="unsaved" label="Not saved" count={unsaved} />
        )}
      </div>
    </>
  );
}

function Chip({
  filter,
  value,
  label,
  count,
}: {
  filter: Signal<RowFilter>;
  value: RowFilter;
  label: string;
  count: number;
}) {
  return (
    <button
      type="button"
      class="chip"
      data-status={value}
      aria-pressed={filter.value === value}
      onClick={() => {
        filter.value = value;
      }}
    >
      {label} <span class="figure">{counted(count)}</span>
    </button>
  );
}
