import { z } from 'zod';
import { createHaloClient, type HaloClient } from '../../src/halo-client.ts';
import type { AgentQuery } from '../../src/resources/agents.ts';
import type { ClientQuery } from '../../src/resources/clients.ts';
import type { SiteQuery } from '../../src/resources/sites.ts';
import type { TeamQuery } from '../../src/resources/teams.ts';

/** One request as the package sends it. */
export interface SentRequest {
  readonly verb: string;
  /** Template: `/Client/{id}`. */
  readonly path: string;
  readonly parameters: readonly string[];
  /** Whether the body is an array of one object. */
  readonly isArrayOfOne: boolean;
}

/** The options of a list, all of them: one that is added to the package does not compile until it stands here. */
type Whole<Query> = {
  readonly [Option in Exclude<keyof Query, 'haloParameters'>]-?: Exclude<Query[Option], undefined>;
};

const CLIENTS: Whole<ClientQuery> = {
  search: 'x',
  searchNameOnly: true,
  topLevelId: 1,
  includeInactive: true,
  includeNotes: true,
  includeAzureTenants: true,
  includeWebsite: true,
  customFieldIds: [151],
  excludeInternal: true,
  orderBy: 'name',
  descending: true,
};
const SITES: Whole<SiteQuery> = {
  clientId: 1,
  topLevelId: 1,
  search: 'x',
  includeInactive: true,
  includeAddress: true,
  includeNotes: true,
  customFieldIds: [151],
  orderBy: 'name',
  descending: true,
};
const AGENTS: Whole<AgentQuery> = {
  search: 'x',
  teamId: 1,
  departmentId: 1,
  clientId: 1,
  includeDisabled: true,
  includeUnassigned: true,
  includeApiAgents: true,
  includeRoles: true,
  showAll: true,
};
const TEAMS: Whole<TeamQuery> = {
  worksOn: 'requests',
  departmentId: 1,
  includeInactive: true,
  includeManagers: true,
  myTeamsOnly: true,
  showAll: true,
};

/** Every method of the client that sends a request of its own making. */
export const METHODS: readonly (readonly [string, (halo: HaloClient) => Promise<unknown>])[] = [
  ['clients.list', (halo) => halo.clients.list(CLIENTS).toArray()],
  ['clients.get', (halo) => halo.clients.get(12)],
  ['clients.create', (halo) => halo.clients.create({ name: 'x' })],
  ['clients.update', (halo) => halo.clients.update(12, { name: 'x' })],
  ['clients.delete', (halo) => halo.clients.delete(12)],
  ['sites.list', (halo) => halo.sites.list(SITES).toArray()],
  ['sites.get', (halo) => halo.sites.get(12)],
  ['sites.create', (halo) => halo.sites.create({ name: 'x', client_id: 12 })],
  ['sites.update', (halo) => halo.sites.update(12, { name: 'x' })],
  ['sites.delete', (halo) => halo.sites.delete(12)],
  ['agents.list', (halo) => halo.agents.list(AGENTS).toArray()],
  ['agents.get', (halo) => halo.agents.get(12)],
  ['agents.me', (halo) => halo.agents.me()],
  ['agents.create', (halo) => halo.agents.create({ name: 'x', email: 'x@example.com' })],
  ['agents.update', (halo) => halo.agents.update(12, { name: 'x' })],
  ['teams.list', (halo) => halo.teams.list(TEAMS).toArray()],
  ['teams.get', (halo) => halo.teams.get(12)],
  ['teams.create', (halo) => halo.teams.create({ name: 'x' })],
  ['teams.update', (halo) => halo.teams.update(12, { name: 'x' })],
];

/** Calls a method that sends one request, and returns that request. */
export async function sentBy(call: (halo: HaloClient) => Promise<unknown>): Promise<SentRequest> {
  const sent = await allSentBy(call);
  if (sent.length !== 1) throw new Error(`expected one request, got ${sent.length}`);
  return sent[0]!;
}

/** Calls a method and returns the requests that it sent. */
export async function allSentBy(call: (halo: HaloClient) => Promise<unknown>): Promise<SentRequest[]> {
  const sent: SentRequest[] = [];
  const halo = createHaloClient({
    resourceServer: 'example.halopsa.com',
    tokenProvider: { getToken: async () => ({ token: 'x', expiresAtMs: Number.MAX_SAFE_INTEGER }) },
    fetch: async (url, { method = 'GET', body }) => {
      const { pathname, searchParams } = new URL(url);
      const rows: unknown = body === undefined ? undefined : JSON.parse(String(body));
      sent.push({
        verb: method,
        path: pathname.replace(/^\/api/, '').replace('/12', '/{id}'),
        parameters: [...searchParams.keys()],
        isArrayOfOne: Array.isArray(rows) && rows.length === 1,
      });
      // An array is a whole list; one row of it is the answer to any other call.
      return new Response('[{"id":12}]', { headers: { 'content-type': 'application/json' } });
    },
  });
  await call(halo);
  return sent;
}

/** What a zod schema of the package expects: a type, an array of one, or an object with fields. */
export type Expected =
  | { readonly kind: 'scalar'; readonly types: readonly string[] }
  | { readonly kind: 'array'; readonly item: Expected }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Expected>> };

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

/** Reads what a schema of the package names, nulls aside. */
export function expectedBy(schema: z.ZodType): Expected {
  return readJsonSchema(z.toJSONSchema(schema, { io: 'input', reused: 'inline' }) as JsonSchema);
}

function readJsonSchema({ type, anyOf, items, properties }: JsonSchema): Expected {
  const choices = anyOf?.filter((choice) => choice.type !== 'null').map(readJsonSchema);
  if (choices?.length === 1) return choices[0]!;
  if (choices !== undefined) {
    return {
      kind: 'scalar',
      types: choices.flatMap((choice) => (choice.kind === 'scalar' ? choice.types : [])),
    };
  }
  const [only, ...more] = [type ?? 'any'].flat().filter((each) => each !== 'null');
  if (only === 'array') return { kind: 'array', item: readJsonSchema(items ?? {}) };
  if (only !== 'object') return { kind: 'scalar', types: [only ?? 'any', ...more] };
  const fields = Object.entries(properties ?? {}).map(
    ([name, each]) => [name, readJsonSchema(each)] as const,
  );
  return { kind: 'object', fields: Object.fromEntries(fields) };
}
