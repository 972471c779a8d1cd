import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const biome = fileURLToPath(new URL('../../node_modules/@biomejs/biome/bin/biome', import.meta.url));
const tree = mkdtempSync(join(tmpdir(), 'halo-psa-lint-'));
copyFileSync(new URL('../../biome.json', import.meta.url), join(tree, 'biome.json'));
afterAll(() => rmSync(tree, { recursive: true, force: true }));

const FORBIDDEN: readonly (readonly [path: string, module: string])[] = [
  ['src/mapping/probe.ts', 'zod'],
  ['src/mapping/probe.ts', 'ky'],
  ['src/mapping/probe.ts', 'node:fs'],
  ['src/mapping/probe.ts', '../errors.ts'],
  ['src/mapping/probe.ts', '../config/schema.ts'],
  ['src/mapping/similarity/probe.ts', '../../errors.ts'],
  ['src/mapping/similarity/probe.ts', '../../http/transport.ts'],
  ['src/wire/probe.ts', 'zod'],
  ['src/wire/probe.ts', '../http/transport.ts'],
  ['src/auth/probe.ts', 'ky'],
  ['src/auth/probe.ts', '../http/transport.ts'],
  ['src/config/probe.ts', '../http/transport.ts'],
  ['src/http/probe.ts', '../resources/listing.ts'],
  ['src/http/probe.ts', 'node:http'],
  ['src/resources/probe.ts', 'ky'],
  ['src/resources/probe.ts', '../auth/token-cache.ts'],
  ['src/resources/probe.ts', '../mapping/index.ts'],
  ['src/resources/probe.ts', '../halo-client.ts'],
  ['src/verify/probe.ts', 'node:dns'],
  ['src/verify/probe.ts', 'ky'],
  ['src/verify/probe.ts', '../halo-client.ts'],
  ['src/verify/probe.ts', '../mapping/index.ts'],
  ['src/workflow/probe.ts', 'node:fs'],
  ['src/workflow/probe.ts', '../http/transport.ts'],
  ['src/workflow/probe.ts', '../stores/json-file.ts'],
  ['src/stores/probe.ts', 'zod'],
  ['src/stores/probe.ts', '../resources/listing.ts'],
  ['src/testing/probe.ts', 'msw'],
  ['src/testing/probe.ts', 'zod'],
  ['src/testing/probe.ts', '../resources/clients.ts'],
  ['src/testing/probe.ts', 'node:http'],
  ['src/errors.ts', './clock.ts'],
  ['src/probe.ts', 'ky'],
  ['src/probe.ts', 'node:fs'],
  ['src/probe.ts', './testing/fake-halo.ts'],
  ['src/cli/probe.ts', '../http/transport.ts'],
  ['src/cli/probe.ts', '../errors.ts'],
  ['src/cli/commands/probe.ts', '../../halo-client.ts'],
  ['src/cli/commands/probe.ts', '../../workflow/mapping-workflow.ts'],
  ['src/cli/probe.ts', '../mapping/engine.ts'],
  ['src/cli/probe.ts', 'ky'],
  ['src/console/probe.ts', '../halo-client.ts'],
  ['src/console/probe.ts', '../workflow/mapping-workflow.ts'],
  ['src/console/probe.ts', '../cli/main.ts'],
  ['src/console/probe.ts', './page/logic/format.ts'],
  ['src/console/page/probe.ts', 'node:fs'],
  ['src/console/page/probe.ts', 'zod'],
  ['src/console/page/views/probe.ts', '../../workspace.ts'],
  ['src/console/page/views/probe.ts', '../../../mapping/index.ts'],
  ['src/workflow/probe.ts', '../console/start-console.ts'],
  ['src/workflow/probe.ts', '../cli/main.ts'],
  ['src/probe.ts', './cli/main.ts'],
];

const ALLOWED: typeof FORBIDDEN = [
  ['src/mapping/similarity/probe.ts', '../types.ts'],
  ['src/http/transport.ts', 'ky'],
  ['src/auth/probe.ts', '../wire/read-body.ts'],
  ['src/http/probe.ts', '../auth/token-provider.ts'],
  ['src/config/schema.ts', 'zod'],
  ['src/resources/probe.ts', '../http/request.ts'],
  ['src/verify/probe.ts', '../http/transport.ts'],
  ['src/workflow/probe.ts', '../mapping/types.ts'],
  ['src/workflow/probe.ts', '../resources/clients.ts'],
  ['src/workflow/probe.ts', 'zod'],
  ['src/stores/probe.ts', 'node:fs'],
  ['src/stores/probe.ts', '../workflow/types.ts'],
  ['src/testing/msw.ts', 'msw'],
  ['src/probe.ts', './resources/clients.ts'],
  ['src/console/probe.ts', '../index.ts'],
  ['src/console/probe.ts', '../workflow/index.ts'],
  ['src/console/probe.ts', 'node:http'],
  ['src/console/page/probe.ts', '../api-types.ts'],
  ['src/console/page/views/probe.ts', '../../report-data.ts'],
  ['src/console/page/views/probe.ts', 'preact'],
  ['src/cli/commands/probe.ts', '../../console/start-console.ts'],
  ['src/cli/probe.ts', '../index.ts'],
  ['src/cli/commands/probe.ts', '../../workflow/index.ts'],
  ['src/cli/probe.ts', '../mapping/index.ts'],
  ['src/cli/probe.ts', 'node:fs'],
  ['src/cli/probe.ts', 'commander'],
];

const READS_ENVIRONMENT = ['src/config/env.ts', 'src/cli/settings.ts'];

const REFUSED: readonly (readonly [what: string, path: string, source: string, rule: string])[] = [
  ['a default export', 'src/default.ts', 'export default 1;\n', 'noDefaultExport'],
  ['export *', 'src/star.ts', "export * from './errors.ts';\n", 'noReExportAll'],
  ['console', 'src/console.ts', "console.log('x');\n", 'noConsole'],
  [
    'process.env outside config/env.ts',
    'src/http/environment.ts',
    'export const x = process.env.X;\n',
    'noProcessEnv',
  ],
  ['any', 'src/any.ts', 'export const x: any = 1;\n', 'noExplicitAny'],
];

/** What the linter says, as `rule path:line`; one run over all files, since each start of it costs a fifth of a second. */
let complaints: ReadonlySet<string>;

beforeAll(() => {
  for (const [path, source] of files()) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), source);
  }
  const settings = ['--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none'];
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', ...settings, 'src'], {
    cwd: tree,
    encoding: 'utf8',
  });
  const found = stdout.matchAll(/title=lint\/\w+\/(\w+),file=[^,]*\/(src\/[^,]+),line=(\d+)/g);
  complaints = new Set([...found].map(([, rule, path, line]) => `${rule} ${path}:${line}`));
});

/** The files to lint: one import a line, so that a complaint names it. */
function files(): Map<string, string> {
  const sources = new Map(REFUSED.map(([, path, source]) => [path, source]));
  for (const path of READS_ENVIRONMENT) sources.set(path, 'export const x = process.env;\n');
  for (const path of new Set([...FORBIDDEN, ...ALLOWED].map(([each]) => each))) {
    const imports = modulesOf(path).map(
      (module, index) => `import { probe as probe${index} } from '${module}';`,
    );
    const uses = imports.map((_, index) => `export const used${index} = probe${index};`);
    sources.set(path, `${[...imports, ...uses].join('\n')}\n`);
  }
  return sources;
}

function modulesOf(path: string): string[] {
  return [...FORBIDDEN, ...ALLOWED].filter(([each]) => each === path).map(([, module]) => module);
}

const isRestricted = (path: string, module: string) =>
  complaints.has(`noRestrictedImports ${path}:${modulesOf(path).indexOf(module) + 1}`);

describe('the layer rules are lint errors', () => {
  it.each(FORBIDDEN)('%s may not import %s', (path, module) => {
    expect(isRestricted(path, module)).toBe(true);
  });

  it.each(ALLOWED)('%s may import %s', (path, module) => {
    expect(isRestricted(path, module)).toBe(false);
  });

  it.each(REFUSED)('refuses %s', (_what, path, _source, rule) => {
    expect(complaints).toContain(`${rule} ${path}:1`);
  });

  it.each(READS_ENVIRONMENT)('allows process.env in %s', (path) => {
    expect([...complaints].filter((complaint) => complaint.includes(path))).toEqual([]);
  });
});
