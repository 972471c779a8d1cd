import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUNDLERS, browserProgram, runInBrowser } from './browser.ts';
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

/** All files that a built file loads, itself included, and the packages they import. */
function closureOf(file: string, seen = new Set<string>()): { files: Set<string>; imports: Set<string> } {
  seen.add(file);
  const imports = new Set<string>();
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(
    /(?:from|import)\s*\(?\s*["']([^"'\n]+)["']/g,
  )) {
    if (!name.startsWith('.')) imports.add(name);
    else if (!seen.has(join(dirname(file), name))) {
      for (const each of closureOf(join(dirname(file), name), seen).imports) imports.add(each);
    }
  }
  return { files: seen, imports };
}

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
        "dist/index.d.ts",
        "dist/index.js",
        "dist/index.js.map",
        "dist/mapping/index.d.ts",
        "dist/mapping/index.js",
        "dist/mapping/index.js.map",
        "dist/shared-calibration.js",
        "dist/shared-calibration.js.map",
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
        "dist/shared-network-error.js",
        "dist/shared-network-error.js.map",
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
