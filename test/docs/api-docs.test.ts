import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { findGaps } from '../../scripts/check-api-docs.ts';

const folder = mkdtempSync(join(tmpdir(), 'halo-psa-docs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the check says about all exports of a source text. */
function gapsIn(source: string): string[] {
  const file = join(folder, 'probe.ts');
  writeFileSync(file, source);
  const program = ts.createProgram([file], { target: ts.ScriptTarget.ES2023, types: [] });
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
  const check = { checker, isOwn: (name: string) => name === file, thrown: new Map() };
  return checker.getExportsOfModule(module).flatMap((symbol) => findGaps(check, symbol, symbol.getName()));
}

const EXAMPLE = ` * @example
 * \`\`\`ts
 * import { read } from 'halo-psa';
 * \`\`\``;
const ERROR = 'class HaloProbeError extends Error { override name = "HaloProbeError"; }\n';

describe('the check of the documentation of public exports', () => {
  it('finds nothing in a function that is told in full', () => {
    const source = `${ERROR}/**
 * Returns a row.
 * @param id of the row
 * @throws {HaloProbeError} when there is none
${EXAMPLE}
 */
export function read(id: number): void { check(id); }
function check(id: number): void { if (id < 1) throw new HaloProbeError('none'); }`;
    expect(gapsIn(source)).toEqual([]);
  });

  it('finds each thing that is missing, errors of called functions included', () => {
    const source = `${ERROR}export function read(id: number): void { [id].forEach((each) => check(each)); }
function check(id: number): void { if (id < 1) throw new HaloProbeError('none'); }
export interface Reader { read(): void }`;
    expect(gapsIn(source)).toEqual([
      'read: no summary',
      'read: no complete @example',
      'read: no @param for id',
      'read: no @throws for HaloProbeError',
      'Reader: no summary',
      'Reader.read: no summary',
    ]);
  });

  it('asks for no error that the function catches', () => {
    const source = `${ERROR}/**
 * Returns nothing.
${EXAMPLE}
 */
export function read(): void { try { throw new HaloProbeError('none'); } catch { return; } }`;
    expect(gapsIn(source)).toEqual([]);
  });
});
