/**
 * Builds the command line into `dist/cli` and the page of its console into `dist/console`: `npm run build` runs it after
 * tsup. Its libraries are bundled, so that the package keeps its two dependencies; the package's own entries are not, so
 * that there is one copy of them.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { buildPage } from './build-page.ts';
import { renameFiles } from './name-chunks.ts';
import { thirdPartyNotices } from './third-party-notices.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'dist/cli');

/** The entries of the package, as files of `src`; in `dist` they have the same names. */
const ENTRIES = ['index', 'mapping/index', 'workflow/index', 'stores/index', 'testing/index'];

/** Leads imports of the package's entries to its built files, which lie one folder up from every file of the command. */
const ownEntries: Plugin = {
  name: 'own-entries',
  setup(builder) {
    const byFile = new Map(ENTRIES.map((entry) => [join(root, 'src', `${entry}.ts`), `../${entry}.js`]));
    builder.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const entry = byFile.get(join(resolveDir, path));
      return entry === undefined ? null : { path: entry, external: true };
    });
  },
};

const LIST = 'src/cli/command-list.ts';
const LOADED_COMMAND = /import\('(\.\/commands\/[\w-]+\.ts)'\)/g;

/**
 * Puts all commands into one file: they share most of what they load, and a file for each, and for each set of commands
 * that shares something, would be fifty.
 */
const oneFileOfCommands: Plugin = {
  name: 'one-file-of-commands',
  setup(builder) {
    const list = readFileSync(join(root, LIST), 'utf8');
    const paths = [...new Set([...list.matchAll(LOADED_COMMAND)].map(([, path = '']) => path))];
    const folder = dirname(join(root, LIST));
    builder.onLoad({ filter: /[\\/]command-list\.ts$/ }, () => ({
      contents: list.replaceAll(
        LOADED_COMMAND,
        (_, path) => `import('all-commands').then((all) => all.command${paths.indexOf(path)})`,
      ),
      loader: 'ts',
      resolveDir: folder,
    }));
    builder.onResolve({ filter: /^all-commands$/ }, () => ({ path: 'commands', namespace: 'generated' }));
    builder.onLoad({ filter: /^commands$/, namespace: 'generated' }, () => ({
      contents: paths.map((path, index) => `export * as command${index} from '${path}';`).join('\n'),
      resolveDir: folder,
    }));
  },
};

/**
 * Names without a hash, so that the list of published files does not change with their content: a command is called after
 * its file, what several share after the first source in it.
 */
function namesOf(outputs: Metafile['outputs']): Map<string, string> {
  const names = new Map<string, string>();
  for (const [path, { entryPoint, inputs }] of Object.entries(outputs)) {
    if (!/-[A-Z0-9]{8}\.js$/.test(path)) continue;
    const [first = 'runtime'] = Object.keys(inputs).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
    const name = entryPoint === undefined ? `shared-${sourceName(first)}` : sourceName(entryPoint);
    if ([...names.values()].includes(`${name}.js`)) throw new Error(`two files would be called ${name}.js`);
    names.set(basename(path), `${name}.js`);
  }
  return names;
}

/** Sources of our own tell more than those of a library. */
function rank(source: string): number {
  return source.startsWith('src/') ? 0 : 1;
}

function sourceName(source: string): string {
  return (
    /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1]?.replace('/', '-').replace('@', '') ??
    basename(source.replace(/^generated:/, ''), '.ts')
  );
}

rmSync(target, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { 'halo-psa': 'src/cli/halo-psa.ts' },
  outdir: target,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.12',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  external: ['ky', 'zod'],
  plugins: [ownEntries, oneFileOfCommands],
  // Libraries in CommonJS ask for Node's modules with `require`.
  banner: {
    js: "import { createRequire as createNodeRequire } from 'node:module';\nconst require = createNodeRequire(import.meta.url);",
  },
  chunkNames: '[name]-[hash]',
  metafile: true,
});

const bundledFiles = Object.values(metafile.outputs).flatMap(({ inputs }) =>
  Object.keys(inputs).filter((file) => inputs[file]!.bytesInOutput > 0),
);
const written = Object.keys(metafile.outputs).map((path) => basename(path));
renameFiles(target, written, namesOf(metafile.outputs));
mkdirSync(join(target, 'data'), { recursive: true });
for (const name of ['organizations.csv', 'customers.csv', 'truth.csv'])
  cpSync(join(root, 'examples/data', name), join(target, 'data', name));
writeFileSync(
  join(target, 'THIRD-PARTY-NOTICES.txt'),
  thirdPartyNotices([...bundledFiles, ...(await buildPage())], root),
);
