import type { MappingRecord } from '../mapping/types.ts';
import { namedRow } from './compare-sides.ts';
import type { CurrentNames } from './pending-decisions.ts';
import type { MappingDocument } from './types.ts';
import type { MappingSnapshot, WorkflowCustomer, WorkflowSummary } from './workflow-types.ts';

/** Both sides as they were read, by id as text. @internal */
export interface Sides<O extends MappingRecord> {
  readonly organizations: readonly O[];
  readonly organizationsById: ReadonlyMap<string, O>;
  readonly customers: readonly WorkflowCustomer[];
  readonly customersById: ReadonlyMap<string, WorkflowCustomer>;
}

/** @internal */
export function sidesOf<O extends MappingRecord>(
  organizations: readonly O[],
  customers: readonly WorkflowCustomer[],
): Sides<O> {
  return { organizations, organizationsById: byId(organizations), customers, customersById: byId(customers) };
}

/** The first of each id counts; the order stays. */
function byId<Row extends { id: string | number }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  const known = new Map<string, Row>();
  for (const row of rows) if (!known.has(String(row.id))) known.set(String(row.id), row);
  return known;
}

/** Names as they were read. @internal */
export function namesOf<O extends MappingRecord>({
  organizationsById,
  customersById,
}: Sides<O>): CurrentNames {
  const names = (rows: ReadonlyMap<string, MappingRecord>) =>
    new Map([...rows].map(([id, { name }]) => [id, name ?? '']));
  return { organizations: names(organizationsById), customers: names(customersById) };
}

/** Both sides in short. @internal */
export function snapshotOf<O extends MappingRecord>(
  { organizationsById, customersById }: Sides<O>,
  takenAt: string,
): MappingSnapshot {
  return {
    takenAt,
    organizations: [...organizationsById.values()].map(namedRow),
    customers: [...customersById.values()].map(namedRow),
  };
}

/** Counts how far the mapping is. @internal */
export function summarise<O extends MappingRecord>(
  { organizationsById, customersById }: Sides<O>,
  document: MappingDocument,
  stale: number,
): WorkflowSummary {
  const entries = document.entries.filter(({ organizationId }) =>
    organizationsById.has(String(organizationId)),
  );
  const mapped = entries.filter((entry) => entry.mapped !== undefined).length;
  const ignored = entries.filter((entry) => entry.ignored !== undefined).length;
  const organizations = organizationsById.size;
  const unmapped = organizations - mapped - ignored;
  return { organizations, customers: customersById.size, mapped, ignored, unmapped, stale };
}
