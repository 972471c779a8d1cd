import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareDescriptions } from '../../scripts/contract/compare.ts';
import { distil, type HaloDescription } from '../../scripts/contract/distil.ts';
import { agentSchema } from '../../src/resources/agents.ts';
import { azureTenantSchema } from '../../src/resources/azure-tenants.ts';
import { clientSchema } from '../../src/resources/clients.ts';
import { siteSchema } from '../../src/resources/sites.ts';
import { teamSchema } from '../../src/resources/teams.ts';
import { unknownInRequest, unknownInSchema } from './check.ts';
import { DEVIATIONS } from './deviations.ts';
import { allSentBy, expectedBy, METHODS, sentBy } from './sdk-facts.ts';

const description = JSON.parse(
  readFileSync(new URL('halo-description.json', import.meta.url), 'utf8'),
) as HaloDescription;

/** Schemas of the package, and the vendor's for one row and for a row of a list. */
const SCHEMAS = [
  ['clientSchema', clientSchema, ['Area', 'Area_List']],
  ['siteSchema', siteSchema, ['Site', 'Site_List']],
  ['agentSchema', agentSchema, ['Uname', 'Uname_List']],
  ['teamSchema', teamSchema, ['SectionDetail', 'SectionDetail_List']],
  ['azureTenantSchema', azureTenantSchema, ['AreaAzureTenant']],
] as const;

/** Schemas whose fields `create` and `update` take, and the path they are sent to. */
const BODIES = [
  ['halo.clients', clientSchema, '/Client'],
  ['halo.sites', siteSchema, '/Site'],
  ['halo.agents', agentSchema, '/Agent'],
  ['halo.teams', teamSchema, '/Team'],
] as const;

const undeclared = (unknown: readonly string[]) => unknown.filter((name) => DEVIATIONS[name] === undefined);

describe("the package and the vendor's description of the API", () => {
  it.each(METHODS)('agree on path, verb, parameters and body of %s', async (_name, call) => {
    expect(undeclared(unknownInRequest(await sentBy(call), description))).toEqual([]);
  });

  it('agree on what a verification asks, and the workflow for Microsoft tenants', async () => {
    const asked = await allSentBy((halo) => halo.verify());
    expect(asked.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/authinfo', '/Agent/me', '/Client']),
    );
    const tenants = await allSentBy((halo) => halo.request({ path: '/AreaAzureTenant' }));
    const unknown = [...asked, ...tenants].flatMap((request) => unknownInRequest(request, description));
    expect(undeclared(unknown)).toEqual([]);
  });

  it.each(SCHEMAS)('agree on every field of %s', (_name, schema, names) => {
    expect(undeclared(unknownInSchema(expectedBy(schema), names, description))).toEqual([]);
  });

  it.each(BODIES)('agree on every field that %s may write', (_name, schema, path) => {
    const body = description.operations[path]?.POST?.body?.replace('[]', '') ?? 'none';
    expect(undeclared(unknownInSchema(expectedBy(schema), [body], description))).toEqual([]);
  });

  it('agree on every method that the client has', async () => {
    const { createHaloClient } = await import('../../src/halo-client.ts');
    const halo = createHaloClient({
      resourceServer: 'example.halopsa.com',
      tokenProvider: { getToken: async () => ({ token: 'x', expiresAtMs: 0 }) },
    });
    const names = (['clients', 'sites', 'agents', 'teams'] as const).flatMap((resource) =>
      Object.keys(halo[resource]).map((method) => `${resource}.${method}`),
    );
    expect(METHODS.map(([name]) => name).sort()).toEqual(names.sort());
  });

  it('differ nowhere that the table of deviations does not need', async () => {
    const requests = await Promise.all(METHODS.map(([, call]) => sentBy(call)));
    const found = new Set([
      ...requests.flatMap((request) => unknownInRequest(request, description)),
      ...SCHEMAS.flatMap(([, schema, names]) =>
        [names, [names[0]]].flatMap((some) => unknownInSchema(expectedBy(schema), some, description)),
      ),
    ]);
    expect(Object.keys(DEVIATIONS).filter((name) => !found.has(name))).toEqual([]);
  });
});

describe('a disagreement shows', () => {
  const sent = { verb: 'GET', path: '/Client', parameters: [], isArrayOfOne: false };
  const object = (field: string, type: string) =>
    ({ kind: 'object', fields: { [field]: { kind: 'scalar', types: [type] } } }) as const;

  it.each([
    ['a path that does not exist', { ...sent, path: '/Clients' }, ['GET /Clients']],
    ['a verb that does not exist', { ...sent, verb: 'PUT' }, ['PUT /Client']],
    ['a misspelt parameter', { ...sent, parameters: ['paginate'] }, ['GET /Client ?paginate']],
    ['a body that is no array', { ...sent, verb: 'POST' }, ['POST /Client body']],
  ])('for %s', (_what, request, unknown) => {
    expect(unknownInRequest(request, description)).toEqual(unknown);
  });

  it('for a misspelt field, and for a field of another type', () => {
    expect(unknownInSchema(object('nmae', 'string'), ['Area'], description)).toEqual(['Area.nmae']);
    expect(unknownInSchema(object('inactive', 'string'), ['Area'], description)).toEqual([
      'Area.inactive: string, not boolean',
    ]);
  });
});

describe('npm run contract', () => {
  const openApi = {
    info: { title: 'Halo API', version: 'v2' },
    paths: {
      '/Client': {
        get: { parameters: [{ name: 'search', in: 'query', schema: { type: 'string' } }] },
        post: {
          requestBody: {
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Area' } } },
            },
          },
        },
      },
      '/Tickets': { get: {} },
    },
    components: {
      schemas: { Area: { properties: { id: { type: 'integer' }, tags: { type: 'array', items: {} } } } },
    },
  };

  it('keeps paths, verbs, parameters, bodies and fields of what the package uses, and nothing else', () => {
    expect(distil(openApi, '2026-01')).toEqual({
      source: 'Halo API v2, 2026-01',
      operations: { '/Client': { GET: { query: { search: 'string' } }, POST: { body: 'Area[]' } } },
      schemas: { Area: { id: 'integer', tags: 'any[]' } },
    });
  });

  it('prints what a newer description added, took away and changed', () => {
    const newer = structuredClone(openApi) as typeof openApi & { paths: { '/Client': { delete?: object } } };
    newer.paths['/Client'].get.parameters[0]!.name = 'query';
    newer.paths['/Client'].delete = {};
    newer.components.schemas.Area.properties.id.type = 'string';
    expect(compareDescriptions(distil(openApi, '2026-01'), distil(newer, '2026-02'))).toEqual([
      '~ Area.id: integer -> string',
      '+ DELETE /Client: no body',
      '+ GET /Client ?query: string',
      '- GET /Client ?search: string',
    ]);
  });

  it('refuses a file that is not a description of Halo', () => {
    expect(() => distil({ openapi: '3.0.1' }, '2026-01')).toThrow(TypeError);
    expect(() => distil({ ...openApi, paths: { '/pets': {} } }, '2026-01')).toThrow(/is it of Halo/);
  });
});
