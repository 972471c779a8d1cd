import type { FakeHalo } from '../../src/testing/index.ts';

/** An answer, read. */
export interface Read {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look at whatever a Halo sends.
  readonly body: any;
}

/** What a test needs of a fake: addresses and credentials. */
type Reachable = Pick<FakeHalo, 'config' | 'fetch'>;

export async function read(response: Response): Promise<Read> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson ? JSON.parse(text) : undefined,
  };
}

export function addressesOf({ config }: Pick<Reachable, 'config'>): { api: string; token: string } {
  const server = config.resourceServer.includes('://')
    ? config.resourceServer
    : `https://${config.resourceServer}`;
  const tenant = 'tenantId' in config ? `?tenant=${config.tenantId}` : '';
  return { api: `${server}/api/`, token: `${config.authServer ?? `${server}/auth`}/token${tenant}` };
}

/** Asks for a token with the right values, or with others. */
export async function askForToken(
  fake: Reachable,
  fields: Readonly<Record<string, string>> = {},
  url: string = addressesOf(fake).token,
): Promise<Read> {
  const { clientId, clientSecret } = fake.config;
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    scope: 'all',
  };
  const body = new URLSearchParams(
    Object.entries({ ...form, ...fields }).filter(([, value]) => value !== ''),
  );
  return read(await fake.fetch(url, { method: 'POST', body }));
}

/** A caller with a token: `get('Client?count=5')`, `post('Client', [{ name: 'Acme' }])`. */
export async function signIn(fake: Reachable, fields: Readonly<Record<string, string>> = {}) {
  const { body } = await askForToken(fake, fields);
  const headers = { authorization: `Bearer ${body.access_token}` };
  const call = async (path: string, init: RequestInit = {}) =>
    read(await fake.fetch(addressesOf(fake).api + path, { headers, ...init }));
  return {
    token: body.access_token as string,
    call,
    get: (path: string) => call(path),
    remove: (path: string) => call(path, { method: 'DELETE' }),
    post: (path: string, rows: unknown) =>
      call(path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: typeof rows === 'string' ? rows : JSON.stringify(rows),
      }),
  };
}

/** Ids of the rows in a list, whatever its envelope. */
export function idsOf({ body }: Read): unknown[] {
  const rows = Array.isArray(body)
    ? body
    : (body.clients ?? body.sites ?? body.users ?? body.tree ?? body.results ?? body.agents);
  return rows.map(({ id }: { id: unknown }) => id);
}
