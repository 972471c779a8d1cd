import type {
  HiddenMapping,
  MappingDocument,
  MappingEntry,
  NamedRow,
  StaleMapping,
} from '../workflow/index.ts';
import type { NamedId, RowStatus, TableRow, Thresholds } from './api-types.ts';
import { type CurrentProposal, currentProposal, type Suggestion } from './current-proposal.ts';
import { HIDDEN_ADVICE, staleReason } from './refresh-texts.ts';

const HIDDEN_NOTE = `The agent may not read this customer. ${HIDDEN_ADVICE}`;

/** Everything that a table is made of. */
export interface TableSources {
  readonly organizations: readonly NamedRow[];
  readonly document: MappingDocument;
  readonly stale: readonly StaleMapping[];
  readonly hidden: readonly HiddenMapping[];
  /** Of the last suggestion, by organization. */
  readonly suggestions: ReadonlyMap<string, Suggestion>;
  /** What is odd about an organization, by its id. */
  readonly problems: ReadonlyMap<string, string>;
  /** Organizations that a save would touch. */
  readonly unsaved: ReadonlySet<string>;
  readonly thresholds: Thresholds;
}

/** Returns one row per organization, in the caller's order, and then the mapped ones that are gone. */
export function tableRows(sources: TableSources): TableRow[] {
  const { organizations, document, stale, hidden } = sources;
  const entries = new Map(document.entries.map((entry) => [String(entry.organizationId), entry]));
  const context: RowContext = {
    ...sources,
    takenBy: takenBy(document),
    staleById: new Map(stale.map((row) => [String(row.organizationId), row])),
    hiddenById: new Map(hidden.map((row) => [String(row.organizationId), row])),
  };
  // Two organizations with one id are one row: decisions about them cannot be told apart.
  const known = new Map(organizations.map(({ id, name }) => [String(id), name]));
  const rows = [...known].map(([id, name]) => tableRow({ id, name }, entries.get(id), context));
  const gone = stale
    .filter(({ organizationId }) => !known.has(String(organizationId)))
    .map(({ organizationId, organizationName: name }) => {
      const id = String(organizationId);
      return tableRow({ id, name }, entries.get(id), context);
    });
  return [...rows, ...gone];
}

/** Returns the organization that each mapped customer has, by ids as texts. */
export function takenBy({ entries }: MappingDocument): Map<string, string> {
  return new Map(
    entries.flatMap(({ mapped, organizationName }) =>
      mapped === undefined ? [] : [[String(mapped.customerId), organizationName] as const],
    ),
  );
}

/** Returns the customers that were ruled out, by ids as texts. */
export function rejectedIds(entry: MappingEntry | undefined): Set<string> {
  return new Set((entry?.rejected ?? []).map(({ customerId }) => String(customerId)));
}

interface RowContext extends TableSources {
  readonly takenBy: ReadonlyMap<string, string>;
  readonly staleById: ReadonlyMap<string, StaleMapping>;
  readonly hiddenById: ReadonlyMap<string, HiddenMapping>;
}

function tableRow(named: NamedId, entry: MappingEntry | undefined, context: RowContext): TableRow {
  const { suggestions, unsaved } = context;
  const suggestion = suggestions.get(named.id);
  const decided = decidedPart(entry, context);
  const part = decided ?? proposedPart(suggestion, entry, context);
  const best = suggestion?.candidates[0]?.confidence ?? null;
  const problem = decided === null ? (context.problems.get(named.id) ?? null) : null;
  const notes = [part.note, problem].filter((note) => note !== null);
  return {
    ...named,
    ...part,
    note: notes.length === 0 ? null : notes.join(' '),
    best,
    unsaved: unsaved.has(named.id),
  };
}

type RowPart = Pick<TableRow, 'status' | 'customer' | 'confidence' | 'note'>;

/** What a person decided; null where nobody has. */
function decidedPart(entry: MappingEntry | undefined, context: RowContext): RowPart | null {
  if (entry?.mapped !== undefined) {
    const { organizationId, mapped } = entry;
    const customer = { id: String(mapped.customerId), name: mapped.customerName };
    const isSame = (row: { customerId: string | number } | undefined) =>
      row !== undefined && String(row.customerId) === customer.id;
    const stale = context.staleById.get(String(organizationId));
    const hidden = context.hiddenById.get(String(organizationId));
    const status: RowStatus = isSame(stale) ? 'stale' : 'mapped';
    const note = isSame(stale) ? staleNote(stale!) : isSame(hidden) ? HIDDEN_NOTE : null;
    return { status, customer, confidence: mapped.confidence ?? null, note };
  }
  if (entry?.ignored === undefined) return null;
  return { status: 'ignored', customer: null, confidence: null, note: null };
}

function proposedPart(
  suggestion: Suggestion | undefined,
  entry: MappingEntry | undefined,
  context: RowContext,
): RowPart {
  if (suggestion === undefined) return { status: 'open', customer: null, confidence: null, note: null };
  const proposal: CurrentProposal = currentProposal(suggestion, { ...context, rejected: rejectedIds(entry) });
  const { status, candidate, note } = proposal;
  if (candidate === null) return { status, customer: null, confidence: null, note };
  const { customer, confidence } = candidate;
  return { status, customer: { id: String(customer.id), name: customer.name }, confidence, note };
}

function staleNote({ reason, successor }: StaleMapping): string {
  const text = staleReason(reason);
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  return successor === null ? sentence : `${sentence} ${successor.text}`;
}
