import type { MappingStatus, MappingSuggestion } from '../../mapping/index.ts';
import type { ListedRecord, TruthRow } from '../input/lists.ts';

/** A suggestion over the two lists. */
export type Suggestion = MappingSuggestion<ListedRecord, ListedRecord>;

/** A suggestion beside the right answer. */
export interface JudgedSuggestion {
  readonly suggestion: Suggestion;
  readonly truth: TruthRow;
  /** Whether the named customer is right; null when none is named. */
  readonly right: boolean | null;
  /** Whether the organization has a customer at all. */
  readonly hasMatch: boolean;
}

/** What became of the rows of one kind. */
export interface KindCount {
  readonly kind: string;
  readonly rows: number;
  readonly matched: number;
  readonly review: number;
  readonly conflict: number;
  readonly unmatched: number;
  /** Rows of any status that name a wrong customer. */
  readonly wrong: number;
}

/** Puts each suggestion beside its right answer; organizations that the truth leaves out are not judged. */
export function judge(
  suggestions: readonly Suggestion[],
  truth: ReadonlyMap<string, TruthRow>,
): JudgedSuggestion[] {
  return suggestions.flatMap((suggestion) => {
    const row = truth.get(suggestion.organization.id);
    if (!row) return [];
    const right = suggestion.customer === null ? null : row.customerIds.has(suggestion.customer.id);
    return [{ suggestion, truth: row, right, hasMatch: row.customerIds.size > 0 }];
  });
}

/** Returns how many organizations have their customer among the candidates, whatever the status. */
export function countListed(judged: readonly JudgedSuggestion[]): number {
  return judged.filter(({ suggestion, truth }) =>
    suggestion.candidates.some(({ customer }) => truth.customerIds.has(customer.id)),
  ).length;
}

/** Counts what became of each kind of row, most frequent kind first. */
export function countByKind(judged: readonly JudgedSuggestion[]): KindCount[] {
  return [...new Set(judged.map((row) => row.truth.kind))]
    .map((kind) => {
      const rows = judged.filter((row) => row.truth.kind === kind);
      const count = (status: MappingStatus) => rows.filter((row) => row.suggestion.status === status).length;
      return {
        kind,
        rows: rows.length,
        matched: count('matched'),
        review: count('review'),
        conflict: count('conflict'),
        unmatched: count('unmatched'),
        wrong: rows.filter((row) => row.right === false).length,
      };
    })
    .sort((a, b) => b.rows - a.rows || (a.kind < b.kind ? -1 : 1));
}
