import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/command-list.ts';
import { EXIT } from '../../src/cli/exit-codes.ts';
import { Interruption } from '../../src/cli/interruption.ts';
import { createFakeHalo, type FakeHaloServer } from '../../src/testing/index.ts';
import { cli, environmentOf } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'halo-psa-cli-exit-'));
const fake = createFakeHalo({ clients: [{ id: 11, name: 'Contoso Ltd' }], teams: [{ name: 'First Line' }] });
let halo: FakeHaloServer;
let env: Record<string, string>;

beforeAll(async () => {
  halo = await fake.listen();
  env = environmentOf(halo);
  writeFileSync(join(folder, 'orgs.csv'), 'id,name\n1,Contoso\n');
  writeFileSync(join(folder, 'title.csv'), 'id,title\n1,Contoso\n');
  writeFileSync(join(folder, 'damaged.json'), '{');
});
beforeEach(() => {
  fake.reset();
  fake.quirks.denied = { Agent: 403 };
});
afterAll(async () => {
  await halo.close();
  rmSync(folder, { recursive: true, force: true });
});

const psa = (args: string) => cli(args.split(' '), { env, cwd: folder });
const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');

describe('an exit code', () => {
  it.each([
    ['--version', EXIT.ok],
    ['--help', EXIT.ok],
    ['help suggest', EXIT.ok],
    ['teams list', EXIT.ok],
    ['check --organizations orgs.csv --max-unmatched 1', EXIT.ok],
    ['check --organizations orgs.csv', EXIT.notInOrder],
    ['verify --client-id another', EXIT.notInOrder],
    ['', EXIT.usage],
    ['teams list --search first', EXIT.usage],
    ['sugest', EXIT.usage],
    ['suggest', EXIT.usage],
    ['check --organizations orgs.csv --max-stale -1', EXIT.usage],
    ['suggest --organizations orgs.csv --out table.xlsx', EXIT.usage],
    ['demo --examples 0', EXIT.usage],
    ['clients list --client-id another', EXIT.halo],
    ['agents list --search x', EXIT.halo],
    ['suggest --organizations none.csv', EXIT.file],
    ['suggest --organizations title.csv', EXIT.file],
    ['suggest --organizations orgs.csv --mapping damaged.json', EXIT.file],
    ['suggest --organizations orgs.csv --mapping nowhere/mapping.json', EXIT.file],
  ])('of "halo-psa %s" is %d', async (args, expected) => {
    const { code, out, err } = await psa(args);
    expect({ code, out: code > 1 ? out : '', err }).toMatchObject({ code: expected, out: '' });
    if (code > 1) expect(err).not.toBe('');
  });

  it.each([
    ['Ctrl-C', EXIT.interrupted],
    ['SIGTERM', EXIT.terminated],
  ])('after %s is %d, and nothing is half-written', async (_, expected) => {
    const stop = new AbortController();
    fake.quirks.beforeAnswer = ({ path }) => {
      if (path.endsWith('/Client')) stop.abort(new Interruption('Stopped.', expected));
    };
    const args = ['suggest', '--organizations', 'orgs.csv', '--mapping', 'stopped.json'];
    const { code, err } = await cli(args, { env, cwd: folder, signal: stop.signal });
    expect({ code, err }).toEqual({ code: expected, err: 'halo-psa: Stopped.\n' });
    expect(() => readFileSync(join(folder, 'stopped.suggestions.json'))).toThrow('ENOENT');
  });

  it('is told before a request leaves when nothing could be written', async () => {
    for (const args of [
      '--mapping nowhere/mapping.json',
      '--out nowhere/table.csv',
      '--html nowhere/report.html',
    ]) {
      const { code, err } = await psa(`suggest --organizations orgs.csv ${args}`);
      expect({ code, err }).toMatchObject({
        code: 4,
        err: expect.stringContaining('there is no such folder'),
      });
    }
    expect(fake.requests).toEqual([]);
  });

  it('of a defect is 70, and --debug shows where', async () => {
    const broken = { env, cwd: folder, now: () => new Date(Number.NaN) };
    const args = ['suggest', '--organizations', 'orgs.csv'];
    const { code, err } = await cli(args, broken);
    expect({ code, err }).toMatchObject({
      code: 70,
      err: expect.stringContaining('Run it again with --debug'),
    });
    expect(err).not.toContain('    at ');
    expect((await cli([...args, '--debug'], broken)).err).toContain('    at ');
  });

  it('is in the table of docs/cli.md, each once', () => {
    const [, table = ''] = /## Exit codes\n([\s\S]*?)\n## /.exec(page) ?? [];
    const codes = [...table.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(codes).toEqual(Object.values(EXIT));
  });
});

describe('the help', () => {
  it.each(COMMANDS.map(({ name }) => name))('of %s has an example, and fits the page', async (name) => {
    const list = ['clients', 'agents', 'teams'].includes(name);
    const { out } = await cli(list ? [name, 'list', '--help'] : [name, '--help']);
    expect(out).toMatch(/Examples?:\n {2}\$ halo-psa /);
    expect(out.split('\n').filter((line) => line.length > 120)).toEqual([]);
    expect(page).toContain(`\`${name}`);
  });

  it.each(COMMANDS.map(({ name }) => name))('of %s ends with what every command has', async (name) => {
    const list = ['clients', 'agents', 'teams'].includes(name) ? ['list'] : [];
    const { out } = await cli([name, ...list, '--help']);
    expect(out).toMatch(/^ +--debug .*\n +-h, --help .*\n\n/m);
    const wrong = await cli([name, ...list, '--nonsense']);
    expect(wrong.err).toContain(`(halo-psa ${[name, ...list].join(' ')} --help lists the options)`);
  });

  it.each(COMMANDS.map(({ name }) => name))('of %s fits a narrow terminal', async (name) => {
    const list = ['clients', 'agents', 'teams'].includes(name) ? ['list'] : [];
    const { out } = await cli([name, ...list, '--help'], { columns: 60 });
    // Lines to copy stay whole.
    const wide = out.split('\n').filter((line) => line.length > 60 && !line.startsWith('  $ '));
    expect(wide).toEqual([]);
  });

  it('names every command, and a misspelt one gets a suggestion', async () => {
    const { out } = await cli(['--help']);
    for (const { name } of COMMANDS) expect(out).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
    expect((await cli(['reveiw'])).err).toContain('Did you mean review?');
    expect((await cli(['verify', '--jsn'])).err).toContain('Did you mean --json?');
  });
});

describe('an error', () => {
  it('says what failed, the cause and what to do, in one line each', async () => {
    const { err } = await psa('clients list --client-id another');
    const [what = '', cause = '', hint = ''] = err.trimEnd().split('\n');
    expect(what).toBe(
      `halo-psa: The client id or the client secret was rejected by ${halo.url}/auth/token (POST /auth/token, status 401).`,
    );
    expect(cause).toBe('  cause: HALO_AUTH_INVALID_CLIENT, POST /auth/token, status 401');
    expect(hint).toMatch(/^ {2}hint: +Compare clientId and clientSecret/);
  });

  it('lists every problem of the settings', async () => {
    const { err } = await cli(['verify'], { env: {} });
    expect(err.match(/^ {2}cause: HALO_/gm)).toHaveLength(4);
    expect(err).toContain('--demo');
  });
});
