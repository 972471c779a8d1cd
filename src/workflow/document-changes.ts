import type {
  IgnoredOrganization,
  MappedCustomer,
  MappingDocument,
  MappingEntry,
  RejectedCustomer,
} from './types.ts';

/** The organization that a change is about. */
export interface ChangedOrganization {
  organizationId: string | number;
  organizationName: string;
}

/** One decision, or one fact learnt from a refresh. It can be applied to any revision of a document. */
export type MappingChange =
  | ({ kind: 'map'; mapped: MappedCustomer } & ChangedOrganization)
  | ({ kind: 'reject'; rejected: RejectedCustomer } & ChangedOrganization)
  | ({ kind: 'ignore'; ignored: IgnoredOrganization } & ChangedOrganization)
  | { kind: 'unmap'; organizationId: string | number }
  | { kind: 'unignore'; organizationId: string | number }
  | { kind: 'rename-organization'; organizationId: string | number; organizationName: string }
  | { kind: 'rename-customer'; customerId: string | number; customerName: string };

/**
 * Returns a document without entries, revision 0: what to start from when a store holds none. Its first save has
 * revision 1 and expects null.
 *
 * @param instanceId the Halo instance, usually its resource host
 * @throws {TypeError} when `instanceId` is blank
 * @example
 * ```ts
 * import { emptyDocument } from 'halo-psa/workflow';
 *
 * console.log(emptyDocument('x.halopsa.com').entries.length); // 0
 * ```
 */
export function emptyDocument(instanceId: string): MappingDocument {
  if (typeof instanceId !== 'string' || instanceId.trim() === '')
    throw new TypeError('Expected `instanceId` to name a Halo instance');
  return { format: 'halo-psa-mapping', version: 1, instanceId, revision: 0, entries: [] };
}

/**
 * Returns the entry of an organization, or undefined when nothing was decided about it.
 *
 * @param document the document to look in
 * @param organizationId compared as `String(id)`
 * @example
 * ```ts
 * import { emptyDocument, findEntry } from 'halo-psa/workflow';
 *
 * console.log(findEntry(emptyDocument('x.halopsa.com'), 7)); // undefined
 * ```
 */
export function findEntry(
  document: MappingDocument,
  organizationId: string | number,
): MappingEntry | undefined {
  const id = String(organizationId);
  return document.entries.find((entry) => String(entry.organizationId) === id);
}

/**
 * Tells whether a customer was rejected for an organization, and has not been mapped to it since.
 *
 * @param entry the organization's entry, if it has one
 * @param customerId compared as `String(id)`
 * @example
 * ```ts
 * import { emptyDocument, findEntry, isRejected } from 'halo-psa/workflow';
 *
 * console.log(isRejected(findEntry(emptyDocument('x.halopsa.com'), 7), 42)); // false
 * ```
 */
export function isRejected(entry: MappingEntry | undefined, customerId: string | number): boolean {
  const id = String(customerId);
  if (entry?.mapped !== undefined && String(entry.mapped.customerId) === id) return false;
  return entry?.rejected?.some((row) => String(row.customerId) === id) ?? false;
}

/**
 * Returns the next document: the changes applied in order, the revision one higher. The given document is not changed.
 *
 * `map` ends `ignore` and the other way round; a rejection ends the mapping of that pair, and is kept for good. An
 * entry about which nothing is decided any more is dropped.
 *
 * @param document the document as it was read
 * @param changes what to apply; the same list can be applied again to a newer revision after a conflict
 * @example
 * ```ts
 * import { applyChanges, emptyDocument } from 'halo-psa/workflow';
 *
 * const rejected = { customerId: 42, customerName: 'Acme Inc', at: '2026-11-23T09:00:00Z', by: 'kim' };
 * const next = applyChanges(emptyDocument('x.halopsa.com'), [
 *   { kind: 'reject', organizationId: 7, organizationName: 'Acme Ltd', rejected },
 * ]);
 * console.log(next.revision, next.entries.length); // 1 1
 * ```
 */
export function applyChanges(document: MappingDocument, changes: readonly MappingChange[]): MappingDocument {
  const entries = new Map(document.entries.map((entry) => [String(entry.organizationId), entry]));
  for (const change of changes) {
    if (change.kind === 'rename-customer') renameCustomer(entries, change);
    else applyToEntry(entries, change);
  }
  return { ...document, revision: document.revision + 1, entries: structuredClone([...entries.values()]) };
}

function applyToEntry(
  entries: Map<string, MappingEntry>,
  change: Exclude<MappingChange, { kind: 'rename-customer' }>,
): void {
  const id = String(change.organizationId);
  const current = entries.get(id);
  const next = changedEntry(current, change);
  if (next === undefined) return;
  if (next.mapped || next.ignored || next.rejected?.length) entries.set(id, next);
  else entries.delete(id);
}

function changedEntry(
  current: MappingEntry | undefined,
  change: Exclude<MappingChange, { kind: 'rename-customer' }>,
): MappingEntry | undefined {
  switch (change.kind) {
    case 'map':
      return { ...withoutKey(started(current, change), 'ignored'), mapped: change.mapped };
    case 'ignore':
      return { ...withoutKey(started(current, change), 'mapped'), ignored: change.ignored };
    case 'reject':
      return rejectIn(started(current, change), change.rejected);
    case 'unmap':
      return current && withoutKey(current, 'mapped');
    case 'unignore':
      return current && withoutKey(current, 'ignored');
    case 'rename-organization':
      return current && { ...current, organizationName: change.organizationName };
  }
}

/** The entry as it stands, or a new one, under the name given last. */
function started(current: MappingEntry | undefined, change: ChangedOrganization): MappingEntry {
  const organizationId = current?.organizationId ?? change.organizationId;
  return { ...current, organizationId, organizationName: change.organizationName };
}

function rejectIn(entry: MappingEntry, rejected: RejectedCustomer): MappingEntry {
  const id = String(rejected.customerId);
  const others = (entry.rejected ?? []).filter((row) => String(row.customerId) !== id);
  const unmapped = String(entry.mapped?.customerId) === id ? withoutKey(entry, 'mapped') : entry;
  return { ...unmapped, rejected: [...others, rejected] };
}

function withoutKey(entry: MappingEntry, key: 'mapped' | 'ignored'): MappingEntry {
  const { [key]: _dropped, ...rest } = entry;
  return rest;
}

function renameCustomer(
  entries: Map<string, MappingEntry>,
  { customerId, customerName }: Extract<MappingChange, { kind: 'rename-customer' }>,
): void {
  const id = String(customerId);
  const renamed = <Row extends { customerId: string | number }>(row: Row): Row =>
    String(row.customerId) === id ? { ...row, customerName } : row;
  for (const [key, entry] of entries) {
    const { mapped, rejected } = entry;
    entries.set(key, {
      ...entry,
      ...(mapped && { mapped: renamed(mapped) }),
      ...(rejected && { rejected: rejected.map(renamed) }),
    });
  }
}
