import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const biome = fileURLToPath(new URL('../../node_modules/@biomejs/biome/bin/biome', import.meta.url));
const tree = mkdtempSync(join(tmpdir(), 'halo-psa-lint-'));
copyFileSync(new URL('../../biome.json', import.meta.url), join(tree, 'biome.json'));
afterAll(() => rmSync(tree, { recursive: true, force: true }));

/** Lints one file at `path` of an otherwise empty tree that has this project's biome.json. */
function lint(path: string, source: string): { failed: boolean; output: string } {
  const file = join(tree, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, source);
  const run = spawnSync(process.execPath, [biome, 'lint', '--vcs-enabled=false', '--colors=off', path], {
    cwd: tree,
    encoding: 'utf8',
  });
  rmSync(file);
  return { failed: run.status !== 0, output: run.stdout + run.stderr };
}

const importing = (module: string) => `import { probe } from '${module}';\nexport const used = probe;\n`;

describe('the layer rules are lint errors', () => {
  it.each([
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
  ])('%s may not import %s', (path, module) => {
    const { failed, output } = lint(path, importing(module));
    expect(output).toContain('noRestrictedImports');
    expect(failed).toBe(true);
  });

  it.each([
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
  ])('%s may import %s', (path, module) => {
    const { failed, output } = lint(path, importing(module));
    expect(output).not.toContain('noRestrictedImports');
    expect(failed).toBe(false);
  });

  it.each([
    ['a default export', 'src/probe.ts', 'export default 1;\n', 'noDefaultExport'],
    ['export *', 'src/probe.ts', "export * from './errors.ts';\n", 'noReExportAll'],
    ['console', 'src/probe.ts', "console.log('x');\n", 'noConsole'],
    [
      'process.env outside config/env.ts',
      'src/http/probe.ts',
      'export const x = process.env.X;\n',
      'noProcessEnv',
    ],
    ['any', 'src/probe.ts', 'export const x: any = 1;\n', 'noExplicitAny'],
  ])('refuses %s', (_what, path, source, rule) => {
    const { failed, output } = lint(path, source);
    expect(output).toContain(rule);
    expect(failed).toBe(true);
  });

  it('allows process.env in config/env.ts', () => {
    expect(lint('src/config/env.ts', 'export const x = process.env;\n').failed).toBe(false);
  });
});
