import { type Answer, empty, json, modelBindingError } from './answers.ts';
import { asAddress } from './layout.ts';
import { answerList } from './listing.ts';
import type { Query } from './query.ts';
import { RESOURCES, type Resource } from './resources.ts';
import { covers, type Need } from './scopes.ts';
import type { FakeHaloState } from './state.ts';
import type { IssuedToken } from './tokens.ts';
import { isVisible, visibleClients } from './visibility.ts';
import { answerDelete, answerWrite } from './writes.ts';

/** One request to Halo's API, read. @internal */
export interface ApiRequest {
  readonly method: string;
  /** Below `/api/`, lower case. */
  readonly path: string;
  readonly query: Query;
  readonly authorization: string | null;
  readonly contentType: string | null;
  readonly body: string;
}

type Handler = (state: FakeHaloState, request: ApiRequest) => Answer;

/** Paths that are not a list or a row of one. `public` needs no token. */
const SPECIAL_PATHS: ReadonlyMap<string, { readonly public?: boolean; readonly get: Handler }> = new Map([
  ['authinfo', { public: true, get: answerAuthInfo }],
  ['instanceinfo', { get: answerInstanceInfo }],
  ['agent/me', { get: answerAgentMe }],
  // These two are for portal users; an agent's token is refused in two different ways.
  ['client/me', { get: () => empty(401) }],
  ['users/me', { get: () => empty(404) }],
]);

/** Answers a request below `/api`. @internal */
export function answerApi(state: FakeHaloState, request: ApiRequest): Answer {
  const special = SPECIAL_PATHS.get(request.path);
  if (special?.public && request.method === 'GET') return special.get(state, request);
  const token = state.tokens.find(request.authorization);
  if (!token) return empty(401);
  if (special) return request.method === 'GET' ? special.get(state, request) : empty(405);
  const [name = '', id, ...rest] = request.path.split('/');
  const resource = RESOURCES.get(name);
  if (!resource || rest.length > 0) return empty(404);
  const denied = state.quirks.denied[resource.name];
  if (denied) return empty(denied);
  return id === undefined
    ? answerCollection(state, resource, token, request)
    : answerRow(state, resource, token, request, id);
}

function answerCollection(
  state: FakeHaloState,
  resource: Resource,
  token: IssuedToken,
  request: ApiRequest,
): Answer {
  const { method, query, body, contentType } = request;
  if (method === 'GET') return ifCovered(token, resource.readNeeds, () => answerList(state, resource, query));
  if (method !== 'POST') return empty(405);
  const needs = resource.writing?.needs ?? 'admin';
  return ifCovered(token, needs, () => answerWrite(state, resource, body, contentType));
}

function answerRow(
  state: FakeHaloState,
  resource: Resource,
  token: IssuedToken,
  { method, query }: ApiRequest,
  id: string,
): Answer {
  if (method !== 'GET' && method !== 'DELETE') return empty(405);
  const needs = method === 'GET' ? resource.readNeeds : (resource.writing?.needs ?? 'admin');
  return ifCovered(token, needs, () => {
    if (!/^-?\d+$/.test(id)) return modelBindingError({ id: [`The value '${id}' is not valid.`] });
    const row = resource.tableOf(state.tables).peek(Number(id));
    if (!row) return empty(404);
    const clientId = resource.clientIdOf?.(row, state.tables);
    if (resource.clientIdOf && !isVisible(clientId, visibleClients(state))) return empty(403);
    if (method === 'DELETE') return answerDelete(state, resource, row.id);
    return json(resource.view(row, { state, query, detail: true }));
  });
}

function ifCovered({ scopes }: IssuedToken, need: Need, answer: () => Answer): Answer {
  return covers(scopes, need) ? answer() : empty(403);
}

function answerAuthInfo({ quirks, layout }: FakeHaloState): Answer {
  if (quirks.authInfo === 'none') return empty(404);
  if (typeof quirks.authInfo === 'object') return json(quirks.authInfo);
  return json({ auth_url: asAddress(layout.authServer), tenant_id: layout.tenantId });
}

function answerInstanceInfo({ layout, tables }: FakeHaloState): Answer {
  const address = asAddress(layout.resourceServer);
  return json({
    dbid: '1',
    app_version: '2.236.133',
    database_version: '2236',
    app_name: 'Halo PSA',
    agent_url: `${address}/`,
    portal_url: `${address}/portal`,
    auth_url: asAddress(layout.authServer),
    tenant_id: layout.tenantId,
    hosted_group: layout.tenantId && 'US16-Stable8',
    agent_count: tables.agents.size,
    licensed_agent_count: tables.agents.rows().filter(({ isapiagent }) => !isapiagent).length,
    online_agent_count: 0,
    mobileapp_enabled: true,
  });
}

/** The rights that come with every token; a real Halo sends more than a hundred. */
const CLAIMS = [
  { type: 'client_edit', value: 'True' },
  { type: 'role', value: 'Administrator' },
];

function answerAgentMe(state: FakeHaloState, { query }: ApiRequest): Answer {
  const agents = RESOURCES.get('agent');
  const row = state.tables.agents.peek(state.tables.loginAgentId);
  if (!agents || !row) return empty(404);
  return json(agents.view({ claims: CLAIMS, ...row }, { state, query, detail: true }));
}
