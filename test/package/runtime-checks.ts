import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program of somebody who installed the package, and what it prints. */
export interface RuntimeCheck {
  readonly title: string;
  readonly file: string;
  readonly source: string;
  readonly nodeFlags?: readonly string[];
  readonly prints: string;
}

const SUGGEST = `
  const fake = createFakeHalo({ clients: [{ name: 'Northwind Traders Ltd' }, { name: 'Contoso GmbH' }] });
  const server = await fake.listen();
  const halo = createHaloClient(server.config);
  const customers = [];
  for await (const client of halo.clients.list()) customers.push(client);
  const report = suggestMappings([{ id: 'org-7', name: 'Northwind Traders Limited' }], customers);
  const [{ status, customer }] = report.suggestions;
  console.log(status, customer.name, (await halo.clients.get(customer.id)).name === customer.name);
  await server.close();
`;
const SUGGESTED = 'matched Northwind Traders Ltd true';

const SAVE = `
  const file = fileURLToPath(new URL('mapping-' + process.pid + '.json', base));
  const store = createJsonFileStore(file);
  const document = applyChanges(emptyDocument('x.halopsa.com'), []);
  await store.save(document, null);
  const conflict = await store.save(document, null).catch((error) => error);
  const { revision } = await store.load();
  console.log(revision, conflict instanceof HaloMappingStoreError, isHaloError(conflict));
`;

/** Every way to load the package that a service on Node has. The files lie beside `node_modules`. */
export const RUNTIME_CHECKS: readonly RuntimeCheck[] = [
  {
    title: 'signs in, lists and suggests by import',
    file: 'suggest.mjs',
    source: `import { createHaloClient, suggestMappings } from 'halo-psa';
import { createFakeHalo } from 'halo-psa/testing';
${SUGGEST}`,
    prints: SUGGESTED,
  },
  {
    title: 'signs in, lists and suggests by require()',
    file: 'suggest.cjs',
    source: `const { createHaloClient, suggestMappings } = require('halo-psa');
const { createFakeHalo } = require('halo-psa/testing');
(async () => {${SUGGEST}})();`,
    prints: SUGGESTED,
  },
  {
    title: 'signs in, lists and suggests where code generation from strings is disallowed',
    file: 'suggest-strict.mjs',
    nodeFlags: ['--disallow-code-generation-from-strings'],
    source: `import { createHaloClient, suggestMappings } from 'halo-psa';
import { createFakeHalo } from 'halo-psa/testing';
try { new Function('return 1'); console.log('code was generated'); } catch {}
${SUGGEST}`,
    prints: SUGGESTED,
  },
  {
    title: 'saves a mapping by import, with one class of errors over all entries',
    file: 'save.mjs',
    source: `import { fileURLToPath } from 'node:url';
import { HaloMappingStoreError, isHaloError } from 'halo-psa';
import { createJsonFileStore } from 'halo-psa/stores';
import { applyChanges, emptyDocument } from 'halo-psa/workflow';
const base = import.meta.url;
${SAVE}`,
    prints: '1 true true',
  },
  {
    title: 'saves a mapping by require(), with one class of errors over all entries',
    file: 'save.cjs',
    source: `const { fileURLToPath, pathToFileURL } = require('node:url');
const { HaloMappingStoreError, isHaloError } = require('halo-psa');
const { createJsonFileStore } = require('halo-psa/stores');
const { applyChanges, emptyDocument } = require('halo-psa/workflow');
const base = pathToFileURL(__filename);
(async () => {${SAVE}})();`,
    prints: '1 true true',
  },
  {
    title: 'lists and suggests in a worker thread, and the report crosses to the main thread',
    file: 'main-thread.mjs',
    source: `import { Worker } from 'node:worker_threads';
const worker = new Worker(new URL('worker-thread.mjs', import.meta.url));
worker.on('message', ({ suggestions: [{ status, customer }] }) => console.log(status, customer.name));
`,
    prints: 'matched Northwind Traders Ltd',
  },
  {
    title: 'needs no top-level await: every entry of its own is loaded by require()',
    file: 'entries.cjs',
    source: `const { exports: entries } = require('halo-psa/package.json');
const names = Object.keys(entries).filter((name) => name !== './testing/msw');
for (const name of names) require('halo-psa' + name.slice(1));
console.log(names.join(' '));`,
    prints: '. ./mapping ./workflow ./stores ./testing ./package.json',
  },
  {
    title: 'runs the command halo-psa, without a Halo',
    file: 'command.mjs',
    source: `import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
const manifest = createRequire(import.meta.url).resolve('halo-psa/package.json');
const command = fileURLToPath(new URL('dist/cli/halo-psa.js', 'file://' + manifest));
const run = (...args) => execFileSync(process.execPath, [command, ...args, '--demo'], { encoding: 'utf8' });
const { ok, stages } = JSON.parse(run('verify', '--json'));
console.log(ok, stages.length, run('teams', 'list', '--csv').split('\\n')[1]);`,
    prints: 'true 9 1,First Line,My Company,false',
  },
  {
    title: 'does nothing on import: no global, no request, no timer that keeps the process alive',
    file: 'quiet.mjs',
    source: `const before = new Set(Object.getOwnPropertyNames(globalThis));
globalThis.fetch = () => console.log('a request on import');
await Promise.all(['', '/mapping', '/workflow', '/stores', '/testing'].map((entry) => import('halo-psa' + entry)));
// zod keeps its registry there.
const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name) && !name.startsWith('__zod'));
const timers = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout');
console.log(added.length, timers.length);`,
    prints: '0 0',
  },
];

const WORKER_THREAD = `import { parentPort } from 'node:worker_threads';
import { createHaloClient } from 'halo-psa';
import { suggestMappings } from 'halo-psa/mapping';
import { createFakeHalo } from 'halo-psa/testing';
const fake = createFakeHalo({ clients: [{ name: 'Northwind Traders Ltd' }] });
const customers = await createHaloClient({ ...fake.config, fetch: fake.fetch }).clients.list().toArray();
parentPort.postMessage(suggestMappings([{ id: 1, name: 'Northwind Traders Limited' }], customers));
`;

/** Runs a program in a consumer's folder and returns what it printed. */
export function runCheck(check: RuntimeCheck, consumer: string, node = process.execPath): string {
  writeFileSync(join(consumer, 'worker-thread.mjs'), WORKER_THREAD);
  writeFileSync(join(consumer, check.file), check.source);
  return execFileSync(node, [...(check.nodeFlags ?? []), join(consumer, check.file)], {
    cwd: consumer,
    encoding: 'utf8',
    // What a command says to a person is no result; it is part of the error when the program fails.
    stdio: ['ignore', 'pipe', 'pipe'],
    // The runner's own flags and hooks are none of a consumer's business.
    env: { PATH: process.env.PATH ?? '' },
  }).trim();
}
