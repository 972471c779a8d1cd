import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the page, ready to be sent. */
export interface PageFile {
  readonly type: string;
  readonly body: Uint8Array;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** From `src/console/` and from `dist/cli/` alike. */
export const BUILT_PAGE = fileURLToPath(new URL('../../dist/console/', import.meta.url));

/**
 * Reads the built page into memory, by the path it is served at. Nothing else is ever read from disk for a request.
 *
 * @throws {Error} when the page was not built
 */
export async function readPageFiles(folder: string = BUILT_PAGE): Promise<ReadonlyMap<string, PageFile>> {
  const names = await readdir(folder).catch((): string[] => []);
  if (!names.includes('index.html'))
    throw new Error(`The page of the console is not at ${folder}; in a checkout, run: npm run build`);
  const files = new Map<string, PageFile>();
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (type !== undefined) files.set(`/${name}`, { type, body: await readFile(join(folder, name)) });
  }
  files.set('/', files.get('/index.html')!);
  return files;
}
