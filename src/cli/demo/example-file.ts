import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The example lists lie beside the built command, and in `examples/data` of the project. */
const FOLDERS = ['./data/', '../../../examples/data/'];

/** Returns the path of one of the example lists: `organizations.csv`, `customers.csv` or `truth.csv`. */
export function exampleFile(name: string): string {
  const paths = FOLDERS.map((folder) => fileURLToPath(new URL(folder + name, import.meta.url)));
  return paths.find((path) => existsSync(path)) ?? paths[0]!;
}
