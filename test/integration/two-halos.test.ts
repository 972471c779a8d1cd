import { describe, expect, it } from 'vitest';
import type { HaloConfig } from '../../src/config/schema.ts';
import { createTokenProvider } from '../../src/create-token-provider.ts';
import { type Opened, openFakeHalo, openSecondHalo } from '../support/two-halos.ts';

/**
 * The same requests, without the client, to the fake Halo and to the one that was written from the documentation
 * alone. Fields of rows and words of messages are not compared: the fake fills rows up as Halo does.
 */
const ROWS = {
  clients: [
    { id: 10, name: 'Alpha', inactive: false, ref: 'R1', toplevel_id: 1 },
    { id: 11, name: 'Beta', inactive: true, toplevel_id: 1 },
    { id: 12, name: 'Gamma', inactive: false, toplevel_id: 1 },
  ],
  agents: [
    { id: 1, name: 'Unassigned', isdisabled: false },
    { id: 2, name: 'Integration', isapiagent: true, email: 'api@example.com' },
    { id: 3, name: 'Jane Doe', email: 'jane@example.com', isdisabled: false, teams: [{ team_id: 4 }] },
    { id: 5, name: 'Old Agent', email: 'old@example.com', isdisabled: true },
  ],
  teams: [
    { id: 4, name: '1st Line Support', inactive: false, department_id: 1 },
    { id: 6, name: 'Closed', inactive: true, department_id: 1 },
  ],
};

const READS = [
  '/Client',
  '/client',
  '/Client?count=1',
  '/Client?count=x',
  '/Client?pageinate=true&page_size=1&page_no=2',
  '/Client?pageinate=true&page_size=1&page_no=9',
  '/Client?pageinate=true&page_size=abc',
  '/Client?page_size=1&page_no=2',
  '/Client?paginate=true&page_size=1',
  '/Client?includeinactive=true',
  '/Client?includeactive=false&includeinactive=true',
  '/Client?includeactive=false&includeinactive=false',
  '/Client?activeinactive=true,true',
  '/Client?search=alp',
  '/Client?search=R1',
  '/Client?search=R1&search_name_only=true',
  '/Client?order=name&orderdesc=true',
  '/Client?order=name&orderdesc=1',
  '/Client?toplevel_id=1',
  '/Client?toplevel_id=99',
  '/Client?nonsense=1',
  '/Client/10',
  '/Client/10?includedetails=true',
  '/Client/99',
  '/Client/probe',
  '/Client/me',
  '/Users/me',
  '/Agent',
  '/Agent?pageinate=true&page_size=1&page_no=1',
  '/Agent?pageinate=true&page_size=1&page_no=2',
  '/Agent?includeapiagents=true&includeunassigned=true',
  '/Agent?includedisabled=true',
  '/Agent?includeenabled=false&includedisabled=true',
  '/Agent?search=jane',
  '/Agent?team_id=4',
  '/Agent/me',
  '/Agent/3',
  '/Team',
  '/Team?pageinate=true&page_size=1&page_no=1',
  '/Team?includedisabled=true',
  '/Team?department_id=2',
  '/Team/4?includedetails=true',
  '/Site',
  '/Site?client_id=10',
  '/Site/1',
  '/Nonsense',
  '/authinfo',
];

const WRITES: [string, string, string?][] = [
  ['POST /Client', '[{"name":"New","ref":"q"}]'],
  ['POST /Client', '[{"name":"New","newclient_sitename":"Depot"}]'],
  ['POST /Client', '[{"id":10,"ref":"z"}]'],
  ['POST /Client', '[{"id":999,"ref":"z"}]'],
  ['POST /Client', '[{"id":10,"nonsense_field":1}]'],
  ['POST /Client', '[{"name":"One"},{"name":"Two"}]'],
  ['POST /Client', '{"name":"New"}'],
  ['POST /Client', '[{}]'],
  ['POST /Client', '[null]'],
  ['POST /Client', 'nope'],
  ['POST /Client', '[{"name":"New","toplevel_id":"a"}]'],
  ['POST /Client', '[{"name":"New","toplevel_id":1.0}]'],
  ['POST /Client', '[{"id":10.0,"ref":"z"}]'],
  ['POST /Client', '[{"name":"New"}]', 'text/plain'],
  ['POST /Site', '[{"name":"Depot","client_id":10}]'],
  ['POST /Site', '[{"name":"Depot"}]'],
  ['POST /Agent', '[{"name":"Ann","email":"ann@example.com"}]'],
  ['POST /Agent', '[{"name":"Ann"}]'],
  ['POST /Team', '[{"name":"Projects"}]'],
  ['PUT /Client/10', '{}'],
  ['PATCH /Client', '[]'],
  ['DELETE /Client', ''],
  ['DELETE /Client/12', ''],
  ['DELETE /Client/99', ''],
  ['DELETE /Client/probe', ''],
  ['DELETE /Agent/3', ''],
  ['DELETE /Team/4', ''],
  ['DELETE /Site/1', ''],
];

/** What two Halos have to agree on: the status, the envelope, which rows, and the form of a refusal. */
interface Outline {
  readonly status: number;
  readonly form: string;
  readonly ids?: readonly unknown[] | undefined;
  readonly count?: unknown;
}

async function outlineOf(response: Response): Promise<Outline> {
  const { status } = response;
  const text = await response.text();
  if (text === '') return { status, form: 'empty' };
  const value: unknown = JSON.parse(text);
  // Which of its forms a refusal takes differs from one endpoint to the next.
  if (status >= 400) return { status, form: 'refusal' };
  if (Array.isArray(value)) return { status, form: 'array', ids: value.map(idOf) };
  const object = value as Record<string, unknown>;
  const [key, rows] = Object.entries(object).find(([, each]) => Array.isArray(each)) ?? [];
  if (object.record_count === undefined) return { status, form: 'object', ids: [object.id] };
  return {
    status,
    form: `envelope of ${key}`,
    ids: (rows as unknown[]).map(idOf),
    count: object.record_count,
  };
}

const idOf = (row: unknown) => (row as { id?: unknown }).id;

async function ask(opened: Opened, call: string, body?: string, contentType = 'application/json') {
  const [method, path] = call.includes(' ') ? (call.split(' ') as [string, string]) : ['GET', call];
  const { token } = await createTokenProvider(opened.config as HaloConfig).getToken();
  const headers = { authorization: `Bearer ${token}`, 'content-type': contentType };
  const init = body === undefined || body === '' ? { method, headers } : { method, headers, body };
  return outlineOf(await opened.raw(`/api${path}`, init));
}

describe('two independent readings of the documentation agree', () => {
  it.each([...READS.map((path): [string] => [path]), ...WRITES])(
    'on %s %s',
    async (call, body?, contentType?) => {
      await using fake = await openFakeHalo(ROWS);
      await using second = await openSecondHalo(ROWS);
      const answer = await ask(second, call, body, contentType);
      expect(await ask(fake, call, body, contentType)).toEqual(answer);
      expect(answer.status).toBeLessThan(500);
    },
  );
});
