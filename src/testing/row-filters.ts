import { flag, integer, type Query } from './query.ts';
import type { FakeRow } from './rows.ts';
import type { FakeHaloState } from './state.ts';
import { UNASSIGNED_ID } from './tables.ts';
import { isVisible, visibleClients } from './visibility.ts';

/** Keeps a row in a list. @internal */
export type RowFilter = (row: FakeRow) => boolean;

/** Filters of the customer list. @internal */
export function clientFilters(query: Query, state: FakeHaloState): RowFilter[] {
  return [
    byActive(query),
    ...byTopLevel(query, state, (row) => row),
    ...byRestriction(state, ({ id }) => id),
  ];
}

/** Filters of the lists whose rows belong to a customer. @internal */
export function ownedFilters(query: Query, state: FakeHaloState): RowFilter[] {
  const clientIdOf = (row: FakeRow) => state.tables.clientIdOf(row);
  return [
    byActive(query),
    ...byNumber(query, 'client_id', clientIdOf),
    ...byNumber(query, 'site_id', (row) => row.site_id ?? row.id),
    ...byTopLevel(query, state, (row) => ownerOf(row, state)),
    ...byRestriction(state, clientIdOf),
  ];
}

/** Filters of the list of Microsoft tenants. @internal */
export function azureTenantFilters(query: Query, state: FakeHaloState): RowFilter[] {
  const guid = query.get('azure_tenant_id')?.toLowerCase();
  return [
    ...byNumber(query, 'client_id', (row) => row.client_id),
    ...(guid ? [(row: FakeRow) => String(row.azure_tenant_id).toLowerCase() === guid] : []),
    ...byRestriction(state, (row) => state.tables.clientIdOf(row)),
  ];
}

function byActive(query: Query): RowFilter {
  const [active, inactive] = (query.get('activeinactive') ?? '').split(',');
  const wanted = new Map([
    ['includeactive', active ?? ''],
    ['includeinactive', inactive ?? ''],
  ]);
  const withActive = flag(query, 'includeactive', flag(wanted, 'includeactive', true));
  const withInactive = flag(query, 'includeinactive', flag(wanted, 'includeinactive', false));
  return (row) => (row.inactive ? withInactive : withActive);
}

function byEnabled(query: Query, field: 'isdisabled' | 'inactive'): RowFilter {
  const withEnabled = flag(query, 'includeenabled', true);
  const withDisabled = flag(query, 'includedisabled', false);
  return (row) => (row[field] ? withDisabled : withEnabled);
}

/** Filters by a number column if the parameter is sent. */
function byNumber(query: Query, parameter: string, read: (row: FakeRow) => unknown): RowFilter[] {
  const wanted = integer(query, parameter);
  return wanted === undefined ? [] : [(row) => read(row) === wanted];
}

function byRestriction(state: FakeHaloState, read: (row: FakeRow) => number | undefined): RowFilter[] {
  const visible = visibleClients(state);
  return visible ? [(row) => isVisible(read(row), visible)] : [];
}

/** The customer of a row that belongs to one. */
function ownerOf(row: FakeRow, { tables }: FakeHaloState): FakeRow | undefined {
  return tables.clients.peek(tables.clientIdOf(row) ?? 0);
}

function byTopLevel(
  query: Query,
  state: FakeHaloState,
  clientOf: (row: FakeRow) => FakeRow | undefined,
): RowFilter[] {
  return byNumber(query, 'toplevel_id', (row) => {
    const client = clientOf(row);
    return client && (client.toplevel_id ?? state.tables.firstTopLevelId);
  });
}

/** Filters of the agent list. @internal */
export function agentFilters(query: Query, state: FakeHaloState): RowFilter[] {
  const everything = flag(query, 'showall');
  return [
    byEnabled(query, 'isdisabled'),
    (row) => row.id !== UNASSIGNED_ID || flag(query, 'includeunassigned'),
    (row) => !row.isapiagent || flag(query, 'includeapiagents'),
    // An agent in no team may not view other agents; showall is the administrator's way around it.
    ...(state.quirks.teamlessAgent && !everything ? [() => false] : []),
    ...byMembership(query, state),
    ...byAccess(query),
  ];
}

/** Halo takes a team by name as well as by id. */
function byMembership(query: Query, { tables }: FakeHaloState): RowFilter[] {
  const name = query.get('team')?.toLowerCase();
  const teamId = integer(query, 'team_id');
  const departmentId = integer(query, 'department_id');
  const fits = ({ team_id }: { team_id: number }) => {
    const team = tables.teams.peek(team_id);
    if (teamId !== undefined && team_id !== teamId) return false;
    if (departmentId !== undefined && departmentId !== (team?.department_id ?? tables.firstTopLevelId))
      return false;
    return !name || team?.name.toLowerCase() === name;
  };
  if (!name && teamId === undefined && departmentId === undefined) return [];
  return [(row) => ((row.teams ?? []) as readonly { team_id: number }[]).some(fits)];
}

/** Keeps the agents who may use a customer: those without a limit, and those limited to it. */
function byAccess(query: Query): RowFilter[] {
  const wanted = integer(query, 'client_id');
  if (wanted === undefined) return [];
  return [
    (row) => {
      const own = (row.clients ?? []) as readonly { client_id: number }[];
      if (row.one_client) return row.one_client === wanted;
      return own.length === 0 || own.some(({ client_id }) => client_id === wanted);
    },
  ];
}

/** Filters of the team list. @internal */
export function teamFilters(query: Query, state: FakeHaloState): RowFilter[] {
  return [
    byEnabled(query, 'inactive'),
    ...byNumber(query, 'department_id', (row) => row.department_id ?? state.tables.firstTopLevelId),
    ...(state.quirks.teamlessAgent && !flag(query, 'showall') ? [() => false] : []),
  ];
}
