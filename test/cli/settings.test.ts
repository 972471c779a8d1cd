import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeHalo, type FakeHaloServer } from '../../src/testing/index.ts';
import { type CliWorld, cli, environmentOf } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'halo-psa-cli-settings-'));
const fake = createFakeHalo({ clients: [{ name: 'Contoso Ltd' }], teams: [{ name: 'First Line' }] });
let halo: FakeHaloServer;
let env: Record<string, string>;
let secret: string;

beforeAll(async () => {
  halo = await fake.listen();
  env = environmentOf(halo);
  secret = env.HALO_CLIENT_SECRET!;
});
afterAll(async () => {
  await halo.close();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

const listTeams = (args: readonly string[], world: CliWorld = {}) =>
  cli(['teams', 'list', '--csv', ...args], { cwd: folder, ...world }, [secret]);
const without = (...names: string[]) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
const fileSettings = () => ({
  resourceServer: env.HALO_RESOURCE_SERVER,
  clientId: env.HALO_CLIENT_ID,
  onPremise: true,
  allowInsecureHttp: true,
});

describe('settings', () => {
  it('come from the environment', async () => {
    expect(await listTeams([], { env })).toMatchObject({
      code: 0,
      out: expect.stringContaining('First Line'),
    });
  });

  it('come from options, with the secret in a file of its own', async () => {
    const { HALO_RESOURCE_SERVER: host, HALO_CLIENT_ID: id } = env;
    const args = ['--resource-server', host!, '--client-id', id!, '--on-premise', '--allow-insecure-http'];
    const { code, err } = await listTeams([...args, '--client-secret-file', file('secret', `${secret}\n`)]);
    expect(code).toBe(0);
    expect(err).not.toContain('warning');
  });

  it('come from a file, whole or with the secret in another', async () => {
    const whole = file('halo.json', JSON.stringify({ ...fileSettings(), clientSecret: secret }));
    const parted = file('parted.json', JSON.stringify({ ...fileSettings(), clientSecretFile: 'own/secret' }));
    mkdirSync(join(folder, 'own'));
    file('own/secret', secret);
    expect((await listTeams(['--settings', whole])).code).toBe(0);
    expect((await listTeams(['--settings', parted])).code).toBe(0);
  });

  it('of a file are those of that Halo alone: the environment adds nothing', async () => {
    const lacking = file('lacking.json', JSON.stringify(fileSettings()));
    const { code, err } = await listTeams(['--settings', lacking], { env });
    expect(code).toBe(2);
    expect(err).toContain('clientSecret is missing');
  });

  it('of one instance are chosen by name', async () => {
    const two = { ...environmentOf(halo, 'HALO_UK'), ...environmentOf(halo, 'HALO_US') };
    expect((await listTeams(['--instance', 'uk'], { env: two })).code).toBe(0);
    const { code, err } = await listTeams([], { env: two });
    expect(code).toBe(2);
    expect(err).toContain('There are several Halo instances: uk, us');
    const { HALO_UK_CLIENT_SECRET: _, ...one } = environmentOf(halo, 'HALO_UK');
    const args = ['--client-secret-file', file('one', secret)];
    expect((await listTeams(args, { env: one })).code).toBe(0);
  });

  it('of a file with several instances are chosen by name', async () => {
    const instances = { uk: { ...fileSettings(), clientSecret: secret }, us: {} };
    const path = file('two.json', JSON.stringify({ instances }));
    expect((await listTeams(['--settings', path, '--instance', 'uk'])).code).toBe(0);
    expect((await listTeams(['--settings', path])).err).toContain('Add --instance uk or --instance us.');
    expect((await listTeams(['--settings', path, '--instance', 'fr'])).err).toContain('It has: uk, us.');
  });

  it('lack a secret, which is then asked for', async () => {
    const lacking = without('HALO_CLIENT_SECRET');
    expect((await listTeams([], { env: lacking, person: { secret } })).code).toBe(0);
    const { code, err } = await listTeams([], { env: lacking });
    expect(code).toBe(2);
    expect(err).toContain('HALO_CLIENT_SECRET is not set');
  });

  it.skipIf(process.platform === 'win32')('warn when others can read a secret', async () => {
    const open = file('open', secret, 0o644);
    const { err } = await listTeams(['--client-secret-file', open], { env: without('HALO_CLIENT_SECRET') });
    expect(err).toContain('holds a secret and others can read it (mode 644); run: chmod 600');
  });

  it.each([
    ['no settings at all', [], 'HALO_RESOURCE_SERVER is not set'],
    ['no file', ['--settings', 'none.json'], 'Cannot read none.json: there is no such file.'],
    ['no secret file', ['--client-secret-file', 'none'], 'Cannot read none: there is no such file.'],
    ['an impossible instance', ['--instance', 'a b'], 'cannot be the name of an instance'],
    ['an unknown option', ['--tenat-id', 'x'], 'Did you mean --tenant-id?'],
  ])('that cannot be used are told: %s', async (_, args, message) => {
    const { code, err, out } = await listTeams(args);
    expect(code).not.toBe(0);
    expect(out).toBe('');
    expect(err).toContain(message);
  });

  it('hold no secret as an argument: it is refused, and not repeated', async () => {
    for (const args of [['--client-secret', secret], [`--client-secret=${secret}`]]) {
      const { code, err } = await listTeams(args, { env });
      expect(code).toBe(2);
      expect(err).toContain('A secret must not be an argument');
    }
  });

  it('are never part of an error, not even those of broken JSON', async () => {
    const broken = file('broken.json', `{ "clientSecret": "${secret}", }`);
    const { code, err } = await listTeams(['--settings', broken, '--debug']);
    expect(code).toBe(4);
    expect(err).toContain('is not valid JSON');
  });
});
