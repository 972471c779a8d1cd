import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'demo-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
  readonly ms: number;
}

/** Runs the demo as `npm run demo` does. Without a terminal; `environment` is added to a bare one. */
async function demo(args: readonly string[], environment: Record<string, string> = {}): Promise<Run> {
  const begin = performance.now();
  const child = spawn(process.execPath, ['scripts/demo.ts', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = async (stream: AsyncIterable<Buffer>) => {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  };
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code, out, errors, ms: performance.now() - begin };
}

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Columns that a line takes on a terminal; letters of East Asia take two. */
function columns(line: string): number {
  return [...line].reduce(
    (sum, character) =>
      sum + (/[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uFF00-\uFF60]/.test(character) ? 2 : 1),
    0,
  );
}

describe('npm run demo', () => {
  let run: Run;
  beforeAll(async () => {
    run = await demo([]);
  });

  it('ends well, without a word on standard error', () => {
    expect(run).toMatchObject({ code: 0, errors: '' });
  });

  it('lists every customer through the API and says that the list is complete', () => {
    const [, expected, received, pages] =
      /complete: yes +expected: (\d+) +received: (\d+) +pages: (\d+)/.exec(run.out)?.map(Number) ?? [];
    expect(received).toBe(expected);
    expect(received).toBeGreaterThanOrEqual(440);
    expect(pages).toBe(Math.ceil(received! / 100));
  });

  it('shows examples of each status with signed reasons and runners-up', () => {
    for (const status of ['matched', 'review', 'conflict', 'unmatched']) {
      expect(run.out).toMatch(new RegExp(`^${status}( \\(\\d+ of \\d+\\))?: `, 'm'));
    }
    expect(run.out).toMatch(/│ \+\d+\.\d \w/);
    expect(run.out).toMatch(/│ -\d+\.\d \w/);
    expect(run.out).toContain('runner-up: ');
  });

  it('adds up: the statuses are all organizations', () => {
    const counts = [...run.out.matchAll(/^│ (?:matched|review|conflict|unmatched) +│ +(\d+) │ +[\d.]+% │/gm)];
    const organizations = Number(/^organizations +(\d+)$/m.exec(run.out)?.[1]);
    expect(counts).toHaveLength(4);
    expect(counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(organizations);
  });

  it('shows precision and recall, of matched and overall', () => {
    expect(run.out).toMatch(
      /^matched: precision [\d.]+%, recall [\d.]+% +overall: precision [\d.]+%, recall [\d.]+%$/m,
    );
  });

  /** What the output says under a heading, and the count beside it. */
  function section(heading: string): { count: number; text: string } {
    const match = new RegExp(`^${heading}: (none|\\d+) ?(?:rows?)?$([^]*?)^(?=$)`, 'm').exec(run.out);
    expect(match).not.toBeNull();
    return { count: match![1] === 'none' ? 0 : Number(match![1]), text: match![2]! };
  }
  // The arrow of the legend is none of them.
  const arrows = (text: string) => Math.max(0, text.split(' → ').length - 2);

  it('prints every error made', () => {
    const missed = section('In Halo, but not found');
    const doubtful = section('Wrong, but put before a person');
    const [matched, overall] = [
      ...run.out.matchAll(/^│ (?:matched alone|overall: matched, review) +│ +\d+ │ +\d+ │ +(\d+) │/gm),
    ].map(([, count]) => Number(count));
    expect(arrows(missed.text)).toBe(missed.count);
    expect(arrows(doubtful.text)).toBe(doubtful.count);
    const inReview = doubtful.text.split(/ → (?!\*)/).length - 2;
    expect(inReview).toBe(overall! - matched!);
    expect(section('Wrong and matched').count).toBe(matched);
  });

  it('prints in full what is wrong and matched, and the other errors in few words, by kind', () => {
    const surely = section('Wrong and matched');
    expect(surely.text.match(/│ matched, [\d.]+% sure +│/g) ?? []).toHaveLength(surely.count);
    for (const { count, text } of [
      section('In Halo, but not found'),
      section('Wrong, but put before a person'),
    ]) {
      const kinds = [...text.matchAll(/^[a-z][a-z -]* \((\d+)\)$/gm)].map(([, size]) => Number(size));
      expect(kinds.reduce((sum, size) => sum + size, 0)).toBe(count);
      expect(kinds).toEqual([...kinds].sort((a, b) => b - a));
      expect(text.trim().split('\n').length).toBeLessThan(count + kinds.length);
    }
  });

  it('says how to read the examples before it shows them', () => {
    expect(run.out.indexOf('How to read the examples')).toBeGreaterThan(0);
    expect(run.out.indexOf('How to read the examples')).toBeLessThan(run.out.indexOf('│ Why'));
  });

  it('ends with the figures', () => {
    const lines = run.out.trim().split('\n');
    expect(lines.at(-2)).toMatch(/^matched: precision/);
    expect(lines.at(-1)).toMatch(/^Done in /);
  });

  it('takes less than ten seconds', () => {
    expect(run.ms).toBeLessThan(10_000);
  });

  it('stays within 110 columns, and uses no colour where there is no terminal', () => {
    expect(run.out.split('\n').filter((line) => columns(line) > 110)).toEqual([]);
    expect(run.out).toBe(stripVTControlCharacters(run.out));
  });
});

describe('npm run demo on lists of one’s own', () => {
  const organizations = file(
    'organizations.csv',
    'ID;Name;Colour\nt1;Harbourside Medical Centre;red\nt2;Marks and Spencer;\nt3;\u001B[31mRed\u001B[0m \u202EHerring;\nt4;;\n',
  );
  const customers = file(
    'customers.csv',
    'id,name,domains,inactive\nC-1,Harbourside Medical Centre Ltd,,\nC-2,Marks & Spencer,marksandspencer.com,\nC-3,Acme,,yes\n',
  );
  const lists = ['--organizations', organizations, '--customers', customers];

  it('suggests with their own ids, and says which columns are not used', async () => {
    const { code, out, errors } = await demo(lists);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(out).toContain('columns not used: Colour');
    expect(out).toMatch(/complete: yes +expected: 3 +received: 3 +pages: 1/);
    expect(out).toMatch(/│ t1 +│ \d[\d.]*% sure/);
    expect(out).toContain('1 oddity in the lists: organizations, t4: ');
    expect(out).toContain('Give --truth FILE.csv');
  });

  it('shows a hostile name harmlessly', async () => {
    const { out } = await demo(lists);
    expect(out).toContain('Herring');
    expect(out).not.toContain('\u001B');
    expect(out).not.toContain('\u202E');
  });

  it('judges them against a truth of one’s own', async () => {
    const truth = file('truth.csv', 'organization_id,customer_id\nt1,C-1\nt2,C-2\nt3,\n');
    const { code, out } = await demo([...lists, '--truth', truth]);
    expect(code).toBe(0);
    expect(out).toContain('1 organization without a line in the truth');
    expect(out).toContain('Organizations without a customer in Halo: 1; left without one: 1.');
    expect(out).toMatch(/overall: precision 100%, recall 100%/);
  });

  it('colours where colours are asked for, and not where NO_COLOR is set', async () => {
    expect((await demo(lists, { FORCE_COLOR: '1' })).out).toContain('\u001B[');
    expect((await demo(lists, { NO_COLOR: '1' })).out).not.toContain('\u001B[');
  });

  it.each([
    [
      'a file that is not there',
      ['--organizations', join(folder, 'none.csv'), '--customers', customers],
      'there is no such file',
    ],
    [
      'a missing column',
      ['--organizations', file('bad.csv', 'id,title\n1,x\n'), '--customers', customers],
      'has no column "name"',
    ],
    [
      'an unknown option',
      ['--organisations', organizations],
      "Unknown option '--organisations'. Options are --organizations",
    ],
    [
      'half of the lists',
      ['--organizations', organizations],
      '--organizations needs --customers FILE.csv as well.',
    ],
  ])('ends with exit code 1 and one clear line for %s', async (_, args, message) => {
    const { code, out, errors } = await demo(args);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(errors).toContain(message);
    expect(errors.trim().split('\n')).toHaveLength(1);
  });

  it('shows its help', async () => {
    const { code, out } = await demo(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('npm run demo -- --organizations FILE.csv --customers FILE.csv [--truth FILE.csv]');
  });
});
