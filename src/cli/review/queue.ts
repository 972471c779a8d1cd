import { findEntry, isRejected, type MappingDocument } from '../../workflow/index.ts';
import { isDecided } from '../pending/review-table.ts';
import type { NamedCustomer, Proposal, StaleProposal, Suggestions } from '../pending/suggestions.ts';

/** One thing to decide. */
export type Item =
  | { readonly kind: 'stale'; readonly stale: StaleProposal }
  | { readonly kind: 'proposal'; readonly proposal: Proposal };

/** Statuses in the order in which they are worth a person's time; `matched` are mostly accepted at once. */
const ORDER: readonly Proposal['status'][] = ['review', 'conflict', 'matched', 'unmatched'];

/**
 * Returns what there is to decide: what broke first, then the surest proposals of each status.
 *
 * @param statuses the statuses asked for, `stale` among them
 */
export function queueOf({ stale, proposals }: Suggestions, statuses: ReadonlySet<string>): Item[] {
  const nearest = ({ candidates }: Proposal) => candidates[0]?.confidence ?? 0;
  const asked = proposals
    .filter(({ status }) => statuses.has(status))
    .sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status) || nearest(b) - nearest(a));
  return [
    ...(statuses.has('stale') ? stale.map((row): Item => ({ kind: 'stale', stale: row })) : []),
    ...asked.map((proposal): Item => ({ kind: 'proposal', proposal })),
  ];
}

/** Tells whether an item needs a decision still. */
export function isOpen(item: Item, view: MappingDocument): boolean {
  if (item.kind === 'proposal') return !isDecided(findEntry(view, item.proposal.organization.id));
  const { organizationId, customerId } = item.stale;
  return String(findEntry(view, organizationId)?.mapped?.customerId) === String(customerId);
}

/** The organization that an item is about. */
export function organizationOf(item: Item): { readonly id: string | number; readonly name: string } {
  if (item.kind === 'proposal') return item.proposal.organization;
  return { id: item.stale.organizationId, name: item.stale.organizationName };
}

/** The customer that `accept` takes; null where there is none, or where it was rejected. */
export function proposedBy(item: Item, view: MappingDocument): NamedCustomer | null {
  if (item.kind === 'stale') {
    const { successor } = item.stale;
    return successor && { id: successor.customerId, name: successor.customerName };
  }
  const { customer, organization } = item.proposal;
  return customer !== null && isRejected(findEntry(view, organization.id), customer.id) ? null : customer;
}

/** The candidates that were not rejected, the proposed one first. */
export function candidatesOf(
  { proposal }: Item & { kind: 'proposal' },
  view: MappingDocument,
): Proposal['candidates'] {
  const entry = findEntry(view, proposal.organization.id);
  const open = proposal.candidates.filter(({ customer }) => !isRejected(entry, customer.id));
  const isProposed = ({ customer }: Proposal['candidates'][number]) => customer.id === proposal.customer?.id;
  return [...open.filter(isProposed), ...open.filter((candidate) => !isProposed(candidate))];
}
