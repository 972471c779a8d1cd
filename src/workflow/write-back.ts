import { isHaloError } from '../errors.ts';
import type { Client } from '../resources/clients.ts';
import { haloId } from '../resources/halo-id.ts';
import { customFieldValue, readListing } from './read-sides.ts';
import type { MappingDocument } from './types.ts';
import type { MappingWorkflowHalo } from './workflow-types.ts';

/** Options of `writeBack`. */
export interface WriteBackOptions {
  /** Tells what would be written, and writes nothing. @default false */
  dryRun?: boolean | undefined;
  /** Also replaces a value that is no id of an organization known here. @default false */
  overwrite?: boolean | undefined;
}

/**
 * `set`: the field is empty. `change`: it holds another organization's id. `clear`: it holds the id of an organization
 * that is mapped elsewhere. `keep`: it is right. `occupied`: it holds something else, which is left alone. `shared`:
 * several organizations are mapped to this customer, and the field holds one.
 */
export type WriteBackAction = 'set' | 'change' | 'clear' | 'keep' | 'occupied' | 'shared';

/** One customer in a write-back. */
export interface WriteBackRow {
  customerId: number;
  customerName: string;
  action: WriteBackAction;
  /** What the field holds; empty for nothing. */
  before: string;
  /** What it is to hold. */
  after: string;
  /** `failed` names its error in `problem`; what came after it was not tried. */
  outcome: 'planned' | 'written' | 'left' | 'failed' | 'not-tried';
  problem?: string | undefined;
}

/** @internal */
export interface WriteBackPlanInput {
  readonly document: MappingDocument;
  /** Ids of all organizations of the caller's. */
  readonly organizationIds: Iterable<string | number>;
  /** The field as each customer has it. */
  readonly values: ReadonlyMap<number, { readonly name: string; readonly value: string }>;
  readonly overwrite: boolean;
}

/** Works out what to write, from the saved document. @internal */
export function planWriteBack({
  document,
  organizationIds,
  values,
  overwrite,
}: WriteBackPlanInput): WriteBackRow[] {
  const wanted = new Map<number, string[]>();
  const mappedTo = new Map<string, number>();
  for (const { organizationId, mapped } of document.entries) {
    const customerId = haloId(mapped?.customerId);
    if (customerId === null) continue;
    wanted.set(customerId, [...(wanted.get(customerId) ?? []), String(organizationId)]);
    mappedTo.set(String(organizationId), customerId);
  }
  const known = new Set([...Array.from(organizationIds, String), ...mappedTo.keys()]);
  const rows: WriteBackRow[] = [];
  for (const [customerId, { name, value }] of values) {
    const ids = wanted.get(customerId) ?? [];
    const isStray = ids.length === 0 && mappedTo.has(value);
    if (ids.length === 0 && !isStray) continue;
    const after = ids.length === 1 ? (ids[0] ?? '') : isStray ? '' : value;
    const action = isStray ? 'clear' : actionFor(ids, value, known, overwrite);
    const outcome = WRITTEN.has(action) ? 'planned' : 'left';
    rows.push({
      customerId,
      customerName: name,
      action,
      before: value,
      after: outcome === 'left' ? value : after,
      outcome,
    });
  }
  return rows;
}

const WRITTEN: ReadonlySet<WriteBackAction> = new Set(['set', 'change', 'clear']);

function actionFor(
  ids: readonly string[],
  value: string,
  known: ReadonlySet<string>,
  overwrite: boolean,
): WriteBackAction {
  if (ids.includes(value)) return 'keep';
  if (ids.length > 1) return 'shared';
  if (value === '') return 'set';
  return overwrite || known.has(value) ? 'change' : 'occupied';
}

/** Reads the field of all customers; of mapped ones whose row does not carry it, one by one. @internal */
export async function readFieldValues(
  halo: MappingWorkflowHalo,
  field: number,
  document: MappingDocument,
): Promise<Map<number, { name: string; value: string }>> {
  const clients = await readListing(halo.clients.list({ includeInactive: true, customFieldIds: [field] }));
  const mapped = new Set(document.entries.map((entry) => haloId(entry.mapped?.customerId)));
  const values = new Map<number, { name: string; value: string }>();
  for (const client of clients) {
    const listed = customFieldValue(client, field);
    // Older versions of Halo list no custom fields.
    const row: Client =
      listed === undefined && mapped.has(client.id) ? await halo.clients.get(client.id) : client;
    values.set(client.id, { name: client.name ?? '', value: customFieldValue(row, field) ?? '' });
  }
  return values;
}

/** Writes what is planned, one customer after the other, and stops at the first failure. @internal */
export async function runWriteBack(
  halo: MappingWorkflowHalo,
  field: number,
  rows: readonly WriteBackRow[],
): Promise<WriteBackRow[]> {
  const { clients } = halo;
  if (clients.update === undefined) throw new TypeError('Expected `halo.clients.update`, to write back');
  const done: WriteBackRow[] = [];
  let broken = false;
  for (const row of rows) {
    if (row.outcome !== 'planned') done.push(row);
    else if (broken) done.push({ ...row, outcome: 'not-tried' });
    else {
      try {
        await clients.update(row.customerId, { customfields: [{ id: field, value: row.after }] });
        done.push({ ...row, outcome: 'written' });
      } catch (error) {
        if (!isHaloError(error)) throw error;
        broken = true;
        done.push({ ...row, outcome: 'failed', problem: error.message });
      }
    }
  }
  return done;
}
