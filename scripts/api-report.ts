/**
 * Writes down every public signature, so that a change of the public surface shows in the diff of a change:
 * `npm run check:api` compares `api/` with the built declarations, `npm run check:api -- --update` renews it.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** Entry by the file of its report. */
export const ENTRIES: Readonly<Record<string, string>> = {
  'halo-psa': 'index.d.ts',
  'halo-psa-mapping': 'mapping/index.d.ts',
  'halo-psa-workflow': 'workflow/index.d.ts',
  'halo-psa-stores': 'stores/index.d.ts',
  'halo-psa-testing': 'testing/index.d.ts',
  'halo-psa-testing-msw': 'testing/msw.d.ts',
};

/**
 * Returns the report of one entry: its exports by name, then the types of ours that these mention and no entry exports
 * under this name. Comments are left out; the order is that of the names.
 *
 * @internal
 */
export function reportOf(program: ts.Program, name: string, file: string): string {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(join(dist, file));
  const module = source && checker.getSymbolAtLocation(source);
  if (!source || !module) throw new Error(`${file} is missing: run npm run build`);
  const exported = new Map(
    checker.getExportsOfModule(module).map((symbol) => [resolve(checker, symbol), symbol.getName()]),
  );
  const mentioned = new Set<ts.Symbol>();
  const pending = [...exported.keys()];
  for (let symbol = pending.pop(); symbol; symbol = pending.pop()) {
    for (const other of symbolsIn(checker, symbol)) {
      if (exported.has(other) || mentioned.has(other)) continue;
      mentioned.add(other);
      pending.push(other);
    }
  }
  return render(
    name.replace('halo-psa-testing-msw', 'halo-psa/testing/msw').replace(/^halo-psa-/, 'halo-psa/'),
    [...exported].map(([symbol, exportName]) => ({ name: exportName, text: textOf(symbol) })),
    [...mentioned].map((symbol) => ({ name: symbol.getName(), text: textOf(symbol) })),
  );
}

interface Item {
  readonly name: string;
  readonly text: string;
}

function render(entry: string, exported: readonly Item[], mentioned: readonly Item[]): string {
  const block = (items: readonly Item[]) =>
    `\`\`\`ts\n${[...items]
      .sort((left, right) => compare(left.name, right.name))
      .map(({ text }) => text)
      .join('\n\n')}\n\`\`\`\n`;
  const others = mentioned.length === 0 ? '' : `\n## Mentioned above, not exported\n\n${block(mentioned)}`;
  return `# Public surface of \`${entry}\`\n\nWritten by \`npm run check:api -- --update\`. Do not edit.\n\n## Exports\n\n${block(exported)}${others}`;
}

/** By code unit: the same on every machine. */
function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function resolve(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

const printer = ts.createPrinter({ removeComments: true });

function textOf(symbol: ts.Symbol): string {
  return (symbol.getDeclarations() ?? [])
    .map((declaration) => {
      const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
      const text = printer.printNode(ts.EmitHint.Unspecified, statement, declaration.getSourceFile());
      return text.replace(/^(export )?declare /, '');
    })
    .join('\n');
}

/** Symbols of our own declarations that the text of a symbol names. */
function symbolsIn(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol[] {
  const found: ts.Symbol[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const named = checker.getSymbolAtLocation(node);
      const target = named && resolve(checker, named);
      if (target && target !== symbol && isTopLevelOfOurs(target)) found.push(target);
    }
    ts.forEachChild(node, visit);
  };
  for (const declaration of symbol.getDeclarations() ?? []) visit(declaration);
  return found;
}

function isTopLevelOfOurs(symbol: ts.Symbol): boolean {
  return (symbol.getDeclarations() ?? []).some((declaration) => {
    const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    const file = declaration.getSourceFile().fileName;
    return (
      statement.parent !== undefined &&
      ts.isSourceFile(statement.parent) &&
      !relative(dist, file).startsWith('..')
    );
  });
}

if (import.meta.main) {
  const files = Object.values(ENTRIES).map((file) => join(dist, file));
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    strict: true,
    skipLibCheck: true,
    types: ['node'],
  });
  const isUpdate = process.argv.includes('--update');
  const changed: string[] = [];
  mkdirSync(join(root, 'api'), { recursive: true });
  for (const [name, file] of Object.entries(ENTRIES)) {
    const path = join(root, 'api', `${name}.api.md`);
    const report = reportOf(program, name, file);
    if (report === textIn(path)) continue;
    changed.push(`api/${basename(path)}: ${firstDifference(textIn(path), report)}`);
    if (isUpdate) writeFileSync(path, report);
  }
  if (changed.length > 0) {
    console.log(changed.join('\n'));
    console.log(
      isUpdate
        ? 'updated'
        : 'The public surface changed: npm run check:api -- --update, and a changelog line.',
    );
    process.exitCode = isUpdate ? 0 : 1;
  }
}

function textIn(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function firstDifference(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const line = now.findIndex((text, index) => text !== old[index]);
  if (line < 0) return `ends after line ${now.length}`;
  return `line ${line + 1}\n  - ${old[line] ?? ''}\n  + ${now[line]}`;
}
