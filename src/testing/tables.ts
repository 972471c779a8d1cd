import type {
  FakeAgent,
  FakeAgentSeed,
  FakeAzureTenant,
  FakeAzureTenantSeed,
  FakeClient,
  FakeClientSeed,
  FakeCustomField,
  FakeCustomFieldSeed,
  FakeHaloSeed,
  FakeRow,
  FakeSite,
  FakeSiteSeed,
  FakeTeam,
  FakeTeamSeed,
  FakeTopLevel,
  FakeTopLevelSeed,
  FakeUser,
  FakeUserSeed,
} from './rows.ts';
import { copy, type FakeTable, Table } from './table.ts';

/** The rows of a fake Halo, for a test to look at and to change. */
export interface FakeHaloTables {
  readonly clients: FakeTable<FakeClient, FakeClientSeed>;
  readonly agents: FakeTable<FakeAgent, FakeAgentSeed>;
  readonly teams: FakeTable<FakeTeam, FakeTeamSeed>;
  readonly sites: FakeTable<FakeSite, FakeSiteSeed>;
  readonly users: FakeTable<FakeUser, FakeUserSeed>;
  readonly topLevels: FakeTable<FakeTopLevel, FakeTopLevelSeed>;
  readonly azureTenants: FakeTable<FakeAzureTenant, FakeAzureTenantSeed>;
  readonly customFields: FakeTable<FakeCustomField, FakeCustomFieldSeed>;
}

/** Halo's ids 1 among customers and agents mean "unassigned". @internal */
export const UNASSIGNED_ID = 1;

/** Row given to a fake that is not told about top levels. */
const DEFAULT_TOP_LEVELS: readonly FakeTopLevelSeed[] = [
  { id: 1, name: 'My Company', organisation_name: 'My Company' },
];

const API_AGENT: FakeAgentSeed = { name: 'API Agent', isapiagent: true, email: 'api@fake-halo.example' };

/** Name of the site that Halo makes for a new customer. */
const MAIN_SITE_NAME = 'Main';

/**
 * The tables, with the rules that hold between them.
 *
 * @internal
 */
export class Tables implements FakeHaloTables {
  readonly clients = new Table<FakeClient, FakeClientSeed>('clients', UNASSIGNED_ID + 1, {
    added: (client) => this.#addMainSite(client),
    deleted: (client) => this.#deleteOwned(client.id),
  });
  readonly agents = new Table<FakeAgent, FakeAgentSeed>('agents', UNASSIGNED_ID + 1);
  readonly teams = new Table<FakeTeam, FakeTeamSeed>('teams');
  readonly sites = new Table<FakeSite, FakeSiteSeed>('sites');
  readonly users = new Table<FakeUser, FakeUserSeed>('users');
  readonly topLevels = new Table<FakeTopLevel, FakeTopLevelSeed>('topLevels');
  readonly azureTenants = new Table<FakeAzureTenant, FakeAzureTenantSeed>('azureTenants');
  readonly customFields = new Table<FakeCustomField, FakeCustomFieldSeed>('customFields');
  /** The agent that the API application logs in as. */
  loginAgentId = 0;
  readonly #seed: FakeHaloSeed;

  constructor(seed: FakeHaloSeed) {
    this.#seed = copy(seed);
    this.reset();
  }

  /** Changes whenever any row does. */
  get version(): number {
    return this.#all().reduce((sum, table) => sum + table.version, 0);
  }

  /** The top level of a customer or team that names none. */
  get firstTopLevelId(): number {
    return this.topLevels.rows()[0]?.id ?? 1;
  }

  /** Puts the rows back that the fake began with. */
  reset(): void {
    const seed = this.#seed;
    this.topLevels.load(seed.topLevels ?? DEFAULT_TOP_LEVELS);
    this.teams.load(seed.teams ?? []);
    this.agents.load(seed.agents ?? []);
    this.clients.load(seed.clients ?? []);
    this.sites.load(seed.sites ?? []);
    this.users.load(seed.users ?? []);
    this.azureTenants.load(seed.azureTenants ?? []);
    this.customFields.load(seed.customFields ?? []);
    if (!seed.sites) for (const client of this.clients.rows()) this.#addMainSite(client);
    const login = this.agents.rows().find((agent) => agent.isapiagent) ?? this.agents.insert(API_AGENT);
    this.loginAgentId = login.id;
  }

  #all() {
    const { clients, agents, teams, sites, users, topLevels, azureTenants, customFields } = this;
    return [clients, agents, teams, sites, users, topLevels, azureTenants, customFields] as const;
  }

  #addMainSite(client: FakeClient): void {
    if (client.main_site_id !== undefined) return;
    const name = typeof client.main_site_name === 'string' ? client.main_site_name : MAIN_SITE_NAME;
    const site = this.sites.insert({ name, client_id: client.id });
    this.clients.set(client.id, { main_site_id: site.id });
  }

  #deleteOwned(clientId: number): void {
    // Contacts before sites: a contact knows its customer through its site.
    for (const table of [this.users, this.azureTenants, this.sites] as const) {
      for (const row of table.rows()) if (this.clientIdOf(row) === clientId) table.delete(row.id);
    }
  }

  /** The customer a site, contact or tenant link belongs to. */
  clientIdOf(row: FakeRow): number | undefined {
    if (typeof row.client_id === 'number') return row.client_id;
    return typeof row.site_id === 'number' ? this.sites.peek(row.site_id)?.client_id : undefined;
  }
}
