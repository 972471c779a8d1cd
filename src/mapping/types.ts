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
  /** Pairs a person has confirmed: they are kept, and the organization's name becomes an alias of the customer. @default none */
  confirmed?: readonly DecidedPair[];
  /** Pairs a person has ruled out: they are never candidates again. @default none */
  rejected?: readonly DecidedPair[];
  /**
   * Cuts a host to the domain its owner registered, or null. Give one that knows the whole public suffix list when the
   * built-in table of common suffixes is too small. @default the built-in table
   */
  registrableDomain?: (host: string) => string | null;
}

/** A decision about one organization and one customer. Ids are compared as strings. */
export interface DecidedPair {
  organizationId: string | number;
  customerId: string | number;
  /** With it, a confirmed pair also teaches the engine this name of the customer. */
  organizationName?: string | undefined;
}

/** Options of `suggestMappingsAsync`. */
export interface AsyncMappingOptions extends MappingOptions {
  /** Stops the work; the promise rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Called now and then with the share of the work that is done, 0..1. */
  onProgress?: (done: number) => void;
}

/** What `explainPair` says of two records by themselves. */
export interface PairExplanation {
  /** Probability that both are the same company, if nothing else is known. */
  confidence: number;
  /** Sum of the evidence weights, in log-odds. */
  score: number;
  evidence: Evidence[];
}

/** Customers indexed once, for many questions. */
export interface Mapper<C extends MappingRecord> {
  /** Maps organizations onto the customers, as `suggestMappings` does. */
  suggest<O extends MappingRecord>(organizations: readonly O[]): MappingReport<O, C>;
  /** Returns what the report says, or would say, about one organization and one customer; null for an unknown customer. */
  explain<O extends MappingRecord>(organization: O, customer: C): Candidate<C> | null;
}

/** One reason for or against a pair. Items without `detail` may be shared between rows and frozen. */
export interface Evidence {
  /** Stable identifier of the reason. */
  kind: string;
  /** Its part of the score, in log-odds; negative counts against. */
  weight: number;
  /** The reason in words, fixed per kind. */
  label: string;
  /** The words or values concerned. */
  detail?: string;
  /**
   * Set where this calls for a person: whatever its confidence, the pair is `matched` only if both sides have the same id,
   * or a person has confirmed it.
   */
  review?: true;
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

/** What a suggestion calls for: nothing, a look, a choice between claims, or a hand-made mapping. */
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
  /** What the conflict is about: the other organizations concerned, the first 100 of them as given, and the customers. */
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
