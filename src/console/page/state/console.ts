import { batch, computed, effect, signal } from '@preact/signals';
import type { ConsoleState, InstanceState } from '../../api-types.ts';
import { getJson } from './api.ts';
import { createInstanceTable, type InstanceTable } from './instance-table.ts';
import { loadTable } from './table-actions.ts';

/** The two halves of the page. */
export type View = 'mapping' | 'connection';

export const consoleState = signal<ConsoleState | null>(null);
export const activeName = signal('');
export const view = signal<View>('mapping');
export const isHelpOpen = signal(false);

const tables = new Map<string, InstanceTable>();

/** Whether any instance has decisions that are not saved. */
export function hasUnsaved(): boolean {
  return [...tables.values()].some(({ facts }) => (facts.peek()?.unsaved ?? 0) > 0);
}

/** The table of the instance in front. */
export const activeTable = computed<InstanceTable>(() => {
  const name = activeName.value;
  let table = tables.get(name);
  if (table === undefined) {
    table = createInstanceTable(name);
    tables.set(name, table);
  }
  return table;
});

export const activeInstance = computed<InstanceState | null>(
  () => consoleState.value?.instances.find(({ name }) => name === activeName.value) ?? null,
);

/** Whether there are settings to work with. */
export const isConnected = computed(() => {
  const instance = activeInstance.value;
  return instance?.hasSecret === true && instance.settings.resourceServer !== '';
});

/** Reads what there is, and shows the first instance: its mapping, or the form where it has no settings yet. */
export async function openConsole(): Promise<void> {
  const state = await getJson<ConsoleState>('/api/state');
  batch(() => {
    consoleState.value = state;
    activeName.value = state.instances[0]?.name ?? '';
    view.value = isConnected.value ? 'mapping' : 'connection';
  });
  effect(() => {
    if (isConnected.value && view.value === 'mapping') void loadTable(activeTable.value);
  });
}

/** Takes in the new state of an instance whose settings were saved. */
export function receiveInstance(instance: InstanceState): void {
  const state = consoleState.value;
  if (state === null) return;
  const before = state.instances.find(({ name }) => name === instance.name);
  const isOther = before?.settings.resourceServer !== instance.settings.resourceServer;
  batch(() => {
    consoleState.value = {
      ...state,
      instances: state.instances.map((each) => (each.name === instance.name ? instance : each)),
    };
    // Another Halo has another mapping.
    const table = tables.get(instance.name);
    if (isOther && table !== undefined) {
      table.rows.value = [];
      table.facts.value = null;
      table.details.value = null;
    }
  });
}
