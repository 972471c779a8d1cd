import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/cli/output/text.ts';
import { createFakeHalo, type FakeHaloServer } from '../../src/testing/index.ts';
import { type CliWorld, cli, environmentOf } from './run-cli.ts';

const NAMES = [
  '<img src=x onerror=alert(1)>',
  "=cmd|'/C calc'!A0",
  '@SUM(1+1)*cmd',
  'Acme \u202Egpj.exe',
  '\u001B[31mRed\u001B[2J\u001B]0;owned\u0007',
  '\u009B31mBlue',
  `Long ${'x'.repeat(10_000)}`,
  `Words ${'many '.repeat(2_000)}`,
];
const folder = mkdtempSync(join(tmpdir(), 'halo-psa-cli-hostile-'));
const fake = createFakeHalo({
  clients: NAMES.map((name, index) => ({ id: 11 + index, name: `${name} Ltd` })),
});
let halo: FakeHaloServer;
let env: Record<string, string>;

beforeAll(async () => {
  halo = await fake.listen();
  env = environmentOf(halo);
  const rows = NAMES.map((name, index) => `org-${index},"${name.replaceAll('"', '""')}"`);
  writeFileSync(join(folder, 'orgs.csv'), `id,name\n${rows.join('\n')}\n`);
});
afterAll(async () => {
  await halo.close();
  rmSync(folder, { recursive: true, force: true });
});

const psa = (args: string, world: CliWorld = {}) => cli(args.split(' '), { env, cwd: folder, ...world });

/** What may reach a terminal: lines of readable length, without control characters and marks that turn a line. */
function expectHarmless(text: string): void {
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  expect(text).not.toMatch(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u);
  expect(text.split('\n').filter((line) => displayWidth(line) > 250)).toEqual([]);
}

describe('hostile names of organizations and customers', () => {
  it('are harmless in every command of a mapping’s life', async () => {
    const suggested = await psa('suggest --organizations orgs.csv --show review');
    expect(suggested.code).toBe(0);
    expectHarmless(suggested.out + suggested.err);
    expect(suggested.out.split('\n').length).toBeLessThan(200);

    const keys = [...NAMES.flatMap(() => ['d', 's']), 'q'];
    const looked = await psa('review --status matched,review,conflict,unmatched', { person: { keys } });
    expectHarmless(looked.out + looked.err);

    const person = { keys: ['/', '/', '/', 'y', 'q', 'y'], searches: ['onerror', 'long', 'long'] };
    const decided = await psa('review --status matched,review,conflict,unmatched', { person });
    expect(decided.code).toBe(0);
    expectHarmless(decided.out + decided.err);
    expect(decided.out).toContain('<img src=x onerror=alert(1)> Ltd');

    fake.tables.clients.set(11, { inactive: true, name: '\u001B[5mblink\u202E' });
    const checked = await psa('check --organizations orgs.csv');
    expect(checked.code).toBe(1);
    expectHarmless(checked.out + checked.err);
    expect(checked.out).toContain('is now called [5mblink');
  });

  it('are no formulas in the table for a spreadsheet, and come back by id', async () => {
    const { out } = await psa('export');
    expect(out).not.toMatch(/(^|,|")[=+@]/m);
    expect(out).not.toMatch(/[^\P{Cc}\n]/u);
    expect(out).toContain("'=cmd|'/C calc'!A0");
    const [head = '', ...rows] = out.trimEnd().split('\n');
    writeFileSync(
      join(folder, 'table.csv'),
      [head, ...rows.map((row) => row.replace(/^([^,]+),,/, '$1,ignore,'))].join('\n'),
    );
    const imported = await psa('import table.csv');
    expect(imported.out).toContain(`${rows.length} ignored`);
    expectHarmless((await psa('save --dry-run')).out);
  });

  it('keep their letters in a spreadsheet, whichever command wrote the table', async () => {
    await psa('suggest --organizations orgs.csv --out suggested.csv');
    await psa('export --out exported.csv');
    for (const file of ['suggested.csv', 'exported.csv'])
      expect(readFileSync(join(folder, file), 'utf8')).toMatch(/^\uFEFForganization_id,/);
  });

  it('are harmless in errors, as are the names of files and options', async () => {
    const { err } = await psa('suggest --organizations \u001B[31m.csv');
    expectHarmless(err);
    expect(err).toContain('there is no such file');
    const unknown = await psa('suggest --\u001B[31m');
    expectHarmless(unknown.err);
    expectHarmless((await psa('\u202Esuggest')).err);
  });
});
