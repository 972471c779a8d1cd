import { batch } from '@preact/signals';
import type {
  ChangeView,
  ClashView,
  Decision,
  RefreshEvent,
  RowDetails,
  TableRow,
  TableState,
  Thresholds,
} from '../../api-types.ts';
import { plural } from '../logic/format.ts';
import { isLeft } from '../logic/statuses.ts';
import { visibleText } from '../logic/visible-text.ts';
import { ApiError, getBlob, getJson, postJson, postLines } from './api.ts';
import { conflict, isDiffOpen, type SaveConflict } from './dialogs.ts';
import { type Busy, type InstanceTable, receiveTable } from './instance-table.ts';
import { announce, problem, showProblem } from './notices.ts';

const root = ({ instance }: InstanceTable) => `/api/instances/${encodeURIComponent(instance)}`;

/** Reads the table as it stands on the server; the first time it also reads both sides. */
export async function loadTable(table: InstanceTable): Promise<void> {
  if (table.facts.peek() !== null || table.busy.peek() !== null) return;
  await run(table, 'load', async () => {
    receiveTable(table, await getJson<TableState>(`${root(table)}/table`));
  });
  if (table.facts.peek()?.refreshed === null) await refresh(table);
}

export async function refresh(table: InstanceTable, acceptVanished = false): Promise<void> {
  await run(table, 'refresh', async () => {
    await readAgain(table, acceptVanished);
    await loadDetails(table);
    const { organizations = 0, customers = 0 } = table.facts.value?.refreshed ?? {};
    announce(`Read ${plural(organizations, 'organization')} and ${plural(customers, 'customer')}.`);
  });
}

/** Reads both sides, and tells of waits meanwhile. */
async function readAgain(table: InstanceTable, acceptVanished: boolean): Promise<void> {
  await postLines<RefreshEvent>(`${root(table)}/refresh`, { acceptVanished }, (event) => {
    if (event.kind === 'wait') announce(event.text);
    else if (event.kind === 'done') receiveTable(table, event.table);
    else throw new ApiError(200, event.problem);
  });
}

export async function suggest(table: InstanceTable, thresholds?: Thresholds): Promise<void> {
  await run(table, 'suggest', async () => {
    if (table.facts.value?.refreshed === null) await readAgain(table, false);
    const body = thresholds === undefined ? {} : { thresholds };
    receiveTable(table, await postJson<TableState>(`${root(table)}/suggest`, body));
    await loadDetails(table);
    const {
      matched = 0,
      review = 0,
      conflict: contested = 0,
      unmatched = 0,
    } = table.facts.value?.counts ?? {};
    announce(`${matched} matched, ${review} to review, ${contested} in conflict, ${unmatched} unmatched.`);
  });
}

/** Decides and takes in what that changed; decisions made quickly one after the other wait for each other. */
export function decide(table: InstanceTable, decision: Decision, told: string): Promise<void> {
  const before = table.rows.peek();
  return inTurn(async () => {
    try {
      const state = await postJson<TableState>(`${root(table)}/decisions`, decision).catch(
        (error: unknown) => {
          // Back to the row that is still to be decided.
          if ('organizationId' in decision) table.selectedId.value = decision.organizationId;
          throw error;
        },
      );
      receiveTable(table, state);
      if (decision.kind === 'undo') selectChanged(table, state, before);
      await loadDetails(table);
      announce(`${told} ${plural(table.facts.value?.unsaved ?? 0, 'row')} not saved.`);
    } catch (error) {
      showProblem(error);
    }
  });
}

/** Accepts what a row proposes, or another customer, and goes on to the next row that is left. */
export function mapRow(
  table: InstanceTable,
  row: TableRow,
  customer: { id: string; name: string },
): Promise<void> {
  goOn(table);
  const told = `${visibleText(row.name)} is ${visibleText(customer.name)}.`;
  return decide(table, { kind: 'map', organizationId: row.id, customerId: customer.id }, told);
}

/** Rules out what a row proposes; the row stays, with the next best. */
export function rejectRow(
  table: InstanceTable,
  row: TableRow,
  customer: { id: string; name: string },
): Promise<void> {
  const told = `${visibleText(row.name)} is not ${visibleText(customer.name)}.`;
  return decide(table, { kind: 'reject', organizationId: row.id, customerId: customer.id }, told);
}

export function ignoreRow(table: InstanceTable, row: TableRow): Promise<void> {
  goOn(table);
  return decide(table, { kind: 'ignore', organizationId: row.id }, `${visibleText(row.name)} is ignored.`);
}

export function unmapRow(table: InstanceTable, row: TableRow): Promise<void> {
  return decide(table, { kind: 'unmap', organizationId: row.id }, `${visibleText(row.name)} is open again.`);
}

export function undo(table: InstanceTable): Promise<void> {
  return decide(table, { kind: 'undo' }, 'Taken back.');
}

export function acceptMatched(table: InstanceTable): Promise<void> {
  return decide(table, { kind: 'accept-matched' }, 'All matched rows are accepted.');
}

export function readChanges(table: InstanceTable): Promise<ChangeView[]> {
  return getJson<ChangeView[]>(`${root(table)}/changes`);
}

/** Saves; where someone else was first, the conflict is shown and nothing is lost. */
export async function save(table: InstanceTable): Promise<void> {
  await run(table, 'save', async () => {
    try {
      const { saved, table: state } = await postJson<{ saved: boolean; table: TableState }>(
        `${root(table)}/save`,
        {},
      );
      receiveTable(table, state);
      await loadDetails(table);
      isDiffOpen.value = false;
      announce(saved ? `Saved as revision ${state.revision ?? 0}.` : 'There was nothing to save.');
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 409)) throw error;
      const { message, hint } = error.problem;
      isDiffOpen.value = false;
      conflict.value = { message, hint, clashes: null };
    }
  });
}

/** Puts the decisions onto the newer document, and shows where both sides decided. */
export async function reapply(table: InstanceTable, shown: SaveConflict): Promise<void> {
  await run(table, 'save', async () => {
    const { clashes, table: state } = await postJson<{ clashes: ClashView[]; table: TableState }>(
      `${root(table)}/reapply`,
      {},
    );
    receiveTable(table, state);
    await loadDetails(table);
    conflict.value = { ...shown, clashes };
  });
}

/** Reads the details of the selected row. */
export async function loadDetails(table: InstanceTable): Promise<void> {
  const id = table.selectedId.peek();
  if (id === null || !table.rows.peek().some((row) => row.id === id)) {
    table.details.value = null;
    return;
  }
  const details = await getJson<RowDetails>(`${root(table)}/rows/${encodeURIComponent(id)}`);
  // Someone has gone on meanwhile.
  if (table.selectedId.peek() === id) table.details.value = details;
}

/** Puts the report of the table into a file of the reader's. */
export async function downloadReport(table: InstanceTable): Promise<void> {
  try {
    const url = URL.createObjectURL(await getBlob(`${root(table)}/report`));
    const link = document.createElement('a');
    link.href = url;
    link.download = `mapping-${table.instance}.html`;
    link.click();
    URL.revokeObjectURL(url);
    announce('The report is in your downloads.');
  } catch (error) {
    showProblem(error);
  }
}

/** Selects the row after this one that is left, so that Enter after Enter works a list down. */
function goOn(table: InstanceTable): void {
  const rows = table.visibleRows.peek();
  const at = table.selectedIndex.peek();
  if (at === -1) return;
  const next = rows.slice(at + 1).find(({ status }) => isLeft(status)) ?? rows[at + 1];
  if (next !== undefined) table.selectedId.value = next.id;
}

function selectChanged(table: InstanceTable, state: TableState, before: readonly TableRow[]): void {
  const known = new Set(before.map(({ id }) => id));
  const changed = state.rows.find(({ id }) => known.has(id));
  if (!state.isWhole && changed !== undefined) table.selectedId.value = changed.id;
}

async function run(table: InstanceTable, what: Busy, action: () => Promise<void>): Promise<void> {
  if (table.busy.peek() !== null) return;
  batch(() => {
    table.busy.value = what;
    problem.value = null;
  });
  try {
    await inTurn(action);
  } catch (error) {
    showProblem(error);
  } finally {
    table.busy.value = null;
  }
}

let lastTurn: Promise<unknown> = Promise.resolve();

/** The server keeps one order; so does the page. */
function inTurn(action: () => Promise<void>): Promise<void> {
  const turn = lastTurn.then(action);
  lastTurn = turn.catch(() => undefined);
  return turn;
}
