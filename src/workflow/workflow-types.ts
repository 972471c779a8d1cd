import type { ListingReport } from '../errors.ts';
import type { MappingOptions, MappingRecord } from '../mapping/types.ts';
import type { Client, ClientQuery, ClientUpdate } from '../resources/clients.ts';
import type { ListOptions } from '../resources/listing.ts';
import type { HaloRequestSpec } from '../resources/raw-request.ts';
import type { GetOptions } from '../resources/resource.ts';
import type { Site, SiteQuery } from '../resources/sites.ts';
import type { StandardSchema } from '../resources/standard-schema.ts';
import type { MappingStore } from './types.ts';

/** What the workflow hands on to each call. */
export interface WorkflowCall {
  readonly signal?: AbortSignal | undefined;
}

/** A list as the workflow reads it. */
export interface WorkflowListing<Row> {
  /** Reads all rows; rejects where the reading broke off. */
  toArray(): Promise<Row[]>;
  /** How the reading went; a list that says `complete: false` is refused. */
  readonly report: ListingReport | null;
}

/** The part of a Halo client that the workflow uses. A `HaloClient` fits; so does a plain object in a test. */
export interface MappingWorkflowHalo {
  /** Names the instance where `instanceId` does not. */
  readonly host?: string | undefined;
  readonly clients: {
    list(query?: ClientQuery, options?: ListOptions): WorkflowListing<Client>;
    get(id: number, options?: GetOptions): Promise<Client>;
    /** For `writeBack` only. */
    update?(id: number, patch: ClientUpdate): Promise<Client>;
  };
  /** For successors of merged customers, and for e-mail domains. */
  readonly sites?:
    | {
        list(query?: SiteQuery, options?: ListOptions): WorkflowListing<Site>;
        get(id: number, options?: GetOptions): Promise<Site>;
      }
    | undefined;
  /** For Azure tenants. */
  request?<Output>(
    spec: HaloRequestSpec,
    schema: StandardSchema<Output>,
    options?: WorkflowCall,
  ): Promise<Output>;
  /** For estimates of time. */
  budget?(): { readonly capacity: number; readonly used: number; readonly windowMs: number };
}

/** A Halo customer with its row. */
export type WorkflowCustomer = MappingRecord & { readonly id: number; readonly client: Client };

/** What is read about customers beside their names. */
export interface WorkflowSignals {
  /** Microsoft tenants, for one request. Organizations carry theirs as `identifiers.azure_tenant_id`. @default false */
  azureTenants?: boolean | undefined;
  /** Websites, in the list itself; newer Halo versions only. @default false */
  website?: boolean | undefined;
  /** A custom field of customers, in the list itself; newer Halo versions only. @default none */
  customField?:
    | {
        id: number;
        /** The identifier of organizations that the field holds. @default the organization's own id */
        identifier?: string | undefined;
      }
    | undefined;
}

/** Options of `createMappingWorkflow`. */
export interface MappingWorkflowOptions<O extends MappingRecord> {
  halo: MappingWorkflowHalo;
  /** Reads the caller's organizations; called at every refresh. */
  organizations: () => readonly O[] | Promise<readonly O[]>;
  store: MappingStore;
  /** Names the Halo instance in the document. @default the resource host of `halo` */
  instanceId?: string | undefined;
  /** Time of decisions. @default the clock of this machine */
  now?: (() => Date) | undefined;
  /** Who decides, where a call does not say. @default nobody is named */
  by?: string | undefined;
  /** What to read beside names. @default nothing */
  signals?: WorkflowSignals | undefined;
  /** Cardinality, thresholds and so on for every suggestion. @default those of the engine */
  matching?: WorkflowMatching | undefined;
  /** Allows `writeBack()`. @default not allowed */
  writeBack?: { /** Id of the custom field of customers. */ customField: number } | undefined;
}

/** Options of the engine; what was confirmed and rejected comes from the document. */
export type WorkflowMatching = Omit<MappingOptions, 'confirmed' | 'rejected'>;

/** A row of either side, in short. */
export interface NamedRow {
  id: string | number;
  name: string;
  /** Undefined where it is not known. */
  inactive?: boolean | undefined;
}

/** Both sides in short, to compare a later refresh with. JSON; keep it wherever you like. */
export interface MappingSnapshot {
  takenAt: string;
  organizations: NamedRow[];
  customers: NamedRow[];
}

/** What became of one side. */
export interface SideChanges {
  added: NamedRow[];
  removed: NamedRow[];
  renamed: (NamedRow & { before: string })[];
  deactivated: NamedRow[];
}

/** A customer that probably takes the place of another. An inference, never a fact: show it as one. */
export interface LikelySuccessor {
  customerId: number;
  customerName: string;
  /** How sure the engine is, 0..1; null where only the sites speak for it. */
  confidence: number | null;
  /** Why, in words. */
  because: string[];
  /** `Probably merged into Contoso Group (77): ...` */
  text: string;
}

/** Why a saved mapping no longer holds. */
export type StaleReason = 'customer-deleted' | 'customer-inactive' | 'organization-removed';

/** A saved mapping that no longer holds. Nothing is changed by itself. */
export interface StaleMapping {
  organizationId: string | number;
  organizationName: string;
  customerId: string | number;
  customerName: string;
  reason: StaleReason;
  successor: LikelySuccessor | null;
}

/** A mapped customer that exists, but may not be read. */
export interface HiddenMapping {
  organizationId: string | number;
  organizationName: string;
  customerId: string | number;
  customerName: string;
  hint: string;
}

/** More rows vanished at once than are ever deleted at once. */
export interface VanishedRows {
  missing: NamedRow[];
  /** Of so many that were known. */
  known: number;
  hint: string;
}

/** What a refresh found. */
export interface RefreshReport {
  at: string;
  /**
   * What the sides were compared with: an earlier reading, or, where there is none, the names in the document. The
   * document knows mapped rows only, so nothing counts as added then.
   */
  comparedWith: 'snapshot' | 'document';
  organizations: SideChanges;
  customers: SideChanges;
  stale: StaleMapping[];
  hidden: HiddenMapping[];
  /** Set when so many customers vanished that the agent is probably restricted now; then nothing is stale. */
  customersHidden: VanishedRows | null;
  /** The same for organizations: look at what the callback returned. */
  organizationsVanished: VanishedRows | null;
  /** Revision that someone else has saved, while decisions of this workflow wait on an older one: see `reapply()`. */
  newerRevision: number | null;
  summary: WorkflowSummary;
  /** Hand it to a later refresh as `since`. */
  snapshot: MappingSnapshot;
}

/** How far the mapping is. */
export interface WorkflowSummary {
  organizations: number;
  customers: number;
  mapped: number;
  ignored: number;
  unmapped: number;
  stale: number;
}
