import type { Answer, Decision, RankedCandidate } from './decide.ts';
import { ENGINE_VERSION } from './defaults.ts';
import { PLAIN_ROWS_PER_STEP } from './slices.ts';
import type { Candidate, MappingProblem, MappingRecord, MappingReport, MappingSuggestion } from './types.ts';

/** An answer whose candidates are already in the words of the report. @internal */
export interface DescribedAnswer<C> extends Answer {
  readonly candidates: readonly (RankedCandidate & { readonly described: Candidate<C> })[];
}

/**
 * Puts the decision about one organization in the words of the report.
 *
 * @internal
 */
export function toSuggestion<O extends MappingRecord, C extends MappingRecord>(
  organizations: readonly O[],
  at: number,
  answer: DescribedAnswer<C>,
  decision: Decision,
  customers: readonly C[],
  limit: number,
): MappingSuggestion<O, C> {
  const { status, candidate, conflict } = decision;
  const shown = answer.candidates.slice(0, limit);
  // The proposed customer is always listed, in its rank, even when it comes after the limit.
  if (candidate >= limit) shown[limit - 1] = answer.candidates[candidate]!;
  const candidates = shown.map(({ described }) => described);
  const proposed = candidate < 0 ? undefined : candidates[Math.min(candidate, limit - 1)];
  return {
    organization: organizations[at]!,
    status,
    customer: proposed?.customer ?? null,
    confidence: proposed?.confidence ?? 0,
    score: proposed?.score ?? 0,
    evidence: proposed?.evidence ?? [],
    candidates,
    ...(conflict === undefined
      ? {}
      : {
          conflict: {
            kind: conflict.kind,
            organizations: conflict.organizations.map((each) => organizations[each]!),
            customers: conflict.customers.map((each) => customers[each]!),
          },
        }),
  };
}

/**
 * Builds the report from its rows; yields now and then.
 *
 * @internal
 */
export function* buildReport<O extends MappingRecord, C extends MappingRecord>(
  suggestions: MappingSuggestion<O, C>[],
  customers: readonly C[],
  thresholds: { matched: number; review: number },
  problems: MappingProblem[],
): Generator<void, MappingReport<O, C>> {
  const claimed = new Set<string>();
  const counts = { matched: 0, review: 0, conflict: 0, unmatched: 0 };
  for (let at = 0; at < suggestions.length; at++) {
    if (at % PLAIN_ROWS_PER_STEP === 0) yield;
    const { status, customer } = suggestions[at]!;
    counts[status]++;
    if (customer !== null) claimed.add(String(customer.id));
  }
  const unclaimed: C[] = [];
  for (let at = 0; at < customers.length; at++) {
    if (at % PLAIN_ROWS_PER_STEP === 0) yield;
    if (!claimed.has(String(customers[at]!.id))) unclaimed.push(customers[at]!);
  }
  return {
    engineVersion: ENGINE_VERSION,
    thresholds,
    suggestions,
    unclaimed,
    problems,
    summary: { organizations: suggestions.length, customers: customers.length, ...counts },
  };
}
