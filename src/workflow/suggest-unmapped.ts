import { suggestMappingsAsync } from '../mapping/suggest-mappings.ts';
import type { DecidedPair, MappingRecord, MappingReport, MappingSuggestion } from '../mapping/types.ts';
import { isRejected } from './document-changes.ts';
import type { MappingDocument } from './types.ts';
import type { WorkflowCustomer, WorkflowMatching } from './workflow-types.ts';

/** Halo's customer that stands for "unassigned". */
const UNASSIGNED_ID = 1;

/** What the engine is asked about. @internal */
export interface SuggestInput<O extends MappingRecord> {
  readonly organizations: readonly O[];
  readonly customers: readonly WorkflowCustomer[];
  readonly document: MappingDocument;
  readonly matching: WorkflowMatching;
  readonly includeInactive: boolean;
  readonly includeUnassigned: boolean;
  /** An organization to ask about whatever was decided for it. */
  readonly only: string | number | undefined;
  /** Key of the identifier under which a custom field holds the organization's own id. */
  readonly ownIdKey: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Pairs that are never offered again. @internal */
export function rejectedPairs({ entries }: MappingDocument): DecidedPair[] {
  return entries.flatMap((entry) =>
    (entry.rejected ?? [])
      .filter(({ customerId }) => isRejected(entry, customerId))
      .map(({ customerId }) => ({ organizationId: entry.organizationId, customerId })),
  );
}

/** The customers that may be offered. @internal */
export function offeredCustomers(
  customers: readonly WorkflowCustomer[],
  { includeInactive, includeUnassigned }: { includeInactive: boolean; includeUnassigned: boolean },
): WorkflowCustomer[] {
  return customers.filter(
    ({ id, inactive }) =>
      (includeInactive || inactive !== true) && (includeUnassigned || id !== UNASSIGNED_ID),
  );
}

/**
 * Runs the engine on what is unmapped. Mapped organizations take part with their customers fixed, so that nobody else is
 * offered those, and are left out of the report; ignored ones take no part.
 *
 * @internal
 */
export async function suggestUnmapped<O extends MappingRecord>(
  input: SuggestInput<O>,
): Promise<MappingReport<O, WorkflowCustomer>> {
  const { document, only, ownIdKey, signal } = input;
  const customers = offeredCustomers(input.customers, input);
  const offered = new Set(customers.map(({ id }) => String(id)));
  const entries = new Map(document.entries.map((entry) => [String(entry.organizationId), entry]));
  const confirmed: DecidedPair[] = [];
  const asked: O[] = [];
  const original = new Map<O, O>();
  for (const organization of input.organizations) {
    const entry = entries.get(String(organization.id));
    const isOnly = only !== undefined && String(organization.id) === String(only);
    if (!isOnly && entry?.ignored !== undefined) continue;
    const mapped = isOnly ? undefined : entry?.mapped;
    if (mapped !== undefined && !offered.has(String(mapped.customerId))) continue;
    if (mapped !== undefined) {
      const { customerId } = mapped;
      confirmed.push({ organizationId: organization.id, customerId, organizationName: organization.name });
    }
    const question = withOwnId(organization, ownIdKey);
    original.set(question, organization);
    asked.push(question);
  }
  const fixed = new Set(confirmed.map(({ organizationId }) => String(organizationId)));
  const report = await suggestMappingsAsync(asked, customers, {
    ...input.matching,
    confirmed,
    rejected: rejectedPairs(document),
    ...(signal === undefined ? {} : { signal }),
  });
  const wanted = ({ organization: { id } }: { organization: O }) =>
    only === undefined ? !fixed.has(String(id)) : String(id) === String(only);
  const suggestions = report.suggestions.filter(wanted).map((suggestion) => restored(suggestion, original));
  return { ...report, suggestions, summary: summarise(suggestions, customers.length) };
}

function withOwnId<O extends MappingRecord>(organization: O, key: string | undefined): O {
  if (key === undefined) return organization;
  return { ...organization, identifiers: { ...organization.identifiers, [key]: organization.id } };
}

function restored<O extends MappingRecord>(
  suggestion: MappingSuggestion<O, WorkflowCustomer>,
  original: ReadonlyMap<O, O>,
): MappingSuggestion<O, WorkflowCustomer> {
  const of = (organization: O) => original.get(organization) ?? organization;
  const { conflict } = suggestion;
  return {
    ...suggestion,
    organization: of(suggestion.organization),
    ...(conflict === undefined
      ? {}
      : { conflict: { ...conflict, organizations: conflict.organizations.map(of) } }),
  };
}

function summarise<O>(suggestions: readonly MappingSuggestion<O, WorkflowCustomer>[], customers: number) {
  const counts = { matched: 0, review: 0, conflict: 0, unmatched: 0 };
  for (const { status } of suggestions) counts[status] += 1;
  return { organizations: suggestions.length, customers, ...counts };
}
