import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));

/** Benchmarks run apart, each writes its own part: in this order. */
const SECTIONS = ['mapping', 'client'] as const;

/** A part of the page. */
export type Section = (typeof SECTIONS)[number];

/** Returns the page with one part replaced; the others stay as they are. */
export function withSection(page: string, section: Section, text: string): string {
  const parts = SECTIONS.map((each) => {
    const body = each === section ? text.trim() : (bodyOf(page, each) ?? '');
    return `<!-- ${each}: begin -->\n${body}\n<!-- ${each}: end -->`;
  });
  return `# Benchmarks\n\n${parts.join('\n\n')}\n`;
}

function bodyOf(page: string, section: Section): string | undefined {
  return page.split(`<!-- ${section}: begin -->\n`)[1]?.split(`\n<!-- ${section}: end -->`)[0];
}

/** Writes a part of docs/benchmarks.md. Its headings go one level down, below the title of the page. */
export function writeSection(section: Section, text: string): string {
  mkdirSync(dirname(FILE), { recursive: true });
  const page = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  writeFileSync(FILE, withSection(page, section, text.replace(/^#/gm, '##')));
  return FILE;
}
