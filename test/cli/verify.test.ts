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

  it('checks the others where the settings of one cannot be used, and reports that one too', async () => {
    const { HALO_UK_CLIENT_ID: _, ...broken } = env;
    const { code, out, err } = await verify('', { env: broken });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(/^uk\n✗ failed +Address and settings +HALO_UK_CLIENT_ID is not set\n/);
    expect(out).toMatch(/\nus\n(?:.+\n)+Halo .*: the connection works/);
    expect(out).toMatch(/\n1 of 2 connections does not work: uk\n$/);
    const reports = JSON.parse((await verify('--json', { env: broken })).out);
    expect(Object.keys(reports)).toEqual(['uk', 'us']);
    expect(reports).toMatchObject({
      uk: { ok: false, requests: 0, issues: [{ field: 'HALO_UK_CLIENT_ID', message: 'is not set' }] },
      us: { ok: true },
    });
  });

  it('sends nothing where the settings of none can be used, and tells what is wrong with all of them', async () => {
    const { HALO_UK_CLIENT_ID: _, HALO_US_RESOURCE_SERVER: __, ...broken } = env;
    const { code, out, err } = await verify('', { env: broken });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain('HALO_UK_CLIENT_ID is not set');
    expect(err).toContain('HALO_US_RESOURCE_SERVER is not set');
  });

  it('counts a secret alone as a Halo without a name, and tells what that one lacks', async () => {
    const { HALO_CLIENT_SECRET } = environmentOf(halos[0]!);
    const { code, out } = await verify('', { env: { ...env, HALO_CLIENT_SECRET } });
    expect(code).toBe(1);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /^halo ✗ failed .*HALO_RESOURCE_SERVER is not set; HALO_CLIENT_ID is/,
    );
    expect(out).toMatch(/1 of 3 connections does not work: halo\n$/);
    const { HALO_UK_RESOURCE_SERVER: _, HALO_UK_CLIENT_SECRET: __, ...alone } = env;
    const one = await cli(['teams', 'list'], { env: { ...alone, HALO_CLIENT_SECRET } });
    expect(one).toMatchObject({ code: 2, err: expect.stringContaining('HALO_RESOURCE_SERVER is not set') });
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
    expect(broken).toMatchObject({ code: 1, err: '' });
    expect(broken.out).toMatch(/\nus\n✗ failed +Address and settings +clientId is missing\n/);
    expect(broken.out).toContain('1 of 2 connections does not work: us');
    const { clientSecret: _, ...us } = instances.us!;
    const elsewhere = { ...instances, us: { ...us, clientSecretFile: 'none/secret' } };
    const unread = await verify(`--settings ${write('unread.json', { instances: elsewhere })}`, { env: {} });
    expect(unread).toMatchObject({ code: 1, err: '' });
    expect(unread.out.replaceAll(/\s+/g, ' ')).toMatch(
      /us ✗ failed Address and settings clientSecretFile cannot be used: Cannot read \S+none\/secret: there is no such file /,
    );
    const neither = { uk: { clientSecret: 'x' }, us: elsewhere.us };
    const refused = await verify(`--settings ${write('neither.json', { instances: neither })}`, { env: {} });
    expect(refused).toMatchObject({ code: 2, out: '' });
    for (const text of [
      'uk.resourceServer is missing',
      'uk.clientId is missing',
      'us.clientSecretFile cannot',
    ])
      expect(refused.err).toContain(text);
    const odd = await verify(`--settings ${write('odd.json', { instances: { uk: 'x' } })}`, { env: {} });
    expect(odd).toMatchObject({ code: 4, err: expect.stringContaining('"uk" in') });
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
