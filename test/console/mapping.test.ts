import { EventEmitter, once } from 'node:events';
import { afterAll, describe, expect, it } from 'vitest';
import type {
  ChangeView,
  ClashView,
  CustomerChoice,
  RefreshEvent,
  RowDetails,
  TableState,
  WhatIfAnswer,
} from '../../src/console/api-types.ts';
import { createMemoryStore } from '../../src/workflow/index.ts';
import { fakeInstance, makePageFolder, startTestConsole, type TestConsole } from './support.ts';

const page = makePageFolder();
afterAll(page.remove);

const UK = '/api/instances/uk';
const start = (...instances: Parameters<typeof startTestConsole>[0]['instances']) =>
  startTestConsole({ instances, pageFolder: page.folder, by: 'kim@example.com' });

const refresh = (console: TestConsole, tab?: string) => console.refresh('uk', false, tab);
const refused = async (console: TestConsole) =>
  (await console.lines<RefreshEvent>(`${UK}/refresh`, { acceptVanished: false })).at(-1);
const suggest = (console: TestConsole, tab?: string) => console.post<TableState>(`${UK}/suggest`, {}, tab);
const decide = (console: TestConsole, decision: object, tab?: string) =>
  console.post<TableState>(`${UK}/decisions`, decision, tab);
const save = (console: TestConsole, tab?: string) =>
  console.post<{ saved: boolean; table: TableState }>(`${UK}/save`, {}, tab);
const manyCustomers = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: 100 + index, name: `Customer ${index}` }));
const statuses = ({ rows }: TableState) => Object.fromEntries(rows.map(({ id, status }) => [id, status]));

describe('the mapping of one tab', () => {
  it('goes from nothing to saved: refresh, suggest, accept, save', async () => {
    await using console = await start(fakeInstance().instance);
    expect((await refresh(console)).counts).toMatchObject({ open: 4 });
    const suggested = await suggest(console);
    expect(statuses(suggested)).toEqual({ c: 'matched', f: 'matched', n: 'matched', u: 'unmatched' });
    const accepted = await decide(console, { kind: 'accept-matched' });
    expect(accepted).toMatchObject({ unsaved: 3, canUndo: true, counts: { mapped: 3, unmatched: 1 } });
    const changes = await console.get<ChangeView[]>(`${UK}/changes`);
    expect(changes.map(({ kind, after }) => `${kind} ${after}`)).toEqual([
      'add Contoso Ltd (10)',
      'add Fabrikam Brewing plc (11)',
      'add Northwind Traders (12)',
    ]);
    const { saved, table } = await save(console);
    expect(saved).toBe(true);
    expect(table).toMatchObject({ unsaved: 0, canUndo: false, revision: 1 });
  });

  it('asks a person about rows that vanished in great number, in words of the page', async () => {
    const { instance, fake } = fakeInstance({}, { clients: manyCustomers(40) });
    await using console = await start(instance);
    await refresh(console);
    for (let id = 100; id < 138; id += 1) fake.tables.clients.delete(id);
    const { refreshed } = await refresh(console);
    expect(refreshed?.vanished).toMatch(/^38 of 40 customers vanished at once\. /);
    expect(refreshed?.vanished).toMatch(/switch on "Allow use of all Customers"\.$/);
    const accepted = await console.refresh('uk', true);
    expect(accepted.refreshed?.vanished).toBeNull();
  });

  it("notes an accepted suggestion as one, with its confidence, and a choice of one's own as that", async () => {
    const { instance } = fakeInstance();
    await using console = await start(instance);
    await refresh(console);
    await suggest(console);
    await decide(console, { kind: 'map', organizationId: 'c', customerId: '10' });
    await decide(console, { kind: 'map', organizationId: 'u', customerId: '13' });
    await save(console);
    const { entries = [] } = (await instance.store.load()) ?? {};
    expect(entries.map(({ mapped }) => mapped)).toMatchObject([
      { customerId: 10, source: 'suggestion', confidence: expect.any(Number), by: 'kim@example.com' },
      { customerId: 13, source: 'manual' },
    ]);
  });

  it('sends only the rows that a decision changed', async () => {
    await using console = await start(fakeInstance().instance);
    await refresh(console);
    await suggest(console);
    const { rows, isWhole } = await decide(console, { kind: 'ignore', organizationId: 'u' });
    expect(isWhole).toBe(false);
    expect(rows).toMatchObject([{ id: 'u', status: 'ignored', unsaved: true }]);
  });

  it('offers the next best after a rejection, remembers it, and takes it back', async () => {
    const clients = [
      { id: 10, name: 'Contoso Ltd' },
      { id: 20, name: 'Contoso Limited' },
    ];
    const { instance } = fakeInstance(
      { organizations: () => [{ id: 'c', name: 'Contoso Ltd' }] },
      { clients },
    );
    await using console = await start(instance);
    await refresh(console);
    const [row] = (await suggest(console)).rows;
    const first = row!.customer!.id;
    const after = await decide(console, { kind: 'reject', organizationId: 'c', customerId: first });
    expect(after.rows[0]?.customer?.id).not.toBe(first);
    const details = await console.get<RowDetails>(`${UK}/rows/c`);
    expect(details.rejected).toMatchObject([{ id: first, by: 'kim@example.com' }]);
    expect(details.candidates.map(({ customer }) => customer.id)).not.toContain(first);
    expect((await suggest(console)).rows[0]?.customer?.id).not.toBe(first);
    const name = row!.customer!.name;
    expect(await console.get<ChangeView[]>(`${UK}/changes`)).toEqual([
      {
        organization: { id: 'c', name: 'Contoso Ltd' },
        kind: 'reject',
        before: null,
        after: `not ${name} (${first})`,
      },
    ]);
    const undone = await decide(console, { kind: 'undo' });
    expect(undone).toMatchObject({ unsaved: 0, canUndo: false });
  });

  it('explains each candidate by evidence that sums to its score', async () => {
    await using console = await start(fakeInstance().instance);
    await refresh(console);
    await suggest(console);
    const { candidates } = await console.get<RowDetails>(`${UK}/rows/f`);
    expect(candidates.length).toBeGreaterThan(0);
    for (const { evidence, score } of candidates)
      expect(evidence.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(score, 6);
  });

  it('says why a proposal that is sure enough is for a person', async () => {
    const { instance } = fakeInstance(
      { organizations: () => [{ id: 'h', name: 'Halden Dental Ltd' }] },
      { clients: [{ id: 10, name: 'Halden Dental Inc' }] },
    );
    await using console = await start(instance);
    await refresh(console);
    const { rows } = await suggest(console);
    expect(rows).toMatchObject([
      {
        status: 'review',
        note: expect.stringMatching(
          /^For a person, however sure: .*legal forms contradict each other \(ltd \/ inc\)/,
        ),
      },
    ]);
    expect(rows[0]?.confidence).toBeGreaterThan(0.84);
  });

  it('lists every customer for the picker', async () => {
    await using console = await start(fakeInstance().instance);
    await refresh(console);
    const customers = await console.get<CustomerChoice[]>(`${UK}/customers`);
    expect(customers.map(([id]) => id)).toEqual(['10', '11', '12', '13']);
  });

  it('shows a rename, a deletion and a deactivation in Halo after a refresh, and maps anew', async () => {
    const { instance, fake } = fakeInstance();
    await using console = await start(instance);
    await refresh(console);
    await suggest(console);
    await decide(console, { kind: 'accept-matched' });
    await save(console);
    fake.tables.clients.set(10, { name: 'Contoso Group Ltd' });
    fake.tables.clients.set(11, { inactive: true });
    fake.tables.clients.delete(12);
    const table = await refresh(console);
    const byId = Object.fromEntries(table.rows.map((row) => [row.id, row]));
    expect(byId.c).toMatchObject({
      status: 'mapped',
      customer: { name: 'Contoso Group Ltd' },
      unsaved: true,
    });
    expect(byId.f).toMatchObject({ status: 'stale', note: expect.stringContaining('inactive') });
    expect(byId.n).toMatchObject({ status: 'stale', note: 'The customer was deleted in Halo.' });
    expect(table.refreshed?.news).toEqual([
      '2 saved mappings no longer hold.',
      'Customers: 1 renamed (Contoso Ltd to Contoso Group Ltd), 1 now inactive, 1 gone.',
    ]);
    await decide(console, { kind: 'map', organizationId: 'n', customerId: '13' });
    await decide(console, { kind: 'unmap', organizationId: 'f' });
    expect((await save(console)).table).toMatchObject({ revision: 2, counts: { mapped: 2, stale: 0 } });
  });

  it('tells what other thresholds would make of it, and changes nothing', async () => {
    await using console = await start(fakeInstance().instance);
    await refresh(console);
    const before = await suggest(console);
    const answer = await console.post<WhatIfAnswer>(`${UK}/what-if`, { matched: 1, review: 1 });
    expect(answer.applied).toEqual({ matched: 3, review: 0, conflict: 0, unmatched: 1 });
    expect(answer.asked).toEqual({ matched: 0, review: 0, conflict: 0, unmatched: 4 });
    const whole = await console.get<TableState>(`${UK}/table`);
    expect(whole.rows).toEqual(before.rows);
    expect(whole.thresholds).toEqual(before.thresholds);
  });

  it('keeps thresholds that were applied, through a refresh, for this tab alone', async () => {
    await using console = await start(fakeInstance().instance);
    await refresh(console);
    const thresholds = { matched: 1, review: 0.5 };
    await console.post<TableState>(`${UK}/suggest`, { thresholds });
    expect((await refresh(console)).thresholds).toBeNull();
    expect((await suggest(console)).thresholds).toEqual(thresholds);
    await refresh(console, 'another-tab');
    const { thresholds: others, defaultThresholds } = await suggest(console, 'another-tab');
    expect(others).toEqual(defaultThresholds);
  });

  it('tells of a wait for the rate limit while it reads', async () => {
    const { instance, fake } = fakeInstance();
    await using console = await start(instance);
    fake.quirks.rateLimit = { requests: 1, windowMs: 300_000, retryAfter: 'seconds' };
    const event = await console.stream(`${UK}/refresh`, { acceptVanished: false }).next();
    const text = expect.stringMatching(/^Waiting for the Halo rate limit: \d+ (s|min)\.$/);
    expect(event).toEqual({ kind: 'wait', text });
  });

  it('stops reading when the tab is closed, tells nobody of an error, and reads anew when asked', async () => {
    const { instance, fake } = fakeInstance();
    const steps = new EventEmitter();
    const [asked, stopped] = [once(steps, 'asked'), once(steps, 'stopped')];
    let isSlow = true;
    const slow: typeof instance.fetch = (url, init) => {
      if (!isSlow || !url.includes('/Client')) return fake.fetch(url, init);
      steps.emit('asked');
      return new Promise((_, reject) => {
        init?.signal?.addEventListener('abort', () => {
          steps.emit('stopped');
          reject(init.signal?.reason);
        });
      });
    };
    const told: unknown[] = [];
    await using console = await startTestConsole({
      instances: [{ ...instance, fetch: slow }],
      pageFolder: page.folder,
      onFault: (error) => told.push(error),
    });
    const reading = console.stream(`${UK}/refresh`, { acceptVanished: false });
    await asked;
    reading.leave();
    await stopped;
    isSlow = false;
    expect((await refresh(console)).counts).toMatchObject({ open: 4 });
    expect(told).toEqual([]);
  });

  it('says what to do when the own list cannot be read', async () => {
    const { instance } = fakeInstance({
      organizations: () => Promise.reject(new Error('orgs.csv has no column "id"')),
    });
    await using console = await start(instance);
    expect(await refused(console)).toMatchObject({
      kind: 'problem',
      problem: { message: 'Your organizations cannot be read: orgs.csv has no column "id"' },
    });
  });

  it('asks for settings where there are none', async () => {
    await using console = await start(fakeInstance({ settings: {} }).instance);
    expect(await console.refused('GET', `${UK}/table`)).toMatchObject({
      status: 409,
      problem: { code: 'NOT_CONNECTED' },
    });
  });

  it('says that decisions of another program wait, as they are at each refresh', async () => {
    const file = { file: 'mapping.decisions.json', command: 'halo-psa save' };
    const waits = [{ ...file, count: 2 }, null];
    const { instance } = fakeInstance({ waitingDecisions: async () => waits.shift() ?? null });
    await using console = await start(instance);
    expect((await refresh(console)).refreshed?.waiting).toEqual({ ...file, count: 2 });
    expect((await refresh(console)).refreshed?.waiting).toBeNull();
  });

  it('hides what an unknown error holds, and tells the terminal', async () => {
    const told: unknown[] = [];
    const store = {
      ...createMemoryStore(),
      load: () => Promise.reject(new Error('row 17: password=hunter2')),
    };
    await using console = await startTestConsole({
      instances: [fakeInstance({ store }).instance],
      pageFolder: page.folder,
      onFault: (error) => told.push(error),
    });
    const event = await refused(console);
    expect(event).toMatchObject({ kind: 'problem', problem: { code: 'INTERNAL' } });
    expect(JSON.stringify(event)).not.toContain('hunter2');
    expect(told).toHaveLength(1);
  });
});

describe('two tabs', () => {
  it('know nothing of each other before a save; the second to save is told, and loses nothing', async () => {
    await using console = await start(fakeInstance().instance);
    for (const tab of ['first-tab', 'second-tab']) {
      await refresh(console, tab);
      await suggest(console, tab);
    }
    await decide(console, { kind: 'map', organizationId: 'u', customerId: '13' }, 'first-tab');
    await decide(console, { kind: 'ignore', organizationId: 'u' }, 'second-tab');
    await decide(console, { kind: 'accept-matched' }, 'second-tab');
    await save(console, 'first-tab');
    await expect(save(console, 'second-tab')).rejects.toThrow(/409.*HALO_MAPPING_STORE_CONFLICT/);
    const { clashes } = await console.post<{ clashes: ClashView[] }>(`${UK}/reapply`, {}, 'second-tab');
    expect(clashes).toMatchObject([
      { organization: { id: 'u' }, theirs: 'Tailspin Toys (13)', yours: 'ignored' },
    ]);
    const { table } = await save(console, 'second-tab');
    expect(table).toMatchObject({ revision: 2, counts: { mapped: 3, ignored: 1 } });
  });

  it('each hear of their own waits only', async () => {
    const { instance, fake } = fakeInstance();
    await using console = await start(instance);
    // A sign-in is shared, and so is the wait for it.
    await refresh(console);
    fake.quirks.rateLimit = { requests: 0, windowMs: 300_000, retryAfter: 'seconds' };
    const body = { acceptVanished: false };
    const first = console.stream<RefreshEvent>(`${UK}/refresh`, body, 'first-tab');
    expect(await first.next()).toMatchObject({ kind: 'wait' });
    const second = console.stream<RefreshEvent>(`${UK}/refresh`, body, 'second-tab');
    expect(await second.next()).toMatchObject({ kind: 'wait' });
    // What was written before this answer has arrived by now.
    await console.get('/api/state');
    expect(first.received).toHaveLength(1);
  });

  it('beyond twenty, the one not used for longest gives way', async () => {
    await using console = await start(fakeInstance().instance);
    await refresh(console, 'tab-number-0');
    for (let index = 1; index <= 20; index++)
      await console.get<TableState>(`${UK}/table`, `tab-number-${index}`);
    expect((await console.get<TableState>(`${UK}/table`, 'tab-number-0')).refreshed).toBeNull();
  });
});
