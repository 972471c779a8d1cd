import type { MappingRecord, MappingReport, MappingSuggestion } from '../mapping/types.ts';
import type { MappingCheck, MappingCheckLimits } from './check-mapping.ts';
import type { MappingChangeRow } from './describe-changes.ts';
import type { MappingClash } from './find-clashes.ts';
import type { SiteDomainPlan } from './site-domains.ts';
import type { MappingDocument } from './types.ts';
import type { MappingSnapshot, RefreshReport, WorkflowCustomer, WorkflowMatching } from './workflow-types.ts';
import type { WriteBackOptions, WriteBackRow } from './write-back.ts';

/** Who decides. */
export interface DecisionOptions {
  /** In the caller's own words: a user name, an e-mail address, a job. @default that of the workflow */
  by?: string | undefined;
}

/** Options of `refresh`. */
export interface RefreshOptions {
  /** An earlier reading to compare with. @default the last refresh of this workflow, or else the document */
  since?: MappingSnapshot | undefined;
  /** Takes rows that vanished in great number for deleted. @default false */
  acceptVanished?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

/** Options of `suggest`. */
export interface SuggestOptions extends WorkflowMatching {
  /** Also offers inactive customers. @default false */
  includeInactive?: boolean | undefined;
  /** Also offers customer 1, Halo's word for "unassigned". @default false */
  includeUnassigned?: boolean | undefined;
  /**
   * Reads e-mail domains of sites, one request each, for customers still unmapped. Told the number of requests and the
   * estimated time first, it returns whether to go on. @default not read
   */
  siteEmailDomains?: ((plan: SiteDomainPlan) => boolean | Promise<boolean>) | undefined;
  signal?: AbortSignal | undefined;
}

/** Options of `acceptSuggestions`. */
export interface AcceptOptions extends DecisionOptions {
  /** Which of the suggestions; a conflict needs a person and `map`. */
  status: 'matched' | 'review';
  /** Only those of these organizations. @default all of the status */
  organizationIds?: readonly (string | number)[] | undefined;
}

/** What a save did. */
export interface SaveResult {
  /** False when there was nothing to save. */
  saved: boolean;
  /** Revision of the document now; null for none. */
  revision: number | null;
}

/** What putting decisions onto a newer document found. */
export interface ReapplyResult {
  /** Revision of the newer document; null for none. */
  revision: number | null;
  /**
   * Organizations that both sides decided, differently, or that share a customer since. Saving now keeps the decisions
   * made here.
   */
  clashes: MappingClash[];
}

/** What an administrator clicks: refresh, suggest, decide, save. Made by `createMappingWorkflow`. */
export interface MappingWorkflow<O extends MappingRecord> {
  /** The document with all decisions, as `save()` would store it. A copy. */
  readonly document: MappingDocument;
  /** Organizations of the last refresh that are neither mapped nor ignored. */
  readonly unmapped: O[];
  /**
   * Reads both sides and the document, and says what changed since and which saved mappings are stale. Changes nothing;
   * new names of mapped rows are saved with the next `save()`.
   *
   * @throws {HaloListingError} when the list of customers does not check complete
   * @throws {HaloMappingStoreError} when the document cannot be read, or belongs to another instance
   */
  refresh(options?: RefreshOptions): Promise<RefreshReport>;
  /** Runs the engine on all organizations that are neither mapped nor ignored. */
  suggest(options?: SuggestOptions): Promise<MappingReport<O, WorkflowCustomer>>;
  /** Runs the engine for one organization, also a mapped or ignored one. */
  suggestFor(
    organizationId: string | number,
    options?: SuggestOptions,
  ): Promise<MappingSuggestion<O, WorkflowCustomer>>;
  /** Maps an organization onto a customer, in place of what was decided before; returns whether that is a change. */
  map(organizationId: string | number, customerId: string | number, options?: DecisionOptions): boolean;
  /** Rules a pair out for good, and ends its mapping. */
  reject(organizationId: string | number, customerId: string | number, options?: DecisionOptions): boolean;
  /** Notes that an organization is meant to have no customer, and ends its mapping. */
  ignore(organizationId: string | number, options?: DecisionOptions): boolean;
  /** Ends the mapping of an organization, or its being ignored. */
  unmap(organizationId: string | number): boolean;
  /** Maps what the last `suggest()` proposed, as far as nothing was decided since; one step for `undo()`. */
  acceptSuggestions(options: AcceptOptions): MappingSuggestion<O, WorkflowCustomer>[];
  /** Takes the last decision back that is not saved; false when there is none. */
  undo(): boolean;
  /** Returns what `save()` would change: one row per organization, add, change, remove or keep. */
  changes(): MappingChangeRow[];
  /**
   * Saves the decisions, and the new names, against the revision that was read.
   *
   * @throws {HaloMappingStoreError} code `HALO_MAPPING_STORE_CONFLICT` when someone else saved first, with both
   *   revisions. Nothing is written and no decision is lost: call `reapply()`, look at its clashes, and save again.
   */
  save(): Promise<SaveResult>;
  /** Reads the document anew and puts the decisions on top of it. */
  reapply(): Promise<ReapplyResult>;
  /** Judges the mapping, for a job that is to fail when it is not in order. */
  check(limits?: MappingCheckLimits): MappingCheck;
  /**
   * Stores each organization's id in a custom field of its customer, from the saved document. Needs the option
   * `writeBack`.
   *
   * @throws {TypeError} when the workflow was made without `writeBack`
   */
  writeBack(options?: WriteBackOptions): Promise<WriteBackRow[]>;
}
