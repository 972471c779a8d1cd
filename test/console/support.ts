import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ApiProblem, RefreshEvent, TableState } from '../../src/console/api-types.ts';
import type { ConsoleInstance, ConsoleOptions } from '../../src/console/console-options.ts';
import { startConsole } from '../../src/console/start-console.ts';
import type { MappingRecord } from '../../src/mapping/index.ts';
import { createFakeHalo, type FakeHalo, type FakeHaloOptions } from '../../src/testing/index.ts';
import { createMemoryStore } from '../../src/workflow/index.ts';

/** A built page in as few bytes as the server needs. */
export function makePageFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'halo-psa-page-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>t</title>');
  writeFileSync(join(folder, 'console.js'), '"console"');
  writeFileSync(join(folder, 'report.js'), '"report"');
  writeFileSync(join(folder, 'report.css'), ':root{}');
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Sends a request with exactly these headers: `fetch` would set `Host` and `Origin` itself. */
export function sendRaw(
  port: number,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
      answer.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** An answer under way. */
export interface LineStream<Line> {
  /** Lines so far. */
  readonly received: readonly Line[];
  /** Waits for the next line. */
  next(): Promise<Line>;
  /** Closes the tab. */
  leave(): void;
}

/** A console under test, and its API as one browser tab has it. */
export interface TestConsole extends AsyncDisposable {
  readonly port: number;
  readonly token: string;
  readonly url: string;
  /** Headers of a request that is answered. */
  readonly headers: Readonly<Record<string, string>>;
  get<Value>(path: string, tab?: string): Promise<Value>;
  post<Value>(path: string, body: unknown, tab?: string): Promise<Value>;
  /** Posts, and returns the lines of the answer. */
  lines<Line>(path: string, body: unknown, tab?: string): Promise<Line[]>;
  /** Posts, and hands out the lines of the answer as they come. */
  stream<Line>(path: string, body: unknown, tab?: string): LineStream<Line>;
  /** Reads both sides, as Refresh Options does. */
  refresh(instance: string, acceptVanished?: boolean, tab?: string): Promise<TableState>;
  /** Expects a refusal. */
  refused(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; problem: ApiProblem }>;
}

export async function startTestConsole(options: ConsoleOptions): Promise<TestConsole> {
  const running = await startConsole(options);
  const { port: portText, hash } = new URL(running.url);
  const port = Number(portText);
  const token = hash.slice(1);
  const headers = {
    host: `127.0.0.1:${port}`,
    authorization: `Bearer ${token}`,
    'x-console-tab': 'tab-of-test',
    'content-type': 'application/json',
  };
  const send = (method: string, path: string, body: unknown, tab = 'tab-of-test') => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return sendRaw(port, method, path, { ...headers, 'x-console-tab': tab }, text);
  };
  const goodText = async (method: string, path: string, body: unknown, tab?: string) => {
    const answer = await send(method, path, body, tab);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
    return answer.body;
  };
  const good = async (...request: Parameters<typeof goodText>) => JSON.parse(await goodText(...request));
  const lines = async <Line>(path: string, body: unknown, tab?: string): Promise<Line[]> =>
    (await goodText('POST', path, body, tab))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return {
    port,
    token,
    url: running.url,
    headers,
    get: (path, tab) => good('GET', path, undefined, tab),
    post: (path, body, tab) => good('POST', path, body, tab),
    lines,
    stream: (path, body, tab = 'tab-of-test') =>
      openStream({ port, path, headers: { ...headers, 'x-console-tab': tab } }, JSON.stringify(body)),
    refresh: async (instance, acceptVanished = false, tab = undefined) => {
      const path = `/api/instances/${instance}/refresh`;
      const event = (await lines<RefreshEvent>(path, { acceptVanished }, tab)).at(-1);
      if (event?.kind !== 'done') throw new Error(JSON.stringify(event));
      return event.table;
    },
    refused: async (method, path, body) => {
      const answer = await send(method, path, body);
      return { status: answer.status, problem: JSON.parse(answer.body) };
    },
    [Symbol.asyncDispose]: running.close,
  };
}

function openStream<Line>(
  target: { port: number; path: string; headers: Readonly<Record<string, string>> },
  body: string,
): LineStream<Line> {
  const received: Line[] = [];
  const arrivals = new EventEmitter();
  let taken = 0;
  const outgoing = request({ host: '127.0.0.1', method: 'POST', agent: false, ...target }, (answer) => {
    createInterface(answer)
      .on('line', (line) => {
        received.push(JSON.parse(line));
        arrivals.emit('line');
      })
      .on('error', () => undefined);
  });
  // Whoever leaves, or outlives the console, hears of it.
  outgoing.on('error', () => undefined);
  outgoing.end(body);
  return {
    received,
    async next() {
      while (received.length === taken) await once(arrivals, 'line');
      taken += 1;
      return received[taken - 1]!;
    },
    leave: () => void outgoing.destroy(),
  };
}

export const CUSTOMERS = [
  { id: 10, name: 'Contoso Ltd' },
  { id: 11, name: 'Fabrikam Brewing plc' },
  { id: 12, name: 'Northwind Traders' },
  { id: 13, name: 'Tailspin Toys' },
];
export const ORGANIZATIONS: readonly MappingRecord[] = [
  { id: 'c', name: 'Contoso Limited' },
  { id: 'f', name: 'Fabrikam Brewing' },
  { id: 'n', name: 'Northwind Traders' },
  { id: 'u', name: 'Unheard Of Ventures' },
];

/** An instance over a fake Halo, with its settings filled in. */
export function fakeInstance(
  changes: Partial<ConsoleInstance> = {},
  options: FakeHaloOptions & { onPremise?: false } = {},
): { instance: ConsoleInstance; fake: FakeHalo } {
  const fake = createFakeHalo({
    clients: CUSTOMERS,
    teams: [{ id: 1, name: 'First Line' }],
    agents: [
      { id: 2, name: 'API Agent', isapiagent: true, teams: [{ team_id: 1 }] },
      { id: 3, name: 'Jane Doe', teams: [{ team_id: 1 }] },
    ],
    ...options,
  });
  const instance: ConsoleInstance = {
    name: 'uk',
    settings: fake.config,
    organizations: () => ORGANIZATIONS,
    store: createMemoryStore(),
    fetch: fake.fetch,
    ...changes,
  };
  return { instance, fake };
}
