import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createFakeHalo } from '../../src/testing/index.ts';

const page = readFileSync(new URL('../../docs/testing.md', import.meta.url), 'utf8');

/** Names in the first column of the table under a heading. */
function namesUnder(heading: string): string[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';
  const cells = [...section.matchAll(/^\| (`[^|]+) \|/gm)].map(([, cell]) => cell!);
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name!)).sort();
}

describe('the page about testing', () => {
  it('names every quirk of the fake Halo', () => {
    expect(namesUnder('Habits')).toEqual(Object.keys(createFakeHalo().quirks).sort());
  });

  it('names what a fault may hold, and nothing that a fault refuses', () => {
    const names = namesUnder('Failures');
    expect(names).toHaveLength(9);
    const fault = Object.fromEntries(names.map((name) => [name, undefined]));
    expect(() => createFakeHalo().enqueueFault(fault)).not.toThrow();
  });
});
