import type { Query } from './query.ts';
import type { FakeResourceName } from './quirks.ts';
import {
  agentFilters,
  azureTenantFilters,
  clientFilters,
  ownedFilters,
  type RowFilter,
  teamFilters,
} from './row-filters.ts';
import type { FakeRow } from './rows.ts';
import type { Need } from './scopes.ts';
import type { FakeHaloState } from './state.ts';
import type { Table } from './table.ts';
import type { Tables } from './tables.ts';
import {
  agentView,
  azureTenantView,
  clientView,
  customFieldView,
  siteView,
  teamView,
  topLevelView,
  userView,
  type ViewContext,
} from './views.ts';

/** One of Halo's lists: everything that tells it from the others. @internal */
export interface Resource {
  readonly name: FakeResourceName;
  /** Name of the rows in the envelope; null for a list that is a bare array. */
  readonly envelope: string | null;
  tableOf(tables: Tables): AnyTable;
  view(row: FakeRow, context: ViewContext): Readonly<Record<string, unknown>>;
  /** The filters that this request asks for. */
  filters(query: Query, state: FakeHaloState): readonly RowFilter[];
  /** Columns that `search` looks into. */
  readonly searched: readonly string[];
  readonly readNeeds: Need;
  /** Null for a list that cannot be written. */
  readonly writing: {
    readonly needs: Need;
    /** Fields that must be there on create, with the complaint when they are not. */
    readonly mandatory: readonly (readonly [field: string, complaint: string])[];
    readonly integers: readonly string[];
  } | null;
  /** The customer that a row belongs to, where a restriction applies. */
  clientIdOf?(row: FakeRow, tables: Tables): number | undefined;
}

type AnyTable = Table<FakeRow, { id?: number | undefined; [field: string]: unknown }>;

const NAME_MANDATORY = ['name', 'Name must be entered'] as const;
const CUSTOMER_WRITES = {
  needs: 'edit-customers',
  integers: ['id', 'toplevel_id', 'client_id', 'site_id'],
} as const;
const ADMIN_WRITES = { needs: 'admin', integers: ['id', 'department_id', 'one_client'] } as const;

/** All lists of the fake, by the lower-case name in the path. @internal */
export const RESOURCES: ReadonlyMap<string, Resource> = new Map(
  (
    [
      {
        name: 'Client',
        envelope: 'clients',
        tableOf: ({ clients }) => clients,
        view: clientView,
        filters: clientFilters,
        searched: ['name', 'ref', 'accountsid', 'website'],
        readNeeds: 'read-customers',
        writing: { ...CUSTOMER_WRITES, mandatory: [NAME_MANDATORY] },
        clientIdOf: ({ id }) => id,
      },
      {
        name: 'Site',
        envelope: 'sites',
        tableOf: ({ sites }) => sites,
        view: siteView,
        filters: ownedFilters,
        searched: ['name', 'phonenumber'],
        readNeeds: 'read-customers',
        writing: {
          ...CUSTOMER_WRITES,
          mandatory: [NAME_MANDATORY, ['client_id', 'A Customer must be selected']],
        },
        clientIdOf: (row, tables) => tables.clientIdOf(row),
      },
      {
        name: 'Users',
        envelope: 'users',
        tableOf: ({ users }) => users,
        view: userView,
        filters: ownedFilters,
        searched: ['name', 'emailaddress', 'phonenumber'],
        readNeeds: 'read-customers',
        writing: {
          ...CUSTOMER_WRITES,
          mandatory: [
            ['name', 'Username must be entered'],
            ['site_id', 'A Site must be selected'],
          ],
        },
        clientIdOf: (row, tables) => tables.clientIdOf(row),
      },
      {
        name: 'Agent',
        envelope: null,
        tableOf: ({ agents }) => agents,
        view: agentView,
        filters: agentFilters,
        searched: ['name', 'email', 'sms', 'extensionnumber'],
        readNeeds: 'nothing',
        writing: { ...ADMIN_WRITES, mandatory: [NAME_MANDATORY, ['email', 'Email Address must be entered']] },
      },
      {
        name: 'Team',
        envelope: null,
        tableOf: ({ teams }) => teams,
        view: teamView,
        filters: teamFilters,
        searched: [],
        readNeeds: 'nothing',
        writing: { ...ADMIN_WRITES, mandatory: [NAME_MANDATORY] },
      },
      {
        name: 'TopLevel',
        envelope: 'tree',
        tableOf: ({ topLevels }) => topLevels,
        view: topLevelView,
        filters: () => [],
        searched: ['name'],
        readNeeds: 'nothing',
        writing: { ...ADMIN_WRITES, mandatory: [NAME_MANDATORY] },
      },
      {
        name: 'AreaAzureTenant',
        envelope: null,
        tableOf: ({ azureTenants }) => azureTenants,
        view: azureTenantView,
        filters: azureTenantFilters,
        searched: [],
        readNeeds: 'read-customers',
        writing: null,
        clientIdOf: (row, tables) => tables.clientIdOf(row),
      },
      {
        name: 'FieldInfo',
        envelope: null,
        tableOf: ({ customFields }) => customFields,
        view: customFieldView,
        filters: () => [],
        searched: [],
        readNeeds: 'nothing',
        writing: null,
      },
    ] satisfies readonly Resource[]
  ).map((resource: Resource) => [resource.name.toLowerCase(), resource]),
);
