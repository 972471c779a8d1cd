import type { TableRow } from '../../api-types.ts';
import type { InstanceTable } from '../state/instance-table.ts';
import { ignoreRow, mapRow, rejectRow, unmapRow } from '../state/table-actions.ts';
import { ConfidenceBar } from './confidence-bar.tsx';
import { CheckIcon, CrossIcon, IgnoreIcon, UndoIcon } from './icons.tsx';
import { Name } from './name.tsx';
import { StatusBadge } from './status-badge.tsx';

/** Id of the element of a row, for the table to point at. */
export function rowElementId(index: number): string {
  return `row-${index}`;
}

/** One organization. */
export function MappingRow({
  table,
  row,
  index,
  isSelected,
}: {
  table: InstanceTable;
  row: TableRow;
  index: number;
  isSelected: boolean;
}) {
  const { status, name, customer, confidence, unsaved, note } = row;
  return (
    <div
      id={rowElementId(index)}
      class="grid-row"
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      onClick={() => {
        table.selectedId.value = row.id;
      }}
    >
      <div role="gridcell" class="cell-status">
        <StatusBadge status={status} />
        {unsaved && <span class="unsaved" title="Not saved yet" role="img" aria-label="not saved" />}
      </div>
      <div role="gridcell" class="cell-organization">
        <Name text={name} />
      </div>
      <div role="gridcell" class="cell-customer" title={note ?? undefined}>
        {customer === null ? <span class="muted">–</span> : <Name text={customer.name} />}
        {note !== null && <span class="note-mark" role="img" aria-label={note} />}
      </div>
      <div role="gridcell" class="cell-confidence">
        <ConfidenceBar confidence={confidence} />
      </div>
      <div role="gridcell" class="cell-actions">
        <RowActions table={table} row={row} />
      </div>
    </div>
  );
}

/** Buttons for the mouse; the keyboard has keys, so that Tab does not stop at thousands of them. */
function RowActions({ table, row }: { table: InstanceTable; row: TableRow }) {
  const { status, customer } = row;
  if (status === 'mapped' || status === 'ignored' || status === 'stale')
    return (
      <button
        type="button"
        class="icon-button"
        tabIndex={-1}
        aria-label="End this decision"
        title="End this decision (x)"
        onClick={() => void unmapRow(table, row)}
      >
        <UndoIcon />
      </button>
    );
  return (
    <>
      {customer !== null && (
        <>
          <button
            type="button"
            class="icon-button accept"
            tabIndex={-1}
            aria-label="Accept"
            title="Accept (Enter)"
            onClick={() => void mapRow(table, row, customer)}
          >
            <CheckIcon />
          </button>
          <button
            type="button"
            class="icon-button reject"
            tabIndex={-1}
            aria-label="Reject"
            title="Reject for good (r)"
            onClick={() => void rejectRow(table, row, customer)}
          >
            <CrossIcon />
          </button>
        </>
      )}
      <button
        type="button"
        class="icon-button"
        tabIndex={-1}
        aria-label="Ignore"
        title="Ignore: it has no customer (i)"
        onClick={() => void ignoreRow(table, row)}
      >
        <IgnoreIcon />
      </button>
    </>
  );
}
