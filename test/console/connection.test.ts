import { afterAll, describe, expect, it } from 'vitest';
import type { ConsoleState, FieldProblem, SettingsForm, VerifyEvent } from '../../src/console/api-types.ts';
import { findLeaks } from '../support/canary.ts';
import { fakeInstance, makePageFolder, sendRaw, startTestConsole, type TestConsole } from './support.ts';

const page = makePageFolder();
afterAll(page.remove);

const CANARY = 'canary-77aa1c02-9f3b-4e1d-8c55-0d1f6c3b2a10';

function formOf(changes: Partial<SettingsForm>): SettingsForm {
  return {
    resourceServer: 'acme.halopsa.example',
    clientId: '5d4f0a1c-7c1e-4f0e-9c55-0d1f6c3b2a10',
    tenantId: 'acme',
    authServer: '',
    clientSecret: '',
    onPremise: false,
    allowInsecureHttp: false,
    ...changes,
  };
}

async function save(
  console: TestConsole,
  form: SettingsForm,
  keep = { toFile: false, withSecret: false },
): Promise<{ events: VerifyEvent[]; body: string }> {
  const events = await console.lines<VerifyEvent>('/api/instances/uk/settings', { form, ...keep });
  return { events, body: JSON.stringify(events) };
}

function settingsFile() {
  const written: { settings: unknown; clientSecret: string | undefined }[] = [];
  return {
    written,
    file: {
      path: '/home/kim/halo-psa.json',
      write: async (settings: unknown, clientSecret: string | undefined) => {
        written.push({ settings, clientSecret });
      },
    },
  };
}

describe('the settings form', () => {
  it('is checked by field with the Halo screen that shows the right value, and nothing is sent', async () => {
    const { instance, fake } = fakeInstance({ settings: {} });
    await using console = await startTestConsole({ instances: [instance], pageFolder: page.folder });
    const form = formOf({ resourceServer: 'acme halopsa.com', tenantId: '' });
    const problems = await console.post<FieldProblem[]>('/api/instances/uk/check', { form });
    expect(problems.map(({ field }) => field).sort()).toEqual(['clientSecret', 'resourceServer', 'tenantId']);
    for (const { hint } of problems) expect(hint).toContain('In Halo: Configuration > Integrations');
    expect(fake.requests).toEqual([]);
  });

  it('is verified stage by stage when it is saved', async () => {
    const { instance, fake } = fakeInstance({ settings: {} });
    await using console = await startTestConsole({ instances: [instance], pageFolder: page.folder });
    const { events } = await save(console, formOf({ clientSecret: fake.config.clientSecret }));
    expect(events.map((event) => (event.kind === 'stage' ? event.stage.id : event.kind))).toEqual([
      'address',
      'network',
      'authinfo',
      'token',
      'agent',
      'customers',
      'teams',
      'agents',
      'scope',
      'done',
    ]);
    expect(events.at(-1)).toMatchObject({ report: { ok: true }, instance: { hasSecret: true } });
  });

  it('that cannot be used is a report as well, and leaves the settings as they were', async () => {
    const { instance } = fakeInstance();
    await using console = await startTestConsole({ instances: [instance], pageFolder: page.folder });
    const { events } = await save(console, formOf({ resourceServer: 'no host at all' }));
    expect(events.at(-1)).toMatchObject({ kind: 'done', report: { ok: false } });
    const { instances } = await console.get<ConsoleState>('/api/state');
    expect(instances[0]?.settings.resourceServer).toBe('acme.halopsa.example');
  });

  it('says which Halo screen mends a wrong secret, and works with the right one afterwards', async () => {
    const { instance, fake } = fakeInstance();
    await using console = await startTestConsole({ instances: [instance], pageFolder: page.folder });
    const { events } = await save(console, formOf({ clientSecret: CANARY }));
    const token = events.flatMap((event) => (event.kind === 'stage' ? [event.stage] : []))[3];
    expect(token).toMatchObject({ status: 'failed', code: 'HALO_AUTH_INVALID_CLIENT' });
    expect(token?.fix).toContain('View Applications');
    const again = await save(console, formOf({ clientSecret: fake.config.clientSecret }));
    expect(again.events.at(-1)).toMatchObject({ report: { ok: true } });
  });
});

describe('the client secret', () => {
  it('is never sent to the page, whatever happens', async () => {
    const { instance } = fakeInstance({ settings: { ...formOf({}), clientSecret: CANARY } });
    await using console = await startTestConsole({ instances: [instance], pageFolder: page.folder });
    const bodies = [
      (await sendRaw(console.port, 'GET', '/api/state', console.headers)).body,
      (await save(console, formOf({}))).body,
      (await save(console, formOf({ clientSecret: `${CANARY} ` }))).body,
      (await sendRaw(console.port, 'GET', '/api/state', console.headers)).body,
      JSON.stringify(await console.lines('/api/instances/uk/refresh', { acceptVanished: false })),
    ];
    expect(findLeaks(bodies, [CANARY])).toEqual([]);
    expect(JSON.parse(bodies[0]!).instances[0]).toMatchObject({ hasSecret: true });
  });

  it('stays when the field is left blank', async () => {
    const { instance } = fakeInstance();
    await using console = await startTestConsole({ instances: [instance], pageFolder: page.folder });
    const { events } = await save(console, formOf({ clientSecret: '' }));
    expect(events.at(-1)).toMatchObject({ report: { ok: true } });
  });

  it.each([
    { toFile: false, withSecret: false, expected: [] },
    { toFile: false, withSecret: true, expected: [] },
    { toFile: true, withSecret: false, expected: [undefined] },
    { toFile: true, withSecret: true, expected: ['the secret'] },
  ])('is written only when asked: file $toFile, secret $withSecret', async ({ expected, ...keep }) => {
    const { written, file } = settingsFile();
    const { instance, fake } = fakeInstance({ settingsFile: file });
    await using console = await startTestConsole({ instances: [instance], pageFolder: page.folder });
    const { events } = await save(console, formOf({}), keep);
    const { clientSecret } = fake.config;
    expect(written.map((each) => each.clientSecret)).toEqual(
      expected.map((secret) => (secret === undefined ? undefined : clientSecret)),
    );
    const done = expected.length === 0 ? null : { file: file.path, withSecret: keep.withSecret };
    expect(events.at(-1)).toMatchObject({ written: done });
  });

  it('is not written when the settings do not work', async () => {
    const { written, file } = settingsFile();
    const { instance } = fakeInstance({ settingsFile: file });
    await using console = await startTestConsole({ instances: [instance], pageFolder: page.folder });
    await save(console, formOf({ clientSecret: CANARY }), { toFile: true, withSecret: true });
    expect(written).toEqual([]);
  });
});

describe('a settings file that cannot be written', () => {
  const instanceWith = (write: () => Promise<void>) =>
    fakeInstance({ settingsFile: { path: '/home/kim/halo-psa.json', write } });
  const keep = { toFile: true, withSecret: true };

  it('is told with its reason, and the settings work all the same', async () => {
    const { instance } = instanceWith(() => Promise.reject(new Error('Cannot write it: the disk is full.')));
    await using console = await startTestConsole({ instances: [instance], pageFolder: page.folder });
    const { events } = await save(console, formOf({}), keep);
    expect(events.at(-1)).toMatchObject({
      kind: 'done',
      report: { ok: true },
      instance: { report: { ok: true } },
      written: null,
      problem: { code: 'SETTINGS_NOT_WRITTEN', message: expect.stringContaining('the disk is full') },
    });
  });
});

describe('a fault of ours while settings are saved', () => {
  it('is told to the terminal, and the page is shown nothing of it', async () => {
    const told: unknown[] = [];
    const fault = new RangeError('fault of ours');
    let isSaving = false;
    const instance = Object.defineProperty(fakeInstance().instance, 'scope', {
      get: () => {
        if (isSaving) throw fault;
      },
    });
    const onFault = (error: unknown) => void told.push(error);
    await using console = await startTestConsole({ instances: [instance], pageFolder: page.folder, onFault });
    isSaving = true;
    const { events, body } = await save(console, formOf({}));
    expect(events.at(-1)).toMatchObject({ kind: 'problem', problem: { code: 'INTERNAL' } });
    expect(body).not.toContain('fault of ours');
    expect(told).toEqual([fault]);
  });
});
