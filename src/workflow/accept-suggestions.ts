import type { MappingRecord, MappingSuggestion } from '../mapping/types.ts';
import { isRejected, type MappingChange } from './document-changes.ts';
import type { MappingDocument } from './types.ts';
import type { WorkflowCustomer } from './workflow-types.ts';

/** What a `suggest()` proposed. @internal */
export interface Proposal<O extends MappingRecord> {
  readonly suggestions: readonly MappingSuggestion<O, WorkflowCustomer>[];
  readonly isOneToOne: boolean;
}

/** @internal */
export interface AcceptContext {
  /** With all decisions so far. */
  readonly document: MappingDocument;
  /** Who and when. */
  readonly decision: { readonly at: string; readonly by?: string | undefined };
  /** Organizations to accept for; undefined for all. */
  readonly only: ReadonlySet<string> | undefined;
}

/**
 * Picks the proposals of one status that nothing was decided against since: a person may have gone on after they were
 * shown.
 *
 * @internal
 */
export function acceptProposal<O extends MappingRecord>(
  { suggestions, isOneToOne }: Proposal<O>,
  status: 'matched' | 'review',
  { document: { entries }, decision, only }: AcceptContext,
): { accepted: MappingSuggestion<O, WorkflowCustomer>[]; changes: MappingChange[] } {
  const byOrganization = new Map(entries.map((entry) => [String(entry.organizationId), entry]));
  const taken = new Set(
    entries.flatMap(({ mapped }) => (mapped === undefined ? [] : [String(mapped.customerId)])),
  );
  const changes: MappingChange[] = [];
  const accepted = suggestions.filter((suggestion) => {
    const { organization, customer } = suggestion;
    const entry = byOrganization.get(String(organization.id));
    if (suggestion.status !== status || customer === null) return false;
    if (only !== undefined && !only.has(String(organization.id))) return false;
    if (entry?.mapped !== undefined || entry?.ignored !== undefined || isRejected(entry, customer.id))
      return false;
    if (isOneToOne && taken.has(String(customer.id))) return false;
    taken.add(String(customer.id));
    changes.push(acceptance(suggestion, customer, decision));
    return true;
  });
  return { accepted, changes };
}

function acceptance<O extends MappingRecord>(
  { organization, confidence, evidence }: MappingSuggestion<O, WorkflowCustomer>,
  customer: WorkflowCustomer,
  decision: AcceptContext['decision'],
): MappingChange {
  const evidenceKinds = [...new Set(evidence.filter(({ weight }) => weight > 0).map(({ kind }) => kind))];
  const mapped = {
    customerId: customer.id,
    customerName: customer.name,
    source: 'suggestion' as const,
    confidence,
    evidenceKinds,
    ...decision,
  };
  return { kind: 'map', organizationId: organization.id, organizationName: organization.name ?? '', mapped };
}
