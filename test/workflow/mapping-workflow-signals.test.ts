import { describe, expect, it } from 'vitest';
import type { MappingRecord } from '../../src/mapping/types.ts';
import { estimateMs, type SiteDomainPlan } from '../../src/workflow/site-domains.ts';
import { planWriteBack } from '../../src/workflow/write-back.ts';
import { setUpSaved, setUpWorkflow } from './workflow-setup.ts';

const TENANT = '4f2c9f60-1111-4c1e-9f5a-0d1f6c3b2a10';
const clients = [
  { id: 10, name: 'Acorn Construction', website: 'https://www.contoso.com' },
  { id: 11, name: 'Fabrikam Brewing plc' },
];
const contoso: MappingRecord = {
  id: 'c',
  name: 'Contoso',
  domains: ['contoso.com'],
  identifiers: { azure_tenant_id: TENANT },
};

describe('signals beyond names are read when the caller asks', () => {
  it('nothing but the list of customers is read by default', async () => {
    const { workflow, requests } = setUpWorkflow({ clients });
    await workflow.refresh();
    expect(requests()).toEqual(['GET /Client']);
  });

  it('Azure tenant ids in one request', async () => {
    const azureTenants = [
      { client_id: 10, azure_tenant_id: TENANT.toUpperCase() },
      { client_id: 11, azure_tenant_id: 'another' },
    ];
    const setup = setUpWorkflow({ clients, azureTenants }, { signals: { azureTenants: true } });
    setup.organizations = [contoso];
    await setup.workflow.refresh();
    expect(setup.requests().sort()).toEqual(['GET /AreaAzureTenant', 'GET /Client']);
    const { suggestions } = await setup.workflow.suggest();
    expect(suggestions[0]?.customer?.id).toBe(10);
    expect(suggestions[0]?.evidence.map(({ kind }) => kind)).toContain('identifier');
  });

  it('websites within the list', async () => {
    const setup = setUpWorkflow({ clients }, { signals: { website: true } });
    setup.organizations = [contoso];
    await setup.workflow.refresh();
    expect(setup.requests()).toEqual(['GET /Client']);
    expect((await setup.workflow.suggest()).suggestions[0]?.customer?.id).toBe(10);
  });

  it("a custom field that holds the organization's own id, or another identifier of it", async () => {
    const customFields = [{ id: 151, name: 'CFPlatformId' }];
    const fielded = [
      { id: 10, name: 'Acorn Construction', customfields: [{ id: 151, value: 'c' }] },
      { id: 11, name: 'Contoso Ltd' },
    ];
    const own = setUpWorkflow({ clients: fielded, customFields }, { signals: { customField: { id: 151 } } });
    own.organizations = [contoso];
    await own.workflow.refresh();
    expect(own.requests()).toEqual(['GET /Client']);
    expect((await own.workflow.suggest()).suggestions[0]).toMatchObject({
      organization: contoso,
      customer: { id: 10 },
    });
    const other = setUpWorkflow(
      { clients: fielded, customFields },
      { signals: { customField: { id: 151, identifier: 'crm' } } },
    );
    other.organizations = [{ ...contoso, identifiers: { crm: 'c' } }];
    await other.workflow.refresh();
    expect((await other.workflow.suggest()).suggestions[0]?.customer?.id).toBe(10);
  });
});

describe('site e-mail domains', () => {
  const sites = [
    { id: 1, client_id: 10, name: 'Main', emaildomain: 'contoso.com' },
    { id: 2, client_id: 10, name: 'Depot' },
    { id: 3, client_id: 11, name: 'Main', emaildomain: 'fabrikam.com' },
    { id: 4, client_id: 12, name: 'Main', emaildomain: 'northwind.com' },
    { id: 5, client_id: 13, name: 'Main', emaildomain: 'tailspin.com' },
    { id: 6, client_id: 13, name: 'Closed', emaildomain: 'old.com', inactive: true },
  ];
  const noWebsites = [
    { id: 10, name: 'Acorn Construction' },
    { id: 11, name: 'Fabrikam Brewing plc' },
    { id: 12, name: 'Northwind Traders' },
    { id: 13, name: 'Tailspin Toys' },
  ];
  const setUpSites = async (organizations: MappingRecord[]) => {
    const setup = setUpWorkflow({ clients: noWebsites, sites });
    setup.organizations = organizations;
    await setup.workflow.refresh();
    setup.requests();
    return setup;
  };
  const fabrikam = { id: 'f', name: 'Fabrikam Brewing plc', domains: ['fabrikam.com'] };
  const open = { id: 'c', name: 'Contoso', domains: ['contoso.com'] };

  it('cost one request per site, only for customers still unmapped; number and time are told first', async () => {
    const setup = await setUpSites([open, fabrikam, { id: 'n', name: 'Northwind' }]);
    setup.workflow.map('n', 12);
    const plans: SiteDomainPlan[] = [];
    const report = await setup.workflow.suggest({
      siteEmailDomains: (plan) => {
        plans.push(plan);
        expect(setup.requests()).toEqual(['GET /Site']);
        return true;
      },
    });
    // Fabrikam is matched by name and Northwind is mapped; the closed site does not count.
    expect(plans).toEqual([{ customers: 2, requests: 3, estimatedMs: 250 }]);
    expect(setup.requests().sort()).toEqual(['GET /Site/1', 'GET /Site/2', 'GET /Site/5']);
    const found = report.suggestions.find(({ organization }) => organization.id === 'c');
    expect(found).toMatchObject({ customer: { id: 10 } });
    expect(found?.evidence.map(({ kind }) => kind)).toContain('domain');
  });

  it('are not read when the caller declines, when nobody has a domain, or when all is matched', async () => {
    const declined = await setUpSites([open]);
    expect(
      (await declined.workflow.suggest({ siteEmailDomains: () => false })).suggestions[0]?.customer,
    ).toBeNull();
    expect(declined.requests()).toEqual(['GET /Site']);
    for (const organizations of [[{ id: 'c', name: 'Contoso' }], [fabrikam]]) {
      const { workflow, requests } = await setUpSites(organizations);
      await workflow.suggest({ siteEmailDomains: () => expect.unreachable() });
      expect(requests()).toEqual([]);
    }
  });

  it('are kept until the next refresh', async () => {
    const setup = await setUpSites([open]);
    await setup.workflow.suggest({ siteEmailDomains: () => true });
    setup.requests();
    expect((await setup.workflow.suggest()).suggestions[0]?.customer?.id).toBe(10);
    expect((await setup.workflow.suggestFor('c', { siteEmailDomains: () => true })).customer?.id).toBe(10);
    expect(setup.requests()).toEqual([]);
  });

  it('of a site that may not be read say nothing; another failure is passed on', async () => {
    const setup = await setUpSites([open]);
    setup.fake.enqueueFault({ path: '/api/Site/5', status: 403 });
    const { suggestions } = await setup.workflow.suggest({ siteEmailDomains: () => true });
    expect(suggestions[0]?.customer?.id).toBe(10);
    await setup.workflow.refresh();
    setup.fake.enqueueFault({ path: '/api/Site/5', status: 500 });
    await expect(setup.workflow.suggest({ siteEmailDomains: () => true })).rejects.toMatchObject({
      code: 'HALO_SERVER_FAILED',
    });
  });

  it.each([
    [0, { capacity: 270, used: 0, windowMs: 300_000 }, 0],
    [8, { capacity: 270, used: 0, windowMs: 300_000 }, 500],
    [270, { capacity: 270, used: 0, windowMs: 300_000 }, 17_000],
    [271, { capacity: 270, used: 0, windowMs: 300_000 }, 300_000],
    [100, { capacity: 270, used: 200, windowMs: 300_000 }, 300_000],
    [811, { capacity: 270, used: 0, windowMs: 300_000 }, 900_000],
    [1000, { capacity: Number.POSITIVE_INFINITY, used: 0, windowMs: 300_000 }, 62_500],
  ])('%i requests within %j take about %i ms', (requests, budget, expected) => {
    expect(estimateMs(requests, budget)).toBe(expected);
  });
});

describe('writeBack()', () => {
  const customFields = [{ id: 151, name: 'CFPlatformId' }];
  const setUpWriteBack = (values: Record<number, string> = {}) => {
    const fielded = [10, 11, 12, 13].map((id) => ({
      id,
      name: `Customer ${id}`,
      ...(values[id] === undefined ? {} : { customfields: [{ id: 151, value: values[id] }] }),
    }));
    return setUpSaved({ clients: fielded, customFields }, { writeBack: { customField: 151 } });
  };
  const fieldOf = ({ fake }: Awaited<ReturnType<typeof setUpSaved>>, id: number) =>
    fake.tables.clients.get(id)?.customfields?.find((field) => field.id === 151)?.value;

  it('is opt-in', async () => {
    const { workflow } = await setUpSaved();
    await expect(workflow.writeBack()).rejects.toThrow(/writeBack/);
  });

  it("stores the organization's id on the Halo customer, and the second time has nothing to do", async () => {
    const setup = await setUpWriteBack();
    const rows = await setup.workflow.writeBack();
    expect(
      rows.map(({ customerId, action, before, after, outcome }) => [
        customerId,
        action,
        before,
        after,
        outcome,
      ]),
    ).toEqual([
      [10, 'set', '', 'c', 'written'],
      [11, 'set', '', 'f', 'written'],
      [12, 'set', '', 'n', 'written'],
    ]);
    expect([10, 11, 12, 13].map((id) => fieldOf(setup, id))).toEqual(['c', 'f', 'n', undefined]);
    expect((await setup.workflow.writeBack()).map(({ action, outcome }) => `${action} ${outcome}`)).toEqual(
      Array(3).fill('keep left'),
    );
  });

  it('with dryRun writes nothing', async () => {
    const setup = await setUpWriteBack();
    const rows = await setup.workflow.writeBack({ dryRun: true });
    expect(rows.map(({ outcome }) => outcome)).toEqual(['planned', 'planned', 'planned']);
    expect(setup.requests().filter((request) => request.startsWith('POST'))).toEqual([]);
    expect(fieldOf(setup, 10)).toBeUndefined();
  });

  it('writes what is saved, not what waits', async () => {
    const setup = await setUpWriteBack();
    setup.workflow.map('u', 13);
    setup.workflow.unmap('c');
    expect((await setup.workflow.writeBack({ dryRun: true })).map(({ after }) => after)).toEqual([
      'c',
      'f',
      'n',
    ]);
  });

  it('never replaces a value that is none of ours, unless it is told to', async () => {
    const setup = await setUpWriteBack({ 10: 'finance-77' });
    expect((await setup.workflow.writeBack())[0]).toMatchObject({
      action: 'occupied',
      outcome: 'left',
      after: 'finance-77',
    });
    expect(fieldOf(setup, 10)).toBe('finance-77');
    expect((await setup.workflow.writeBack({ overwrite: true }))[0]).toMatchObject({
      action: 'change',
      outcome: 'written',
    });
    expect(fieldOf(setup, 10)).toBe('c');
  });

  it('moves the id when the organization is mapped elsewhere, and clears it where it was', async () => {
    const setup = await setUpWriteBack();
    await setup.workflow.writeBack();
    setup.workflow.map('c', 13);
    await setup.workflow.save();
    const rows = await setup.workflow.writeBack();
    expect(rows.map(({ customerId, action }) => [customerId, action])).toEqual([
      [10, 'clear'],
      [11, 'keep'],
      [12, 'keep'],
      [13, 'set'],
    ]);
    expect([fieldOf(setup, 10), fieldOf(setup, 13)]).toEqual(['', 'c']);
  });

  it('reads customers one by one where Halo lists no custom fields', async () => {
    const setup = await setUpWriteBack({ 10: 'c' });
    const list = setup.halo.clients.list.bind(setup.halo.clients);
    const halo = {
      host: setup.halo.host,
      clients: {
        ...setup.halo.clients,
        list: (query: Parameters<typeof list>[0] = {}) => {
          const { customFieldIds: _ignored, ...rest } = query;
          return list(rest);
        },
      },
    };
    const workflow = setup.another({ halo });
    await workflow.refresh();
    expect((await workflow.writeBack({ dryRun: true })).map(({ action }) => action)).toEqual([
      'keep',
      'set',
      'set',
    ]);
  });

  it('stops at the first failure and says what was not tried', async () => {
    const setup = await setUpWriteBack();
    setup.fake.enqueueFault({ method: 'POST', path: '/api/Client', status: 403 });
    const rows = await setup.workflow.writeBack();
    expect(rows.map(({ outcome }) => outcome)).toEqual(['failed', 'not-tried', 'not-tried']);
    expect(rows[0]?.problem).toContain('Halo forbids this request');
    expect((await setup.workflow.writeBack()).map(({ outcome }) => outcome)).toEqual(
      Array(3).fill('written'),
    );
  });

  it('leaves a customer alone that several organizations share', () => {
    const at = '2026-11-23T09:00:00Z';
    const mapped = { customerId: 10, customerName: 'x', source: 'manual' as const, at };
    const document = {
      format: 'halo-psa-mapping' as const,
      version: 1 as const,
      instanceId: 'x',
      revision: 1,
      entries: ['a', 'b'].map((organizationId) => ({ organizationId, organizationName: '', mapped })),
    };
    const plan = (value: string) =>
      planWriteBack({
        document,
        organizationIds: ['a', 'b'],
        values: new Map([[10, { name: 'x', value }]]),
        overwrite: true,
      });
    expect(plan('')).toMatchObject([{ action: 'shared', outcome: 'left', after: '' }]);
    expect(plan('b')).toMatchObject([{ action: 'keep', outcome: 'left', after: 'b' }]);
  });
});
