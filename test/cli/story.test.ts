import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFakeHalo, type FakeHaloServer } from '../../src/testing/index.ts';
import type { MappingDocument } from '../../src/workflow/index.ts';
import { type CliWorld, cli, environmentOf } from './run-cli.ts';

const fake = createFakeHalo({
  clients: [
    { id: 11, name: 'Marks & Spencer' },
    { id: 12, name: 'Royal National Lifeboat Institution' },
    { id: 13, name: 'Harborside Medical Center' },
    { id: 14, name: 'Acme Inc' },
    { id: 15, name: 'Westward Logistics plc' },
  ],
  teams: [{ id: 1, name: 'First Line' }],
});
const ORGANIZATIONS = `id,name
rmm-1,Marks and Spencer plc
rmm-2,RNLI
rmm-3,Harborside Medical Center
rmm-4,Acme Ltd
rmm-5,Westward Logistics
rmm-6,Our Own Office
`;

let folder: string;
let halo: FakeHaloServer;
let env: Record<string, string>;

beforeAll(async () => {
  halo = await fake.listen();
  env = { ...environmentOf(halo), USER: 'kim' };
});
beforeEach(() => {
  fake.reset();
  folder = mkdtempSync(join(tmpdir(), 'halo-psa-cli-story-'));
  writeFileSync(join(folder, 'orgs.csv'), ORGANIZATIONS);
  return () => rmSync(folder, { recursive: true, force: true });
});
afterAll(() => halo.close());

const psa = (args: string, world: CliWorld = {}) => cli(args.split(' '), { env, cwd: folder, ...world });
const path = (name: string) => join(folder, name);
const saved = (): MappingDocument => JSON.parse(readFileSync(path('mapping.json'), 'utf8'));
const mappedTo = (id: string) => saved().entries.find(({ organizationId }) => organizationId === id)?.mapped;

describe('a mapping from nothing to saved, in a terminal', () => {
  it('verifies, suggests, reviews, saves, and shows what broke since', async () => {
    const wrong = await psa('verify', { env: { ...env, HALO_CLIENT_SECRET: 'not-the-secret' } });
    expect(wrong.code).toBe(1);
    expect(wrong.out).toMatch(/✗ failed +Token/);
    expect(wrong.out).toContain('Fix: Compare clientId and clientSecret with Configuration');
    expect(await psa('verify')).toMatchObject({
      code: 0,
      out: expect.stringContaining('the connection works'),
    });

    const suggested = await psa('suggest --organizations orgs.csv');
    expect(suggested).toMatchObject({ code: 0, out: expect.stringContaining('Next:\n  halo-psa review\n') });
    // What npx starts has no PATH of its own: what it says to type next begins with npx as well.
    const byNpx = await psa('suggest --organizations orgs.csv', { env: { ...env, npm_command: 'exec' } });
    expect(byNpx.out).toContain('Next:\n  npx halo-psa review\n');
    expect(existsSync(path('mapping.json'))).toBe(false);

    // Matched ones at once; RNLI accepted; Acme Ltd is not Acme Inc, which is rejected; our own office is ignored.
    const review = await psa('review', { person: { keys: ['a', 'a', 'r', 'i', 'y'] } });
    expect(review.code).toBe(0);
    expect(review.err).toContain('not Acme Inc (14)');
    expect(saved()).toMatchObject({ revision: 1, instanceId: expect.stringContaining('127.0.0.1') });
    expect(mappedTo('rmm-2')).toMatchObject({ customerId: 12, source: 'suggestion', by: 'kim' });
    expect(saved().entries.find(({ organizationId }) => organizationId === 'rmm-6')).toHaveProperty(
      'ignored',
    );
    expect(existsSync(path('mapping.decisions.json'))).toBe(false);

    const again = await psa('suggest --organizations orgs.csv --show unmatched');
    expect(again.out).not.toContain('Acme Inc');

    // In Halo, one customer is renamed, one deleted, one switched off.
    fake.tables.clients.set(13, { name: 'Harborside Health Group' });
    fake.tables.clients.delete(12);
    fake.tables.clients.set(15, { inactive: true });
    const check = await psa('check --organizations orgs.csv --max-unmatched 1');
    expect(check.code).toBe(1);
    expect(check.out).toContain(
      'RNLI → Royal National Lifeboat Institution (12): the customer was deleted in Halo',
    );
    expect(check.out).toContain(
      'Westward Logistics → Westward Logistics plc (15): the customer is inactive in Halo',
    );
    expect(check.out).toContain('Harborside Medical Center is now called Harborside Health Group (13)');
    expect((await psa('check --organizations orgs.csv --max-unmatched 1 --max-stale 2')).code).toBe(0);

    await psa('suggest --organizations orgs.csv');
    const mended = await psa('review --status stale', { person: { keys: ['s', 'x', 'y'] } });
    expect(mended.code).toBe(0);
    expect(saved().revision).toBe(2);
    expect(mappedTo('rmm-2')).toBeUndefined();
    expect(mappedTo('rmm-3')).toMatchObject({ customerName: 'Harborside Health Group' });
  });

  it('keeps every decision on disk, also when the person just leaves, and takes each back', async () => {
    await psa('suggest --organizations orgs.csv');
    const left = await psa('review --status review,conflict,unmatched', {
      person: { keys: ['a', 'q', 'n'] },
    });
    expect(left).toMatchObject({ code: 0, out: expect.stringContaining('Not saved. The decisions wait.') });
    expect((await psa('save --dry-run')).out).toBe(
      '+ RNLI (rmm-2): → Royal National Lifeboat Institution (12)\n',
    );
    const undone = await psa('review --status conflict,unmatched', { person: { keys: ['u', 'q'] } });
    expect(undone.err).toContain('undone: RNLI');
    expect((await psa('save --yes')).out).toBe('Nothing to save.\n');
  });

  it('finds customers by search, and asks before a customer is mapped twice', async () => {
    await psa('suggest --organizations orgs.csv --accept matched');
    const person = { keys: ['/', 'n', '/', 'y', 'y'], searches: ['spencer', 'spencer marks'] };
    const { code, err } = await psa('review --status unmatched', { person });
    expect(err).toContain('→ Marks & Spencer (11)');
    expect(code).toBe(0);
    expect(saved().entries.filter(({ mapped }) => mapped?.customerId === 11)).toHaveLength(2);
  });

  it('does not save a customer of two organizations that nobody has agreed to', async () => {
    await psa('suggest --organizations orgs.csv --accept matched');
    writeFileSync(path('twice.csv'), 'organization_id,decision,customer_id\nrmm-6,map,11\n');
    await psa('import twice.csv');
    const refused = await psa('save --yes');
    expect(refused).toMatchObject({ code: 5, out: '' });
    expect(refused.err).toContain(
      'Our Own Office: saved as not mapped, decided here: → Marks & Spencer (11)',
    );
    expect(refused.err).toContain('also mapped to it: Marks and Spencer plc');
    expect((await psa('save --yes --cardinality many-to-one')).code).toBe(0);
  });

  it('takes the customer that probably took the place of another', async () => {
    await psa('suggest --organizations orgs.csv --accept matched');
    await psa('save --yes');
    fake.tables.clients.delete(13);
    fake.tables.clients.add({ id: 30, name: 'Harborside Medical Center Group' });
    const { out } = await psa('suggest --organizations orgs.csv');
    expect(out).toContain('1 saved mapping no longer holds');
    expect(out).toContain('Harborside Medical Center Group (30)');
    expect((await psa('review --status stale', { person: { keys: ['a', 'y'] } })).code).toBe(0);
    expect(mappedTo('rmm-3')).toMatchObject({ customerId: 30, source: 'manual' });
  });

  it('says so when nothing is saved yet, and how to type a path with a space', async () => {
    const { code, out } = await psa('check --organizations orgs.csv');
    expect(code).toBe(1);
    expect(out).toContain('No mapping is saved yet in mapping.json.\n');
    const args = ['suggest', '--organizations', 'orgs.csv', '--mapping', 'our map.json'];
    expect((await cli(args, { env, cwd: folder })).out).toContain('review --mapping "our map.json"\n');
  });

  it('names customers that the agent may not read any more, and once what mends that', async () => {
    await psa('suggest --organizations orgs.csv --accept matched');
    await psa('save --yes');
    fake.quirks.restrictedToClients = [11, 12, 13, 14];
    const { code, out } = await psa('check --organizations orgs.csv --max-unmatched 9');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^1 mapped customer may not be read by this agent\n {2}Westward .* \(15\)\n {2}In Halo: .*"Allow use of all Customers"\.$/m,
    );
    expect(out).toMatch(/^✗ 1 mapped customer may not be read by this agent$/m);
    expect(out).not.toContain('halo.verify()');
  });

  it('takes nothing for deleted when too many customers vanish at once, and names the option for it', async () => {
    const decided = [11, 12, 13, 14, 15].map((id, index) => `rmm-${index + 1},map,${id}\n`);
    writeFileSync(path('old.csv'), `organization_id,decision,customer_id\n${decided.join('')}`);
    await psa('suggest --organizations orgs.csv');
    await psa('import old.csv');
    await psa('save --yes');
    fake.tables.clients.add({ id: 30, name: 'Northwind' });
    for (const id of [11, 12, 13, 14, 15]) fake.tables.clients.delete(id);
    const { code, out } = await psa('check --organizations orgs.csv --max-unmatched 1');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^5 of 5 customers vanished at once\. .* If they are really gone, add --accept-vanished\.$/m,
    );
    expect(out).toContain('The agent may see some customers only since. In Halo: Configuration');
    expect(out).toMatch(/^✗ 5 of 5 customers vanished at once$/m);
    expect(out).not.toContain('acceptVanished');
    const accepted = await psa('check --organizations orgs.csv --max-unmatched 1 --accept-vanished');
    expect(accepted.out).toContain('5 saved mappings no longer hold');
  });

  it('tells the keys, and goes back to what was skipped', async () => {
    await psa('suggest --organizations orgs.csv');
    const keys = ['?', 's', 's', 'b', 'b', 'a', 'q', 'n'];
    const { err } = await psa('review --status review,conflict,unmatched', { person: { keys } });
    expect(err).toMatch(/^ +u +undo the last decision$/m);
    expect(err.match(/^1 of \d+ review {2}RNLI/gm)).toHaveLength(3);
    expect(err).toContain('→ Royal National Lifeboat Institution (12)');
  });

  it('says so when a key does nothing, and shows the proposal no second time', async () => {
    await psa('suggest --organizations orgs.csv');
    const keys = ['9', 'x', 's', 's', '1', 'a', 'r', 'q'];
    const { err } = await psa('review --status review,unmatched', { person: { keys } });
    expect(err.match(/^1 of \d+ review {2}RNLI/gm)).toHaveLength(1);
    expect(err).toContain(
      '     9: there is no candidate 9\n     x: only a mapping that no longer holds is ended here\n',
    );
    expect(err).toContain(
      '     1: there is no candidate 1\n     a: no customer is proposed\n     r: there is no candidate to reject\n',
    );
  });

  it('goes through a job without a person', async () => {
    expect((await psa('suggest --organizations orgs.csv --accept matched')).out).toContain('Accepted');
    expect((await psa('save --yes')).code).toBe(0);
    expect(saved().entries.length).toBeGreaterThan(1);
    expect((await psa('save --yes')).out).toBe('Nothing to save.\n');
  });

  it('refuses to ask where nobody is', async () => {
    await psa('suggest --organizations orgs.csv --accept matched');
    expect(await psa('save')).toMatchObject({ code: 2, err: expect.stringContaining('Add --yes') });
    expect(await psa('review')).toMatchObject({ code: 2, err: expect.stringContaining('halo-psa export') });
  });
});

describe('two administrators', () => {
  it('decide about different organizations, and both are saved', async () => {
    await psa('suggest --organizations orgs.csv');
    await psa('review --status review', { person: { keys: ['a', 'q', 'n'] } });
    const mine = readFileSync(path('mapping.decisions.json'), 'utf8');
    rmSync(path('mapping.decisions.json'));
    await psa('suggest --organizations orgs.csv --accept matched');
    await psa('save --yes');
    writeFileSync(path('mapping.decisions.json'), mine);
    expect((await psa('save --yes')).code).toBe(0);
    expect(saved().revision).toBe(2);
    expect([mappedTo('rmm-1'), mappedTo('rmm-2')]).toMatchObject([{ customerId: 11 }, { customerId: 12 }]);
  });

  it.each([
    ['mine', 12],
    ['theirs', undefined],
  ])('contradict each other, which is told and decided: --keep %s', async (side, expected) => {
    await psa('suggest --organizations orgs.csv');
    await psa('review --status review', { person: { keys: ['a', 'q', 'n'] } });
    const mine = readFileSync(path('mapping.decisions.json'), 'utf8');
    rmSync(path('mapping.decisions.json'));
    await psa('review --status review', { person: { keys: ['i', 'q', 'y'] }, env: { ...env, USER: 'jo' } });
    writeFileSync(path('mapping.decisions.json'), mine);
    const refused = await psa('save --yes');
    expect(refused.code).toBe(5);
    expect(refused.err).toContain(
      'RNLI: saved as ignored, decided here: → Royal National Lifeboat Institution (12)',
    );
    expect(readFileSync(path('mapping.decisions.json'), 'utf8')).toBe(mine);
    await psa(`save --dry-run --keep ${side}`);
    expect(readFileSync(path('mapping.decisions.json'), 'utf8')).toBe(mine);
    expect((await psa(`save --yes --keep ${side}`)).code).toBe(0);
    expect(mappedTo('rmm-2')?.customerId).toBe(expected);
    expect(existsSync(path('mapping.decisions.json'))).toBe(false);
  });

  it('review at one time in one folder: the second is told, and loses nothing', async () => {
    await psa('suggest --organizations orgs.csv');
    let calls = 0;
    const now = () => {
      calls += 1;
      if (calls === 2) writeFileSync(path('mapping.decisions.json'), 'of the other session');
      return new Date('2026-11-26T09:00:00Z');
    };
    const { code, err } = await psa('review --status review', { now, person: { keys: ['a', 'i', 'q'] } });
    expect(code).toBe(4);
    expect(err).toContain('was changed by another session');
    expect(readFileSync(path('mapping.decisions.json'), 'utf8')).toBe('of the other session');
  });
});

describe('a review in a spreadsheet', () => {
  it('takes every decision of the file, by id', async () => {
    await psa('suggest --organizations orgs.csv');
    await psa('export --out review.csv --delimiter semicolon');
    const decisions: Record<string, string> = {
      'rmm-1': 'accept',
      'rmm-2': 'Yes',
      'rmm-4': 'reject',
      'rmm-6': 'ignore',
    };
    const lines = readFileSync(path('review.csv'), 'utf8').split('\n');
    // Reasons for and against, the heaviest first.
    expect(lines.find((line) => line.startsWith('rmm-4;'))).toMatch(
      /Legal forms: ltd \/ inc \(-\d\.\d\); .*\(\+\d\.\d\)/,
    );
    const filled = lines.map((line) => {
      const [id = '', , customer = '', ...rest] = line.split(';');
      if (id === 'rmm-4') return [id, 'reject', '14', ...rest].join(';');
      return id in decisions ? [id, decisions[id], customer, ...rest].join(';') : line;
    });
    writeFileSync(path('review.csv'), filled.join('\n'));
    const imported = await psa('import review.csv');
    expect(imported).toMatchObject({
      code: 0,
      out: '2 accepted, 1 rejected, 1 ignored, 0 unmapped, 2 without a decision.\nNext: halo-psa save\n',
    });
    await psa('save --yes');
    expect(mappedTo('rmm-2')).toMatchObject({ customerId: 12, source: 'suggestion' });
    expect(saved().entries.find(({ organizationId }) => organizationId === 'rmm-4')).toMatchObject({
      rejected: [{ customerId: 14, customerName: 'Acme Inc' }],
    });
  });

  it('brings a mapping from elsewhere along, with three columns', async () => {
    await psa('suggest --organizations orgs.csv');
    writeFileSync(path('old.csv'), 'organization_id,decision,customer_id\nrmm-6,map,14\n');
    await psa('import old.csv');
    await psa('save --yes');
    expect(mappedTo('rmm-6')).toMatchObject({ customerId: 14, source: 'import' });
    const exported = await psa('export --status mapped');
    expect(exported.out.split('\n')[1]).toMatch(/^rmm-6,,14,Our Own Office,Acme Inc,mapped,/);
    writeFileSync(path('old.csv'), 'organization_id,decision,customer_id\nrmm-6,unmap,\n');
    await psa('import old.csv');
    await psa('save --yes');
    expect(mappedTo('rmm-6')).toBeUndefined();
  });

  it('takes nothing of a file when a row cannot be understood, and names each such row', async () => {
    await psa('suggest --organizations orgs.csv');
    writeFileSync(
      path('bad.csv'),
      'organization_id,decision,customer_id\nrmm-1,accept,11\nrmm-2,perhaps,12\nrmm-9,ignore,\nrmm-3,accept,99\nrmm-4,accept,\nrmm-1,ignore,\n',
    );
    const { code, err } = await psa('import bad.csv');
    expect(code).toBe(4);
    expect(err).toContain('line 3: "perhaps" is none of accept, map, reject, ignore, unmap');
    expect(err).toContain('line 4: there is no organization rmm-9');
    expect(err).toContain('line 5: there is no customer 99 in Halo');
    expect(err).toContain('line 6: "accept" needs a customer_id');
    expect(err).toContain('line 7: line 2 decides about rmm-1 too');
    expect(existsSync(path('mapping.decisions.json'))).toBe(false);
  });
});
