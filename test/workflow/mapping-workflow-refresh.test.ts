import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Client } from '../../src/resources/clients.ts';
import { compareSide, findVanished } from '../../src/workflow/compare-sides.ts';
import { createMappingWorkflow } from '../../src/workflow/mapping-workflow.ts';
import { createMemoryStore } from '../../src/workflow/memory-store.ts';
import type { NamedRow } from '../../src/workflow/workflow-types.ts';
import { CLIENTS, setUpSaved, setUpWorkflow } from './workflow-setup.ts';

const named = (...names: string[]) => names.map((name) => expect.objectContaining({ name }));

describe('refresh() reports what changed since the last one', () => {
  it('added, removed, renamed and deactivated, on either side', async () => {
    const setup = setUpWorkflow();
    await setup.workflow.refresh();
    const { clients } = setup.fake.tables;
    clients.add({ id: 40, name: 'Wingtip Toys' });
    clients.delete(13);
    clients.set(11, { name: 'Fabrikam Breweries plc' });
    clients.set(12, { inactive: true });
    setup.organizations.splice(3, 1, { id: 'w', name: 'Wide World' });
    setup.organizations[0] = { id: 'c', name: 'Contoso Group' };
    setup.organizations[1] = { id: 'f', name: 'Fabrikam Brewing', inactive: true };
    const report = await setup.workflow.refresh();
    expect(report).toMatchObject({
      comparedWith: 'snapshot',
      customers: {
        added: named('Wingtip Toys'),
        removed: named('Tailspin Toys'),
        renamed: [{ id: 11, name: 'Fabrikam Breweries plc', before: 'Fabrikam Brewing plc' }],
        deactivated: named('Northwind Traders'),
      },
      organizations: {
        added: named('Wide World'),
        removed: named('Unheard Of Ventures'),
        renamed: [{ id: 'c', name: 'Contoso Group', before: 'Contoso Limited' }],
        deactivated: named('Fabrikam Brewing'),
      },
      summary: { organizations: 4, customers: 4, mapped: 0, ignored: 0, unmapped: 4, stale: 0 },
    });
  });

  it("in the caller's order and Halo's, as are the organizations that are unmapped", async () => {
    const { workflow } = setUpWorkflow();
    const { snapshot } = await workflow.refresh();
    expect(workflow.unmapped.map(({ id }) => id)).toEqual(['c', 'f', 'n', 'u']);
    expect(snapshot.organizations.map(({ id }) => id)).toEqual(['c', 'f', 'n', 'u']);
    expect(snapshot.customers.map(({ id }) => id)).toEqual([10, 11, 12, 13]);
  });

  it('nothing, when nothing changed', async () => {
    const { workflow } = await setUpSaved();
    const nothing = { added: [], removed: [], renamed: [], deactivated: [] };
    expect(await workflow.refresh()).toMatchObject({
      organizations: nothing,
      customers: nothing,
      stale: [],
      hidden: [],
    });
  });

  it('compares with a snapshot that the caller kept, from another process', async () => {
    const { workflow, another, fake } = setUpWorkflow();
    const { snapshot } = await workflow.refresh();
    const since = JSON.parse(JSON.stringify(snapshot)) as typeof snapshot;
    expect(since).toEqual(snapshot);
    fake.tables.clients.add({ id: 40, name: 'Wingtip Toys' });
    const report = await another().refresh({ since });
    expect(report).toMatchObject({ comparedWith: 'snapshot', customers: { added: named('Wingtip Toys') } });
  });

  it('compares with the saved document where there is nothing else, and then calls nothing added', async () => {
    const { another, fake } = await setUpSaved();
    fake.tables.clients.set(10, { name: 'Contoso Group Ltd' });
    fake.tables.clients.add({ id: 40, name: 'Wingtip Toys' });
    const report = await another().refresh();
    expect(report).toMatchObject({
      comparedWith: 'document',
      customers: { added: [], renamed: [{ id: 10, before: 'Contoso Ltd' }] },
      organizations: { added: [] },
    });
  });

  it('changes nothing that is saved, but for names with the next save', async () => {
    const { workflow, fake, saved } = await setUpSaved();
    const before = await saved();
    fake.tables.clients.set(10, { name: 'Contoso Group Ltd' });
    fake.tables.clients.delete(11);
    await workflow.refresh();
    expect(await saved()).toEqual(before);
    await workflow.save();
    const entries = (await saved())?.entries;
    expect(entries?.map(({ mapped }) => mapped?.customerName)).toEqual([
      'Contoso Group Ltd',
      'Fabrikam Brewing plc',
      'Northwind Traders',
    ]);
    expect(entries?.[0]?.mapped?.at).toBe(before?.entries[0]?.mapped?.at);
  });

  it('takes a newer document when no decision waits, and leaves it aside while one does', async () => {
    const { workflow, another } = await setUpSaved();
    const other = another();
    await other.refresh();
    other.ignore('u');
    await other.save();
    expect((await workflow.refresh()).newerRevision).toBeNull();
    expect(workflow.document.entries).toHaveLength(4);
    workflow.map('c', 13);
    other.unmap('f');
    await other.save();
    expect((await workflow.refresh()).newerRevision).toBe(3);
    expect(workflow.changes().filter(({ kind }) => kind !== 'keep')).toHaveLength(1);
    await expect(workflow.save()).rejects.toMatchObject({ expectedRevision: 2, actualRevision: 3 });
  });
});

describe('refresh() reports which saved mappings are stale', () => {
  it('lists with inactive rows, and asks for a saved customer that is missing by id', async () => {
    const { workflow, fake, requests } = await setUpSaved();
    fake.tables.clients.delete(11);
    await workflow.refresh();
    const sent = requests();
    expect(sent.filter((path) => path === 'GET /Client/11')).toHaveLength(1);
    expect(sent.filter((path) => path.startsWith('GET /Client/'))).toHaveLength(1);
    const list = fake.requests.findLast(({ path }) => path === '/api/Client');
    expect(list?.query).toMatchObject({ includeactive: 'true', includeinactive: 'true' });
  });

  it('404 is deleted, inactive is inactive, and an organization that is gone is told', async () => {
    const setup = await setUpSaved();
    setup.fake.tables.clients.delete(11);
    setup.fake.tables.clients.set(12, { inactive: true });
    setup.organizations.shift();
    const { stale, summary } = await setup.workflow.refresh();
    expect(
      stale.map(({ organizationId, customerId, reason }) => [organizationId, customerId, reason]),
    ).toEqual([
      ['c', 10, 'organization-removed'],
      ['f', 11, 'customer-deleted'],
      ['n', 12, 'customer-inactive'],
    ]);
    expect(summary.stale).toBe(3);
    expect(setup.workflow.document.entries).toHaveLength(3);
  });

  it.each([401, 403])(
    '%i is hidden, not stale, with the hint to Allow use of all Customers',
    async (status) => {
      const { workflow, fake } = await setUpSaved();
      fake.tables.clients.delete(11);
      for (let times = 0; times < 2; times += 1) fake.enqueueFault({ path: '/api/Client/11', status });
      const { stale, hidden } = await workflow.refresh();
      expect(stale).toEqual([]);
      expect(hidden).toMatchObject([
        { organizationId: 'f', customerId: 11, customerName: 'Fabrikam Brewing plc' },
      ]);
      expect(hidden[0]?.hint).toContain('Allow use of all Customers');
      const check = workflow.check({ maxUnmatched: 9 });
      expect(check).toMatchObject({ ok: false, hidden: 1, stale: 0 });
      expect(check.problems).toEqual([
        expect.stringMatching(/^1 mapped customer may not be read\. .*Allow use of all Customers/),
      ]);
    },
  );

  it('a restricted agent hides, and the customers come back when it is allowed again', async () => {
    const { workflow, fake } = await setUpSaved();
    (fake.quirks as { restrictedToClients: unknown }).restrictedToClients = [10, 12];
    expect(await workflow.refresh()).toMatchObject({
      stale: [],
      hidden: [{ customerId: 11 }],
      customersHidden: null,
    });
    (fake.quirks as { restrictedToClients: unknown }).restrictedToClients = null;
    expect(await workflow.refresh()).toMatchObject({ stale: [], hidden: [] });
  });

  it('a customer that no page showed and that answers by id is there', async () => {
    const rows = CLIENTS as Client[];
    const listed = [rows];
    const workflow = createMappingWorkflow({
      halo: {
        host: 'x.halopsa.com',
        clients: {
          list: () => ({ toArray: async () => listed[0] ?? [], report: null }),
          get: async (id) => rows.find((row) => row.id === id) as Client,
        },
      },
      organizations: () => [{ id: 'c', name: 'Contoso' }],
      store: createMemoryStore(),
    });
    await workflow.refresh();
    workflow.map('c', 10);
    listed[0] = rows.slice(1);
    expect(await workflow.refresh()).toMatchObject({ stale: [], hidden: [], customers: { removed: [] } });
    expect(workflow.map('c', 10)).toBe(false);
  });

  it('passes another failure of the look-up on, and keeps what it had', async () => {
    const { workflow, fake } = await setUpSaved();
    fake.tables.clients.delete(11);
    fake.enqueueFault({ path: '/api/Client/11', status: 500 });
    await expect(workflow.refresh()).rejects.toMatchObject({ code: 'HALO_SERVER_FAILED' });
    expect(workflow.document.entries).toHaveLength(3);
  });

  it('refuses to continue on an incomplete listing', async () => {
    const { workflow, fake } = await setUpSaved();
    (fake.quirks as { recordCount: unknown }).recordCount = (exact: number) => exact + 3;
    await expect(workflow.refresh()).rejects.toMatchObject({ code: 'HALO_LISTING_INCOMPLETE' });
    const rows = CLIENTS as Client[];
    const report = {
      complete: false,
      expected: 9,
      received: 4,
      pages: 1,
      duplicates: 0,
      withoutId: 0,
      cursor: null,
    };
    const plain = createMappingWorkflow({
      halo: {
        host: 'x',
        clients: { list: () => ({ toArray: async () => rows, report }), get: async () => rows[0] as Client },
      },
      organizations: () => [],
      store: createMemoryStore(),
    });
    await expect(plain.refresh()).rejects.toMatchObject({ code: 'HALO_LISTING_INCOMPLETE', report });
  });

  it('stops when it is told to, and keeps what it had', async () => {
    const { workflow } = await setUpSaved();
    const reason = new Error('enough');
    await expect(workflow.refresh({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(workflow.check({ maxUnmatched: 1 }).ok).toBe(true);
  });

  it('refuses organizations that are none', async () => {
    for (const rows of [null, {}, [null], [{ name: 'x' }]]) {
      const { another } = setUpWorkflow();
      await expect(another({ organizations: () => rows as never }).refresh()).rejects.toThrow(TypeError);
    }
  });
});

describe('the likely successor', () => {
  const successorOf = async (setup: Awaited<ReturnType<typeof setUpSaved>>) =>
    (await setup.workflow.refresh()).stale[0]?.successor;

  it('is inferred from the name, and shown as an inference', async () => {
    const setup = await setUpSaved();
    setup.fake.tables.clients.delete(11);
    setup.fake.tables.clients.add({ id: 50, name: 'Fabrikam Brewing Ltd' });
    const successor = await successorOf(setup);
    expect(successor).toMatchObject({ customerId: 50, customerName: 'Fabrikam Brewing Ltd' });
    expect(successor?.text).toMatch(/^Probably merged into Fabrikam Brewing Ltd \(50\): /);
    expect(successor?.because.length).toBeGreaterThan(0);
  });

  it('is inferred from identifiers, also those that an earlier refresh read of the lost customer', async () => {
    const clients = [
      ...CLIENTS.slice(0, 1),
      { id: 11, name: 'Fabrikam Brewing plc', accountsid: 'ACC-77' },
      ...CLIENTS.slice(2),
    ];
    const setup = await setUpSaved({ clients });
    setup.fake.tables.clients.delete(11);
    setup.fake.tables.clients.add({ id: 51, name: 'Adventure Works Holdings', accountsid: 'ACC-77' });
    const successor = await successorOf(setup);
    expect(successor).toMatchObject({ customerId: 51 });
    expect(successor?.because.join(' ')).toContain('Same id in another system');
  });

  it('is inferred from sites: Halo moves them when it merges', async () => {
    const setup = await setUpSaved();
    setup.fake.tables.clients.delete(11);
    setup.fake.tables.clients.add({ id: 52, name: 'Adventure Works Holdings' });
    setup.fake.tables.sites.add({ client_id: 52, name: 'FABRIKAM BREWING PLC' });
    const successor = await successorOf(setup);
    expect(successor).toMatchObject({ customerId: 52, confidence: null });
    expect(successor?.because).toEqual(['It has a site named Fabrikam Brewing plc']);
  });

  it('is not inferred from a site name that several customers have', async () => {
    const setup = await setUpSaved();
    setup.fake.tables.clients.delete(11);
    for (const client_id of [10, 12])
      setup.fake.tables.sites.add({ client_id, name: 'Fabrikam Brewing plc' });
    expect(await successorOf(setup)).toBeNull();
  });

  it('is never one that a person has rejected, nor one out of use', async () => {
    const setup = await setUpSaved();
    setup.fake.tables.clients.add({ id: 50, name: 'Fabrikam Brewing plc' });
    setup.fake.tables.clients.add({ id: 53, name: 'Fabrikam Brewing plc', inactive: true });
    await setup.workflow.refresh();
    setup.workflow.reject('f', 50);
    setup.fake.tables.sites.add({ client_id: 50, name: 'Fabrikam Brewing plc' });
    setup.fake.tables.clients.delete(11);
    expect(await successorOf(setup)).toBeNull();
  });

  it('is null where nothing speaks for one, and where sites may not be read', async () => {
    const setup = await setUpSaved({ denied: { Site: 403 } });
    setup.fake.tables.clients.delete(11);
    expect(await successorOf(setup)).toBeNull();
  });
});

describe('customersHidden', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: index + 10, name: `Customer number ${index}` }));
  const setUpMany = async (count: number) => {
    const setup = setUpWorkflow({ clients: many(count) });
    setup.organizations = many(count).map(({ id, name }) => ({ id: `o${id}`, name }));
    await setup.workflow.refresh();
    for (const { id } of many(count)) setup.workflow.map(`o${id}`, id);
    await setup.workflow.save();
    return setup;
  };
  const restrict = ({ fake }: ReturnType<typeof setUpWorkflow>, ids: number[] | null) => {
    (fake.quirks as { restrictedToClients: unknown }).restrictedToClients = ids;
  };

  it('is reported when more than 10 % and at least 5 vanish at once; nothing is stale, and nothing asked by id', async () => {
    const setup = await setUpMany(40);
    restrict(
      setup,
      many(35).map(({ id }) => id),
    );
    setup.fake.tables.clients.set(10, { inactive: true });
    setup.requests();
    const report = await setup.workflow.refresh();
    expect(report.customersHidden).toMatchObject({ known: 40, missing: { length: 5 } });
    expect(report.customersHidden?.hint).toContain('Allow use of all Customers');
    expect(report).toMatchObject({ stale: [], hidden: [], customers: { removed: [] } });
    expect(setup.requests().filter((path) => path.startsWith('GET /Client/'))).toEqual([]);
    expect(setup.workflow.check()).toMatchObject({ ok: false, stale: 0 });
  });

  it('is seen again at the next refresh, by this process and by another', async () => {
    const setup = await setUpMany(40);
    restrict(setup, [10]);
    expect((await setup.workflow.refresh()).customersHidden).not.toBeNull();
    const { customersHidden, snapshot } = await setup.workflow.refresh();
    expect(customersHidden).toMatchObject({ missing: { length: 39 } });
    expect(snapshot.customers).toHaveLength(40);
    expect((await setup.another().refresh()).customersHidden).not.toBeNull();
    restrict(setup, null);
    expect(await setup.workflow.refresh()).toMatchObject({ customersHidden: null, stale: [] });
  });

  it('can be overruled where they are really gone', async () => {
    const setup = await setUpMany(20);
    for (const { id } of many(6)) setup.fake.tables.clients.delete(id);
    expect((await setup.workflow.refresh()).stale).toEqual([]);
    const report = await setup.workflow.refresh({ acceptVanished: true });
    expect(report.customersHidden).toBeNull();
    expect(report.stale.map(({ reason }) => reason)).toEqual(Array(6).fill('customer-deleted'));
    expect((await setup.workflow.refresh()).stale).toHaveLength(6);
  });

  it.each([
    [100, 10, false],
    [100, 11, true],
    [20, 4, false],
    [20, 5, true],
    [4, 4, false],
    [5, 5, true],
  ])('of %i known, %i vanished: %j', (known, vanished, expected) => {
    const rows: NamedRow[] = many(known);
    const after = new Map(rows.slice(vanished).map((row) => [String(row.id), row]));
    const found = findVanished([rows], after, '');
    expect(found !== null).toBe(expected);
    if (found !== null) expect(found.missing).toHaveLength(vanished);
  });

  it('is judged over the saved customers too, so that many unmapped ones do not hide it', () => {
    const rows: NamedRow[] = many(1000);
    const mapped = rows.slice(0, 20);
    const after = new Map(rows.slice(6).map((row) => [String(row.id), row]));
    expect(findVanished([rows], after, '')).toBeNull();
    expect(findVanished([rows, mapped], after, '')).toMatchObject({ known: 20, missing: { length: 6 } });
  });

  it('has its like for organizations: a callback that returns too little makes nothing stale', async () => {
    const setup = await setUpMany(20);
    setup.organizations = [];
    const report = await setup.workflow.refresh();
    expect(report).toMatchObject({
      organizationsVanished: { missing: { length: 20 } },
      stale: [],
      organizations: { removed: [] },
    });
    expect((await setup.workflow.refresh({ acceptVanished: true })).stale).toHaveLength(20);
  });
});

describe('comparing one side, for any two readings', () => {
  const anyRows = fc.uniqueArray(
    fc.record({ id: fc.nat(12), name: fc.constantFrom('a', 'b'), inactive: fc.boolean() }),
    { selector: ({ id }) => id },
  );

  it('tells each row once: added, removed, or in both and perhaps renamed', () => {
    fc.assert(
      fc.property(anyRows, anyRows, (before, after) => {
        const changes = compareSide({ rows: before, isWhole: true }, after);
        const ids = (rows: readonly NamedRow[]) => rows.map(({ id }) => id).sort();
        const without = (rows: readonly NamedRow[], others: readonly NamedRow[]) =>
          rows.filter(({ id }) => !others.some((other) => other.id === id));
        expect(ids(changes.added)).toEqual(ids(without(after, before)));
        expect(ids(changes.removed)).toEqual(ids(without(before, after)));
        const both = after.flatMap((row) =>
          before.filter(({ id }) => id === row.id).map((older) => ({ row, older })),
        );
        expect(ids(changes.renamed)).toEqual(
          ids(both.filter(({ row, older }) => row.name !== older.name).map(({ row }) => row)),
        );
        expect(ids(changes.deactivated)).toEqual(
          ids(both.filter(({ row, older }) => row.inactive && !older.inactive).map(({ row }) => row)),
        );
        expect(compareSide({ rows: after, isWhole: true }, after)).toEqual({
          added: [],
          removed: [],
          renamed: [],
          deactivated: [],
        });
      }),
    );
  });
});
