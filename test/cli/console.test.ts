import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ConsoleCommandOptions, consoleOptions } from '../../src/cli/console-options.ts';
import type { CliContext } from '../../src/cli/context.ts';
import { createPrinter } from '../../src/cli/output/printer.ts';
import { ignore, mapTo, unmap } from '../../src/cli/pending/decide.ts';
import { mappingFiles } from '../../src/cli/pending/mapping-files.ts';
import { PendingDecisions } from '../../src/cli/pending/pending-files.ts';
import { writableSettings } from '../../src/cli/write-settings.ts';
import { cli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'halo-psa-cli-console-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
};
const organizations = file('orgs.csv', 'id,name\n7,Contoso Ltd\n');

function contextOf(env: Readonly<Record<string, string>> = {}): CliContext {
  const printer = createPrinter(process.stderr);
  return {
    out: printer,
    err: printer,
    prompts: { isInteractive: false } as CliContext['prompts'],
    env,
    cwd: folder,
    signal: new AbortController().signal,
    now: () => new Date('2026-11-26T09:00:00Z'),
  };
}

const optionsOf = (options: ConsoleCommandOptions, env?: Readonly<Record<string, string>>) =>
  consoleOptions({ organizations, ...options }, contextOf(env));

describe('halo-psa console', () => {
  it('has one Halo to fill in where nothing is known', async () => {
    const { instances } = await optionsOf({});
    expect(instances.map(({ name }) => name)).toEqual(['halo']);
    expect(instances[0]?.settings).toMatchObject({ resourceServer: '', clientSecret: '', onPremise: false });
    expect(instances[0]?.settingsFile?.path).toBe(join(folder, 'halo-psa.json'));
    expect(await instances[0]?.organizations()).toMatchObject([{ id: '7', name: 'Contoso Ltd' }]);
  });

  it('has a tab for each Halo of the environment, complete or not', async () => {
    const { instances, by } = await optionsOf(
      {},
      {
        HALO_UK_RESOURCE_SERVER: 'uk.halopsa.com',
        HALO_UK_CLIENT_SECRET: 's',
        HALO_US_RESOURCE_SERVER: 'us.halopsa.com',
        HALO_US_ON_PREMISE: 'yes',
        USER: 'kim',
      },
    );
    expect(by).toBe('kim');
    expect(
      instances.map(({ name, settings }) => [name, settings?.resourceServer, settings?.onPremise]),
    ).toEqual([
      ['uk', 'uk.halopsa.com', false],
      ['us', 'us.halopsa.com', true],
    ]);
    expect((await optionsOf({ instance: 'us' }, { HALO_UK_RESOURCE_SERVER: 'x' })).instances).toMatchObject([
      { name: 'us' },
    ]);
  });

  it('has a tab for a Halo whose name is of several words, and none for a blank variable', async () => {
    const env = { HALO_UK_NORTH_RESOURCE_SERVER: 'north.halopsa.com', HALO_US_RESOURCE_SERVER: ' ' };
    const { instances } = await optionsOf({}, env);
    expect(instances.map(({ name, settings }) => [name, settings?.resourceServer])).toEqual([
      ['uk_north', 'north.halopsa.com'],
    ]);
  });

  it('has a tab for each Halo of a settings file, and a blank form for a file that is yet to be written', async () => {
    const settings = file(
      'halo.json',
      JSON.stringify({ instances: { uk: { resourceServer: 'uk.halopsa.com', clientSecret: 's' }, us: {} } }),
    );
    const { instances } = await optionsOf({ settings });
    expect(instances.map(({ name }) => name)).toEqual(['uk', 'us']);
    expect(instances[0]?.settings?.clientSecret).toBe('s');
    expect((await optionsOf({ settings: 'none.json' })).instances).toMatchObject([{ name: 'halo' }]);
  });

  it('does not guess which of several Halos an option is for', async () => {
    const env = { HALO_UK_RESOURCE_SERVER: 'a', HALO_US_RESOURCE_SERVER: 'b' };
    await expect(optionsOf({ clientId: 'x' }, env)).rejects.toThrow('several Halo instances');
  });

  it('needs to know the organizations before a page is opened', async () => {
    const { code, err } = await cli(['console']);
    expect(code).toBe(2);
    expect(err).toContain('--organizations FILE.csv');
  });

  it('finds decisions that review left unsaved beside the mapping, and how to save them', async () => {
    const { instances } = await optionsOf({ mapping: 'acme.json', instance: 'uk' });
    const waiting = instances[0]!.waitingDecisions!;
    expect(await waiting()).toBeNull();
    const files = mappingFiles({ mapping: 'acme.json' }, { cwd: folder });
    const pending = await PendingDecisions.open(files, 'uk.halopsa.com');
    const [organization, who] = [{ id: '7', name: 'Contoso Ltd' }, { at: '2026-11-26T09:00:00.000Z' }];
    await pending.decide([ignore(organization, who)], null);
    await pending.decide(unmap(organization.id), null);
    const all = ['7', '8', '9'].map((id) => ({ id, name: `Contoso ${id}` }));
    await pending.decide(
      all.map((each) => mapTo(each, { id: Number(each.id), name: each.name }, 'manual', who)),
      null,
    );
    const told = {
      file: 'acme.decisions.json',
      command: 'halo-psa save --instance uk --mapping acme.json',
    };
    expect(await waiting()).toEqual({ ...told, count: 5 });
    file('acme.decisions.json', 'damaged');
    expect(await waiting()).toEqual({ ...told, count: null });
  });

  it('--demo has two embedded Halos, and asks for nothing', async () => {
    const { instances, demo } = await consoleOptions({ demo: true }, contextOf());
    expect(instances.map(({ name }) => name)).toEqual(['uk', 'us']);
    expect(Object.keys(demo?.credentials ?? {})).toEqual(['uk', 'us']);
  });
});

describe('settings written from the page', () => {
  const settings = {
    resourceServer: 'uk.halopsa.com',
    clientId: 'id',
    tenantId: 'uk',
    authServer: '',
    onPremise: false,
    allowInsecureHttp: false,
  };
  const written = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

  it('make a file that only its owner may read, without what is blank', async () => {
    const path = join(folder, 'new.json');
    await writableSettings(path, undefined).write(settings, 'the secret');
    expect(written(path)).toEqual({
      resourceServer: 'uk.halopsa.com',
      clientId: 'id',
      tenantId: 'uk',
      clientSecret: 'the secret',
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('leave another Halo, other settings and a secret that is not to be written alone', async () => {
    const uk = { scope: 'all', clientSecretFile: '/run/secrets/uk', clientId: 'old' };
    const path = file('several.json', JSON.stringify({ instances: { us: { clientId: 'us' }, uk } }));
    await writableSettings(path, 'uk').write(settings, undefined);
    expect(written(path).instances).toEqual({
      us: { clientId: 'us' },
      uk: { ...uk, resourceServer: 'uk.halopsa.com', tenantId: 'uk', clientId: 'id' },
    });
    await writableSettings(path, 'uk').write(settings, 'the secret');
    expect(written(path).instances.uk).toMatchObject({ clientSecret: 'the secret' });
    expect(written(path).instances.uk).not.toHaveProperty('clientSecretFile');
  });

  it('do not overwrite a file that is something else', async () => {
    const path = file('notes.txt', 'not JSON');
    await expect(writableSettings(path, undefined).write(settings, 's')).rejects.toThrow('is not valid JSON');
    expect(readFileSync(path, 'utf8')).toBe('not JSON');
  });
});
