import type { Candidate, MappingRecord, MappingSuggestion } from '../index.ts';
import type { WorkflowCustomer } from '../workflow/index.ts';
import type { RowStatus, Thresholds } from './api-types.ts';
import { reviewNote } from './review-reasons.ts';

export type Suggestion = MappingSuggestion<MappingRecord, WorkflowCustomer>;

/** A suggestion in the light of what was decided since it was made. */
export interface CurrentProposal {
  readonly status: RowStatus;
  readonly candidate: Candidate<WorkflowCustomer> | null;
  readonly note: string | null;
}

/** What was decided since. Ids as texts. */
export interface DecidedSince {
  readonly rejected: ReadonlySet<string>;
  /** Name of the organization that has a customer. */
  readonly takenBy: ReadonlyMap<string, string>;
  /** Confidences from which a candidate may be accepted, and is worth a look. */
  readonly thresholds: Thresholds;
}

/**
 * Returns what to propose now. The engine's answer stands while its customer is free; then the next best candidate
 * that is worth a look takes its place, always for a person to review.
 */
export function currentProposal(
  { status, customer, candidates, conflict }: Suggestion,
  { rejected, takenBy, thresholds }: DecidedSince,
): CurrentProposal {
  const isFree = (id: number) => !rejected.has(String(id)) && !takenBy.has(String(id));
  if (customer === null) return { status, candidate: null, note: null };
  if (isFree(customer.id)) {
    const candidate = candidates.find((each) => each.customer.id === customer.id) ?? null;
    if (conflict !== undefined) return { status, candidate, note: conflictNote(conflict) };
    const isHeld = status === 'review' && candidate !== null;
    return { status, candidate, note: isHeld ? reviewNote(candidate, thresholds.matched) : null };
  }
  const owner = takenBy.get(String(customer.id));
  const why =
    owner === undefined ? `${customer.name} was rejected.` : `${customer.name} is mapped to ${owner}.`;
  const next = candidates.find(
    ({ customer: { id }, confidence }) => isFree(id) && confidence >= thresholds.review,
  );
  if (next === undefined) return { status: 'unmatched', candidate: null, note: why };
  return { status: 'review', candidate: next, note: `The next best: ${why}` };
}

/** Names in a sentence; a row has no room for a hundred. */
const MOST_NAMED = 3;

/** Says what several organizations, or one, cannot all have. */
export function conflictNote({
  kind,
  organizations,
  customers,
}: NonNullable<Suggestion['conflict']>): string {
  if (kind === 'contested-customer') return `Also wanted by ${listNames(organizations)}.`;
  return `Equally likely: ${listNames(customers)}.`;
}

function listNames(rows: readonly { readonly name: string }[]): string {
  const names = rows.slice(0, MOST_NAMED).map(({ name }) => name);
  const more = rows.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}
