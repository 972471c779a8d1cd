import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFakeHalo, type FakeHaloServer } from '../../src/testing/index.ts';

const root = new URL('../../', import.meta.url);

/** How code names the package's entries, and where they are; the longer names first. */
const ENTRIES = [
  ['halo-psa/testing/msw', 'src/testing/msw.ts'],
  ['halo-psa/testing', 'src/testing/index.ts'],
  ['halo-psa/workflow', 'src/workflow/index.ts'],
  ['halo-psa/stores', 'src/stores/index.ts'],
  ['halo-psa/mapping', 'src/mapping/index.ts'],
  ['halo-psa', 'src/index.ts'],
] as const;

/** The customers that the examples in the documentation see. */
const CUSTOMERS = [
  'Marks & Spencer',
  'Royal National Lifeboat Institution',
  'South Shore Dental',
  'Contoso Ltd',
  'Harborside Medical Center',
];

/** Starts the Halo that the examples talk to; its address goes to `runCode`. */
export function startHalo(): Promise<FakeHaloServer> {
  return createFakeHalo({ clients: CUSTOMERS.map((name, index) => ({ id: 11 + index, name })) }).listen();
}

/**
 * Runs an example as a program of its own, in a folder with nothing but installed packages, and returns what it prints.
 *
 * @throws {Error} when it fails, with what it wrote to standard error
 */
export function runCode(code: string, { config }: FakeHaloServer): Promise<string> {
  const source = ENTRIES.reduce(
    (text, [name, file]) => text.replaceAll(`'${name}'`, `'${new URL(file, root)}'`),
    // Scripts two folders down reach the source by path.
    code.replaceAll("'../../src/", `'${new URL('src/', root)}`),
  );
  const folder = mkdtempSync(join(tmpdir(), 'halo-psa-example-'));
  symlinkSync(fileURLToPath(new URL('node_modules', root)), join(folder, 'node_modules'), 'junction');
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', source], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      NO_COLOR: '1',
      NODE_NO_WARNINGS: '1',
      HALO_RESOURCE_SERVER: config.resourceServer,
      HALO_CLIENT_ID: config.clientId,
      HALO_CLIENT_SECRET: config.clientSecret,
      HALO_ON_PREMISE: 'true',
      HALO_ALLOW_INSECURE_HTTP: 'true',
    },
  });
  return new Promise((resolve, reject) => {
    const out: string[] = [];
    const err: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
    child.on('error', reject);
    child.on('close', (status) => {
      rmSync(folder, { recursive: true, force: true });
      if (status === 0) resolve(out.join(''));
      else reject(new Error(`the example ended with ${status}: ${err.join('').slice(-2000)}`));
    });
  });
}
