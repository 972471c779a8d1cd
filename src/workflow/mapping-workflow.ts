import type { MappingRecord, MappingReport, MappingSuggestion } from '../mapping/types.ts';
import { acceptProposal, type Proposal } from './accept-suggestions.ts';
import { checkMapping, type MappingCheck, type MappingCheckLimits } from './check-mapping.ts';
import { checkedBy, checkSnapshot, checkWorkflowOptions } from './check-workflow-options.ts';
import { baselinesOf } from './compare-sides.ts';
import { describeChange, entriesByCustomer, type MappingChangeRow } from './describe-changes.ts';
import { findEntry, isRejected, type MappingChange } from './document-changes.ts';
import { copyDocument, parseMappingDocument } from './mapping-document.ts';
import type {
  AcceptOptions,
  DecisionOptions,
  MappingWorkflow,
  ReapplyResult,
  RefreshOptions,
  SaveResult,
  SuggestOptions,
} from './mapping-workflow-types.ts';
import { PendingDecisions } from './pending-decisions.ts';
import { checkOrganizations, OWN_ID_KEY, readCustomers } from './read-sides.ts';
import { refreshSides } from './refresh-sides.ts';
import { namesOf, type Sides, sidesOf, snapshotOf, summarise } from './sides.ts';
import { openCustomers, readSiteDomains } from './site-domains.ts';
import { offeredCustomers, suggestUnmapped } from './suggest-unmapped.ts';
import type { MappedCustomer, MappingDocument, MappingEntry } from './types.ts';
import type {
  MappingSnapshot,
  MappingWorkflowOptions,
  RefreshReport,
  WorkflowCustomer,
} from './workflow-types.ts';
import {
  planWriteBack,
  readFieldValues,
  runWriteBack,
  type WriteBackOptions,
  type WriteBackRow,
} from './write-back.ts';

/**
 * Returns the way from suggestion to saved mapping for one Halo instance. Nothing is read before `refresh()`, and
 * nothing is written before `save()`.
 *
 * @param options Halo, the caller's organizations, the store, and who decides
 * @throws {TypeError} when an option is missing, unknown or of a wrong type, or neither `instanceId` nor `halo.host` names
 *   the instance
 * @example
 * ```ts
 * import { configFromEnv, createHaloClient } from 'halo-psa';
 * import { createMappingWorkflow } from 'halo-psa/workflow';
 * import { createJsonFileStore } from 'halo-psa/stores';
 *
 * const halo = createHaloClient(configFromEnv());
 * const organizations = async () => [{ id: 'org-7', name: 'Contoso Ltd' }];
 * const workflow = createMappingWorkflow({ halo, organizations, store: createJsonFileStore('mapping.json'), by: 'kim' });
 * await workflow.refresh();
 * await workflow.suggest();
 * workflow.acceptSuggestions({ status: 'matched' });
 * await workflow.save();
 * ```
 */
export function createMappingWorkflow<O extends MappingRecord>(
  options: MappingWorkflowOptions<O>,
): MappingWorkflow<O> {
  return new Workflow(options);
}

/** What the last refresh left behind. */
interface Reading<O extends MappingRecord> {
  readonly sides: Sides<O>;
  readonly report: RefreshReport;
}

class Workflow<O extends MappingRecord> implements MappingWorkflow<O> {
  readonly #options: MappingWorkflowOptions<O>;
  readonly #instanceId: string;
  readonly #decisions: PendingDecisions;
  #reading: Reading<O> | undefined;
  #snapshot: MappingSnapshot | null = null;
  #siteDomains: ReadonlyMap<number, readonly string[]> = new Map();
  #proposal: Proposal<O> | undefined;
  /** Decisions that a save under way has taken along. */
  #saving = 0;
  #lastSave: Promise<unknown> = Promise.resolve();

  constructor(options: MappingWorkflowOptions<O>) {
    checkWorkflowOptions(options);
    const instanceId = options.instanceId ?? options.halo.host ?? '';
    if (instanceId.trim() === '') throw new TypeError('Expected `instanceId`, because `halo` has no `host`');
    this.#options = { ...options };
    this.#instanceId = instanceId;
    this.#decisions = new PendingDecisions(instanceId);
  }

  get document(): MappingDocument {
    return copyDocument(this.#decisions.document);
  }

  get unmapped(): O[] {
    const decided = new Set(
      this.#decisions.view.entries
        .filter(({ mapped, ignored }) => mapped !== undefined || ignored !== undefined)
        .map(({ organizationId }) => String(organizationId)),
    );
    return [...this.#read().sides.organizationsById.values()].filter(({ id }) => !decided.has(String(id)));
  }

  async refresh({ since, acceptVanished = false, signal }: RefreshOptions = {}): Promise<RefreshReport> {
    const { halo, organizations, signals = {} } = this.#options;
    checkSnapshot(since);
    // A document that is just being saved here would look like someone else's.
    await this.#lastSave;
    const at = this.#now();
    const { base } = this.#decisions;
    const [stored, rows, customers] = await Promise.all([
      this.#load(),
      // In a promise of its own, so that a callback that throws at once leaves no other promise behind.
      Promise.resolve().then(organizations),
      readCustomers(halo, signals, { signal }),
    ]);
    checkOrganizations(rows);
    // A save that ended meanwhile left a document behind that is newer than the one read here.
    const newerRevision = this.#decisions.base === base ? this.#takeOver(stored) : null;
    const baselines = baselinesOf(since ?? this.#snapshot, this.#decisions.base ?? this.#decisions.view);
    const { sides, report } = await refreshSides({
      halo,
      document: this.#decisions.view,
      baselines,
      sides: sidesOf(rows, customers),
      earlier: this.#reading?.sides.customersById ?? new Map(),
      acceptVanished,
      call: { signal },
    });
    this.#decisions.learn(namesOf(sides));
    const isTrusted = report.customersHidden === null && report.organizationsVanished === null;
    const taken = snapshotOf(sides, at);
    // A reading that cannot be relied on must not become what the next one is compared with.
    const snapshot = isTrusted ? taken : (since ?? this.#snapshot ?? taken);
    if (isTrusted || since !== undefined) this.#snapshot = snapshot;
    this.#siteDomains = new Map();
    this.#proposal = undefined;
    const summary = summarise(sides, this.#decisions.view, report.stale.length);
    const full: RefreshReport = {
      at,
      comparedWith: baselines.kind,
      ...report,
      newerRevision,
      summary,
      snapshot,
    };
    this.#reading = { sides, report: full };
    return structuredClone(full);
  }

  async suggest(options: SuggestOptions = {}): Promise<MappingReport<O, WorkflowCustomer>> {
    const reading = this.#reading;
    const report = await this.#suggest(options, undefined);
    // A refresh that ended meanwhile has made the proposal an old one.
    if (this.#reading !== reading) return report;
    const cardinality = options.cardinality ?? this.#options.matching?.cardinality;
    this.#proposal = { suggestions: report.suggestions, isOneToOne: cardinality !== 'many-to-one' };
    return report;
  }

  async suggestFor(
    organizationId: string | number,
    options: SuggestOptions = {},
  ): Promise<MappingSuggestion<O, WorkflowCustomer>> {
    this.#organization(organizationId);
    const { suggestions } = await this.#suggest(options, organizationId);
    if (suggestions[0] === undefined) throw new TypeError(`There is no organization ${organizationId}`);
    return suggestions[0];
  }

  map(organizationId: string | number, customerId: string | number, options: DecisionOptions = {}): boolean {
    const { id, name } = this.#organization(organizationId);
    const customer = this.#customer(customerId);
    const current = this.#entry(id)?.mapped;
    if (current !== undefined && String(current.customerId) === String(customer.id)) return false;
    const mapped: MappedCustomer = { ...named(customer), source: 'manual', ...this.#decision(options) };
    return this.#decide([{ kind: 'map', organizationId: id, organizationName: name ?? '', mapped }]);
  }

  reject(
    organizationId: string | number,
    customerId: string | number,
    options: DecisionOptions = {},
  ): boolean {
    const { id, name } = this.#organization(organizationId);
    const entry = this.#entry(id);
    if (isRejected(entry, customerId)) return false;
    // A customer that is gone can be ruled out as well, as long as it is mapped.
    const isMapped = String(entry?.mapped?.customerId) === String(customerId);
    const customer =
      isMapped && entry?.mapped !== undefined ? entry.mapped : named(this.#customer(customerId));
    const { customerId: rejectedId, customerName } = customer;
    const rejected = { customerId: rejectedId, customerName, ...this.#decision(options) };
    return this.#decide([{ kind: 'reject', organizationId: id, organizationName: name ?? '', rejected }]);
  }

  ignore(organizationId: string | number, options: DecisionOptions = {}): boolean {
    const { id, name } = this.#organization(organizationId);
    if (this.#entry(id)?.ignored !== undefined) return false;
    const ignored = this.#decision(options);
    return this.#decide([{ kind: 'ignore', organizationId: id, organizationName: name ?? '', ignored }]);
  }

  unmap(organizationId: string | number): boolean {
    this.#read();
    return this.#decide([
      { kind: 'unmap', organizationId },
      { kind: 'unignore', organizationId },
    ]);
  }

  acceptSuggestions(accept: AcceptOptions): MappingSuggestion<O, WorkflowCustomer>[] {
    const { status, organizationIds, ...options } = accept ?? {};
    if (status !== 'matched' && status !== 'review')
      throw new TypeError("Expected `status` to be 'matched' or 'review'");
    if (this.#proposal === undefined) throw new TypeError('Call suggest() first, after the last refresh()');
    const { accepted, changes } = acceptProposal(this.#proposal, status, {
      document: this.#decisions.view,
      decision: this.#decision(options),
      only: organizationIds && new Set(organizationIds.map(String)),
    });
    if (changes.length > 0) this.#decide(changes);
    return accepted;
  }

  undo(): boolean {
    return this.#decisions.undo(this.#saving);
  }

  changes(): MappingChangeRow[] {
    const mapped = entriesByCustomer(this.#isOneToOne ? this.#decisions.view.entries : []);
    return this.#decisions.diff().map((row) => describeChange(row, mapped));
  }

  save(): Promise<SaveResult> {
    return this.#afterLastSave(() => this.#save());
  }

  reapply(): Promise<ReapplyResult> {
    return this.#afterLastSave(() => this.#reapply());
  }

  check(limits: MappingCheckLimits = {}): MappingCheck {
    const { report } = this.#read();
    const isMapped = ({
      organizationId,
      customerId,
    }: RefreshReport['stale'][number] | RefreshReport['hidden'][number]) =>
      String(this.#entry(organizationId)?.mapped?.customerId) === String(customerId);
    const unmatched = this.unmapped.length;
    const stale = report.stale.filter(isMapped).length;
    const hidden = report.hidden.filter(isMapped).length;
    return checkMapping({ ...report, unmatched, stale, hidden }, limits);
  }

  async writeBack({ dryRun = false, overwrite = false }: WriteBackOptions = {}): Promise<WriteBackRow[]> {
    const { halo, writeBack } = this.#options;
    if (writeBack === undefined)
      throw new TypeError('Expected the option `writeBack` of createMappingWorkflow');
    const { sides } = this.#read();
    const document = this.#decisions.base;
    if (document === null) return [];
    const values = await readFieldValues(halo, writeBack.customField, document);
    const organizationIds = sides.organizations.map(({ id }) => id);
    const plan = planWriteBack({ document, organizationIds, values, overwrite });
    return dryRun ? plan : runWriteBack(halo, writeBack.customField, plan);
  }

  async #load(): Promise<MappingDocument | null> {
    const stored = await this.#options.store.load();
    // Not taken for "none": a store that forgot to return would then be written over.
    if (stored === undefined)
      throw new TypeError('Expected `store.load()` to return a document, or null when there is none');
    return stored === null ? null : parseMappingDocument(stored, { instanceId: this.#instanceId });
  }

  /** Takes a newer document, unless decisions wait on the older one; returns the revision that is then left aside. */
  #takeOver(stored: MappingDocument | null): number | null {
    const isNewer = stored?.revision !== this.#decisions.base?.revision;
    if (isNewer && this.#decisions.steps > 0) return stored?.revision ?? null;
    this.#decisions.load(stored);
    return null;
  }

  async #suggest(
    {
      includeInactive = false,
      includeUnassigned = false,
      siteEmailDomains,
      signal,
      ...matching
    }: SuggestOptions,
    only: string | number | undefined,
  ): Promise<MappingReport<O, WorkflowCustomer>> {
    const { sides } = this.#read();
    const { customField } = this.#options.signals ?? {};
    const input = {
      organizations: sides.organizations,
      document: this.#decisions.view,
      matching: { ...this.#options.matching, ...matching },
      includeInactive,
      includeUnassigned,
      only,
      ownIdKey: customField !== undefined && customField.identifier === undefined ? OWN_ID_KEY : undefined,
      signal,
    };
    const first = await suggestUnmapped({ ...input, customers: this.#withSiteDomains(sides.customers) });
    if (siteEmailDomains === undefined) return first;
    const offered = offeredCustomers(sides.customers, input).filter(({ id }) => !this.#siteDomains.has(id));
    const open = openCustomers(first, offered, input.document);
    if (open.size === 0) return first;
    const domains = await readSiteDomains(this.#options.halo, open, siteEmailDomains, { signal });
    if (domains === null) return first;
    this.#siteDomains = new Map([
      ...this.#siteDomains,
      ...[...open].map((id) => [id, domains.get(id) ?? []] as const),
    ]);
    return suggestUnmapped({ ...input, customers: this.#withSiteDomains(sides.customers) });
  }

  #withSiteDomains(customers: readonly WorkflowCustomer[]): readonly WorkflowCustomer[] {
    if (this.#siteDomains.size === 0) return customers;
    return customers.map((customer) => {
      const domains = this.#siteDomains.get(customer.id) ?? [];
      return domains.length === 0
        ? customer
        : { ...customer, domains: [...(customer.domains ?? []), ...domains] };
    });
  }

  /** One at a time: a document read before a save must not take the place of what was saved. */
  #afterLastSave<Result>(run: () => Promise<Result>): Promise<Result> {
    const running = this.#lastSave.then(run);
    this.#lastSave = running.catch(() => undefined);
    return running;
  }

  async #reapply(): Promise<ReapplyResult> {
    const newer = await this.#load();
    const clashes = this.#decisions.reapply(newer, { isOneToOne: this.#isOneToOne });
    return { revision: newer?.revision ?? null, clashes: structuredClone(clashes) };
  }

  async #save(): Promise<SaveResult> {
    const decisions = this.#decisions;
    const { base, view } = decisions;
    if (decisions.diff().every(({ kind }) => kind === 'keep')) {
      decisions.saved(base, decisions.steps);
      return { saved: false, revision: base?.revision ?? null };
    }
    this.#saving = decisions.steps;
    try {
      await this.#options.store.save(copyDocument(view), base?.revision ?? null);
      decisions.saved(view, this.#saving);
      return { saved: true, revision: view.revision };
    } finally {
      this.#saving = 0;
    }
  }

  get #isOneToOne(): boolean {
    return this.#options.matching?.cardinality !== 'many-to-one';
  }

  #decide(changes: readonly MappingChange[]): boolean {
    return this.#decisions.decide(changes);
  }

  #decision({ by = this.#options.by }: DecisionOptions): { at: string; by?: string | undefined } {
    return by === undefined ? { at: this.#now() } : { at: this.#now(), by: checkedBy(by) };
  }

  #now(): string {
    const now = this.#options.now?.() ?? new Date();
    if (!(now instanceof Date) || Number.isNaN(now.getTime()))
      throw new TypeError('Expected `now` to return a Date');
    return now.toISOString();
  }

  #read(): Reading<O> {
    if (this.#reading === undefined) throw new TypeError('Call refresh() first');
    return this.#reading;
  }

  #entry(organizationId: string | number): MappingEntry | undefined {
    return findEntry(this.#decisions.view, organizationId);
  }

  #organization(id: string | number): O {
    const organization = this.#read().sides.organizationsById.get(String(id));
    if (organization === undefined)
      throw new TypeError(`There is no organization ${id} among those of the last refresh`);
    return organization;
  }

  #customer(id: string | number): WorkflowCustomer {
    const customer = this.#read().sides.customersById.get(String(id));
    if (customer === undefined)
      throw new TypeError(`There is no customer ${id} among those of the last refresh`);
    return customer;
  }
}

function named({ id, name }: WorkflowCustomer): { customerId: number; customerName: string } {
  return { customerId: id, customerName: name };
}
