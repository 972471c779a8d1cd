import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Rows of the table of attackers. */
function threatRows(): string[] {
  const text = readFileSync(join(root, 'SECURITY.md'), 'utf8');
  const table = text.slice(text.indexOf('| attacker |')).split('\n\n')[0] ?? '';
  return table.split('\n').slice(2);
}

/** Titles of one file, with quotes written plainly. */
function titlesIn(file: string): string {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8').replaceAll("\\'", "'") : '';
}

describe('the threat model in SECURITY.md', () => {
  it.each(threatRows())('names tests that exist: %s', (row) => {
    const named = [...row.matchAll(/`(test\/[^`]+)` "([^"]+)"/g)];
    expect(named.length).toBeGreaterThan(0);
    for (const [, file = '', title = ''] of named) {
      const isTitle = [`'${title}'`, `\`${title}\``].some((text) => titlesIn(file).includes(text));
      expect({ file, title, isTitle }).toEqual({ file, title, isTitle: true });
    }
  });
});
