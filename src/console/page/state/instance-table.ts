import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { RowDetails, TableRow, TableState } from '../../api-types.ts';
import { filterRows, type RowFilter } from '../logic/filter-rows.ts';
import { mergeRows } from '../logic/merge-rows.ts';
import { type RowSort, sortRows } from '../logic/sort-rows.ts';

/** Everything about the table but its rows. */
export type TableFacts = Omit<TableState, 'rows' | 'isWhole' | 'removed'>;

/** What is running: nothing, or what a person asked for. */
export type Busy = null | 'refresh' | 'suggest' | 'save' | 'load';

/** The table of one instance: what the server said, and how it is looked at. */
export interface InstanceTable {
  readonly instance: string;
  readonly rows: Signal<readonly TableRow[]>;
  readonly facts: Signal<TableFacts | null>;
  readonly filter: Signal<RowFilter>;
  readonly search: Signal<string>;
  readonly sort: Signal<RowSort>;
  readonly selectedId: Signal<string | null>;
  readonly busy: Signal<Busy>;
  /** Of the selected row, as far as they are here. */
  readonly details: Signal<RowDetails | null>;
  readonly visibleRows: ReadonlySignal<readonly TableRow[]>;
  readonly selectedIndex: ReadonlySignal<number>;
  readonly selectedRow: ReadonlySignal<TableRow | null>;
}

export function createInstanceTable(instance: string): InstanceTable {
  const rows = signal<readonly TableRow[]>([]);
  const filter = signal<RowFilter>('all');
  const search = signal('');
  const sort = signal<RowSort>(null);
  const selectedId = signal<string | null>(null);
  const visibleRows = computed(() =>
    sortRows(filterRows(rows.value, filter.value, search.value), sort.value),
  );
  const rowsById = computed(() => new Map(rows.value.map((row) => [row.id, row])));
  return {
    instance,
    rows,
    facts: signal<TableFacts | null>(null),
    filter,
    search,
    sort,
    selectedId,
    busy: signal<Busy>(null),
    details: signal<RowDetails | null>(null),
    visibleRows,
    selectedIndex: computed(() => visibleRows.value.findIndex(({ id }) => id === selectedId.value)),
    selectedRow: computed(() => rowsById.value.get(selectedId.value ?? '') ?? null),
  };
}

/** Takes in what the server answered. */
export function receiveTable(table: InstanceTable, state: TableState): void {
  const { rows, isWhole, removed, ...facts } = state;
  batch(() => {
    table.rows.value = mergeRows(table.rows.value, { rows, isWhole, removed });
    table.facts.value = facts;
  });
}
