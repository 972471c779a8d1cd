import { double } from './halo-json.ts';
import { flag, integers, type Query } from './query.ts';
import {
  AGENT_DEFAULTS,
  AGENT_DETAIL_DEFAULTS,
  AZURE_TENANT_DEFAULTS,
  CLIENT_DEFAULTS,
  CLIENT_DETAIL_DEFAULTS,
  SITE_DEFAULTS,
  SITE_DETAIL_DEFAULTS,
  TEAM_DEFAULTS,
  TEAM_DETAIL_DEFAULTS,
  USER_DEFAULTS,
} from './row-defaults.ts';
import type {
  FakeAgent,
  FakeAzureTenant,
  FakeClient,
  FakeCustomField,
  FakeSite,
  FakeTeam,
  FakeTopLevel,
  FakeUser,
} from './rows.ts';
import type { FakeHaloState } from './state.ts';

/** What decides which fields an answer carries. @internal */
export interface ViewContext {
  readonly state: FakeHaloState;
  readonly query: Query;
  /** The answer is about one row, not a list of them. */
  readonly detail: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** Fields a customer's list row has only when it is asked for them, or never. */
const CLIENT_DETAIL_ONLY: ReadonlySet<string> = new Set([
  ...Object.keys(CLIENT_DETAIL_DEFAULTS),
  'customfields',
  'azure_tenants',
  'external_links',
  'main_site_id',
  'main_site_name',
  'main_contact_name',
  'main_contact_email',
  'main_contact_phonenumber',
  'accountsccemailaddress',
  'accountsbccemailaddress',
]);
const SITE_DETAIL_ONLY: ReadonlySet<string> = new Set([
  ...Object.keys(SITE_DETAIL_DEFAULTS),
  'customfields',
  'external_links',
]);
const AGENT_DETAIL_ONLY: ReadonlySet<string> = new Set([...Object.keys(AGENT_DETAIL_DEFAULTS), 'clients']);
const TEAM_DETAIL_ONLY: ReadonlySet<string> = new Set([...Object.keys(TEAM_DETAIL_DEFAULTS), 'agents']);
const NOTHING: ReadonlySet<string> = new Set();

/** Returns a customer as Halo sends it. @internal */
export function clientView(row: FakeClient, { state, query, detail }: ViewContext): Fields {
  const { tables } = state;
  const topLevelId = row.toplevel_id ?? tables.firstTopLevelId;
  const full = detail && flag(query, 'includedetails');
  const view = merge(
    detail ? NOTHING : CLIENT_DETAIL_ONLY,
    CLIENT_DEFAULTS,
    detail ? CLIENT_DETAIL_DEFAULTS : {},
    { toplevel_id: topLevelId, toplevel_name: tables.topLevels.peek(topLevelId)?.name },
    row,
    { key: row.id },
  );
  if (detail) view.main_site_name = tables.sites.peek(row.main_site_id ?? 0)?.name;
  if (!detail && flag(query, 'include_website')) view.website = row.website ?? '';
  if (!detail && flag(query, 'includenotes')) view.notes = row.notes ?? '';
  const asked = integers(query, 'include_custom_fields');
  view.customfields =
    full || asked.length > 0 ? customFieldsOf(row, tables.customFields.rows(), asked) : undefined;
  view.azure_tenants = full || flag(query, 'includeazuretenants') ? azureTenantsOf(row, state) : undefined;
  view.external_links = full ? (row.external_links ?? []) : undefined;
  return view;
}

/** Returns a site as Halo sends it. @internal */
export function siteView(row: FakeSite, { state, detail }: ViewContext): Fields {
  const clientName = state.tables.clients.peek(row.client_id)?.name;
  return merge(detail ? NOTHING : SITE_DETAIL_ONLY, SITE_DEFAULTS, detail ? SITE_DETAIL_DEFAULTS : {}, row, {
    client_id: asDouble(state, row.client_id),
    client_name: clientName,
    clientsite_name: `${clientName ?? ''}/${row.name}`,
    key: row.id,
  });
}

/** Returns a contact as Halo sends it. @internal */
export function userView(row: FakeUser, { state }: ViewContext): Fields {
  const site = state.tables.sites.peek(row.site_id);
  const [firstname, surname, initials] = nameParts(row.name);
  return merge(NOTHING, USER_DEFAULTS, { firstname, surname, initials }, row, {
    site_id: asDouble(state, row.site_id),
    site_id_int: row.site_id,
    site_name: site?.name,
    client_id: site?.client_id,
    client_name: state.tables.clients.peek(site?.client_id ?? 0)?.name,
    key: row.id,
  });
}

/** Returns an agent as Halo sends it. @internal */
export function agentView(row: FakeAgent, { state, query, detail }: ViewContext): Fields {
  const [firstname, surname, initials] = nameParts(row.name);
  const teams = flag(query, 'exclude_membership_info') ? undefined : teamsOf(row, state);
  return merge(
    detail ? NOTHING : AGENT_DETAIL_ONLY,
    AGENT_DEFAULTS,
    detail ? AGENT_DETAIL_DEFAULTS : {},
    { firstname, surname, initials, team: teamsOf(row, state)[0]?.team_name },
    row,
    {
      namewithinactive: row.isdisabled ? `${row.name} (Inactive)` : row.name,
      teams,
      departments: teams && departmentsOf(teams),
      clients: detail ? restrictionsOf(row, state) : undefined,
    },
  );
}

/** Returns a team as Halo sends it. @internal */
export function teamView(row: FakeTeam, { state, query, detail }: ViewContext): Fields {
  const department = departmentOf(row, state);
  const names = [department.organisation_name ?? 'My Company', department.name, row.name];
  const withAgents = detail && (flag(query, 'includeagents') || flag(query, 'includedetails'));
  return merge(
    detail ? NOTHING : TEAM_DETAIL_ONLY,
    { sequence: row.id, guid: guidOf(row.id) },
    TEAM_DEFAULTS,
    detail ? TEAM_DETAIL_DEFAULTS : {},
    { department_id: department.id, department_name: department.name, org_team_name: names.join(' - ') },
    row,
    { agents: withAgents ? membersOf(row, state) : undefined },
  );
}

/** Returns a top level as Halo sends it. @internal */
export function topLevelView(row: FakeTopLevel): Fields {
  const organisation = row.organisation_name ?? 'My Company';
  return merge(
    NOTHING,
    {
      guid: guidOf(row.id),
      organisation_id: 1,
      organisation_name: organisation,
      long_name: `${organisation} - ${row.name}`,
      type: 0,
      agent_department: true,
    },
    row,
  );
}

/** Returns a link to a Microsoft tenant as Halo sends it. @internal */
export function azureTenantView(row: FakeAzureTenant, { state }: ViewContext): Fields {
  return merge(NOTHING, AZURE_TENANT_DEFAULTS, row, {
    client_name: state.tables.clients.peek(row.client_id)?.name,
  });
}

/** Returns the definition of a custom field as Halo sends it. @internal */
export function customFieldView(row: FakeCustomField): Fields {
  return merge(NOTHING, { label: row.name, type: 0, inputtype: 0, characterlimit: 0, mandatory: false }, row);
}

/** Later sources win; a null makes the field go missing, as it does in Halo's answers. */
function merge(hidden: ReadonlySet<string>, ...sources: readonly Fields[]): Record<string, unknown> {
  const merged: Record<string, unknown> = { id: undefined, name: undefined };
  for (const source of sources) {
    for (const field of Object.keys(source)) {
      if (hidden.has(field) || field === '__proto__') continue;
      const value = source[field];
      if (value !== undefined) merged[field] = value === null ? undefined : value;
    }
  }
  return merged;
}

function asDouble({ quirks }: FakeHaloState, value: number): number | string {
  return quirks.doubleIds ? double(value) : value;
}

function nameParts(name: string): [first: string, last: string, initials: string] {
  const words = name.split(/\s+/).filter(Boolean);
  const initials = words.map((word) => word[0]?.toUpperCase() ?? '').join('');
  return [words[0] ?? '', words.slice(1).join(' '), initials];
}

function guidOf(id: number): string {
  return `4a2f1c0e-0000-4000-8000-${String(id).padStart(12, '0')}`;
}

function customFieldsOf(row: FakeClient, definitions: readonly FakeCustomField[], asked: readonly number[]) {
  const values = row.customfields ?? [];
  const defined = definitions.map((definition) => ({
    label: definition.name,
    type: 0,
    characterlimit: 0,
    characterlimittype: 0,
    copytochild: false,
    searchable: false,
    ordervalues: false,
    ...definition,
    ...values.find(({ id, name }) => id === definition.id || name === definition.name),
    id: definition.id,
    name: definition.name,
  }));
  const others = values.filter(
    ({ id, name }) => !definitions.some((definition) => id === definition.id || name === definition.name),
  );
  const all = [...defined, ...others];
  return asked.length > 0 ? all.filter(({ id }) => id !== undefined && asked.includes(id)) : all;
}

function azureTenantsOf(client: FakeClient, state: FakeHaloState): Fields[] {
  const context = { state, query: new Map<string, string>(), detail: true };
  const rows = state.tables.azureTenants.rows().filter(({ client_id }) => client_id === client.id);
  return rows.map((row) => azureTenantView(row, context));
}

function departmentOf(team: FakeTeam | undefined, { tables }: FakeHaloState): FakeTopLevel {
  const id = team?.department_id ?? tables.firstTopLevelId;
  return tables.topLevels.peek(id) ?? { id, name: 'IT' };
}

function teamsOf(agent: FakeAgent, state: FakeHaloState) {
  return (agent.teams ?? []).map((membership, index) => {
    const team = state.tables.teams.peek(membership.team_id);
    const department = departmentOf(team, state);
    return {
      id: agent.id * 100 + index,
      agent_id: agent.id,
      agent_name: agent.name,
      team_name: team?.name,
      department_id: department.id,
      department_name: department.name,
      is_manager: false,
      fortickets: true,
      foropps: false,
      forprojects: false,
      in_section: true,
      ...membership,
    };
  });
}

function departmentsOf(
  teams: readonly { agent_id: number; department_id: number; department_name: string }[],
) {
  const departments = new Map(teams.map((team) => [team.department_id, team]));
  return [...departments.values()].map(({ agent_id, department_id, department_name }) => ({
    id: agent_id * 100 + department_id,
    agent_id,
    department_id,
    department_name,
    membershiplevel: 0,
  }));
}

function restrictionsOf(agent: FakeAgent, state: FakeHaloState): unknown {
  const { clients } = state.tables;
  const { restrictedToClients } = state.quirks;
  if (agent.id !== state.tables.loginAgentId || !restrictedToClients) return agent.clients ?? [];
  return restrictedToClients.map((clientId, index) => ({
    id: index + 1,
    agent_id: agent.id,
    client_id: clientId,
    client_name: clients.peek(clientId)?.name,
  }));
}

function membersOf(team: FakeTeam, state: FakeHaloState) {
  const members = state.tables.agents.rows().flatMap((agent) => teamsOf(agent, state));
  return members
    .filter(({ team_id }) => team_id === team.id)
    .map((member) => ({ ...member, unassigned_access: true, otheragent_access: true }));
}
