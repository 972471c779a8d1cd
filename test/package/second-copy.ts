import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyDependencies, layOut } from './packed-package.ts';
import type { RuntimeCheck } from './runtime-checks.ts';

/**
 * Makes a workspace whose two packages each have a copy of their own, as npm does when their versions differ. The
 * root has none: a copy there would be shared.
 */
export function layOutWorkspace(tarball: string, folder: string): void {
  const write = (path: string, value: unknown) =>
    writeFileSync(join(folder, path), typeof value === 'string' ? value : JSON.stringify(value));
  mkdirSync(folder, { recursive: true });
  write('package.json', { private: true, workspaces: ['packages/*'] });
  for (const name of ['service', 'library']) {
    const home = join(folder, 'packages', name);
    layOut(tarball, home);
    write(`packages/${name}/package.json`, { name, version: '1.0.0', type: 'module', exports: './index.js' });
  }
  copyDependencies(['ky', 'zod'], folder);
  write('packages/library/index.js', LIBRARY);
}

const LIBRARY = `import { createHaloClient, createSecret, HaloError } from 'halo-psa';
import { createFakeHalo } from 'halo-psa/testing';
const fake = createFakeHalo();
const halo = createHaloClient({ ...fake.config, fetch: fake.fetch });
export { HaloError };
export const secret = createSecret('a-secret-of-the-other-copy');
export const findCustomer = () => halo.clients.get(999_999);
`;

/** A service that meets the errors and secrets of the other copy. */
export const SECOND_COPY_CHECK: RuntimeCheck = {
  title: 'recognises the errors and secrets of a second copy in a monorepo',
  file: 'packages/service/index.js',
  source: `import { createHaloClient, createSecret, HaloError, isHaloError } from 'halo-psa';
import { findCustomer, HaloError as OtherHaloError, secret } from '../library/index.js';
const error = await findCustomer().catch((reason) => reason);
const config = { resourceServer: 'x.halopsa.com', tenantId: 'x', clientId: 'x', clientSecret: secret };
createHaloClient(config);
console.log(OtherHaloError !== HaloError, isHaloError(error), error.code);`,
  prints: 'true true HALO_NOT_FOUND',
};
