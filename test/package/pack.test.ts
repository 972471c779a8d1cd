import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const consumer = mkdtempSync(join(tmpdir(), 'halo-psa-consumer-'));
const installed = join(consumer, 'node_modules', 'halo-psa');

/** Packs the project and lays the tarball out as `npm install` would, with its two dependencies beside it. */
beforeAll(() => {
  const output = join(consumer, 'build');
  mkdirSync(output);
  execFileSync('npm', ['pack', '--pack-destination', output, '--silent'], { cwd: root, stdio: 'pipe' });
  const [tarball = ''] = readdirSync(output);
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', join(output, tarball), '--strip-components=1', '-C', installed]);
  for (const dependency of ['ky', 'zod']) {
    cpSync(join(root, 'node_modules', dependency), join(consumer, 'node_modules', dependency), {
      recursive: true,
    });
  }
}, 120_000);

afterAll(() => rmSync(consumer, { recursive: true, force: true }));

function run(file: string, source: string): string {
  writeFileSync(join(consumer, file), source);
  return execFileSync(process.execPath, [join(consumer, file)], { cwd: consumer, encoding: 'utf8' });
}

const BODY = `
  const fake = createFakeHalo({ clients: [{ name: 'Northwind Traders Ltd' }, { name: 'Contoso GmbH' }] });
  const server = await fake.listen();
  const halo = createHaloClient(server.config);
  const customers = [];
  for await (const client of halo.clients.list()) customers.push(client);
  const report = suggestMappings([{ id: 'org-7', name: 'Northwind Traders Limited' }], customers);
  console.log(customers.length, report.suggestions[0].status, report.suggestions[0].customer.name);
  await server.close();
`;

describe('the packed tarball, installed in another folder', () => {
  it('signs in, lists and suggests by import', () => {
    const source = `import { createHaloClient, suggestMappings } from 'halo-psa';
import { createFakeHalo } from 'halo-psa/testing';
${BODY}`;
    expect(run('by-import.mjs', source).trim()).toMatch(/^\d+ matched Northwind Traders Ltd$/);
  });

  it('signs in, lists and suggests by require()', () => {
    const source = `const { createHaloClient, suggestMappings } = require('halo-psa');
const { createFakeHalo } = require('halo-psa/testing');
(async () => {${BODY}})();`;
    expect(run('by-require.cjs', source).trim()).toMatch(/^\d+ matched Northwind Traders Ltd$/);
  });

  const SAVE = `
  const store = createJsonFileStore('mapping.json');
  const current = await store.load();
  const next = applyChanges(current ?? emptyDocument('x.halopsa.com'), []);
  await store.save(next, current?.revision ?? null);
  const conflict = await store.save(next, current?.revision ?? null).catch((error) => error);
  console.log((await store.load()).revision, conflict instanceof HaloMappingStoreError, isHaloError(conflict));
`;

  it('saves a mapping by import and by require(), with one class of errors over all entries', () => {
    const byImport = `import { HaloMappingStoreError, isHaloError } from 'halo-psa';
import { createJsonFileStore } from 'halo-psa/stores';
import { applyChanges, emptyDocument } from 'halo-psa/workflow';
${SAVE}`;
    expect(run('save-by-import.mjs', byImport).trim()).toBe('1 true true');
    const byRequire = `const { HaloMappingStoreError, isHaloError } = require('halo-psa');
const { createJsonFileStore } = require('halo-psa/stores');
const { applyChanges, emptyDocument } = require('halo-psa/workflow');
(async () => {${SAVE}})();`;
    expect(run('save-by-require.cjs', byRequire).trim()).toBe('2 true true');
  });

  it('needs nothing but ky and zod at run time', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(Object.keys(manifest.dependencies).sort()).toEqual(['ky', 'zod']);
  });

  it('carries the built entries, their types and the licence, and no source or test', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    const top = new Set(files.map((file) => file.split(/[\\/]/)[0]));
    expect([...top].sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json']);
    expect(files.filter((file) => /\.(ts)$/.test(file) && !file.endsWith('.d.ts'))).toEqual([]);
  });

  it('keeps the mapping entry free of ky, zod and node: imports', () => {
    const seen = new Set<string>();
    const walk = (file: string): string => {
      if (seen.has(file)) return '';
      seen.add(file);
      const text = readFileSync(file, 'utf8');
      const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map(
        (match) => match[1] ?? '',
      );
      expect(imports.filter((name) => !name.startsWith('.'))).toEqual([]);
      return text + imports.map((name) => walk(join(file, '..', name))).join('');
    };
    expect(walk(join(installed, 'dist/mapping/index.js')).length).toBeGreaterThan(1000);
  });
});
