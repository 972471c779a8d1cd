import type { CandidateView, TableRow } from '../../api-types.ts';
import type { InstanceTable } from '../state/instance-table.ts';
import { mapRow, rejectRow } from '../state/table-actions.ts';
import { ConfidenceBar } from './confidence-bar.tsx';
import { CrossIcon } from './icons.tsx';
import { Name } from './name.tsx';

/** The customers that came into question, each one click away. */
export function CandidateList({
  table,
  row,
  candidates,
  shownId,
  onShow,
}: {
  table: InstanceTable;
  row: TableRow;
  candidates: readonly CandidateView[];
  shownId: string | null;
  onShow: (id: string) => void;
}) {
  const others = candidates.filter(({ customer }) => customer.id !== row.customer?.id);
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="others">
      <h3 id="others">Other candidates</h3>
      <ul class="plain">
        {others.map(({ customer, confidence, inactive, takenBy }) => (
          <li key={customer.id} class="candidate">
            <button
              type="button"
              class="candidate-name"
              aria-pressed={shownId === customer.id}
              title="Show the reasons"
              onClick={() => onShow(customer.id)}
            >
              <Name text={customer.name} />
              {inactive && <span class="tag">inactive</span>}
              {takenBy !== null && (
                <span class="muted">
                  has <Name text={takenBy} most={60} />
                </span>
              )}
            </button>
            <ConfidenceBar confidence={confidence} />
            <button
              type="button"
              class="button small"
              aria-label={`Map to ${customer.name}`}
              onClick={() => void mapRow(table, row, customer)}
            >
              Map
            </button>
            <button
              type="button"
              class="icon-button"
              aria-label={`Reject ${customer.name}`}
              title="Reject for good"
              onClick={() => void rejectRow(table, row, customer)}
            >
              <CrossIcon />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
