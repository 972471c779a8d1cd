/** One organization or customer. Extra properties of your own survive into the report. */
export interface MappingRecord {
  /** Compared as `String(id)`. */
  id: string | number;
  name: string;
  /** Other names: trading, former, short, translated. */
  aliases?: readonly string[] | undefined;
  /** Hosts, URLs or e-mail addresses. */
  domains?: readonly string[] | undefined;
  phones?: readonly string[] | undefined;
  postalCodes?: readonly string[] | undefined;
  /** An inactive customer stays a candidate, counts less and is never `matched`. */
  inactive?: boolean | undefined;
  /** Ids in other systems, compared within one key only. Blank, `0` and `-1` are none. */
  identifiers?:
    | Readonly<Record<string, string | number | readonly (string | number)[] | null | undefined>>
    | undefined;
}

/** Options of `suggestMappings`. */
export interface MappingOptions {
  /** Whether a customer may be proposed for several organizations. @default 'one-to-one' */
  cardinality?: 'one-to-one' | 'many-to-one';
  /** Candidates listed per organization. @default 5 */
  maxCandidates?: number;
  /** Confidences from which a proposal is `matched` or `review`, each 0..1. @default those of the calibration */
  thresholds?: { matched?: number; review?: number };
}

/** One reason for or against a pair. */
export interface Evidence {
  /** Stable identifier of the reason. */
  kind: string;
  /** Its part of the score, in log-odds; negative counts against. */
  weight: number;
  /** The reason in words, fixed per kind. */
  label: string;
  /** The words or values concerned. */
  detail?: string;
}

/** One customer that an organization may be. */
export interface Candidate<C> {
  customer: C;
  /** Probability that this customer is the right one among these customers; those of one organization sum to at most 1. */
  confidence: number;
  /** Sum of the evidence weights, in log-odds; unbounded. */
  score: number;
  evidence: Evidence[];
}

export type MappingStatus = 'matched' | 'review' | 'conflict' | 'unmatched';

/** What the engine proposes for one organization. */
export interface MappingSuggestion<O, C> {
  organization: O;
  status: MappingStatus;
  /** The proposed customer; for a conflict the contested one; null when unmatched. */
  customer: C | null;
  /** Of the proposed customer; 0 when unmatched. */
  confidence: number;
  /** Of the proposed customer; 0 when unmatched. */
  score: number;
  /** Of the proposed customer; empty when unmatched. */
  evidence: Evidence[];
  /** Best first, the proposed customer among them. */
  candidates: Candidate<C>[];
  conflict?: { kind: 'contested-customer' | 'tie'; organizations: O[]; customers: C[] };
}

/** One oddity in the input that a person should look at. */
export interface MappingProblem {
  kind: 'blank-name' | 'placeholder-name' | 'duplicate-id' | 'duplicate-name' | 'truncated-name';
  side: 'organizations' | 'customers';
  /** Position in the input list. */
  index: number;
  id: string | number;
  message: string;
}

/** What `suggestMappings` returns. */
export interface MappingReport<O, C> {
  engineVersion: string;
  /** The thresholds that were used. */
  thresholds: { matched: number; review: number };
  /** One per organization, in input order. */
  suggestions: MappingSuggestion<O, C>[];
  /** Customers that are nobody's `customer`, in input order. */
  unclaimed: C[];
  problems: MappingProblem[];
  summary: {
    organizations: number;
    customers: number;
    matched: number;
    review: number;
    conflict: number;
    unmatched: number;
  };
}
