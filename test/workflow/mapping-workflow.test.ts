import { describe, expect, it } from 'vitest';
import { HaloMappingStoreError } from '../../src/errors.ts';
import type { MappingRecord } from '../../src/mapping/types.ts';
import type { Client } from '../../src/resources/clients.ts';
import { createMappingWorkflow } from '../../src/workflow/mapping-workflow.ts';
import type { MappingWorkflow } from '../../src/workflow/mapping-workflow-types.ts';
import { createMemoryStore } from '../../src/workflow/memory-store.ts';
import type { MappingDocument, MappingStore } from '../../src/workflow/types.ts';
import { CLIENTS, setUpSaved, setUpWorkflow } from './workflow-setup.ts';

const pairsOf = ({ document }: MappingWorkflow<MappingRecord>) =>
  document.entries.map(({ organizationId, mapped }) => [organizationId, mapped?.customerId]);
const statusesOf = (
  rows: readonly { organization: MappingRecord; status: string; customer: { id: number } | null }[],
) => rows.map(({ organization, status, customer }) => [organization.id, status, customer?.id ?? null]);

describe('a mapping workflow', () => {
  it('reads nothing before refresh(), and refuses decisions until then', async () => {
    const { workflow, fake } = setUpWorkflow();
    expect(fake.requests).toEqual([]);
    expect(() => workflow.map('c', 10)).toThrow(/refresh/);
    expect(() => workflow.reject('c', 10)).toThrow(/refresh/);
    expect(() => workflow.ignore('c')).toThrow(/refresh/);
    expect(() => workflow.unmap('c')).toThrow(/refresh/);
    expect(() => workflow.check()).toThrow(/refresh/);
    await expect(workflow.suggest()).rejects.toThrow(/refresh/);
    await expect(workflow.suggestFor('c')).rejects.toThrow(/refresh/);
    expect(workflow.changes()).toEqual([]);
  });

  it('takes a plain object for halo', async () => {
    const rows = CLIENTS as Client[];
    const workflow = createMappingWorkflow({
      halo: {
        host: 'x.halopsa.com',
        clients: {
          list: () => ({ toArray: async () => rows, report: null }),
          get: async () => rows[0] as Client,
        },
      },
      organizations: () => [{ id: 1, name: 'Contoso' }],
      store: createMemoryStore(),
    });
    await workflow.refresh();
    expect((await workflow.suggest()).suggestions[0]?.customer?.client.id).toBe(10);
  });

  it('names the instance by the resource host, or as it is told', async () => {
    const { another, workflow, store } = setUpWorkflow();
    await workflow.refresh();
    workflow.map('c', 10);
    expect(workflow.document.instanceId).toBe('acme.halopsa.example');
    const other = another({ instanceId: 'other', store: createMemoryStore() });
    await other.refresh();
    other.map('c', 10);
    expect(other.document.instanceId).toBe('other');
    const halo = {
      clients: { list: () => ({ toArray: async () => [], report: null }), get: async () => ({ id: 1 }) },
    };
    expect(() => createMappingWorkflow({ halo, organizations: () => [], store })).toThrow(TypeError);
  });

  it('refuses the document of another instance', async () => {
    const { another, workflow } = setUpWorkflow();
    await workflow.refresh();
    workflow.map('c', 10);
    await workflow.save();
    const refused = another({ instanceId: 'other' }).refresh();
    await expect(refused).rejects.toMatchObject({ code: 'HALO_MAPPING_STORE_OTHER_INSTANCE' });
  });
});

describe('suggest()', () => {
  it('runs the engine on what is unmapped, with confirmed mappings fixed', async () => {
    const { workflow } = setUpWorkflow();
    await workflow.refresh();
    workflow.map('u', 12);
    const { suggestions, summary } = await workflow.suggest();
    expect(statusesOf(suggestions)).toEqual([
      ['c', 'matched', 10],
      ['f', expect.stringMatching(/matched|review/), 11],
      ['n', 'conflict', 12],
    ]);
    expect(summary).toMatchObject({ organizations: 3, customers: 4, conflict: 1 });
  });

  it('never offers a rejected pair again, also after a save by another process', async () => {
    const { workflow, another } = setUpWorkflow();
    await workflow.refresh();
    workflow.reject('c', 10);
    const offered = async (by: typeof workflow) => {
      const { suggestions } = await by.suggest();
      return suggestions
        .find(({ organization }) => organization.id === 'c')
        ?.candidates.map(({ customer }) => customer.id);
    };
    expect(await offered(workflow)).not.toContain(10);
    await workflow.save();
    const later = another();
    await later.refresh();
    expect(await offered(later)).not.toContain(10);
    expect((await later.suggestFor('c')).candidates.map(({ customer }) => customer.id)).not.toContain(10);
  });

  it('leaves out inactive customers and customer 1 unless asked for', async () => {
    const clients = [
      { id: 1, name: 'Unheard Of Ventures' },
      { id: 20, name: 'Contoso Limited', inactive: true },
    ];
    const { workflow } = setUpWorkflow({ clients });
    await workflow.refresh();
    const statuses = async (options = {}) => statusesOf((await workflow.suggest(options)).suggestions);
    expect(await statuses()).toEqual(['c', 'f', 'n', 'u'].map((id) => [id, 'unmatched', null]));
    expect(await statuses({ includeInactive: true })).toContainEqual(['c', 'review', 20]);
    expect(await statuses({ includeUnassigned: true })).toContainEqual(['u', 'matched', 1]);
  });

  it('leaves out ignored organizations, and gives the caller back its own objects', async () => {
    const setup = setUpWorkflow({}, { signals: { customField: { id: 151 } } });
    await setup.workflow.refresh();
    setup.workflow.ignore('u');
    const { suggestions } = await setup.workflow.suggest();
    expect(suggestions.map(({ organization }) => organization.id)).toEqual(['c', 'f', 'n']);
    expect(suggestions[0]?.organization).toBe(setup.organizations[0]);
  });

  it('does not offer a customer that is mapped already, unless many may share it', async () => {
    const setup = await setUpSaved();
    setup.organizations.push({ id: 'c2', name: 'Contoso Ltd' });
    await setup.workflow.refresh();
    const statusOf = async (options = {}) =>
      (await setup.workflow.suggest(options)).suggestions.find(({ organization }) => organization.id === 'c2')
        ?.status;
    expect(await statusOf()).toBe('conflict');
    expect(await statusOf({ cardinality: 'many-to-one' })).toBe('matched');
  });

  it('does not move a mapped organization to another customer when its own is inactive now', async () => {
    const setup = await setUpSaved();
    setup.fake.tables.clients.set(10, { inactive: true });
    setup.fake.tables.clients.add({ id: 30, name: 'Contoso Limited' });
    await setup.workflow.refresh();
    expect((await setup.workflow.suggest()).suggestions.map(({ organization }) => organization.id)).toEqual([
      'u',
    ]);
    expect(pairsOf(setup.workflow)).toContainEqual(['c', 10]);
  });

  it('leaves customers to others that only a mapped organization would want', async () => {
    const setup = await setUpSaved();
    setup.fake.tables.clients.set(10, { inactive: true });
    setup.fake.tables.clients.add({ id: 30, name: 'Contoso Limited' });
    setup.organizations.push({ id: 'c2', name: 'Contoso Limited' });
    await setup.workflow.refresh();
    const { suggestions } = await setup.workflow.suggest();
    expect(statusesOf(suggestions)).toContainEqual(['c2', 'matched', 30]);
  });

  it('answers for one organization with suggestFor(), also for a mapped or ignored one', async () => {
    const { workflow } = await setUpSaved();
    expect(await workflow.suggestFor('c')).toMatchObject({ status: 'matched', customer: { id: 10 } });
    workflow.ignore('n');
    expect(await workflow.suggestFor('n')).toMatchObject({ organization: { id: 'n' }, customer: { id: 12 } });
    await expect(workflow.suggestFor('nobody')).rejects.toThrow(/no organization nobody/);
  });

  it('stops when it is told to', async () => {
    const { workflow } = setUpWorkflow();
    await workflow.refresh();
    const reason = new Error('enough');
    await expect(workflow.suggest({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('decisions', () => {
  it('say who and when, as the caller passes it in', async () => {
    const { workflow } = setUpWorkflow();
    await workflow.refresh();
    workflow.map('c', 10, { by: 'robin' });
    workflow.reject('f', 13);
    workflow.ignore('u');
    expect(workflow.document.entries).toEqual([
      {
        organizationId: 'c',
        organizationName: 'Contoso Limited',
        mapped: {
          customerId: 10,
          customerName: 'Contoso Ltd',
          source: 'manual',
          at: '2026-11-23T09:01:00.000Z',
          by: 'robin',
        },
      },
      {
        organizationId: 'f',
        organizationName: 'Fabrikam Brewing',
        rejected: [
          { customerId: 13, customerName: 'Tailspin Toys', at: '2026-11-23T09:02:00.000Z', by: 'kim' },
        ],
      },
      {
        organizationId: 'u',
        organizationName: 'Unheard Of Ventures',
        ignored: { at: '2026-11-23T09:03:00.000Z', by: 'kim' },
      },
    ]);
  });

  it('name nobody where nobody is named', async () => {
    const { another } = setUpWorkflow();
    const workflow = another({ by: undefined });
    await workflow.refresh();
    workflow.ignore('u');
    expect(workflow.document.entries[0]?.ignored).not.toHaveProperty('by');
  });

  it.each([
    ['map', (w: MappingWorkflow<MappingRecord>) => w.map('nobody', 10)],
    ['map', (w: MappingWorkflow<MappingRecord>) => w.map('c', 999)],
    ['reject', (w: MappingWorkflow<MappingRecord>) => w.reject('c', 999)],
    ['ignore', (w: MappingWorkflow<MappingRecord>) => w.ignore('nobody')],
  ])('refuse ids that are on neither side: %s', async (_what, decide) => {
    const { workflow } = setUpWorkflow();
    await workflow.refresh();
    expect(() => decide(workflow)).toThrow(TypeError);
    expect(workflow.changes()).toEqual([]);
  });

  it('that change nothing say so, and are no step to undo', async () => {
    const { workflow } = await setUpSaved();
    expect(workflow.map('c', '10')).toBe(false);
    expect(workflow.unmap('u')).toBe(false);
    expect(workflow.ignore('u')).toBe(true);
    expect(workflow.ignore('u')).toBe(false);
    expect(workflow.reject('f', 13)).toBe(true);
    expect(workflow.reject('f', '13')).toBe(false);
    expect([workflow.undo(), workflow.undo(), workflow.undo()]).toEqual([true, true, false]);
  });

  it('reject ends the mapping of the pair; unmap ends a mapping and an ignore', async () => {
    const { workflow } = await setUpSaved();
    workflow.reject('c', 10);
    workflow.unmap('f');
    workflow.ignore('n');
    workflow.unmap('n');
    expect(
      workflow.document.entries.map(({ organizationId, mapped, ignored, rejected }) => [
        organizationId,
        mapped,
        ignored,
        rejected?.length,
      ]),
    ).toEqual([['c', undefined, undefined, 1]]);
  });

  it('undo() takes back one step at a time, in reverse, and acceptSuggestions() as one', async () => {
    const { workflow } = setUpWorkflow();
    await workflow.refresh();
    workflow.ignore('u');
    await workflow.suggest();
    const accepted = workflow.acceptSuggestions({ status: 'matched' });
    expect(accepted.length).toBeGreaterThan(1);
    workflow.map('c', 13);
    expect(pairsOf(workflow)).toContainEqual(['c', 13]);
    workflow.undo();
    expect(pairsOf(workflow)).toContainEqual(['c', 10]);
    workflow.undo();
    expect(pairsOf(workflow)).toEqual([['u', undefined]]);
    workflow.undo();
    expect(workflow.document.entries).toEqual([]);
    expect(workflow.undo()).toBe(false);
  });
});

describe('acceptSuggestions()', () => {
  it("maps what was proposed with its confidence and kinds of evidence, as 'suggestion'", async () => {
    const { workflow } = setUpWorkflow();
    await workflow.refresh();
    const { suggestions } = await workflow.suggest();
    workflow.acceptSuggestions({ status: 'matched', by: 'robin' });
    const proposed = suggestions.find(({ organization }) => organization.id === 'c');
    const mapped = workflow.document.entries.find(({ organizationId }) => organizationId === 'c')?.mapped;
    expect(mapped).toMatchObject({
      customerId: 10,
      source: 'suggestion',
      confidence: proposed?.confidence,
      by: 'robin',
    });
    expect(mapped?.evidenceKinds?.length).toBeGreaterThan(0);
    const positive = new Set(proposed?.evidence.filter(({ weight }) => weight > 0).map(({ kind }) => kind));
    expect(new Set(mapped?.evidenceKinds)).toEqual(positive);
  });

  it('accepts for some organizations only, where it is told which', async () => {
    const { workflow } = setUpWorkflow();
    await workflow.refresh();
    await workflow.suggest();
    const accepted = workflow.acceptSuggestions({ status: 'matched', organizationIds: ['c', 'u', 'none'] });
    expect(accepted.map(({ organization }) => organization.id)).toEqual(['c']);
    expect(workflow.document.entries.map(({ mapped }) => mapped?.source)).toEqual(['suggestion']);
    expect(workflow.acceptSuggestions({ status: 'matched', organizationIds: [] })).toEqual([]);
  });

  it('passes over what was decided since it was proposed', async () => {
    const { workflow } = setUpWorkflow();
    await workflow.refresh();
    await workflow.suggest();
    workflow.reject('c', 10);
    workflow.map('u', 12);
    workflow.ignore('f');
    expect(workflow.acceptSuggestions({ status: 'matched' })).toEqual([]);
    expect(workflow.acceptSuggestions({ status: 'review' })).toEqual([]);
  });

  it('needs suggestions that are newer than the last refresh', async () => {
    const { workflow } = setUpWorkflow();
    await workflow.refresh();
    expect(() => workflow.acceptSuggestions({ status: 'matched' })).toThrow(/suggest/);
    await workflow.suggest();
    await workflow.refresh();
    expect(() => workflow.acceptSuggestions({ status: 'matched' })).toThrow(/suggest/);
  });

  it('does not take what was proposed from an older reading, when a refresh comes between', async () => {
    const setup = setUpWorkflow();
    setup.organizations.push({ id: 'd', name: 'Domain Only', domains: ['domain-only.example'] });
    await setup.workflow.refresh();
    const siteEmailDomains = () => setup.workflow.refresh().then(() => false);
    const { summary } = await setup.workflow.suggest({ siteEmailDomains });
    expect(summary.matched).toBeGreaterThan(0);
    expect(() => setup.workflow.acceptSuggestions({ status: 'matched' })).toThrow(/suggest/);
  });

  it('takes no conflict', async () => {
    const { workflow } = setUpWorkflow();
    await workflow.refresh();
    await workflow.suggest();
    expect(() => workflow.acceptSuggestions({ status: 'conflict' as 'review' })).toThrow(TypeError);
  });
});

describe('changes()', () => {
  it('is a readable diff: add, change, remove, keep', async () => {
    const { workflow } = await setUpSaved();
    workflow.map('c', 13);
    workflow.unmap('f');
    workflow.reject('u', 12);
    expect(workflow.changes().map(({ kind, text }) => [kind, text])).toEqual([
      ['change', 'Contoso Limited: mapped to Tailspin Toys (13), before to Contoso Ltd (10)'],
      ['keep', 'Northwind Traders: unchanged'],
      ['add', 'Unheard Of Ventures: Northwind Traders (12) rejected'],
      ['remove', 'Fabrikam Brewing: no longer mapped to Fabrikam Brewing plc (11)'],
    ]);
  });

  it('tells when a customer is mapped twice, unless many may share one', async () => {
    const { workflow, another } = await setUpSaved();
    const shared = another({ matching: { cardinality: 'many-to-one' } });
    await shared.refresh();
    const told = [workflow, shared].map((each) => {
      each.map('u', 10);
      return each.changes().find(({ organizationId }) => organizationId === 'u')?.text;
    });
    expect(told).toEqual([
      'Unheard Of Ventures: mapped to Contoso Ltd (10), as is Contoso Limited',
      'Unheard Of Ventures: mapped to Contoso Ltd (10)',
    ]);
  });

  it('tells ignores and new names', async () => {
    const setup = await setUpSaved();
    setup.fake.tables.clients.set(10, { name: 'Contoso Group Ltd' });
    const [first] = setup.organizations;
    setup.organizations[0] = { ...(first as MappingRecord), name: 'Contoso Group' };
    await setup.workflow.refresh();
    setup.workflow.ignore('u');
    expect(setup.workflow.changes().map(({ text }) => text)).toEqual([
      'Contoso Group: its customer Contoso Ltd (10) is now called Contoso Group Ltd; renamed, before Contoso Limited',
      'Fabrikam Brewing: unchanged',
      'Northwind Traders: unchanged',
      'Unheard Of Ventures: ignored',
    ]);
    await setup.workflow.save();
    setup.workflow.unmap('u');
    expect(setup.workflow.changes().at(-1)?.text).toBe('Unheard Of Ventures: no longer ignored');
  });

  it('counts a decision that was taken back as kept', async () => {
    const { workflow } = await setUpSaved();
    workflow.map('c', 13);
    workflow.undo();
    expect(workflow.changes().every(({ kind }) => kind === 'keep')).toBe(true);
  });
});

describe('save()', () => {
  it('writes only when there is a difference', async () => {
    const { workflow, saved, store } = setUpWorkflow();
    await workflow.refresh();
    expect(await workflow.save()).toEqual({ saved: false, revision: null });
    expect(await store.load()).toBeNull();
    workflow.map('c', 10);
    expect(await workflow.save()).toEqual({ saved: true, revision: 1 });
    expect(await workflow.save()).toEqual({ saved: false, revision: 1 });
    workflow.map('f', 11);
    expect(await workflow.save()).toEqual({ saved: true, revision: 2 });
    expect((await saved())?.entries).toHaveLength(2);
  });

  it('takes decisions that cancel each other out for saved: none is left to undo', async () => {
    const { workflow } = await setUpSaved();
    workflow.map('u', 13);
    workflow.unmap('u');
    expect(await workflow.save()).toEqual({ saved: false, revision: 1 });
    expect(workflow.undo()).toBe(false);
    expect(workflow.document.revision).toBe(1);
  });

  it('leaves the entries of others as they are', async () => {
    const { workflow, another, saved } = await setUpSaved();
    const before = (await saved())?.entries;
    const later = another();
    await later.refresh();
    later.ignore('u');
    await later.save();
    expect((await saved())?.entries.slice(0, 3)).toEqual(before);
    expect(workflow.document.revision).toBe(1);
  });

  it('on a conflict throws HaloMappingStoreError with both revisions, and loses nothing', async () => {
    const { workflow, another, saved } = await setUpSaved();
    const other = another({ by: 'robin' });
    await other.refresh();
    other.map('u', 13);
    workflow.ignore('u');
    workflow.reject('c', 13);
    await other.save();
    const failure = await workflow.save().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(HaloMappingStoreError);
    expect(failure).toMatchObject({
      code: 'HALO_MAPPING_STORE_CONFLICT',
      expectedRevision: 1,
      actualRevision: 2,
    });
    expect((await saved())?.revision).toBe(2);
    expect(workflow.changes().filter(({ kind }) => kind !== 'keep')).toHaveLength(2);

    const { revision, clashes } = await workflow.reapply();
    expect(revision).toBe(2);
    expect(clashes).toMatchObject([
      {
        organizationId: 'u',
        theirs: { mapped: { customerId: 13, by: 'robin' } },
        yours: { ignored: { by: 'kim' } },
      },
    ]);
    expect(await workflow.save()).toEqual({ saved: true, revision: 3 });
    const entries = (await saved())?.entries;
    expect(entries?.find(({ organizationId }) => organizationId === 'u')?.ignored).toBeDefined();
    expect(entries?.find(({ organizationId }) => organizationId === 'c')?.rejected).toHaveLength(1);
    expect(entries?.find(({ organizationId }) => organizationId === 'f')?.mapped?.customerId).toBe(11);
  });

  it('counts the same decision by both as no clash, and then has nothing to save', async () => {
    const { workflow, another } = await setUpSaved();
    const now = () => new Date(0);
    const [one, two] = [another({ now }), another({ now })];
    await Promise.all([one.refresh(), two.refresh()]);
    for (const each of [one, two]) each.map('u', 13);
    await one.save();
    await expect(two.save()).rejects.toMatchObject({ code: 'HALO_MAPPING_STORE_CONFLICT' });
    expect(await two.reapply()).toEqual({ revision: 2, clashes: [] });
    expect(await two.save()).toEqual({ saved: false, revision: 2 });
    expect(workflow.document.revision).toBe(1);
  });

  it('puts back no older names, and calls neither names nor further rejections a clash', async () => {
    const { workflow, another, fake, saved } = await setUpSaved();
    fake.tables.clients.set(10, { name: 'Contoso Group Ltd' });
    const other = another();
    await other.refresh();
    other.reject('c', 12);
    other.map('u', 13);
    await other.save();
    workflow.reject('c', 13);
    workflow.reject('u', 11);
    // Decided here only: no clash either.
    workflow.map('f', 12);
    await expect(workflow.save()).rejects.toThrow(HaloMappingStoreError);
    expect((await workflow.reapply()).clashes).toEqual([]);
    await workflow.save();
    const entry = (await saved())?.entries.find(({ organizationId }) => organizationId === 'c');
    expect(entry?.mapped?.customerName).toBe('Contoso Group Ltd');
    expect(entry?.rejected?.map(({ customerId }) => customerId)).toEqual([12, 13]);
  });

  it('calls it a clash when it would map a customer twice, unless many may share one', async () => {
    const { workflow, another, organizations } = await setUpSaved();
    organizations.push({ id: 'v', name: 'Virtual Toys' });
    const [other, shared] = [another(), another({ matching: { cardinality: 'many-to-one' } })];
    for (const each of [workflow, other, shared]) await each.refresh();
    other.map('u', 13);
    for (const each of [workflow, shared]) each.map('v', 13);
    await other.save();
    await expect(workflow.save()).rejects.toThrow(HaloMappingStoreError);
    expect((await workflow.reapply()).clashes).toMatchObject([
      {
        organizationId: 'v',
        theirs: null,
        yours: { mapped: { customerId: 13 } },
        alsoMappedTo: [{ organizationId: 'u', organizationName: 'Unheard Of Ventures' }],
      },
    ]);
    expect((await shared.reapply()).clashes).toEqual([]);
  });

  it('calls no customer twice mapped that a person had shared before the other saved', async () => {
    const { workflow, another } = await setUpSaved();
    const other = another();
    await other.refresh();
    workflow.map('u', 10);
    other.reject('f', 13);
    await other.save();
    expect((await workflow.reapply()).clashes).toEqual([]);
  });

  it("is not taken for someone else's by a refresh that comes before the store has answered", async () => {
    const memory = createMemoryStore();
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const store: MappingStore = {
      load: memory.load,
      save: async (...args) => {
        await memory.save(...args);
        await answered;
      },
    };
    const { workflow } = setUpWorkflow({}, { store });
    await workflow.refresh();
    workflow.map('u', 13);
    const saved = workflow.save();
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    await turn();
    const refreshed = workflow.refresh();
    // Long enough for a refresh that waits for nothing.
    for (let turns = 0; turns < 200; turns += 1) await turn();
    answer();
    expect(await saved).toEqual({ saved: true, revision: 1 });
    expect((await refreshed).newerRevision).toBeNull();
  });

  it('is not forgotten by a reapply() that is under way', async () => {
    const memory = createMemoryStore();
    let letGo = () => {};
    let held: Promise<void> | undefined;
    const store = {
      load: async () => {
        const loaded = await memory.load();
        await held;
        return loaded;
      },
      save: memory.save,
    };
    const { workflow } = setUpWorkflow({}, { store });
    await workflow.refresh();
    workflow.map('u', 13);
    held = new Promise((resolve) => {
      letGo = resolve;
    });
    const reapplied = workflow.reapply();
    const saved = workflow.save();
    await new Promise((resolve) => setImmediate(resolve));
    letGo();
    await Promise.all([reapplied, saved]);
    expect(workflow.document.revision).toBe(1);
    workflow.map('c', 10);
    expect(await workflow.save()).toEqual({ saved: true, revision: 2 });
  });

  it('calls it a clash when a rejection here ends what was mapped there', async () => {
    const { workflow, another } = await setUpSaved();
    const other = another();
    await other.refresh();
    other.map('u', 13);
    await other.save();
    workflow.reject('u', 13);
    expect((await workflow.reapply()).clashes).toMatchObject([
      { organizationId: 'u', theirs: { mapped: { customerId: 13 } } },
    ]);
  });

  it('does not lose a decision that is made while it runs', async () => {
    const memory = createMemoryStore();
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const store: MappingStore = {
      load: () => memory.load(),
      save: async (next: MappingDocument, expected: number | null) => {
        await gate;
        await memory.save(next, expected);
      },
    };
    const { workflow } = setUpWorkflow({}, { store });
    await workflow.refresh();
    workflow.map('c', 10);
    const saving = workflow.save();
    await new Promise((resolve) => setImmediate(resolve));
    workflow.map('f', 11);
    expect(workflow.undo()).toBe(true);
    expect(workflow.undo()).toBe(false);
    workflow.map('n', 12);
    const again = workflow.save();
    release();
    expect(await saving).toEqual({ saved: true, revision: 1 });
    expect(await again).toEqual({ saved: true, revision: 2 });
    expect((await memory.load())?.entries.map(({ organizationId }) => organizationId)).toEqual(['c', 'n']);
  });

  it('is not undone by a refresh that read the document before it', async () => {
    const memory = createMemoryStore();
    const gates: (() => void)[] = [];
    let slow = false;
    const store: MappingStore = {
      load: async () => {
        const document = await memory.load();
        if (slow) await new Promise<void>((resolve) => gates.push(resolve));
        return document;
      },
      save: (next, expected) => memory.save(next, expected),
    };
    const { workflow } = setUpWorkflow({}, { store });
    await workflow.refresh();
    slow = true;
    const refreshing = workflow.refresh();
    workflow.map('c', 10);
    await workflow.save();
    while (gates.length === 0) await new Promise((resolve) => setImmediate(resolve));
    for (const open of gates) open();
    await refreshing;
    expect(pairsOf(workflow)).toEqual([['c', 10]]);
    workflow.map('f', 11);
    expect(await workflow.save()).toEqual({ saved: true, revision: 2 });
  });

  it('keeps the decisions when the store fails, and saves them later', async () => {
    const memory = createMemoryStore();
    let broken = true;
    const store: MappingStore = {
      load: () => memory.load(),
      save: async (next, expected) => {
        if (broken) throw new Error('disk on fire');
        await memory.save(next, expected);
      },
    };
    const { workflow } = setUpWorkflow({}, { store });
    await workflow.refresh();
    workflow.map('c', 10);
    await expect(workflow.save()).rejects.toThrow('disk on fire');
    broken = false;
    expect(await workflow.save()).toEqual({ saved: true, revision: 1 });
  });

  it('hands out copies: neither the document nor a report can be changed from outside', async () => {
    const { workflow, saved } = await setUpSaved();
    workflow.document.entries.length = 0;
    const report = await workflow.refresh();
    report.snapshot.customers.length = 0;
    expect((await workflow.refresh()).customers.added).toEqual([]);
    expect((await saved())?.entries).toHaveLength(3);
  });
});

describe('check()', () => {
  it('is in order when nothing is unmatched and nothing stale', async () => {
    const { workflow } = await setUpSaved();
    workflow.ignore('u');
    expect(workflow.check()).toEqual({ ok: true, unmatched: 0, stale: 0, hidden: 0, problems: [] });
  });

  it('counts against the limits it is given', async () => {
    const setup = await setUpSaved();
    setup.fake.tables.clients.delete(11);
    await setup.workflow.refresh();
    expect(setup.workflow.check()).toEqual({
      ok: false,
      unmatched: 1,
      stale: 1,
      hidden: 0,
      problems: ['1 organization is not mapped; 0 are allowed.', '1 saved mapping is stale; 0 are allowed.'],
    });
    expect(setup.workflow.check({ maxUnmatched: 1, maxStale: 1 }).ok).toBe(true);
    setup.workflow.map('f', 13);
    expect(setup.workflow.check({ maxUnmatched: 1 })).toMatchObject({ ok: true, stale: 0 });
    expect(() => setup.workflow.check({ maxStale: -1 })).toThrow(TypeError);
  });
});
