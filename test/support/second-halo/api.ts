import { type ApiRequest, badRequest, EMPTY, json, mayWrite, type SecondAnswer } from './answer.ts';
import { KINDS, type Kind, type SecondRow, type SecondTables } from './rows.ts';
import { answerWrite } from './write.ts';

/** What may be different from one Halo to the next. */
export interface SecondHaloHabits {
  /** Largest page; a longer one is cut without a word. */
  readonly pageCap: number;
  /** Whether `/Agent` turns into `results` when paging is asked for, as it does from 2025 on. */
  readonly agentList: 'array' | 'results';
  /** Ids of the customers that the agent behind the token may use; null for all. */
  readonly restrictedToClients: readonly number[] | null;
  /** Modules that the agent has no right to. */
  readonly denied: Readonly<Partial<Record<string, 401 | 403>>>;
}

/** Number of rows of a list that is asked for without paging and without a count. */
const ROWS_BY_DEFAULT = 50;

/** Answers a request that carried a good token. */
export function answerApi(request: ApiRequest, tables: SecondTables, habits: SecondHaloHabits): SecondAnswer {
  const [name = '', id, ...rest] = request.path.split('/').filter((part) => part !== '');
  const kind = KINDS.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (kind === undefined || rest.length > 0) return EMPTY(404);
  const denied = habits.denied[kind.name];
  if (denied !== undefined) return EMPTY(denied);
  const visible = (row: SecondRow) => isVisible(kind, row, habits);
  if (id?.toLowerCase() === 'me') return answerMe(kind, request, tables, habits);
  if (request.method === 'POST' && id === undefined) return answerWrite(kind, request, tables);
  if (id === undefined) {
    if (request.method !== 'GET') return EMPTY(405);
    return answerList(kind, tables.all(kind).filter(visible), request.query, habits);
  }
  return answerRow(kind, id, request, tables, visible);
}

function answerMe(
  kind: Kind,
  { method }: ApiRequest,
  tables: SecondTables,
  { restrictedToClients }: SecondHaloHabits,
): SecondAnswer {
  if (method !== 'GET') return EMPTY(405);
  // `/Client/me` is for customers who sign in at the portal: an agent's token has no right to it.
  if (kind.name !== 'Agent') return EMPTY(kind.name === 'Client' ? 401 : 404);
  const me = tables.all(kind).find((row) => row.isapiagent === true);
  if (me === undefined) return EMPTY(404);
  const clients = (restrictedToClients ?? []).map((id) => ({ agent_id: me.id, client_id: id }));
  return json(200, kind, { ...me, clients, one_client: 0, isagentdetails: true });
}

function answerRow(
  kind: Kind,
  id: string,
  { method, query, scopes }: ApiRequest,
  tables: SecondTables,
  visible: (row: SecondRow) => boolean,
): SecondAnswer {
  if (method !== 'GET' && method !== 'DELETE') return EMPTY(405);
  if (!/^\d+$/.test(id)) return badRequest({ id: [`The value '${id}' is not valid.`] });
  const row = tables.get(kind, Number(id));
  if (row === undefined || !visible(row)) return EMPTY(404);
  if (method === 'GET')
    return json(200, kind, query.get('includedetails') === 'true' ? row : listRow(kind, row, query));
  if (!mayWrite(kind, scopes)) return EMPTY(403);
  tables.delete(kind, row.id);
  return json(200, kind, row);
}

/** A customer restriction leaves rows out and says nothing. */
function isVisible(kind: Kind, row: SecondRow, { restrictedToClients }: SecondHaloHabits): boolean {
  if (restrictedToClients === null) return true;
  if (kind.name === 'Client') return restrictedToClients.includes(row.id);
  return kind.name === 'Site' ? restrictedToClients.includes(row.client_id as number) : true;
}

function answerList(
  kind: Kind,
  rows: readonly SecondRow[],
  query: URLSearchParams,
  habits: SecondHaloHabits,
): SecondAnswer {
  const number = wholeNumbers(query);
  if ('status' in number) return number;
  const found = sorted(
    rows.filter((row) => fits(kind, row, query)),
    query,
  );
  const shown = (some: readonly SecondRow[]) => some.map((row) => listRow(kind, row, query));
  const paging = query.get('pageinate')?.toLowerCase() === 'true';
  if (kind.listKey === null) {
    const wrapped = kind.name === 'Agent' && paging && habits.agentList === 'results';
    if (!wrapped) return json(200, kind, shown(found));
    // The envelope of agents comes with all of them, whatever the size of the page.
    return json(200, kind, {
      page_size: number.page_size ?? ROWS_BY_DEFAULT,
      record_count: found.length,
      results: shown(found),
    });
  }
  if (!paging) {
    const some = found.slice(0, number.count ?? ROWS_BY_DEFAULT);
    return json(200, kind, { record_count: found.length, [kind.listKey]: shown(some) });
  }
  const size = Math.max(1, Math.min(number.page_size ?? ROWS_BY_DEFAULT, habits.pageCap));
  const page = Math.max(1, number.page_no ?? 1);
  const some = found.slice((page - 1) * size, page * size);
  return json(200, kind, {
    ...(number.page_no === undefined ? {} : { page_no: page }),
    ...(number.page_size === undefined ? {} : { page_size: number.page_size }),
    record_count: some.length === 0 ? 0 : found.length,
    [kind.listKey]: shown(some),
  });
}

type Numbers = { page_size?: number; page_no?: number; count?: number };

function wholeNumbers(query: URLSearchParams): Numbers | SecondAnswer {
  const numbers: Record<string, number> = {};
  for (const name of ['page_size', 'page_no', 'count']) {
    const value = query.get(name);
    if (value === null) continue;
    if (!/^-?\d+$/.test(value)) return badRequest({ [name]: [`The value '${value}' is not valid.`] });
    numbers[name] = Number(value);
  }
  return numbers;
}

function fits(kind: Kind, row: SecondRow, query: URLSearchParams): boolean {
  const { inUse, outOfUse, field } = kind.active;
  // Both in one parameter: `activeinactive=true,true`.
  const [first, second] = query.get('activeinactive')?.split(',') ?? [query.get(inUse), query.get(outOfUse)];
  const wanted = row[field] === true ? second === 'true' : first !== 'false';
  if (!wanted) return false;
  if (kind.name === 'Agent' && !fitsAgent(row, query)) return false;
  for (const [parameter, own] of Object.entries(kind.filters)) {
    const value = query.get(parameter);
    if (value !== null && Number(value) !== row[own]) return false;
  }
  const search = query.get('search')?.toLowerCase() ?? '';
  const columns = query.get('search_name_only') === 'true' ? ['name'] : kind.searched;
  if (search === '' || columns.length === 0) return true;
  return columns.some((column) =>
    String(row[column] ?? '')
      .toLowerCase()
      .includes(search),
  );
}

/** Agent 1 stands for "unassigned"; agents for the API only are hidden as well. */
function fitsAgent(row: SecondRow, query: URLSearchParams): boolean {
  if (row.id === 1 && query.get('includeunassigned') !== 'true') return false;
  if (row.isapiagent === true && query.get('includeapiagents') !== 'true') return false;
  const team = query.get('team_id');
  const teams = Array.isArray(row.teams) ? (row.teams as { team_id?: number }[]) : [];
  return team === null || teams.some(({ team_id }) => team_id === Number(team));
}

/** `orderdesc=1` is not true for Halo. */
function sorted(rows: SecondRow[], query: URLSearchParams): SecondRow[] {
  const field = query.get('order');
  if (field === null) return rows;
  const sign = query.get('orderdesc')?.toLowerCase() === 'true' ? -1 : 1;
  const key = (row: SecondRow) => row[field] as string | number;
  return [...rows].sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id - b.id));
}

function listRow(kind: Kind, row: SecondRow, query: URLSearchParams): SecondRow {
  const hidden = Object.entries(kind.detailOnly).filter(([, parameter]) => {
    const value = parameter === null ? null : query.get(parameter);
    return value === null || value === 'false';
  });
  const names = new Set(hidden.map(([field]) => field));
  return Object.fromEntries(Object.entries(row).filter(([field]) => !names.has(field))) as SecondRow;
}
