/**
 * Checks that every public export says what it is for, that every public function names its parameters, shows a complete
 * example and lists the errors it can throw: `npm run check:api-docs`. Whether the examples compile is checked by
 * `test/docs`.
 */
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

const ENTRIES = [
  'index.ts',
  'mapping/index.ts',
  'workflow/index.ts',
  'stores/index.ts',
  'testing/index.ts',
  'testing/msw.ts',
];

/** So many lines are read at a glance. */
const LONGEST_EXAMPLE = 12;

/** Error classes that a caller may want to tell apart. Others say that the SDK itself is wrong. */
const CAUGHT_BY_CALLERS = /^(Halo\w*Error|TypeError|RangeError)$/;

/** What the reading of the code below cannot see: an error that a caller further up turns into something else. */
const NEVER_LEAVES: Readonly<Record<string, readonly string[]>> = {
  // Thrown by a configuration that parsing has already refused.
  createHaloClient: ['TypeError'],
  createTokenProvider: ['TypeError'],
  // Thrown for a table of weights that does not fit, and the shipped one does: a test loads it.
  createMapper: ['RangeError'],
  explainPair: ['RangeError'],
  suggestMappings: ['RangeError'],
  suggestMappingsAsync: ['RangeError'],
  // Becomes a failed stage of the report.
  verifyConnection: ['HaloError', 'HaloResponseError'],
};

/** A program and what was found in it so far. */
export interface DocsCheck {
  readonly checker: ts.TypeChecker;
  readonly isOwn: (fileName: string) => boolean;
  /** Error classes by function; a function that is being looked at has none yet, which ends recursion. */
  readonly thrown: Map<ts.Node, ReadonlySet<string>>;
}

/**
 * Returns what an exported symbol lacks, one line each.
 *
 * @internal
 */
export function findGaps(check: DocsCheck, symbol: ts.Symbol, name: string): string[] {
  const { checker } = check;
  const gaps: string[] = [];
  if (ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() === '')
    gaps.push(`${name}: no summary`);
  for (const declaration of symbol.getDeclarations() ?? []) {
    const body = functionOf(declaration);
    if (body) gaps.push(...functionGaps(check, symbol, body, name));
    if (ts.isInterfaceDeclaration(declaration)) gaps.push(...interfaceGaps(check, declaration, name));
  }
  return [...new Set(gaps)];
}

function functionGaps(
  check: DocsCheck,
  symbol: ts.Symbol,
  body: ts.FunctionLikeDeclaration,
  name: string,
): string[] {
  const tags = symbol.getJsDocTags(check.checker);
  const textsOf = (tag: string) =>
    tags.filter((each) => each.name === tag).map((each) => ts.displayPartsToString(each.text));
  const gaps: string[] = [];
  const examples = textsOf('example');
  if (!examples.some((text) => /^```ts\n[\s\S]*from 'halo-psa/m.test(text)))
    gaps.push(`${name}: no complete @example`);
  for (const text of examples) {
    const lines = text.split('\n').filter((line) => !line.startsWith('```') && line.trim() !== '').length;
    if (lines > LONGEST_EXAMPLE)
      gaps.push(`${name}: @example of ${lines} lines, more than ${LONGEST_EXAMPLE}`);
  }
  const documented = textsOf('param').map((text) => /^[\w$]+/.exec(text)?.[0]);
  for (const { name: parameter } of body.parameters) {
    const isNamed = ts.isIdentifier(parameter) ? documented.includes(parameter.text) : documented.length > 0;
    if (!isNamed) gaps.push(`${name}: no @param for ${parameter.getText()}`);
  }
  const throwsText = textsOf('throws').join('\n');
  for (const error of errorsOf(check, body)) {
    if (NEVER_LEAVES[name]?.includes(error)) continue;
    if (!throwsText.includes(error) && !throwsText.includes('HaloError'))
      gaps.push(`${name}: no @throws for ${error}`);
  }
  return gaps;
}

/** Methods of an object that the SDK hands out or takes. */
function interfaceGaps(check: DocsCheck, declaration: ts.InterfaceDeclaration, name: string): string[] {
  const gaps: string[] = [];
  for (const member of declaration.members) {
    const symbol = member.name && check.checker.getSymbolAtLocation(member.name);
    if (!symbol || !ts.isMethodSignature(member)) continue;
    if (symbol.getJsDocTags(check.checker).some((tag) => tag.name === 'internal')) continue;
    const place = `${name}.${symbol.getName()}`;
    if (ts.displayPartsToString(symbol.getDocumentationComment(check.checker)).trim() === '') {
      gaps.push(`${place}: no summary`);
    }
  }
  return gaps;
}

/** The function behind a declaration, also where it is the value of a constant. */
function functionOf(declaration: ts.Node): ts.FunctionLikeDeclaration | null {
  if (ts.isFunctionDeclaration(declaration) || ts.isMethodDeclaration(declaration)) return declaration;
  if (!ts.isVariableDeclaration(declaration) || !declaration.initializer) return null;
  const value = declaration.initializer;
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value) ? value : null;
}

/** Classes of errors that leave a call of the function: thrown by itself, or by what it calls and does not catch. */
function errorsOf(check: DocsCheck, owner: ts.FunctionLikeDeclaration): ReadonlySet<string> {
  const known = check.thrown.get(owner);
  if (known) return known;
  const found = new Set<string>();
  check.thrown.set(owner, found);
  const visit = (node: ts.Node): void => {
    if (ts.isTryStatement(node) && node.catchClause) {
      // What is thrown again is seen in the clause.
      visit(node.catchClause.block);
      return;
    }
    if (ts.isThrowStatement(node)) for (const name of classesOf(check, node.expression)) found.add(name);
    if (ts.isCallExpression(node)) for (const name of errorsOfCall(check, node)) found.add(name);
    ts.forEachChild(node, (child) => {
      if (!ts.isFunctionLike(child) || isCalledBack(child)) visit(child);
    });
  };
  if (owner.body) visit(owner.body);
  return found;
}

function errorsOfCall(check: DocsCheck, call: ts.CallExpression): Iterable<string> {
  const symbol = check.checker.getSymbolAtLocation(
    ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression,
  );
  if (!symbol) return [];
  const target = symbol.flags & ts.SymbolFlags.Alias ? check.checker.getAliasedSymbol(symbol) : symbol;
  const found = new Set<string>();
  for (const declaration of target.getDeclarations() ?? []) {
    if (!check.isOwn(declaration.getSourceFile().fileName)) continue;
    const body = functionOf(declaration);
    for (const name of body ? errorsOf(check, body) : []) found.add(name);
  }
  return found;
}

/** A function that a call gets runs during it; one that is stored or returned runs later. */
function isCalledBack(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent);
}

function classesOf({ checker }: DocsCheck, thrown: ts.Expression): string[] {
  const type = checker.getTypeAtLocation(thrown);
  const types = type.isUnion() ? type.types : [type];
  return types
    .map((each) => each.getSymbol()?.getName() ?? '')
    .filter((name) => CAUGHT_BY_CALLERS.test(name));
}

if (import.meta.main) {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'tsconfig.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
      },
    },
  );
  const files = ENTRIES.map((entry) => join(root, 'src', entry));
  const program = ts.createProgram(files, config?.options ?? {});
  const checker = program.getTypeChecker();
  const isOwn = (fileName: string) => !relative(join(root, 'src'), fileName).startsWith('..');
  const check: DocsCheck = { checker, isOwn, thrown: new Map() };
  const gaps = new Set<string>();
  let count = 0;
  for (const file of files) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    for (const symbol of module ? checker.getExportsOfModule(module) : []) {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      count += 1;
      for (const gap of findGaps(check, target, symbol.getName())) gaps.add(gap);
    }
  }
  for (const gap of [...gaps].sort()) console.log(gap);
  console.log(`${count} exports, ${gaps.size} gaps in their documentation`);
  process.exitCode = gaps.size === 0 ? 0 : 1;
}
