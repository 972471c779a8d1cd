import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const source = read('src/errors.ts');
const page = read('docs/errors.md');

const codesIn = (text: string) => [...text.matchAll(/HALO_[A-Z_]+/g)].map(([code]) => code);

/** Codes of each error class, as the source declares them. */
function declared(): Map<string, string[]> {
  const unions = new Map(
    [...source.matchAll(/export type (Halo\w+ErrorCode) =([^;]+);/g)].map(([, name, text]) => [name, text]),
  );
  const classes = source.matchAll(/export class (\w+) extends HaloError \{[\s\S]*?readonly code: ([^;]+);/g);
  return new Map([...classes].map(([, name, type]) => [name!, codesIn(unions.get(type) ?? type!).sort()]));
}

/** Codes in the first column of the table under each heading that names a class. */
function documented(): Map<string, string[]> {
  const sections = page.split(/^## /m).slice(1);
  return new Map(
    sections.map((section) => {
      const rows = [...section.matchAll(/^\| `(HALO_[A-Z_]+)` \| ([^|]+) \| ([^|]+) \|$/gm)];
      return [section.split('\n')[0]!, rows.map(([, code]) => code!).sort()];
    }),
  );
}

describe('the error reference', () => {
  it('has every code of every class, and none that is not thrown', () => {
    expect(declared().size).toBeGreaterThan(10);
    expect(Object.fromEntries(documented())).toEqual(Object.fromEntries(declared()));
  });
});
