import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printedBlocksOf, withPrinted } from '../../scripts/docs/printed-blocks.ts';
import { runCode, startHalo } from '../../scripts/docs/run-code.ts';
import type { FakeHaloServer } from '../../src/testing/index.ts';

const root = new URL('../../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');
const pages = globSync(['*.md', 'docs/**/*.md', 'examples/*.md'], { cwd: root }).sort();
const blocks = pages.flatMap((page) => printedBlocksOf(page, read(page), read));

describe('results in the documentation', () => {
  let halo: FakeHaloServer;
  beforeAll(async () => {
    halo = await startHalo();
  });
  afterAll(() => halo.close());

  it('stand in the README and in the mapping guide', () => {
    const found = new Set(blocks.map(({ place }) => place.split(':')[0]));
    expect([...found]).toEqual(expect.arrayContaining(['README.md', 'docs/mapping.md']));
  });

  it.each(blocks)('are what the code at $place prints (npm run docs:output)', async ({ code, printed }) => {
    expect(await runCode(code, halo)).toBe(printed);
  });

  it('are compared with what was printed, and a failing example fails', async () => {
    expect(await runCode("import { haloId } from 'halo-psa';\nconsole.log(haloId(-1));\n", halo)).toBe(
      'null\n',
    );
    await expect(runCode("throw new Error('broken');", halo)).rejects.toThrow(/broken/);
  });
});

describe('a page', () => {
  const page = [
    '```ts',
    'console.log(1);',
    '```',
    '',
    '```text',
    'old',
    '```',
    '```ts',
    'none();',
    '```',
    'Words.',
    '<!-- printed by a.ts -->',
    '```text',
    'older',
    '```',
    '',
  ].join('\n');

  it('has a result after code, or after the name of a file', () => {
    expect(printedBlocksOf('p.md', page, (file) => `code of ${file}`)).toMatchObject([
      { place: 'p.md:1', code: 'console.log(1);\n', printed: 'old\n' },
      { place: 'p.md:12', code: 'code of a.ts', printed: 'older\n' },
    ]);
  });

  it('keeps everything but its results', () => {
    const found = printedBlocksOf('p.md', page, () => '');
    const next = withPrinted(page, found, ['1\n', '2\n3\n']);
    expect(next).toBe(page.replace('old\n', '1\n').replace('older\n', '2\n3\n'));
  });
});
