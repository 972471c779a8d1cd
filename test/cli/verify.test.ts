import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeHalo, type FakeHaloServer } from '../../src/testing/index.ts';
import { type CliWorld, cli, environmentOf } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'halo-psa-cli-verify-'));
const options = { clients: [{ name: 'Contoso Ltd' }], teams: [{ name: 'First Line' }] };
let halos: FakeHaloServer[];
let env: Record<string, string>;

beforeAll(async () => {
  halos = await Promise.all([createFakeHalo(options).listen(), createFakeHalo(options).listen()]);
  env = { ...environmentOf(halos[0]!, 'HALO_UK'), ...environmentOf(halos[1]!, 'HALO_US') };
});
afterAll(async () => {
  await Promise.all(halos.map((halo) => halo.close()));
  rmSync(folder, { recursive: true, force: true });
});

const verify = (args: string, world: CliWorld = {}) =>
  cli(['verify', ...args.split(' ').filter(Boolean)], { env, cwd: folder, ...world });

describe('verify with several Halos', () => {
  it('checks each, one below the other, and says how many work', async () => {
    const { code, out, err } = await verify('');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^uk\n(?:.+\n)+Halo .*: the connection .*\n\nus\n(?:.+\n)+Halo .*\n\nBoth connections work\.\n$/,
    );
    expect(err).toBe('');
  });

  it('names those that do not work, and ends with 1', async () => {
    const { code, out } = await verify('', { env: { ...env, HALO_US_CLIENT_SECRET: 'not-the-secret' } });
    expect(code).toBe(1);
    expect(out).toMatch(/✗ failed +Token/);
    expect(out).not.toContain('not-the-secret');
    expect(out).toMatch(/\n1 of 2 connections does not work: us\n$/);
  });

  it('checks one when it is named, or when options are about one', async () => {
    const one = await verify('--instance us');
    expect(one).toMatchObject({ code: 0, out: expect.stringContaining('the connection works') });
    expect(one.out).not.toContain('uk');
    expect(one.out.match(/^Halo /gm)).toHaveLength(1);
    const unclear = await verify('--client-id another');
    expect(unclear).toMatchObject({ code: 2, err: expect.stringContaining('--instance uk') });
  });

  it('prints the reports by name as JSON, and that of a single one by itself', async () => {
    const { out } = await verify('--json');
    expect(JSON.parse(out)).toMatchObject({ uk: { ok: true }, us: { ok: true } });
    expect(JSON.parse((await verify('--json --instance uk')).out)).toMatchObject({ ok: true });
  });

  it('counts the one whose variables have no name as well', async () => {
    const { out } = await verify('--json', { env: { ...env, ...environmentOf(halos[0]!) } });
    expect(Object.keys(JSON.parse(out))).toEqual(['halo', 'uk', 'us']);
    const blank = await verify('--json', { env: { ...env, HALO_RESOURCE_SERVER: ' ' } });
    expect(Object.keys(JSON.parse(blank.out))).toEqual(['uk', 'us']);
  });

  it('leaves none out silently where two would have one name', async () => {
    const both = { ...environmentOf(halos[0]!), ...environmentOf(halos[1]!, 'HALO_HALO') };
    const { code, out, err } = await verify('', { env: both });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Two Halos would be called "halo"');
  });

  it('tells what is wrong with the settings of all of them before it sends anything', async () => {
    const { HALO_UK_CLIENT_ID: _, HALO_US_RESOURCE_SERVER: __, ...broken } = env;
    const { code, out, err } = await verify('', { env: broken });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('HALO_UK_CLIENT_ID is not set');
    expect(err).toContain('HALO_US_RESOURCE_SERVER is not set');
  });

  it('reads them from a file', async () => {
    const instances = Object.fromEntries(
      ['uk', 'us'].map((name, index) => {
        const { resourceServer, clientId, clientSecret } = halos[index]!.config;
        const settings = { resourceServer, clientId, clientSecret: String(clientSecret) };
        return [name, { ...settings, onPremise: true, allowInsecureHttp: true }];
      }),
    );
    const write = (name: string, value: unknown) => {
      const file = join(folder, name);
      writeFileSync(file, JSON.stringify(value), { mode: 0o600 });
      return file;
    };
    const two = await verify(`--settings ${write('two.json', { instances })}`, { env: {} });
    expect(two).toMatchObject({ code: 0, out: expect.stringContaining('Both connections work.') });
    const lacking = { ...instances, us: { ...instances.us, clientId: undefined } };
    const broken = await verify(`--settings ${write('lacking.json', { instances: lacking })}`, { env: {} });
    expect(broken).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('us.clientId is missing'),
    });
    const none = await verify(`--settings ${write('none.json', { instances: {} })}`, { env: {} });
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('has no instances') });
  });

  it('asks for each secret that is missing, and says whose', async () => {
    const { HALO_US_CLIENT_SECRET: secret, ...lacking } = env;
    const asked: string[] = [];
    const { code } = await verify('', { env: lacking, person: { secret: secret!, asked } });
    expect(code).toBe(0);
    expect(asked).toEqual(['Client Secret of us']);
  });

  it('shows on a terminal what it is waiting for', async () => {
    const { err } = await verify('', { isTerminal: true });
    expect(err).toContain('Checking uk, us ...');
  });
});
