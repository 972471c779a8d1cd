import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Memory that anybody who holds it can change. */
const MUTABLE =
  /^(?:Weak)?(?:Map|Set)$|^(?:Big)?(?:Int|Uint|Float)\d+(?:Clamped)?Array$|^(?:Array|(?:Shared)?ArrayBuffer|DataView)$/;
const CONTAINER = /^Readonly(?:Map|Set|Array)$/;
const MUTATING = new Set(
  'set add delete clear push pop shift unshift splice sort reverse fill copyWithin'.split(' '),
);
/** Containers in containers are looked into so far. */
const MOST_DEPTH = 4;

/**
 * Returns the variables at module level of the files under `src/` that can hold something else later, as `path name`: each
 * `let`, and each constant that is or holds memory which is not declared readonly, is made by `new` from a class of the
 * project, begins empty or is written to. A list, Set or Map whose contents are written out is a table. Functions are not
 * looked into.
 *
 * @param extra sources to look at as well, by path
 */
export function moduleStateOf(extra: ReadonlyMap<string, string> = new Map()): string[] {
  const program = programOf(extra);
  const checker = program.getTypeChecker();
  const found: string[] = [];
  for (const file of program.getSourceFiles()) {
    if (!file.fileName.startsWith(`${root}src/`)) continue;
    const written = writtenIn(file, checker);
    for (const statement of file.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (initializer !== undefined && ts.isFunctionLike(initializer)) continue;
        const isState =
          !isConst ||
          written.has(checker.getSymbolAtLocation(name)) ||
          holdsMemory(name, initializer, checker);
        if (isState) found.push(`${file.fileName.slice(root.length)} ${name.getText(file)}`);
      }
    }
  }
  return found;
}

/** All of `src/` but the console's page, which is a program of its own. */
function programOf(extra: ReadonlyMap<string, string>): ts.Program {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const settings = { ...config, include: ['src'], exclude: ['src/console/page'] };
  const { fileNames, options } = ts.parseJsonConfigFileContent(settings, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (path) => extra.get(path.slice(root.length)) ?? readFile(path);
  host.fileExists = (path) => extra.has(path.slice(root.length)) || fileExists(path);
  return ts.createProgram([...fileNames, ...[...extra.keys()].map((path) => root + path)], options, host);
}

function holdsMemory(
  name: ts.BindingName,
  initializer: ts.Expression | undefined,
  checker: ts.TypeChecker,
): boolean {
  if (initializer === undefined) return true;
  if (ts.isObjectLiteralExpression(initializer) && initializer.properties.length === 0) return true;
  const type = checker.getTypeAtLocation(name);
  if (ts.isNewExpression(initializer) && isClassOfProject(type)) return true;
  return !isWrittenOut(initializer) && isMutable(type, checker, MOST_DEPTH);
}

function isClassOfProject(type: ts.Type): boolean {
  const declaredIn = type.symbol?.valueDeclaration?.getSourceFile().fileName ?? '';
  return declaredIn.startsWith(`${root}src/`);
}

/** `[1, 2]`, `new Set([1, 2])`: a table, whatever its type allows. */
function isWrittenOut(initializer: ts.Expression): boolean {
  if (ts.isAsExpression(initializer) || ts.isSatisfiesExpression(initializer))
    return isWrittenOut(initializer.expression);
  if (ts.isArrayLiteralExpression(initializer)) return initializer.elements.length > 0;
  if (!ts.isNewExpression(initializer) || !/^(?:Map|Set)$/.test(initializer.expression.getText()))
    return false;
  const [contents] = initializer.arguments ?? [];
  return contents !== undefined && ts.isArrayLiteralExpression(contents) && contents.elements.length > 0;
}

function isMutable(type: ts.Type, checker: ts.TypeChecker, depth: number): boolean {
  if (depth === 0) return false;
  if (type.isUnionOrIntersection()) return type.types.some((each) => isMutable(each, checker, depth));
  const isTuple = checker.isTupleType(type);
  if (isTuple && !((type as ts.TypeReference).target as ts.TupleType).readonly) return true;
  const name = type.symbol?.name ?? '';
  if (!isTuple && MUTABLE.test(name)) return true;
  if (!isTuple && !CONTAINER.test(name)) return false;
  return checker
    .getTypeArguments(type as ts.TypeReference)
    .some((each) => isMutable(each, checker, depth - 1));
}

/** What a file writes to by its name: `x[0] = 1`, `x.y += 1`, `x.push(1)`, `delete x.y`. */
function writtenIn(file: ts.SourceFile, checker: ts.TypeChecker): ReadonlySet<ts.Symbol | undefined> {
  const written = new Set<ts.Symbol | undefined>();
  const note = (target: ts.Expression) => {
    if (!ts.isPropertyAccessExpression(target) && !ts.isElementAccessExpression(target)) return;
    if (ts.isIdentifier(target.expression)) written.add(checker.getSymbolAtLocation(target.expression));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) note(node.left);
    else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) noteStep(node, note);
    else if (ts.isDeleteExpression(node)) note(node.expression);
    else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      if (MUTATING.has(node.expression.name.text)) note(node.expression);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return written;
}

function noteStep(
  { operator, operand }: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression,
  note: (target: ts.Expression) => void,
): void {
  if (operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken) note(operand);
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}
