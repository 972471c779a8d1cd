import { staleReason } from '../../console/refresh-texts.ts';
import { findEntry, type MappingDocument, type MappingEntry } from '../../workflow/index.ts';
import { type CsvOptions, csvLines } from '../output/csv.ts';
import { heaviestFirst } from '../output/reasons.ts';
import { signed } from '../output/text.ts';
import {
  type Candidate,
  type Proposal,
  proposedCandidate,
  type StaleProposal,
  type Suggestions,
} from './suggestions.ts';

/** Columns of the table for a spreadsheet. `import` reads the first two and `customer_id`; the others are for people. */
export const REVIEW_COLUMNS = [
  'organization_id',
  'decision',
  'customer_id',
  'organization_name',
  'customer_name',
  'status',
  'confidence',
  'reasons',
  'other_candidates',
] as const;

/** What a row of the table is about. */
export type ReviewStatus = Proposal['status'] | 'stale' | 'mapped' | 'ignored';

/** What the table is made of. */
export interface ReviewTableInput extends CsvOptions {
  readonly suggestions: Suggestions;
  /** The mapping, with the decisions that wait. */
  readonly view: MappingDocument;
  /** Rows to write. @default all */
  readonly statuses?: ReadonlySet<string> | undefined;
}

type Row = readonly [ReviewStatus, (string | number | undefined)[]];

/** Returns proposals, stale mappings and what is decided, as CSV with an empty column for the decision. */
export function reviewTable({ suggestions, view, statuses, delimiter }: ReviewTableInput): string {
  const open = suggestions.proposals.filter(
    ({ organization }) => !isDecided(findEntry(view, organization.id)),
  );
  const stale = suggestions.stale.filter(
    ({ organizationId, customerId }) =>
      String(findEntry(view, organizationId)?.mapped?.customerId) === String(customerId),
  );
  const staleIds = new Set(stale.map(({ organizationId }) => String(organizationId)));
  const decided = view.entries.filter(
    (entry) => isDecided(entry) && !staleIds.has(String(entry.organizationId)),
  );
  const rows = [...stale.map(staleRow), ...open.map(proposalRow), ...decided.map(decidedRow)];
  const asked = rows.filter(([status]) => statuses === undefined || statuses.has(status));
  return csvLines([REVIEW_COLUMNS, ...asked.map(([, cells]) => cells)], { delimiter });
}

/** Tells whether an organization is mapped or ignored. */
export function isDecided(entry: MappingEntry | undefined): boolean {
  return entry?.mapped !== undefined || entry?.ignored !== undefined;
}

function proposalRow(proposal: Proposal): Row {
  const { organization, customer, status, candidates } = proposal;
  const proposed = proposedCandidate(proposal);
  const others = candidates.filter((candidate) => candidate !== proposed);
  return [
    status,
    [
      String(organization.id),
      '',
      customer?.id,
      organization.name,
      customer?.name,
      status,
      proposed && share(proposed.confidence),
      proposed && heaviestFirst(proposed.evidence).map(reasonText).join('; '),
      others
        .map((other) => `${other.customer.id} ${other.customer.name} (${share(other.confidence)})`)
        .join('; '),
    ],
  ];
}

/** The weight stands behind, since a spreadsheet takes a cell that begins with a sign for a formula. */
function reasonText({ label, detail, weight }: Candidate['evidence'][number]): string {
  return `${detail ? `${label}: ${detail}` : label} (${signed(weight)})`;
}

function staleRow({
  organizationId,
  customerId,
  organizationName,
  customerName,
  reason,
  successor,
}: StaleProposal): Row {
  const proposed = successor && { id: successor.customerId, name: successor.customerName };
  return [
    'stale',
    [
      String(organizationId),
      '',
      proposed?.id,
      organizationName,
      proposed?.name,
      'stale',
      undefined,
      `mapped to ${customerName} (${customerId}): ${staleReason(reason)}`,
      successor?.text,
    ],
  ];
}

function decidedRow({ organizationId, organizationName, mapped }: MappingEntry): Row {
  const status = mapped === undefined ? 'ignored' : 'mapped';
  const { customerId, customerName, confidence } = mapped ?? {};
  return [
    status,
    [
      String(organizationId),
      '',
      customerId,
      organizationName,
      customerName,
      status,
      confidence === undefined ? undefined : share(confidence),
      undefined,
      undefined,
    ],
  ];
}

/** Two figures after the point; never rounded up to what it is not. */
function share(confidence: number): string {
  return (Math.floor(confidence * 100 + 1e-9) / 100).toFixed(2);
}
