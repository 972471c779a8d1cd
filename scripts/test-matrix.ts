/**
 * Installs the packed tarball with npm into an empty folder and runs every consumer's program on each supported line of
 * Node: `npm run test:matrix`, or `npm run test:matrix -- 22 24` for some. Asks the npm registry for ky, zod, msw and
 * the other Nodes.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packProject } from '../test/package/packed-package.ts';
import { RUNTIME_CHECKS, type RuntimeCheck, runCheck } from '../test/package/runtime-checks.ts';
import { layOutWorkspace, SECOND_COPY_CHECK } from '../test/package/second-copy.ts';

/** The oldest that `engines` allows, and the newest of each line that is maintained. */
const VERSIONS = ['22.12.0', '22', '24', '26'];

/** The peer that is optional: only here it is installed beside the package. */
const MSW_CHECK: RuntimeCheck = {
  title: 'answers through msw from the fake Halo',
  file: 'msw.mjs',
  source: `import { setupServer } from 'msw/node';
import { createHaloClient } from 'halo-psa';
import { createFakeHalo } from 'halo-psa/testing';
import { fakeHaloHandlers } from 'halo-psa/testing/msw';
const fake = createFakeHalo({ clients: [{ name: 'Northwind' }] });
const server = setupServer(...fakeHaloHandlers(fake));
server.listen();
const [{ name }] = await createHaloClient(fake.config).clients.list({ search: 'Northwind' }).toArray();
console.log(name);
server.close();`,
  prints: 'Northwind',
};

const folder = mkdtempSync(join(tmpdir(), 'halo-psa-matrix-'));
let failed = 0;
try {
  const tarball = packProject(join(folder, 'tarball'));
  const consumer = join(folder, 'consumer');
  const workspace = join(folder, 'workspace');
  mkdirSync(consumer);
  writeFileSync(join(consumer, 'package.json'), '{ "private": true }');
  npm(['install', '--no-audit', '--no-fund', tarball, 'msw'], consumer);
  layOutWorkspace(tarball, workspace);
  const wanted = process.argv.slice(2);
  for (const version of wanted.length > 0 ? wanted : VERSIONS) {
    const node = npm(
      ['exec', '--yes', `--package=node@${version}`, '--', 'node', '-p', 'process.execPath'],
      folder,
    );
    console.log(`\nNode ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}`);
    for (const check of [...RUNTIME_CHECKS, MSW_CHECK]) report(check, consumer, node);
    report(SECOND_COPY_CHECK, workspace, node);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(failed === 0 ? '\nall passed' : `\n${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function report(check: RuntimeCheck, home: string, node: string): void {
  let printed: string;
  try {
    printed = runCheck(check, home, node);
  } catch (error) {
    printed = String(error);
  }
  const passed = printed === check.prints;
  if (!passed) failed += 1;
  console.log(`  ${passed ? 'ok    ' : 'FAILED'} ${check.title}${passed ? '' : `\n         ${printed}`}`);
}

function npm(parameters: readonly string[], cwd: string): string {
  return execFileSync('npm', ['--silent', ...parameters], { cwd, encoding: 'utf8' }).trim();
}
