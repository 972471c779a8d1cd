/**
 * Gives the files that several entries share, or that are loaded when they are needed, a name without a hash, so that the
 * list of published files does not change with their content: `npm run build` runs it after tsup.
 */
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a shared file is called when it holds this source. The first that fits counts. */
const NAME_BY_SOURCE: Readonly<Record<string, string>> = {
  'src/mapping/suggest-mappings.ts': 'mapping-engine',
  'src/mapping/evaluate.ts': 'mapping-evaluation',
  'src/workflow/mapping-document.ts': 'mapping-document',
  'src/http/transport.ts': 'network',
  'src/resources/resource.ts': 'resources',
  'src/resources/row-schema.ts': 'row-schema',
};

/** The same for declarations, by a type that they declare. */
const NAME_BY_TYPE: Readonly<Record<string, string>> = {
  MappingReport: 'mapping-engine',
  MappingStore: 'mapping-document',
};

interface SharedFile {
  /** Relative to `dist`, with a hash in its name. */
  readonly file: string;
  /** Source files of a script; undefined for declarations. */
  readonly sources?: readonly string[];
  readonly text: string;
}

/**
 * Returns the names without a hash of shared files, by their names with one.
 *
 * @internal
 */
export function namesOfChunks(files: readonly SharedFile[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const each of files) {
    const name = each.sources ? nameOfScript(each.sources) : nameOfDeclarations(each);
    names.set(each.file, `shared-${name}${each.sources ? '.js' : '.d.ts'}`);
  }
  const all = [...names.values()];
  const doubled = all.find((name, index) => all.indexOf(name) !== index);
  if (doubled)
    throw new Error(`two shared files would be called ${doubled}: name one in scripts/name-chunks.ts`);
  return names;
}

function nameOfScript(sources: readonly string[]): string {
  const known = Object.keys(NAME_BY_SOURCE).find((source) => sources.includes(source));
  return NAME_BY_SOURCE[known ?? ''] ?? basename([...sources].sort()[0] ?? 'empty', '.ts');
}

function nameOfDeclarations({ file, text }: SharedFile): string {
  const known = Object.keys(NAME_BY_TYPE).find((type) => new RegExp(`^interface ${type}\\b`, 'm').test(text));
  return NAME_BY_TYPE[known ?? ''] ?? file.replace(/-[\w-]{8}\.d\.ts$/, '');
}

/**
 * Renames files of a folder, and their names in each other.
 *
 * @param files all files that may name one of them, relative to the folder
 * @param names new names by the old ones
 * @internal
 */
export function renameFiles(
  folder: string,
  files: readonly string[],
  names: ReadonlyMap<string, string>,
): void {
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    let renamed = text;
    for (const [from, to] of names) renamed = renamed.replaceAll(stem(from), stem(to));
    if (renamed !== text) writeFileSync(join(folder, file), renamed);
  }
  for (const [from, to] of names) {
    renameSync(join(folder, from), join(folder, to));
    if (files.includes(`${from}.map`)) renameSync(join(folder, `${from}.map`), join(folder, `${to}.map`));
  }
}

/** `errors-BHmkyesc` for `errors-BHmkyesc.d.ts`: an import of it ends with `.js`. */
function stem(file: string): string {
  return file.replace(/(\.d\.ts|\.js)$/, '');
}

const HASHED_SCRIPT = /^[\w-]+-[A-Z0-9]{8}\.js$/;
const HASHED_DECLARATIONS = /^[a-z][a-z-]*-[\w-]{8}\.d\.ts$/;

if (import.meta.main) {
  const dist = fileURLToPath(new URL('../dist', import.meta.url));
  const metafile = join(dist, 'metafile-esm.json');
  const { outputs } = JSON.parse(readFileSync(metafile, 'utf8'));
  rmSync(metafile);
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.\w+$/.test(file),
  );
  const shared = files.flatMap((file): SharedFile[] => {
    const text = readFileSync(join(dist, file), 'utf8');
    if (HASHED_DECLARATIONS.test(file)) return [{ file, text }];
    return HASHED_SCRIPT.test(file)
      ? [{ file, text, sources: Object.keys(outputs[`dist/${file}`].inputs) }]
      : [];
  });
  renameFiles(dist, files, namesOfChunks(shared));
}
