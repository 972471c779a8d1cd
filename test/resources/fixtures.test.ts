import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createAgents } from '../../src/resources/agents.ts';
import { type AzureTenant, azureTenantSchema } from '../../src/resources/azure-tenants.ts';
import { clientDescriptor } from '../../src/resources/clients.ts';
import { decodePage, isDecoded } from '../../src/resources/decode-page.ts';
import { createResource } from '../../src/resources/resource.ts';
import { siteDescriptor } from '../../src/resources/sites.ts';
import { teamDescriptor } from '../../src/resources/teams.ts';
import { inTurn, scriptedTransport } from './support/scripted-transport.ts';

const folder = new URL('../fixtures/halo/', import.meta.url);

/** A fresh copy, so that no test can change another one's. */
function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
}

function answering(name: string) {
  const transport = scriptedTransport(inTurn(fixture(name)));
  return {
    clients: createResource(transport, clientDescriptor),
    sites: createResource(transport, siteDescriptor),
    teams: createResource(transport, teamDescriptor),
    agents: createAgents(transport),
  };
}

type Lists = Exclude<keyof ReturnType<typeof answering>, never>;

const LISTS: [string, Lists, number[], number | null][] = [
  ['client-list-page', 'clients', [1, 12], 2],
  ['client-list-unpaged', 'clients', [1], 1],
  ['client-list-empty-page', 'clients', [], 0],
  ['agent-list-array', 'agents', [3, 4], null],
  ['agent-list-results', 'agents', [3, 4], 2],
  ['team-list', 'teams', [1], null],
  ['site-list-page', 'sites', [18], 1],
];
const ROWS: [string, Lists, number][] = [
  ['client-detail', 'clients', 12],
  ['post-client-response', 'clients', 12],
  ['agent-detail', 'agents', 3],
  ['team-detail', 'teams', 1],
];
/** Rows without a resource of their own: decoded as any list is. */
const OTHER_LISTS: [string, number][] = [
  ['areaazuretenant-list', 1],
  ['externallink-list', 1],
  ['toplevel-list', 1],
  ['users-list-page', 1],
];
/** Of other layers, or bodies that are sent. */
const ELSEWHERE = [
  'authinfo',
  'errors',
  'instanceinfo',
  'post-client-create-request',
  'post-client-update-request',
  'token-errors',
  'token-response',
];

describe('documented shapes of Halo', () => {
  it.each(LISTS)('lists %s', async (name, resource, ids, expected) => {
    const listing = answering(name)[resource].list();
    const rows: { id: number }[] = await listing.toArray();
    expect(rows.map(({ id }) => id)).toEqual(ids);
    expect(listing.report).toMatchObject({ complete: true, expected });
  });

  it.each(ROWS)('reads %s without changing a field', async (name, resource, id) => {
    expect(await answering(name)[resource].get(id)).toEqual(fixture(name));
  });

  it('reads the agent behind the token', async () => {
    expect(await answering('agent-me').agents.me()).toEqual(fixture('agent-me'));
  });

  it('reads the answer to a write', async () => {
    const [row] = fixture('post-client-create-request') as [{ name: string }];
    expect(await answering('post-client-response').clients.create(row)).toMatchObject({
      id: 12,
      name: row.name,
    });
    expect(await answering('post-client-response').clients.update(12, { ref: 'C-0012' })).toMatchObject({
      id: 12,
    });
  });

  it('keeps the list rows as they were, unknown fields included', async () => {
    const { clients } = fixture('client-list-page') as { clients: unknown[] };
    expect(await answering('client-list-page').clients.list().toArray()).toEqual(clients);
  });

  it.each(OTHER_LISTS)('finds the rows of %s', (name, length) => {
    const page = decodePage(fixture(name), 'unknown');
    expect(isDecoded(page) && page.rows).toHaveLength(length);
  });

  it('reads Microsoft tenants', () => {
    const tenants: AzureTenant[] = z.array(azureTenantSchema).parse(fixture('areaazuretenant-list'));
    expect(tenants).toEqual(fixture('areaazuretenant-list'));
  });

  it('leaves no documented shape without a test', () => {
    const named = [...LISTS, ...ROWS, ...OTHER_LISTS].map(([name]) => name).concat(ELSEWHERE, 'agent-me');
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
    expect(files.map((file) => file.replace('.json', '')).sort()).toEqual(named.sort());
  });
});
