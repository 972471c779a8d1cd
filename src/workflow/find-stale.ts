import { agentScreen } from '../halo-screens.ts';
import type { MappingRecord } from '../mapping/types.ts';
import type { MappingDocument, MappingEntry } from './types.ts';
import type { HiddenMapping, LikelySuccessor, StaleMapping, StaleReason } from './workflow-types.ts';

/** What became of a customer that is mapped. @internal */
export type CustomerFate = 'active' | 'inactive' | 'deleted' | 'hidden';

/** What is known after a refresh. @internal */
export interface StaleFacts {
  readonly document: MappingDocument;
  /** Organizations by id as text; null when they cannot be relied on. */
  readonly organizations: ReadonlyMap<string, MappingRecord> | null;
  /** By id as text; a customer without a fate is left alone. */
  readonly fates: ReadonlyMap<string, CustomerFate>;
}

/** @internal */
export type StaleEntry = MappingEntry & {
  readonly mapped: NonNullable<MappingEntry['mapped']>;
  readonly reason: StaleReason;
};

/** Finds the saved mappings that no longer hold. @internal */
export function findStale({ document, organizations, fates }: StaleFacts): StaleEntry[] {
  return document.entries.flatMap((entry) => {
    const { mapped } = entry;
    if (mapped === undefined) return [];
    const isGone = organizations !== null && !organizations.has(String(entry.organizationId));
    const reason = isGone ? 'organization-removed' : REASONS.get(fates.get(String(mapped.customerId)));
    return reason === undefined ? [] : [{ ...entry, mapped, reason }];
  });
}

const REASONS: ReadonlyMap<CustomerFate | undefined, StaleReason> = new Map([
  ['deleted', 'customer-deleted'],
  ['inactive', 'customer-inactive'],
]);

/** @internal */
export function staleMapping(entry: StaleEntry, successor: LikelySuccessor | null): StaleMapping {
  const { organizationId, organizationName, mapped, reason } = entry;
  const { customerId, customerName } = mapped;
  return { organizationId, organizationName, customerId, customerName, reason, successor };
}

/** @internal */
export const ALL_CUSTOMERS_HINT = `In Halo: ${agentScreen()}: switch on "Allow use of all Customers". halo.verify() shows what the agent is limited to.`;

/** Finds the saved mappings whose customer exists but may not be read. @internal */
export function findHidden({ document, fates }: StaleFacts): HiddenMapping[] {
  return document.entries.flatMap(({ organizationId, organizationName, mapped }) => {
    if (mapped === undefined || fates.get(String(mapped.customerId)) !== 'hidden') return [];
    const { customerId, customerName } = mapped;
    return [{ organizationId, organizationName, customerId, customerName, hint: ALL_CUSTOMERS_HINT }];
  });
}
