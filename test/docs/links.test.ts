import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = globSync(['*.md', 'docs/**/*.md', 'examples/**/*.md', 'bench/*.md', 'test/**/*.md'], {
  cwd: root,
});

/** As GitHub names the headings of a page. */
function anchorsOf(text: string): Set<string> {
  const headings = text.replace(/```[\s\S]*?```/g, '').matchAll(/^#+ (.+)$/gm);
  return new Set(
    [...headings].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Links of a page to files of this repository that lead nowhere. */
function brokenLinks(page: string, text: string): string[] {
  const links = text.replace(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)\s]+)\)/g);
  return [...links].flatMap(([, link]) => {
    if (/^[a-z]+:/.test(link!)) return [];
    const [path = '', anchor] = link!.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(join(root, target))) return [`${page}: ${link}`];
    if (anchor === undefined) return [];
    return anchorsOf(readFileSync(join(root, target), 'utf8')).has(anchor) ? [] : [`${page}: ${link}`];
  });
}

describe('links in the documentation', () => {
  it.each(pages)('of %s lead somewhere', (page) => {
    expect(brokenLinks(page, readFileSync(join(root, page), 'utf8'))).toEqual([]);
  });

  it('are checked for file and heading', () => {
    const text =
      '[a](docs/errors.md#haloautherror) [b](docs/errors.md#nowhere) [c](none.md) [d](https://example.com)';
    expect(brokenLinks('README.md', text)).toEqual([
      'README.md: docs/errors.md#nowhere',
      'README.md: none.md',
    ]);
  });
});

describe('decision records', () => {
  const records = pages.filter((page) => /^docs\/decisions\/\d{4}-/.test(page));

  it.each(records)('%s is short, and says what was decided, why, and what was rejected', (page) => {
    const text = readFileSync(join(root, page), 'utf8');
    expect(text.split('\n').length).toBeLessThanOrEqual(40);
    for (const part of ['Question', 'Decision', 'Why', 'What follows', 'Rejected'])
      expect(text).toContain(`**${part}.**`);
  });
});
