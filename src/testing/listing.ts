import { advancedFilter } from './advanced-search.ts';
import { type Answer, exceptionError, json, modelBindingError } from './answers.ts';
import { flag, integer, type Query } from './query.ts';
import type { FakeHaloQuirks } from './quirks.ts';
import type { Resource } from './resources.ts';
import type { RowFilter } from './row-filters.ts';
import type { FakeRow } from './rows.ts';
import type { FakeHaloState } from './state.ts';
import { visibleClients } from './visibility.ts';

/** Rows that Halo sends when neither a page nor a count is asked for. */
const UNPAGED_ROWS = 50;
/** Parameters that choose among the same rows, and so do not make another list of them. */
const PAGE_PARAMETERS: ReadonlySet<string> = new Set(['pageinate', 'page_size', 'page_no', 'count']);
const NUMBER_PARAMETERS = ['page_size', 'page_no', 'count'];
/** Halo sorts by up to five fields: `order`, `order2`, ... */
const SORT_PARAMETERS = ['', '2', '3', '4', '5'];

type RowView = Readonly<Record<string, unknown>>;

/** Answers `GET /X`. @internal */
export function answerList(state: FakeHaloState, resource: Resource, query: Query): Answer {
  const wrong = NUMBER_PARAMETERS.find((name) => query.has(name) && integer(query, name) === undefined);
  if (wrong) return modelBindingError({ [wrong]: [`The value '${query.get(wrong)}' is not valid.`] });
  const advanced = query.get('advanced_search');
  const advancedRows = advanced ? advancedFilter(advanced) : () => true;
  if (!advancedRows) return exceptionError('Invalid advanced search parameter');
  const rows = state.lists.get(cacheKey(state, resource, query), state.tables.version, () =>
    selectRows(state, resource, query, advancedRows),
  );
  if (resource.name === 'Agent') return json(agentList(state, resource, rows, query));
  if (resource.envelope === null) return json(views(state, resource, rows, query));
  return json(envelope(state, resource, resource.envelope, rows, query));
}

function selectRows(state: FakeHaloState, resource: Resource, query: Query, advanced: RowFilter) {
  const filters = [...resource.filters(query, state), ...searchFilters(resource, query), advanced];
  const rows = resource
    .tableOf(state.tables)
    .rows()
    .filter((row) => filters.every((keeps) => keeps(row)));
  return sortRows(rows, query);
}

function cacheKey(state: FakeHaloState, { name }: Resource, query: Query): string {
  const parameters = [...query].filter(([parameter]) => !PAGE_PARAMETERS.has(parameter)).sort();
  return JSON.stringify([
    name,
    parameters,
    [...(visibleClients(state) ?? ['all'])],
    state.quirks.teamlessAgent,
  ]);
}

function searchFilters({ searched }: Resource, query: Query): RowFilter[] {
  const wanted = query.get('search')?.trim().toLowerCase();
  if (!wanted || searched.length === 0) return [];
  const columns = flag(query, 'search_name_only') ? ['name'] : searched;
  return [
    (row) =>
      columns.some((column) =>
        String(row[column] ?? '')
          .toLowerCase()
          .includes(wanted),
      ),
  ];
}

/** Sorts a copy; rows that are equal stay in the order of their ids. */
function sortRows(rows: readonly FakeRow[], query: Query): readonly FakeRow[] {
  const sorts = SORT_PARAMETERS.flatMap((suffix) => {
    const field = query.get(`order${suffix}`)?.toLowerCase();
    return field ? [{ field, direction: flag(query, `orderdesc${suffix}`) ? -1 : 1 }] : [];
  });
  if (sorts.length === 0) return rows;
  return [...rows].sort((a, b) => {
    for (const { field, direction } of sorts) {
      const order = compare(a[field], b[field]);
      if (order !== 0) return order * direction;
    }
    return a.id - b.id;
  });
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a ?? '').toLowerCase(), String(b ?? '').toLowerCase()];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function views(state: FakeHaloState, resource: Resource, rows: readonly FakeRow[], query: Query): RowView[] {
  if (flag(query, 'idonly')) return rows.map(({ id }) => ({ id }));
  return rows.map((row) => resource.view(row, { state, query, detail: false }));
}

function envelope(
  state: FakeHaloState,
  resource: Resource,
  name: string,
  rows: readonly FakeRow[],
  query: Query,
): RowView {
  const { quirks } = state;
  const page = pageOf(rows, query, quirks);
  return {
    // Halo echoes what was sent, also where it did not keep to it.
    page_no: integer(query, 'page_no'),
    page_size: integer(query, 'page_size'),
    record_count: recordCount(quirks, page.length === 0 ? 0 : rows.length, page.length),
    ...(quirks.columnsInEnvelope ? { columns: [{ id: 1, name: 'Name', field: 'name' }] } : {}),
    [name]: views(state, resource, page, query),
  };
}

function pageOf(rows: readonly FakeRow[], query: Query, quirks: FakeHaloQuirks): readonly FakeRow[] {
  if (!flag(query, 'pageinate')) return rows.slice(0, positive(query, 'count') ?? UNPAGED_ROWS);
  const size = Math.min(positive(query, 'page_size') ?? UNPAGED_ROWS, quirks.pageCap);
  const number = quirks.ignoresPageNo ? 1 : (positive(query, 'page_no') ?? 1);
  return rows.slice((number - 1) * size, number * size);
}

function positive(query: Query, name: string): number | undefined {
  const value = integer(query, name);
  return value !== undefined && value > 0 ? value : undefined;
}

function recordCount({ recordCount: rule }: FakeHaloQuirks, exact: number, onPage: number) {
  if (rule === 'missing') return undefined;
  if (rule === 'page-length') return onPage;
  return rule === 'exact' ? exact : rule(exact);
}

/** The agent list has three shapes and does not page in any of them. */
function agentList(
  state: FakeHaloState,
  resource: Resource,
  rows: readonly FakeRow[],
  query: Query,
): unknown {
  const { quirks } = state;
  const all = views(state, resource, rows, query);
  const listed = quirks.agentDuplicates ? all.flatMap(perTeam) : all;
  const paged = flag(query, 'pageinate') ? 'results' : 'array';
  const shape = quirks.agentListShape === 'auto' ? paged : quirks.agentListShape;
  if (shape === 'array') return listed;
  return {
    page_size: integer(query, 'page_size'),
    record_count: recordCount(quirks, listed.length, listed.length),
    [shape]: listed,
  };
}

/** One copy of an agent for each team, and one more without an id. */
function perTeam(agent: RowView): RowView[] {
  const teams = (agent.teams ?? []) as readonly { team_name?: string }[];
  const copies = teams.length > 0 ? teams.map(({ team_name }) => ({ ...agent, team: team_name })) : [agent];
  return [...copies, { ...agent, id: null }];
}
