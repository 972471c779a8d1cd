import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this repository. */
export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** Builds and packs the project. Returns the path of the tarball. */
export function packProject(folder: string): string {
  mkdirSync(folder, { recursive: true });
  execFileSync('npm', ['pack', '--pack-destination', folder, '--silent'], {
    cwd: projectRoot,
    stdio: 'pipe',
  });
  return join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '');
}

/** Lays the tarball out in `node_modules` of a folder as `npm install` would. Returns where it is. */
export function layOut(tarball: string, consumer: string): string {
  const installed = join(consumer, 'node_modules', 'halo-psa');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed]);
  return installed;
}

/** Puts packages that are installed here beside it, since a test asks no registry. */
export function copyDependencies(names: readonly string[], consumer: string): void {
  for (const name of names) {
    const target = join(consumer, 'node_modules', name);
    cpSync(join(projectRoot, 'node_modules', name), target, { recursive: true });
  }
}
