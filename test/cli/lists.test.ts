import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/cli/output/text.ts';
import { createFakeHalo, type FakeHaloServer } from '../../src/testing/index.ts';
import { type CliWorld, cli, environmentOf } from './run-cli.ts';

const HOSTILE = {
  markup: '<img src=x onerror=alert(1)>',
  formula: "=cmd|'/C calc'!A0",
  reversed: 'Acme \u202Egpj.exe',
  escapes: '\u001B[31mRed\u001B]0;owned\u0007 \u009B2J',
  broken: 'two\r\nlines\u2028and\tmore',
  long: 'x'.repeat(10_000),
};
const fake = createFakeHalo({
  clients: [
    ...Array.from({ length: 250 }, (_, index) => ({ id: 11 + index, name: `Customer ${index}` })),
    ...Object.values(HOSTILE).map((name, index) => ({ id: 500 + index, name })),
    { id: 600, name: 'Gone Ltd', inactive: true },
  ],
  agents: [{ id: 2, name: 'Kim Okafor', email: 'kim@example.com' }],
  teams: [{ id: 1, name: 'First Line' }],
});
let halo: FakeHaloServer;
let env: Record<string, string>;

beforeAll(async () => {
  halo = await fake.listen();
  env = environmentOf(halo);
});
beforeEach(() => fake.reset());
afterAll(() => halo.close());

const psa = (args: string, world: CliWorld = {}) => cli(args.split(' '), { env, ...world });

describe('a list', () => {
  it('is a table that fits the page, checked complete', async () => {
    const { code, out, err } = await psa('clients list');
    expect(code).toBe(0);
    expect(err).toContain('256 customers, complete as Halo counts 256');
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(257);
    expect(lines[0]).toMatch(/^id +name +group +inactive$/);
    expect(lines.filter((line) => displayWidth(line) > 110)).toEqual([]);
  });

  it.each([
    ['agents list --csv', 'id,name,email,team,disabled\n2,Kim Okafor,kim@example.com,'],
    ['teams list --csv', 'id,name,department,inactive\n1,First Line,'],
    ['clients list --csv --search gone --all', 'id,name,group,inactive\n600,Gone Ltd,'],
    ['clients list --csv --search gone', 'id,name,group,inactive\n'],
    ['clients list --json --search gone', '[]\n'],
  ])('of every kind: %s', async (args, expected) => {
    const { code, out } = await psa(args);
    expect(code).toBe(0);
    expect(out.startsWith(expected)).toBe(true);
  });

  it('is JSON with every field as Halo has it', async () => {
    const rows = JSON.parse((await psa('clients list --json --all')).out);
    expect(rows).toHaveLength(257);
    expect(rows.find(({ id }: { id: number }) => id === 502)).toMatchObject({ name: HOSTILE.reversed });
  });

  it('that is not complete ends with 3, says so, and leaves JSON that no reader takes for whole', async () => {
    fake.quirks.ignoresPageNo = true;
    const { code, out, err } = await psa('clients list --json');
    expect(code).toBe(3);
    expect(err).toContain('HALO_LISTING');
    expect(() => JSON.parse(out)).toThrow();
  });

  it('refuses JSON and CSV at once, and a number that is none', async () => {
    expect((await psa('clients list --json --csv')).code).toBe(2);
    expect(await psa('clients list --sweeps two')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Expected a whole number from 1 to 10.'),
    });
  });
});

describe('progress', () => {
  it('is shown on a terminal, on standard error, and taken away', async () => {
    let ms = 0;
    const now = () => {
      ms += 2_000;
      return new Date(ms);
    };
    const { out, err } = await psa('clients list --csv', { isTerminal: true, now });
    expect(err).toContain('Reading customers: 100 of 256, about ');
    expect(err.lastIndexOf('\r\u001B[K')).toBeGreaterThan(err.lastIndexOf('Reading customers'));
    expect(out).not.toContain('Reading');
  });

  it('is not written into a log', async () => {
    expect((await psa('clients list --csv')).err).not.toContain('Reading');
  });

  it('tells a wait for the rate limit, which Ctrl-C ends', async () => {
    fake.quirks.rateLimit = { requests: 2, windowMs: 300_000, retryAfter: 'seconds' };
    const stop = new AbortController();
    const running = psa('clients list --csv', { signal: stop.signal });
    await expect.poll(() => fake.requests.some(({ status }) => status === 429)).toBe(true);
    const { Interruption } = await import('../../src/cli/interruption.ts');
    setImmediate(() => stop.abort(new Interruption('Stopped.', 130)));
    const { code, err } = await running;
    expect(code).toBe(130);
    expect(err).toMatch(/Waiting for the Halo rate limit: [\d]+ (s|min)\. Ctrl-C stops\./);
    expect(err).toContain('halo-psa: Stopped.');
  });
});

describe('a hostile name', () => {
  const harmless = (text: string) => {
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u2028\u2029]/u);
  };

  it('is harmless in a table, which stays one line a row', async () => {
    const { out } = await psa('clients list');
    harmless(out);
    expect(out).toContain('<img src=x onerror=alert(1)>');
  });

  it('is harmless in CSV: no formula, one line a row', async () => {
    const { out } = await psa('clients list --csv');
    harmless(out);
    const rows: string[][] = parse(out);
    expect(rows).toHaveLength(257);
    const names = rows.map(([, name = '']) => name);
    expect(names).toContain(`'${HOSTILE.formula}`);
    expect(names.filter((name) => /^[=+\-@]/.test(name))).toEqual([]);
    expect(names).toContain(HOSTILE.long);
  });

  it('is harmless in JSON', async () => {
    harmless((await psa('clients list --json')).out);
  });
});
