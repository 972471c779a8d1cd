import { z } from 'zod';
import type { Candidate as EngineCandidate, MappingReport, MappingStatus } from '../../mapping/index.ts';
import type { MappingChange, RefreshReport, WorkflowCustomer } from '../../workflow/index.ts';
import type { ListedRecord } from '../input/lists.ts';

const idSchema = z.union([z.string(), z.number()]);
const namedSchema = z.object({ id: idSchema, name: z.string() });
const customerSchema = z.object({ id: z.number(), name: z.string(), inactive: z.literal(true).optional() });
const evidenceSchema = z.object({
  kind: z.string(),
  weight: z.number(),
  label: z.string(),
  detail: z.string().optional(),
  review: z.literal(true).optional(),
});
const figures = { confidence: z.number(), score: z.number(), evidence: z.array(evidenceSchema) };

const proposalSchema = z.object({
  organization: namedSchema,
  status: z.enum(['matched', 'review', 'conflict', 'unmatched'] satisfies MappingStatus[]),
  /** The proposed customer, which is among the candidates too; null where none is good enough. */
  customer: customerSchema.nullable(),
  candidates: z.array(z.object({ customer: customerSchema, ...figures })),
  conflict: z
    .object({
      kind: z.enum(['contested-customer', 'tie']),
      organizations: z.array(namedSchema),
      customers: z.array(customerSchema),
    })
    .optional(),
});

const staleSchema = z.object({
  organizationId: idSchema,
  organizationName: z.string(),
  customerId: idSchema,
  customerName: z.string(),
  reason: z.enum(['customer-deleted', 'customer-inactive', 'organization-removed']),
  successor: z
    .object({
      customerId: z.number(),
      customerName: z.string(),
      confidence: z.number().nullable(),
      because: z.array(z.string()),
      text: z.string(),
    })
    .nullable(),
});

const renameSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rename-organization'),
    organizationId: idSchema,
    organizationName: z.string(),
  }),
  z.object({ kind: z.literal('rename-customer'), customerId: idSchema, customerName: z.string() }),
]);

/** The file that `suggest` leaves for `review`, `export`, `import` and `save`. */
export const suggestionsSchema = z.object({
  format: z.literal('halo-psa-suggestions'),
  version: z.literal(1),
  instanceId: z.string(),
  /** When Halo was read, ISO 8601. */
  at: z.string(),
  /** Revision of the mapping that was read; null for none. */
  revision: z.number().nullable(),
  thresholds: z.object({ matched: z.number(), review: z.number() }),
  stale: z.array(staleSchema),
  renames: z.array(renameSchema),
  proposals: z.array(proposalSchema),
  /** All customers that can be mapped to, for the search. */
  customers: z.array(customerSchema),
});

/** What the last `suggest` read and proposed. */
export type Suggestions = z.output<typeof suggestionsSchema>;
/** What it proposed for one organization. */
export type Proposal = Suggestions['proposals'][number];
/** A customer that it may be. */
export type Candidate = Proposal['candidates'][number];
/** A customer in short. */
export type NamedCustomer = z.output<typeof customerSchema>;
/** A saved mapping that no longer holds. */
export type StaleProposal = Suggestions['stale'][number];

/** Returns the candidate that is proposed. */
export function proposedCandidate({ customer, candidates }: Proposal): Candidate | undefined {
  return candidates.find((candidate) => candidate.customer.id === customer?.id);
}

/** What a refresh and the suggestions after it found. */
export interface Found {
  readonly instanceId: string;
  /** Of the saved mapping; null for none. */
  readonly revision: number | null;
  readonly refresh: RefreshReport;
  readonly report: MappingReport<ListedRecord, WorkflowCustomer>;
}

/** Returns what is kept of a refresh and the suggestions after it. */
export function suggestionsOf({ instanceId, revision, refresh, report }: Found): Suggestions {
  return {
    format: 'halo-psa-suggestions',
    version: 1,
    instanceId,
    at: refresh.at,
    revision,
    thresholds: report.thresholds,
    stale: refresh.stale,
    renames: renamesOf(refresh),
    proposals: report.suggestions.map(({ organization, status, customer, candidates, conflict }) => ({
      organization: shortName(organization),
      status,
      customer: customer && shortCustomer(customer),
      candidates: worthALook(candidates, customer).map((candidate) => ({
        ...candidate,
        customer: shortCustomer(candidate.customer),
      })),
      ...(conflict && {
        conflict: {
          kind: conflict.kind,
          organizations: conflict.organizations.map(shortName),
          customers: conflict.customers.map(shortCustomer),
        },
      }),
    })),
    customers: refresh.snapshot.customers.map(({ id, name, inactive }) => ({
      id: Number(id),
      name,
      ...(inactive === true && { inactive }),
    })),
  };
}

/** Below this a candidate is noise; a search finds it all the same. */
const LEAST_CONFIDENCE = 0.005;

/** The best candidate, the proposed one, and those that may be right. */
function worthALook<C extends { readonly id: number }>(
  candidates: readonly EngineCandidate<C>[],
  proposed: C | null,
): EngineCandidate<C>[] {
  return candidates.filter(
    ({ customer, confidence }, index) =>
      index === 0 || customer.id === proposed?.id || confidence >= LEAST_CONFIDENCE,
  );
}

/** Saved names are brought up to date with the next save. */
function renamesOf({ organizations, customers }: RefreshReport): Suggestions['renames'] {
  return [
    ...organizations.renamed.map(({ id, name }) => ({
      kind: 'rename-organization' as const,
      organizationId: id,
      organizationName: name,
    })),
    ...customers.renamed.map(({ id, name }) => ({
      kind: 'rename-customer' as const,
      customerId: id,
      customerName: name,
    })),
  ] satisfies MappingChange[];
}

function shortName({ id, name }: { id: string | number; name?: string | undefined }): {
  id: string | number;
  name: string;
} {
  return { id, name: name ?? '' };
}

function shortCustomer({ id, name, inactive }: WorkflowCustomer): NamedCustomer {
  return { id, name, ...(inactive === true && { inactive }) };
}
