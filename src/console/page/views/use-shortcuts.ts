import { useEffect } from 'preact/hooks';
import type { TableRow } from '../../api-types.ts';
import { type TableCommand, tableCommand } from '../logic/keys.ts';
import { activeTable, isHelpOpen, view } from '../state/console.ts';
import { pickerCalls } from '../state/dialogs.ts';
import type { InstanceTable } from '../state/instance-table.ts';
import { ignoreRow, mapRow, rejectRow, undo, unmapRow } from '../state/table-actions.ts';

/** Keys work wherever nothing else wants them: not in fields and dialogs, and Enter and Space not on buttons. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.defaultPrevented || target.closest('input, select, textarea, dialog, [role="slider"]'))
        return;
      const command = tableCommand(event);
      if (command === null) return;
      if (command.kind === 'help') isHelpOpen.value = true;
      else if (view.peek() !== 'mapping' || !runCommand(activeTable.peek(), command, target)) return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

/** Runs a command; false where it does not apply and the key is the browser's. */
function runCommand(table: InstanceTable, command: TableCommand, target: HTMLElement): boolean {
  const row = table.selectedRow.peek();
  switch (command.kind) {
    case 'move':
      return select(table, Math.max(0, table.selectedIndex.peek() + command.by));
    case 'edge':
      return select(table, command.at === 'first' ? 0 : table.visibleRows.peek().length - 1);
    case 'search':
      document.getElementById('search')?.focus();
      return true;
    case 'undo':
      void undo(table);
      return true;
    case 'pick':
      pickerCalls.value += 1;
      return true;
    case 'accept':
      // On a button, a link or a summary, Enter presses that.
      if (target.closest('button, a, summary') !== null) return false;
      return row !== null && decideRow(table, row, command.kind);
    default:
      return row !== null && command.kind !== 'help' && decideRow(table, row, command.kind);
  }
}

function decideRow(
  table: InstanceTable,
  row: TableRow,
  kind: 'accept' | 'reject' | 'ignore' | 'unmap',
): boolean {
  const { customer, status } = row;
  if (kind === 'ignore') void ignoreRow(table, row);
  else if (kind === 'unmap') void unmapRow(table, row);
  else if (customer === null) return false;
  else if (kind === 'reject') void rejectRow(table, row, customer);
  else if (status !== 'mapped' && status !== 'stale') void mapRow(table, row, customer);
  return true;
}

function select(table: InstanceTable, index: number): boolean {
  const rows = table.visibleRows.peek();
  const row = rows[Math.min(index, rows.length - 1)];
  if (row === undefined) return false;
  table.selectedId.value = row.id;
  return true;
}
