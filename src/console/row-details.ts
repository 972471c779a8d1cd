import type { MappingRecord } from '../index.ts';
import type { MappingEntry, StaleMapping } from '../workflow/index.ts';
import type { CandidateView, RowDetails, TableRow } from './api-types.ts';
import { conflictNote, type Suggestion } from './current-proposal.ts';
import { rejectedIds } from './table-rows.ts';

/** What is known of one row. */
export interface DetailSources {
  readonly row: TableRow;
  readonly organization: MappingRecord | undefined;
  readonly entry: MappingEntry | undefined;
  readonly suggestion: Suggestion | undefined;
  readonly stale: StaleMapping | undefined;
  readonly takenBy: ReadonlyMap<string, string>;
}

/** Returns everything about one row: candidates with their evidence, rejections, and why it is stale. */
export function rowDetails(sources: DetailSources): RowDetails {
  const { row, organization, entry, suggestion, stale } = sources;
  const mapped = entry?.mapped;
  return {
    row,
    aliases: [...(organization?.aliases ?? [])],
    domains: [...(organization?.domains ?? [])],
    candidates: candidateViews(sources),
    mapped:
      mapped === undefined
        ? null
        : {
            customer: { id: String(mapped.customerId), name: mapped.customerName },
            source: mapped.source,
            at: mapped.at,
            by: mapped.by ?? null,
          },
    rejected: (entry?.rejected ?? []).map(({ customerId, customerName, at, by }) => ({
      id: String(customerId),
      name: customerName,
      at,
      by: by ?? null,
    })),
    stale:
      row.status !== 'stale' || stale === undefined
        ? null
        : { reason: stale.reason, successor: stale.successor },
    conflict:
      row.status === 'conflict' && suggestion?.conflict !== undefined
        ? conflictNote(suggestion.conflict)
        : null,
  };
}

function candidateViews({ row, entry, suggestion, takenBy }: DetailSources): CandidateView[] {
  const rejected = rejectedIds(entry);
  return (suggestion?.candidates ?? [])
    .filter(({ customer }) => !rejected.has(String(customer.id)))
    .map(({ customer, confidence, score, evidence }) => {
      const id = String(customer.id);
      const owner = takenBy.get(id);
      const isOwn = row.customer?.id === id && (row.status === 'mapped' || row.status === 'stale');
      return {
        customer: { id, name: customer.name },
        inactive: customer.inactive === true,
        confidence,
        score,
        evidence,
        takenBy: isOwn ? null : (owner ?? null),
      };
    });
}
