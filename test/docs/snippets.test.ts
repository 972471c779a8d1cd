import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Snippet {
  /** `README.md:40`, for the reader of a failure. */
  readonly place: string;
  /** A file that exists in memory only, beside the examples, so that it imports the package as they do. */
  readonly fileName: string;
  readonly code: string;
}

const FENCE = /^([ \t]*(?:\*[ \t]?)?)```ts\n([\s\S]*?)^[ \t]*(?:\*[ \t]?)?```/gm;

function snippetsOf(file: string): Snippet[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(FENCE)].map((match, index) => ({
    place: `${file}:${text.slice(0, match.index).split('\n').length}`,
    fileName: join(root, 'examples', `${file.replace(/[^a-z0-9]+/gi, '-')}-${index}.ts`),
    code: (match[2] ?? '').replace(/^[ \t]*\*[ \t]?/gm, ''),
  }));
}

/** Type-checks all snippets in one program, with the options of the examples. */
function diagnose(snippets: readonly Snippet[]): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, 'examples/tsconfig.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
        throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
      },
    },
  );
  const options = { ...config?.options, noUnusedLocals: false, noUnusedParameters: false };
  const byName = new Map(snippets.map((snippet) => [snippet.fileName, snippet]));
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => byName.has(name) || fileExists.call(host, name);
  host.readFile = (name) => byName.get(name)?.code ?? readFile.call(host, name);
  host.getSourceFile = (name, languageOptions, ...rest) => {
    const snippet = byName.get(name);
    if (snippet === undefined) return getSourceFile.call(host, name, languageOptions, ...rest);
    return ts.createSourceFile(name, `${snippet.code}\nexport {};\n`, languageOptions);
  };
  const program = ts.createProgram([...byName.keys()], options, host);
  return [...byName.values()].flatMap((snippet) => {
    const source = program.getSourceFile(snippet.fileName);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      (diagnostic) => {
        const line = source?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0;
        return `${snippet.place} (+${line}): ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`;
      },
    );
  });
}

describe('code in documentation', () => {
  const files = globSync(['*.md', 'docs/**/*.md', 'examples/**/*.md', 'src/**/*.ts'], { cwd: root });
  const snippets = files.flatMap((file) => snippetsOf(file.replaceAll('\\', '/')));

  it('is found in the README and in doc comments', () => {
    const folders = new Set(snippets.map((snippet) => dirname(snippet.place)));
    expect([...folders]).toEqual(expect.arrayContaining(['.', 'src', 'src/mapping']));
  });

  it('type-checks as a user would write it', { timeout: 60_000 }, () => {
    expect(diagnose(snippets)).toEqual([]);
  });

  it('would be reported if it did not', { timeout: 60_000 }, () => {
    const wrong = {
      place: 'probe:1',
      fileName: join(root, 'examples/probe-0.ts'),
      code: 'const n: number = "x";',
    };
    expect(diagnose([wrong])).toEqual(["probe:1 (+0): Type 'string' is not assignable to type 'number'."]);
  });
});
