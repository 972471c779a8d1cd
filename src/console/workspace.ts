import { DEFAULT_THRESHOLDS, type MappingRecord } from '../index.ts';
import {
  createMappingWorkflow,
  findEntry,
  type MappingWorkflow,
  type RefreshReport,
} from '../workflow/index.ts';
import type {
  ChangeView,
  ClashView,
  CustomerChoice,
  Decision,
  RowDetails,
  TableState,
  Thresholds,
  WaitingDecisions,
  WhatIfAnswer,
} from './api-types.ts';
import type { ConsoleInstance } from './console-options.ts';
import { ConsoleProblem } from './console-problem.ts';
import type { Suggestion } from './current-proposal.ts';
import { changeViews, clashViews } from './describe-entries.ts';
import type { InstanceConnection } from './instance-connection.ts';
import { type LiveHalo, liveHalo } from './live-halo.ts';
import { refreshSummary } from './refresh-summary.ts';
import { type ReportData, reportData } from './report-data.ts';
import { rowDetails } from './row-details.ts';
import { TableFeed } from './table-feed.ts';
import { tableRows, takenBy } from './table-rows.ts';
import { whatIf } from './what-if.ts';

/** Options of a workspace. */
export interface WorkspaceOptions {
  readonly connection: InstanceConnection;
  readonly by: string | undefined;
}

/** The mapping of one Halo instance in one browser tab: what was read, suggested and decided, until it is saved. */
export class Workspace {
  readonly host: string;
  readonly #connection: InstanceConnection;
  readonly #halo: LiveHalo;
  readonly #workflow: MappingWorkflow<MappingRecord>;
  readonly #feed = new TableFeed();
  #organizations: ReadonlyMap<string, MappingRecord> = new Map();
  #report: RefreshReport | null = null;
  #waiting: WaitingDecisions | null = null;
  #suggestions: ReadonlyMap<string, Suggestion> = new Map();
  #problems: ReadonlyMap<string, string> = new Map();
  /** Of the suggestions shown. */
  #thresholds: Thresholds | null = null;
  /** Those that a person applied last; they hold as long as this tab. */
  #chosen: Thresholds | undefined;
  #newerRevision: number | null = null;
  /** Decisions that can be undone. */
  #steps = 0;

  constructor({ connection, by }: WorkspaceOptions) {
    const { instance, client } = connection;
    this.host = client.host;
    this.#connection = connection;
    this.#halo = liveHalo(client.host, () => connection.client);
    this.#workflow = createMappingWorkflow<MappingRecord>({
      halo: this.#halo,
      organizations: async () => {
        const rows = await readOrganizations(instance);
        this.#organizations = new Map(rows.map((row) => [String(row.id), row]));
        return rows;
      },
      store: instance.store,
      ...(by === undefined ? {} : { by }),
    });
  }

  /** The table as a whole, for a page that has none of it yet. */
  whole(): TableState {
    this.#feed.forget();
    return this.#table();
  }

  async refresh(acceptVanished: boolean, signal: AbortSignal): Promise<TableState> {
    this.#waiting = (await this.#connection.instance.waitingDecisions?.()) ?? null;
    this.#report = await this.#workflow.refresh({ acceptVanished, signal });
    this.#newerRevision = this.#report.newerRevision;
    this.#suggestions = new Map();
    this.#problems = new Map();
    this.#thresholds = null;
    return this.#table();
  }

  /** @param thresholds those applied last by default, or else those of the engine */
  async suggest(thresholds: Thresholds | undefined): Promise<TableState> {
    const wanted = thresholds ?? this.#chosen;
    const report = await this.#workflow.suggest(wanted === undefined ? {} : { thresholds: wanted });
    this.#chosen = wanted;
    this.#suggestions = new Map(report.suggestions.map((each) => [String(each.organization.id), each]));
    this.#problems = new Map(
      report.problems
        .filter(({ side }) => side === 'organizations')
        .map(({ id, message }) => [String(id), message]),
    );
    this.#thresholds = report.thresholds;
    return this.#table();
  }

  decide(decision: Decision): TableState {
    if (decision.kind === 'undo') {
      if (this.#workflow.undo()) this.#steps = Math.max(0, this.#steps - 1);
    } else if (this.#apply(decision)) this.#steps += 1;
    return this.#table();
  }

  changes(): ChangeView[] {
    return changeViews(this.#workflow.changes());
  }

  async save(): Promise<{ saved: boolean; table: TableState }> {
    const { saved } = await this.#workflow.save();
    this.#steps = 0;
    this.#newerRevision = null;
    return { saved, table: this.#table() };
  }

  async reapply(): Promise<{ clashes: ClashView[]; table: TableState }> {
    const { clashes } = await this.#workflow.reapply();
    this.#newerRevision = null;
    return { clashes: clashViews(clashes), table: this.#table() };
  }

  details(organizationId: string): RowDetails | null {
    const row = this.#feed.row(organizationId);
    if (row === undefined) return null;
    const { document } = this.#workflow;
    return rowDetails({
      row,
      organization: this.#organizations.get(organizationId),
      entry: findEntry(document, organizationId),
      suggestion: this.#suggestions.get(organizationId),
      stale: this.#report?.stale.find((stale) => String(stale.organizationId) === organizationId),
      takenBy: takenBy(document),
    });
  }

  customers(): CustomerChoice[] {
    const { customers = [] } = this.#report?.snapshot ?? {};
    return customers.map(({ id, name, inactive }) => [String(id), name, inactive === true]);
  }

  whatIf(thresholds: Thresholds): Promise<WhatIfAnswer> {
    const organizations = [...this.#organizations.values()];
    const { document } = this.#workflow;
    return whatIf(
      { host: this.host, clients: this.#halo.lastClients, organizations, document },
      { applied: this.#thresholds ?? DEFAULT_THRESHOLDS, asked: thresholds },
    );
  }

  report(at: Date): ReportData {
    return reportData({
      instance: this.#connection.instance.name,
      host: this.host,
      at: at.toISOString(),
      rows: this.#feed.rows(),
      thresholds: this.#thresholds ?? DEFAULT_THRESHOLDS,
      suggestions: this.#suggestions,
    });
  }

  #apply(decision: Exclude<Decision, { kind: 'undo' }>): boolean {
    const workflow = this.#workflow;
    switch (decision.kind) {
      case 'accept-matched':
        return workflow.acceptSuggestions({ status: 'matched' }).length > 0;
      case 'map':
        return this.#map(decision.organizationId, decision.customerId);
      case 'reject':
        return workflow.reject(decision.organizationId, decision.customerId);
      case 'ignore':
        return workflow.ignore(decision.organizationId);
      case 'unmap':
        return workflow.unmap(decision.organizationId);
    }
  }

  /** What the engine proposed is noted as its suggestion, with confidence and reasons; anything else as a person's own. */
  #map(organizationId: string, customerId: string): boolean {
    const { status, customer } = this.#suggestions.get(organizationId) ?? {};
    if ((status === 'matched' || status === 'review') && String(customer?.id) === customerId) {
      const accepted = this.#workflow.acceptSuggestions({ status, organizationIds: [organizationId] });
      if (accepted.length > 0) return true;
    }
    return this.#workflow.map(organizationId, customerId);
  }

  #table(): TableState {
    const report = this.#report;
    const changes = report === null ? [] : this.#workflow.changes().filter(({ kind }) => kind !== 'keep');
    const { document } = this.#workflow;
    const rows = tableRows({
      organizations: report?.snapshot.organizations ?? [],
      document,
      stale: report?.stale ?? [],
      hidden: report?.hidden ?? [],
      suggestions: this.#suggestions,
      problems: this.#problems,
      unsaved: new Set(changes.map(({ organizationId }) => String(organizationId))),
      thresholds: this.#thresholds ?? DEFAULT_THRESHOLDS,
    });
    return {
      ...this.#feed.next(rows),
      thresholds: this.#thresholds,
      defaultThresholds: DEFAULT_THRESHOLDS,
      unsaved: changes.length,
      canUndo: this.#steps > 0,
      // The document is as a save would leave it.
      revision: changes.length > 0 ? document.revision - 1 : document.revision,
      refreshed: report === null ? null : refreshSummary(report, this.#waiting),
      newerRevision: this.#newerRevision,
    };
  }
}

/** Whatever the caller's own list has to say is for the person at the page to mend. */
async function readOrganizations({ organizations }: ConsoleInstance): Promise<readonly MappingRecord[]> {
  try {
    return await organizations();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ConsoleProblem(422, 'ORGANIZATIONS_NOT_READ', `Your organizations cannot be read: ${message}`);
  }
}
