import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createHaloInstances } from '../../src/instances.ts';
import { createJsonFileStore } from '../../src/stores/json-file.ts';
import { createFakeHalo } from '../../src/testing/index.ts';
import { formatVerification } from '../../src/verify/format-verification.ts';
import { createMappingWorkflow } from '../../src/workflow/mapping-workflow.ts';

const folder = mkdtempSync(join(tmpdir(), 'halo-psa-story-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const team = { teams: [{ id: 1, name: 'First Line' }] };
const agents = [
  { id: 2, name: 'API Agent', isapiagent: true, teams: [{ team_id: 1 }] },
  { id: 3, name: 'Jane Doe' },
];

const uk = createFakeHalo({
  ...team,
  agents,
  resourceServer: 'https://uk.halopsa.example',
  tenantId: 'uk',
  clients: [
    { id: 11, name: 'Marks & Spencer' },
    { id: 12, name: 'Royal National Lifeboat Institution' },
    { id: 13, name: 'Harborside Medical Center' },
    { id: 14, name: 'Acme Inc' },
    { id: 15, name: 'Bolton Widgets Ltd', accountsid: 'BOL-1' },
    { id: 16, name: 'Westward Logistics plc' },
  ],
});
const us = createFakeHalo({
  ...team,
  agents,
  resourceServer: 'https://us.halopsa.example',
  tenantId: 'us',
  clients: [
    { id: 11, name: 'Contoso LLC' },
    { id: 12, name: 'Fabrikam Inc' },
  ],
});
const organizations = {
  uk: [
    { id: 'rmm-1', name: 'Marks and Spencer plc' },
    { id: 'rmm-2', name: 'RNLI' },
    { id: 'rmm-3', name: 'Harborside Medical Center' },
    { id: 'rmm-4', name: 'Acme Ltd' },
    { id: 'rmm-5', name: 'Bolton Widgets' },
    { id: 'rmm-6', name: 'Westward Logistics' },
    { id: 'rmm-7', name: 'Our Own Office' },
  ],
  us: [
    { id: 'rmm-1', name: 'Contoso' },
    { id: 'rmm-2', name: 'Fabrikam Inc' },
  ],
};

let minute = 0;
const now = () => new Date(Date.UTC(2026, 10, 23, 9, minute++));

/** What one administrator's screen holds; made anew at every visit. */
function visit(by: string) {
  const halos = createHaloInstances({
    uk: { ...uk.config, fetch: uk.fetch } as never,
    us: { ...us.config, fetch: us.fetch } as never,
  });
  const workflowOf = (name: 'uk' | 'us') =>
    createMappingWorkflow({
      halo: halos.get(name),
      organizations: async () => organizations[name],
      store: createJsonFileStore(join(folder, `${name}.json`)),
      now,
      by,
    });
  return { halos, uk: workflowOf('uk'), us: workflowOf('us') };
}

describe('from suggestion to saved mapping, on two instances', () => {
  const monday = visit('kim');

  it('verifies both when the settings are saved', async () => {
    const reports = await monday.halos.verifyAll();
    expect([reports.uk.status, reports.us.status]).toEqual(['ok', 'ok']);
    expect(formatVerification(reports.uk)).toContain('Halo uk.halopsa.example: the connection is in order');
  });

  it('suggests, decides and saves', async () => {
    await Promise.all([monday.uk.refresh(), monday.us.refresh()]);
    const report = await monday.uk.suggest();
    const statusOf = new Map(report.suggestions.map(({ organization, status }) => [organization.id, status]));
    expect(statusOf.get('rmm-3')).toBe('matched');
    expect(statusOf.get('rmm-7')).toBe('unmatched');
    const accepted = monday.uk.acceptSuggestions({ status: 'matched' });
    expect(accepted.map(({ organization }) => organization.id)).toContain('rmm-3');
    expect(accepted.map(({ organization }) => organization.id)).not.toContain('rmm-4');
    for (const [organization, customer] of [
      ['rmm-1', 11],
      ['rmm-2', 12],
      ['rmm-5', 15],
      ['rmm-6', 16],
    ] as const)
      monday.uk.map(organization, customer);
    monday.uk.reject('rmm-4', 14);
    monday.uk.ignore('rmm-7');
    expect(monday.uk.changes().map(({ kind }) => kind)).toEqual(Array(7).fill('add'));
    expect(await monday.uk.save()).toEqual({ saved: true, revision: 1 });

    await monday.us.suggest();
    monday.us.acceptSuggestions({ status: 'matched' });
    monday.us.map('rmm-1', 11);
    monday.us.map('rmm-2', 12);
    await monday.us.save();
    expect(monday.uk.check({ maxUnmatched: 1 })).toMatchObject({ ok: true, unmatched: 1 });
    expect(monday.us.check()).toMatchObject({ ok: true });
  });

  it('keeps the documents apart', () => {
    expect(monday.uk.document).toMatchObject({ instanceId: 'uk.halopsa.example', revision: 1 });
    expect(monday.us.document.entries).toHaveLength(2);
  });

  const friday = visit('robin');

  it('reports what was renamed, merged, deleted and deactivated in Halo meanwhile, and what is stale', async () => {
    const { clients } = uk.tables;
    clients.set(11, { name: 'M&S Group' });
    clients.delete(15);
    clients.add({ id: 20, name: 'Bolton Widgets and Bolton Gaskets Ltd', accountsid: 'BOL-1' });
    uk.tables.sites.add({ client_id: 20, name: 'Bolton Widgets Ltd' });
    clients.delete(12);
    clients.set(16, { inactive: true });
    const report = await friday.uk.refresh();
    expect(report.customers.renamed).toMatchObject([
      { id: 11, before: 'Marks & Spencer', name: 'M&S Group' },
    ]);
    expect(report.customersHidden).toBeNull();
    const stale = report.stale.map(({ organizationId, reason, successor }) => [
      organizationId,
      reason,
      successor?.customerId,
    ]);
    expect(new Map(stale.map(([id, ...rest]) => [id, rest]))).toEqual(
      new Map<unknown, unknown>([
        ['rmm-2', ['customer-deleted', undefined]],
        ['rmm-5', ['customer-deleted', 20]],
        ['rmm-6', ['customer-inactive', undefined]],
      ]),
    );
    const merged = report.stale.find(({ organizationId }) => organizationId === 'rmm-5');
    expect(merged?.successor?.text).toMatch(
      /^Probably merged into Bolton Widgets and Bolton Gaskets Ltd \(20\)/,
    );
    expect(friday.uk.check({ maxUnmatched: 1 })).toMatchObject({ ok: false, stale: 3 });
    expect(await friday.us.refresh()).toMatchObject({ stale: [] });
  });

  it('never offers again what was rejected, and leaves the ignored alone', async () => {
    const { suggestions } = await friday.uk.suggest();
    expect(suggestions.map(({ organization }) => organization.id)).toEqual(['rmm-4']);
    expect(suggestions[0]?.candidates.map(({ customer }) => customer.id)).not.toContain(14);
  });

  it('takes the successor over, saves, and is in order again', async () => {
    friday.uk.map('rmm-5', 20);
    friday.uk.unmap('rmm-2');
    friday.uk.ignore('rmm-6');
    friday.uk.ignore('rmm-4');
    expect(friday.uk.changes().map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'Marks and Spencer plc: its customer Marks & Spencer (11) is now called M&S Group',
        'Bolton Widgets: mapped to Bolton Widgets and Bolton Gaskets Ltd (20), before to Bolton Widgets Ltd (15)',
        'RNLI: no longer mapped to Royal National Lifeboat Institution (12)',
      ]),
    );
    expect(await friday.uk.save()).toEqual({ saved: true, revision: 2 });
    expect(friday.uk.check({ maxUnmatched: 1 })).toMatchObject({ ok: true, stale: 0, unmatched: 1 });
  });

  it('tells the administrator who still had Monday on the screen, and loses neither work', async () => {
    monday.uk.ignore('rmm-2');
    monday.uk.reject('rmm-1', 16);
    await expect(monday.uk.save()).rejects.toMatchObject({
      code: 'HALO_MAPPING_STORE_CONFLICT',
      expectedRevision: 1,
      actualRevision: 2,
    });
    const { clashes } = await monday.uk.reapply();
    expect(clashes.map(({ organizationId }) => organizationId)).toEqual(['rmm-2']);
    expect(await monday.uk.save()).toEqual({ saved: true, revision: 3 });
    const entryOf = (id: string) =>
      monday.uk.document.entries.find(({ organizationId }) => organizationId === id);
    expect(entryOf('rmm-2')).toMatchObject({ ignored: { by: 'kim' } });
    expect(entryOf('rmm-5')).toMatchObject({ mapped: { customerId: 20, by: 'robin' } });
    expect(entryOf('rmm-1')).toMatchObject({
      mapped: { customerId: 11, customerName: 'M&S Group' },
      rejected: [{ customerId: 16 }],
    });
  });

  it('says that customers are hidden when the agent is restricted, and calls none of them stale', async () => {
    (uk.quirks as { restrictedToClients: unknown }).restrictedToClients = [14];
    const tuesday = visit('kim');
    const report = await tuesday.uk.refresh();
    expect(report.stale).toEqual([]);
    expect(report.hidden.map(({ customerId }) => customerId)).toEqual([11, 13, 20]);
    const reports = await tuesday.halos.verifyAll();
    expect(reports.uk.stages.find(({ id }) => id === 'customers')?.fix).toContain(
      'Allow use of all Customers',
    );
    expect(reports.us.status).toBe('ok');
  });
});

describe('the example', () => {
  it('tells that story in under 60 lines, and runs', async () => {
    const file = new URL('../../examples/10-mapping-workflow.ts', import.meta.url);
    expect(readFileSync(file, 'utf8').trimEnd().split('\n').length).toBeLessThan(60);
    const lines: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((...parts) => {
      lines.push(parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' '));
    });
    try {
      await import(file.href);
    } finally {
      log.mockRestore();
    }
    const text = lines.join('\n');
    expect(text).toContain('Halo us.halopsa.example: the connection is in order');
    expect(text).toContain('uk add Bolton Widgets: mapped to Bolton Widgets Ltd (12)');
    expect(text).toContain(
      'customer-deleted Bolton Widgets Ltd | Probably merged into Bolton Widgets and Gaskets Ltd',
    );
    expect(text).toContain('customer-inactive Westward Logistics plc | no successor');
    expect(text).toMatch(/uk \{"saved":true,"revision":2\} \{"ok":true,"unmatched":1,"stale":0/);
    expect(text).toMatch(/us \{"saved":false,"revision":1\} \{"ok":true/);
  });
});
