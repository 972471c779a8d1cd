import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeHalo } from '../../src/testing/index.ts';
import { environmentOf } from '../cli/run-cli.ts';
import { browserProgram } from '../support/chromium.ts';
import { hasTerminal, openTerminal } from '../support/terminal.ts';
import { BUNDLERS, runInBrowser } from './browser.ts';
import { closureOf, STATIC_IMPORT } from './closure.ts';
import { COMMAND, runCommand, startCommand } from './command-line.ts';
import { copyDependencies, layOut, packProject } from './packed-package.ts';
import { RUNTIME_CHECKS, runCheck } from './runtime-checks.ts';
import { layOutWorkspace, SECOND_COPY_CHECK } from './second-copy.ts';
import { TYPE_SETUPS, TYPED_CONSUMER, typeErrors } from './type-check.ts';

const folder = mkdtempSync(join(tmpdir(), 'halo-psa-pack-'));
const consumer = join(folder, 'consumer');
let tarball = '';
let installed = '';

beforeAll(() => {
  tarball = packProject(join(folder, 'tarball'));
  installed = layOut(tarball, consumer);
  copyDependencies(['ky', 'zod'], consumer);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the tarball', () => {
  it('holds exactly these files', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' }).map((file) =>
      file.replaceAll('\\', '/'),
    );
    expect(
      files.filter((file) => !statSync(join(installed, file)).isDirectory()).sort(),
    ).toMatchInlineSnapshot(`
      [
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "dist/cli/THIRD-PARTY-NOTICES.txt",
        "dist/cli/commands.js",
        "dist/cli/data/customers.csv",
        "dist/cli/data/organizations.csv",
        "dist/cli/data/truth.csv",
        "dist/cli/demo-halo.js",
        "dist/cli/halo-psa.js",
        "dist/cli/print-error.js",
        "dist/cli/prompt-library.js",
        "dist/cli/shared-commander.js",
        "dist/cli/shared-example-file.js",
        "dist/cli/shared-exit-codes.js",
        "dist/cli/shared-input-error.js",
        "dist/cli/shared-interruption.js",
        "dist/cli/shared-runtime.js",
        "dist/cli/start.js",
        "dist/console/console.css",
        "dist/console/console.js",
        "dist/console/index.html",
        "dist/console/report.css",
        "dist/console/report.js",
        "dist/index.d.ts",
        "dist/index.js",
        "dist/index.js.map",
        "dist/mapping/index.d.ts",
        "dist/mapping/index.js",
        "dist/mapping/index.js.map",
        "dist/shared-clock.js",
        "dist/shared-clock.js.map",
        "dist/shared-customer-from-client.js",
        "dist/shared-customer-from-client.js.map",
        "dist/shared-errors.d.ts",
        "dist/shared-errors.js",
        "dist/shared-errors.js.map",
        "dist/shared-fake-halo.d.ts",
        "dist/shared-mapping-document.d.ts",
        "dist/shared-mapping-document.js",
        "dist/shared-mapping-document.js.map",
        "dist/shared-mapping-engine.d.ts",
        "dist/shared-mapping-engine.js",
        "dist/shared-mapping-engine.js.map",
        "dist/shared-mapping-evaluation.js",
        "dist/shared-mapping-evaluation.js.map",
        "dist/shared-network-error.js",
        "dist/shared-network-error.js.map",
        "dist/shared-network.js",
        "dist/shared-network.js.map",
        "dist/shared-resources.js",
        "dist/shared-resources.js.map",
        "dist/shared-row-schema.js",
        "dist/shared-row-schema.js.map",
        "dist/shared-standard-schema.d.ts",
        "dist/stores/index.d.ts",
        "dist/stores/index.js",
        "dist/stores/index.js.map",
        "dist/testing/index.d.ts",
        "dist/testing/index.js",
        "dist/testing/index.js.map",
        "dist/testing/msw.d.ts",
        "dist/testing/msw.js",
        "dist/testing/msw.js.map",
        "dist/workflow/index.d.ts",
        "dist/workflow/index.js",
        "dist/workflow/index.js.map",
        "package.json",
      ]
    `);
  });

  it('needs nothing but ky and zod at run time, and runs no script when it is installed', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(Object.keys(manifest.dependencies).sort()).toEqual(['ky', 'zod']);
    const scripts = Object.keys(manifest.scripts);
    expect(scripts.filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
    const { imports } = closureOf(join(installed, 'dist/index.js'));
    expect([...imports].sort()).toEqual(['ky', 'zod']);
  });

  it.each([
    ['mapping/index.js', []],
    ['workflow/index.js', ['zod']],
    ['testing/index.js', []],
    ['testing/msw.js', ['msw']],
  ])('loads from %s only what that entry promises', (file, expected) => {
    const { imports } = closureOf(join(installed, 'dist', file));
    expect([...imports].sort()).toEqual(expected);
  });

  it('loads what talks to a server, ky included, with the first request', () => {
    const { files, imports } = closureOf(join(installed, 'dist/index.js'), STATIC_IMPORT);
    expect([...imports]).toEqual(['zod']);
    const all = closureOf(join(installed, 'dist/index.js')).files;
    expect([...all].filter((file) => !files.has(file)).map((file) => basename(file))).toEqual([
      'shared-network.js',
    ]);
  });

  it('keeps the mapping entry free of ky, zod and Node', () => {
    const { files } = closureOf(join(installed, 'dist/mapping/index.js'));
    const text = [...files].map((file) => readFileSync(file, 'utf8')).join('\n');
    expect(text.length).toBeGreaterThan(10_000);
    expect(text).not.toMatch(/\bky\b|\bzod\b|node:|\bprocess\.|\brequire\(/);
  });

  it('names its shared files without a hash, and no import leads nowhere', () => {
    for (const entry of ['index', 'mapping/index', 'workflow/index', 'stores/index', 'testing/index']) {
      for (const file of closureOf(join(installed, `dist/${entry}.js`)).files) {
        expect(file).not.toMatch(/-[A-Z0-9]{8}\.js$/);
      }
    }
  });
});

describe('the exports of each entry', () => {
  const exportsOf = async (entry: string) => {
    const module = await import(/* @vite-ignore */ pathToFileURL(join(installed, 'dist', entry)).href);
    return Object.keys(module).sort();
  };

  it('halo-psa', async () => {
    expect(await exportsOf('index.js')).toMatchInlineSnapshot(`
      [
        "DEFAULT_THRESHOLDS",
        "ENGINE_VERSION",
        "HaloAuthError",
        "HaloConfigError",
        "HaloError",
        "HaloListingError",
        "HaloMappingStoreError",
        "HaloNetworkError",
        "HaloNotFoundError",
        "HaloPermissionError",
        "HaloRateLimitError",
        "HaloRedirectError",
        "HaloResponseError",
        "HaloServerError",
        "HaloTimeoutError",
        "HaloValidationError",
        "HaloWriteUncertainError",
        "agentSchema",
        "azureTenantSchema",
        "clientSchema",
        "configFromEnv",
        "createHaloClient",
        "createHaloInstances",
        "createMapper",
        "createRateBudget",
        "createSecret",
        "createTokenProvider",
        "customFieldSchema",
        "customerFromClient",
        "discoverEndpoints",
        "evaluateMappings",
        "explainPair",
        "formatVerification",
        "haloDate",
        "haloId",
        "instancesFromEnv",
        "isHaloError",
        "siteSchema",
        "suggestMappings",
        "suggestMappingsAsync",
        "teamSchema",
        "verifyConnection",
      ]
    `);
  });

  it('halo-psa/mapping', async () => {
    expect(await exportsOf('mapping/index.js')).toMatchInlineSnapshot(`
      [
        "DEFAULT_THRESHOLDS",
        "ENGINE_VERSION",
        "createMapper",
        "evaluateMappings",
        "explainPair",
        "suggestMappings",
        "suggestMappingsAsync",
      ]
    `);
  });

  it('halo-psa/workflow', async () => {
    expect(await exportsOf('workflow/index.js')).toMatchInlineSnapshot(`
      [
        "HaloMappingStoreError",
        "applyChanges",
        "checkMappingSave",
        "createMappingWorkflow",
        "createMemoryStore",
        "diffDocuments",
        "emptyDocument",
        "findClashes",
        "findEntry",
        "formatMappingDocument",
        "isRejected",
        "mappingConflict",
        "mappingDocumentSchema",
        "parseMappingDocument",
      ]
    `);
  });

  it('halo-psa/stores', async () => {
    expect(await exportsOf('stores/index.js')).toMatchInlineSnapshot(`
      [
        "HaloMappingStoreError",
        "createJsonFileStore",
      ]
    `);
  });

  it('halo-psa/testing', async () => {
    expect(await exportsOf('testing/index.js')).toMatchInlineSnapshot(`
      [
        "createFakeHalo",
        "mappingStoreCases",
        "testMappingStore",
      ]
    `);
  });

  it('halo-psa/testing/msw', () => {
    const text = readFileSync(join(installed, 'dist/testing/msw.js'), 'utf8');
    expect(/export \{([^}]*)\}/.exec(text)?.[1]?.trim()).toMatchInlineSnapshot(`"fakeHaloHandlers"`);
  });
});

describe('the package, installed in another folder', () => {
  it.each(RUNTIME_CHECKS)('$title', (check) => {
    expect(runCheck(check, consumer)).toBe(check.prints);
  });

  it(SECOND_COPY_CHECK.title, () => {
    const workspace = join(folder, 'workspace');
    layOutWorkspace(tarball, workspace);
    expect(runCheck(SECOND_COPY_CHECK, workspace)).toBe(SECOND_COPY_CHECK.prints);
  });

  it.each(Object.keys(TYPE_SETUPS))(
    'type-checks without a finding, also in our declarations: %s',
    (setup) => {
      expect(typeErrors(setup, TYPED_CONSUMER, consumer)).toEqual([]);
    },
  );
});

describe('the command, installed', () => {
  const psa = (args: string, env?: Record<string, string>) => runCommand(args.split(' '), consumer, env);

  it('is a program that Node runs, and no entry to import', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(manifest.bin).toEqual({ 'halo-psa': './dist/cli/halo-psa.js' });
    expect(Object.keys(manifest.exports).filter((name) => name.includes('cli'))).toEqual([]);
    const file = join(installed, 'dist/cli/halo-psa.js');
    expect(readFileSync(file, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(psa('--version').out.trim()).toBe(manifest.version);
  });

  it('loads its option parser for the help, and neither engine nor client', () => {
    const loaded = [...closureOf(join(installed, 'dist/cli/start.js'), STATIC_IMPORT).files];
    expect(loaded.length).toBeGreaterThan(1);
    expect(loaded.filter((file) => !file.startsWith(join(installed, 'dist/cli/')))).toEqual([]);
    const bytes = loaded.reduce((sum, file) => sum + statSync(file).size, 0);
    expect(bytes).toBeLessThan(80_000);
  });

  it("keeps what was compiled in Node's own folder alone, and does without where it must", () => {
    const run = (name: string, env: Record<string, string> = {}) => {
      const place = join(consumer, name);
      const { code, out, err } = psa('--version', { TMPDIR: place, TMP: place, TEMP: place, ...env });
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).not.toBe('');
      return place;
    };
    for (const name of ['kept', 'unkept']) mkdirSync(join(consumer, name));
    expect(readdirSync(run('kept'))).toEqual(['node-compile-cache']);
    expect(readdirSync(run('unkept', { NODE_DISABLE_COMPILE_CACHE: '1' }))).toEqual([]);
    writeFileSync(join(consumer, 'a-file'), '');
    run('a-file');
  });

  it('names the libraries in it, with their licences', () => {
    const notices = readFileSync(join(installed, 'dist/cli/THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const library of [
      ...['commander', '@inquirer/search', 'csv-parse', 'csv-stringify', 'cli-table3'],
      ...['preact', '@preact/signals', '@preact/signals-core', '@tanstack/virtual-core'],
    ])
      expect(notices).toMatch(new RegExp(`^${library} \\d+\\.\\d+\\.\\d+ \\(MIT\\)$`, 'm'));
    expect(notices.match(/Permission is hereby granted|Permission to use, copy/g)?.length).toBeGreaterThan(
      10,
    );
  });

  it('prints results and nothing else to a pipe, without colours', () => {
    const { code, out, err } = psa('verify --demo --json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(JSON.parse(out)).toMatchObject({ ok: true });
    expect(psa('verify --demo').out).not.toContain('\u001B');
    expect(psa('verify --demo', { FORCE_COLOR: '1' }).out).toContain('\u001B[32m');
  });

  it('is quiet when its reader has had enough', () => {
    const { status, stderr, stdout } = spawnSync(
      'bash',
      ['-c', `set -o pipefail; ${COMMAND} clients list --demo --json | head -n 2`],
      { cwd: consumer, encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('20th Century Studios');
  });

  it('runs the demo on the lists that come with it', () => {
    const { code, out, err } = psa('demo');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^organizations +877$/m);
  });

  it('stops in good order on SIGINT', async () => {
    const fake = createFakeHalo({ clients: [{ name: 'Contoso Ltd' }] });
    await using halo = await fake.listen();
    const asked = new Promise<void>((resolve) => {
      fake.quirks.beforeAnswer = ({ path }) => {
        if (!path.endsWith('/Client')) return undefined;
        resolve();
        return new Promise(() => undefined);
      };
    });
    const child = startCommand(['clients', 'list'], consumer, environmentOf(halo));
    const errors: string[] = [];
    child.stderr?.setEncoding('utf8').on('data', (text: string) => errors.push(text));
    const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
    await asked;
    child.kill('SIGINT');
    expect(await closed).toBe(130);
    expect(errors.join('')).toBe('halo-psa: Stopped.\n');
  });

  const terminal = hasTerminal ? '' : ' (skipped: no /usr/bin/tmux; apt-get install tmux)';
  it.skipIf(!hasTerminal)(
    `goes from suggestion to saved mapping in a terminal${terminal}`,
    { timeout: 60_000 },
    async () => {
      const line = ['suggest', 'review', 'check --max-unmatched 600'].map(
        (each) => `${COMMAND} ${each} --demo`,
      );
      const { press, shows, close } = openTerminal(line.join(' && '), { cwd: consumer });
      try {
        await shows('are matched, sure enough to take together');
        press('a');
        expect(await shows(/1 of \d+/)).toContain('\u001B[3'); // colours
        press('a');
        await shows(/2 of \d+/);
        press('/');
        await shows('? Customer');
        press('nintendo');
        await shows(/❯.*Nintendo/);
        press('Enter');
        await shows('Map it here as well? (y/n)');
        press('n', 'q');
        await shows(/Save \d+ changes\? \(y\/n\)/);
        press('y');
        await shows(/Saved \d+ changes in .*mapping-demo\.json, revision 1\./);
        await shows('The mapping is in order.');
        await shows('exit code 0');
      } finally {
        close();
      }
    },
  );

  it.skipIf(!hasTerminal)(
    `types a secret unseen, and ends with 130 on Ctrl-C${terminal}`,
    { timeout: 60_000 },
    async () => {
      const options = '--resource-server x.halopsa.com --tenant-id x --client-id y';
      const { press, shows, close } = openTerminal(`${COMMAND} verify ${options}`, { cwd: consumer });
      try {
        await shows('Client Secret');
        press('hunter2');
        const seen = await shows('*******');
        expect(seen).not.toContain('hunter2');
        press('C-c');
        const end = await shows('exit code 130');
        expect(end).toContain('Stopped.');
      } finally {
        close();
      }
    },
  );
});

const why = browserProgram === null ? ' (skipped: no /usr/bin/chromium; apt-get install chromium)' : '';

describe.skipIf(browserProgram === null)(
  `the package in a real browser, under a policy without eval${why}`,
  () => {
    it.each(Object.keys(BUNDLERS))('suggests in a page and in a worker, bundled by %s', async (bundler) => {
      const file = join(consumer, `browser-${bundler}.js`);
      writeFileSync(
        file,
        `import { suggestMappings } from 'halo-psa/mapping';
const report = suggestMappings([{ id: 1, name: 'Müller Büromöbel' }], [{ id: 7, name: 'Mueller Bueromoebel GmbH' }]);
globalThis.result = Promise.resolve(report.suggestions[0].customer.id);`,
      );
      expect(await runInBrowser(await BUNDLERS[bundler]!(file))).toEqual({ page: 7, worker: 7 });
    });

    it('signs in and lists from the fake Halo, bundled by esbuild', async () => {
      const file = join(consumer, 'browser-client.js');
      writeFileSync(
        file,
        `import { createHaloClient } from 'halo-psa';
import { createFakeHalo } from 'halo-psa/testing';
const fake = createFakeHalo({ clients: [{ name: 'Northwind' }] });
const halo = createHaloClient({ ...fake.config, fetch: fake.fetch });
globalThis.result = halo.clients.list({ search: 'Northwind' }).toArray().then((rows) => rows.map((row) => row.name));`,
      );
      const names = ['Northwind'];
      expect(await runInBrowser(await BUNDLERS.esbuild!(file))).toEqual({ page: names, worker: names });
    });
  },
);
