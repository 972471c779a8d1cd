import type { MappingDocument } from './types.ts';
import type { MappingSnapshot, NamedRow, SideChanges, VanishedRows } from './workflow-types.ts';

/** Rows known from before, and how much is known of them. @internal */
export interface Baseline {
  readonly rows: readonly NamedRow[];
  /** Whether these were all rows; if not, a row that is not among them is not new. */
  readonly isWhole: boolean;
}

/** Both sides of before. @internal */
export interface Baselines {
  readonly kind: 'snapshot' | 'document';
  readonly organizations: Baseline;
  readonly customers: Baseline;
}

/** What to compare with: an earlier reading, or else what the document remembers. @internal */
export function baselinesOf(snapshot: MappingSnapshot | null, document: MappingDocument): Baselines {
  if (snapshot !== null) {
    return {
      kind: 'snapshot',
      organizations: { rows: snapshot.organizations, isWhole: true },
      customers: { rows: snapshot.customers, isWhole: true },
    };
  }
  const organizations = document.entries.map(({ organizationId, organizationName }) => ({
    id: organizationId,
    name: organizationName,
  }));
  return {
    kind: 'document',
    organizations: { rows: organizations, isWhole: false },
    customers: { rows: mappedCustomers(document), isWhole: false },
  };
}

/** The customers that organizations are mapped to, each once. @internal */
export function mappedCustomers(document: MappingDocument): NamedRow[] {
  const byId = new Map<string, NamedRow>();
  for (const { mapped } of document.entries) {
    if (mapped !== undefined)
      byId.set(String(mapped.customerId), { id: mapped.customerId, name: mapped.customerName });
  }
  return [...byId.values()];
}

/** Says what became of one side. Rows that are gone in `gone` count as removed. @internal */
export function compareSide(before: Baseline, after: readonly NamedRow[]): SideChanges {
  const older = new Map(before.rows.map((row) => [String(row.id), row]));
  const newer = new Map(after.map((row) => [String(row.id), row]));
  const changes: SideChanges = { added: [], removed: [], renamed: [], deactivated: [] };
  for (const [id, row] of newer) {
    const known = older.get(id);
    if (known === undefined) {
      if (before.isWhole) changes.added.push(row);
      continue;
    }
    if (known.name !== row.name) changes.renamed.push({ ...row, before: known.name });
    if (row.inactive === true && known.inactive !== true) changes.deactivated.push(row);
  }
  changes.removed = missingRows(before.rows, newer);
  return changes;
}

/** Rows of before that are not there any more. @internal */
export function missingRows(
  before: readonly NamedRow[],
  after: ReadonlyMap<string, unknown> | ReadonlySet<string>,
): NamedRow[] {
  return before.filter((row) => !after.has(String(row.id)));
}

/** Fewer may well have been deleted by hand in one day. */
const LEAST_VANISHED = 5;
/** No one deletes a tenth of the customers between two clicks; a permission that changes hides more than that. */
const VANISHED_SHARE = 0.1;

/**
 * Tells a permission that was taken away, or a broken source, from rows that were deleted: so many at once are not
 * deleted. Null when no group lost that many.
 *
 * @param groups rows known before; each is judged by itself
 * @internal
 */
export function findVanished(
  groups: readonly (readonly NamedRow[])[],
  after: ReadonlyMap<string, unknown>,
  hint: string,
): VanishedRows | null {
  for (const known of groups) {
    const missing = missingRows(known, after);
    if (missing.length >= LEAST_VANISHED && missing.length > known.length * VANISHED_SHARE) {
      return { missing, known: known.length, hint };
    }
  }
  return null;
}

/** A row in short. @internal */
export function namedRow({ id, name, inactive }: NamedRow): NamedRow {
  return { id, name: name ?? '', inactive: inactive === true };
}
