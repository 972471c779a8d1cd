import { basename, dirname, join, resolve } from 'node:path';
import type { FileSystem } from './file-system.ts';

/** Linux follows 40 links before it says ELOOP. */
const MOST_LINKS = 40;

/**
 * Returns the path of the real file behind `path`, which need not exist: symbolic links are followed, so that a save
 * replaces the file they point to and not the link, and so that everyone meets at the same claims.
 *
 * @internal
 */
export async function resolveTarget(fileSystem: FileSystem, path: string): Promise<string> {
  let current = resolve(path);
  for (let links = 0; links <= MOST_LINKS; links += 1) {
    const folder = await fileSystem.realFolder(dirname(current));
    current = join(folder, basename(current));
    const target = await fileSystem.linkTarget(current);
    if (target === null) return current;
    current = resolve(folder, target);
  }
  throw Object.assign(new Error('Too many symbolic links'), { code: 'ELOOP' });
}
