/** What server and page say to each other. Types only: the page is built without the server's code. */
import type { Evidence, MappingStatus, VerificationReport, VerificationStage } from '../index.ts';
import type { LikelySuccessor, MappingSource, StaleReason } from '../workflow/index.ts';

/** The settings form, as the integration's own screen names its fields. Texts as typed. */
export interface SettingsForm {
  resourceServer: string;
  clientId: string;
  tenantId: string;
  authServer: string;
  /** Blank keeps the secret that is known already; the server never sends one. */
  clientSecret: string;
  onPremise: boolean;
  /** Permits `http://`, on-premise only. */
  allowInsecureHttp: boolean;
}

/** A problem of one field, with where the right value is found. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
  readonly hint: string;
}

/** One Halo instance, without its secret. */
export interface InstanceState {
  readonly name: string;
  readonly settings: Omit<SettingsForm, 'clientSecret'>;
  readonly hasSecret: boolean;
  /** Where settings can be written; null where they stay in memory. */
  readonly settingsFile: string | null;
  /** Of the last verification. */
  readonly report: VerificationReport | null;
}

/** What the page shows first. */
export interface ConsoleState {
  readonly instances: readonly InstanceState[];
  /** Present with the embedded Halo. */
  readonly demo: DemoState | null;
}

/** The credentials of the embedded Halo, by instance; they open nothing else. */
export interface DemoState {
  readonly credentials: Readonly<Record<string, Omit<SettingsForm, 'onPremise' | 'allowInsecureHttp'>>>;
}

/** One line of the stream that saving the settings answers with. */
export type VerifyEvent =
  | { readonly kind: 'stage'; readonly stage: VerificationStage }
  | {
      readonly kind: 'done';
      readonly report: VerificationReport;
      readonly instance: InstanceState;
      /** What became of the settings file; null where it was not asked for, or nothing was written. */
      readonly written: { readonly file: string; readonly withSecret: boolean } | null;
      /** Why the settings file could not be written; null where nothing stood in the way. */
      readonly problem: ApiProblem | null;
    }
  | { readonly kind: 'problem'; readonly problem: ApiProblem };

/** One line of the stream that a refresh answers with. */
export type RefreshEvent =
  /** A wait for Halo's rate limit, in words. */
  | { readonly kind: 'wait'; readonly text: string }
  | { readonly kind: 'done'; readonly table: TableState }
  | { readonly kind: 'problem'; readonly problem: ApiProblem };

/**
 * How far an organization is: `mapped` and `ignored` are decided, `open` has no suggestion yet, `stale` was decided and
 * no longer holds, the others are the engine's.
 */
export type RowStatus = MappingStatus | 'open' | 'mapped' | 'ignored' | 'stale';

/** An organization or customer by id and name. Ids are texts here. */
export interface NamedId {
  readonly id: string;
  readonly name: string;
}

/** One line of the table. */
export interface TableRow extends NamedId {
  readonly status: RowStatus;
  /** The customer it is mapped to, or that is proposed. */
  readonly customer: NamedId | null;
  /** Of the proposal, or of the suggestion that was accepted; 0..1. */
  readonly confidence: number | null;
  /** Confidence of the engine's best candidate at the last suggestion, for the chart. */
  readonly best: number | null;
  /** A decision or new name that is not saved yet. */
  readonly unsaved: boolean;
  /** One sentence on what is odd; null where nothing is. */
  readonly note: string | null;
}

/** Confidences from which a proposal is `matched` or `review`, 0..1. */
export interface Thresholds {
  readonly matched: number;
  readonly review: number;
}

/** How many undecided organizations would have each status. */
export interface WhatIfCounts {
  readonly matched: number;
  readonly review: number;
  readonly conflict: number;
  readonly unmatched: number;
}

/** The counts of the thresholds in use and of others, both for what is undecided now. */
export interface WhatIfAnswer {
  readonly applied: WhatIfCounts;
  readonly asked: WhatIfCounts;
}

/** Decisions that another program, such as `halo-psa review`, left for a save; the page does not show them. */
export interface WaitingDecisions {
  /** Null where the file cannot be understood. */
  readonly count: number | null;
  /** Where they are kept. */
  readonly file: string;
  /** The command line that saves them. */
  readonly command: string;
}

/** What the last refresh found, in short. */
export interface RefreshSummary {
  readonly at: string;
  readonly organizations: number;
  readonly customers: number;
  /** Sentences for a person, most important first. */
  readonly news: readonly string[];
  /** Set when so many rows vanished that nothing is taken for stale until a person says so. */
  readonly vanished: string | null;
  readonly waiting: WaitingDecisions | null;
}

/** The table of one instance in one browser tab, or what changed of it. */
export interface TableState {
  /** All rows, or, where `isWhole` is false, those that changed. */
  readonly rows: readonly TableRow[];
  readonly isWhole: boolean;
  /** Rows that are gone. */
  readonly removed: readonly string[];
  readonly counts: Readonly<Record<RowStatus, number>>;
  /** The thresholds of the suggestions shown; null before the first. */
  readonly thresholds: Thresholds | null;
  readonly defaultThresholds: Thresholds;
  /** Rows that a save would add, change or remove. */
  readonly unsaved: number;
  readonly canUndo: boolean;
  readonly revision: number | null;
  readonly refreshed: RefreshSummary | null;
  /** Revision that someone else saved meanwhile. */
  readonly newerRevision: number | null;
}

/** One customer that an organization may be. */
export interface CandidateView {
  readonly customer: NamedId;
  readonly inactive: boolean;
  readonly confidence: number;
  readonly score: number;
  readonly evidence: readonly Evidence[];
  /** Name of the organization that has this customer already. */
  readonly takenBy: string | null;
}

/** Everything about one row. */
export interface RowDetails {
  readonly row: TableRow;
  readonly aliases: readonly string[];
  readonly domains: readonly string[];
  /** Best first, rejected ones left out. */
  readonly candidates: readonly CandidateView[];
  readonly mapped: {
    readonly customer: NamedId;
    readonly source: MappingSource;
    readonly at: string;
    readonly by: string | null;
  } | null;
  readonly rejected: readonly (NamedId & { readonly at: string; readonly by: string | null })[];
  readonly stale: { readonly reason: StaleReason; readonly successor: LikelySuccessor | null } | null;
  /** Why several want the same, in words. */
  readonly conflict: string | null;
}

/** A customer for the picker: id, name, whether it is inactive. */
export type CustomerChoice = readonly [id: string, name: string, inactive: boolean];

/** A line of what a save would do. */
export interface ChangeView {
  readonly organization: NamedId;
  /** `reject` rules customers out where nothing else is decided, before or after. */
  readonly kind: 'add' | 'change' | 'remove' | 'reject';
  /** Null where nothing was known. */
  readonly before: string | null;
  readonly after: string;
}

/** An organization that was decided here and otherwise elsewhere. */
export interface ClashView {
  readonly organization: NamedId;
  readonly theirs: string;
  readonly yours: string;
  /** Organizations that got the same customer elsewhere. */
  readonly alsoMappedTo: readonly string[];
}

/** What a decision may be. */
export type Decision =
  | { readonly kind: 'map'; readonly organizationId: string; readonly customerId: string }
  | { readonly kind: 'reject'; readonly organizationId: string; readonly customerId: string }
  | { readonly kind: 'ignore'; readonly organizationId: string }
  | { readonly kind: 'unmap'; readonly organizationId: string }
  | { readonly kind: 'accept-matched' }
  | { readonly kind: 'undo' };

/** What an administrator could do to the embedded Halo meanwhile. */
export type DemoAction =
  | { readonly kind: 'rename'; readonly customerId: string; readonly name: string }
  | { readonly kind: 'deactivate'; readonly customerId: string }
  | { readonly kind: 'delete'; readonly customerId: string };

/** Why a request was not answered with what it asked for. */
export interface ApiProblem {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}
