import { relative, resolve } from 'node:path';
import type { ConnectionOptions } from '../connection-options.ts';
import type { CliContext } from '../context.ts';

/** The three files of one mapping. */
export interface MappingFiles {
  /** What was saved: the mapping document. */
  readonly mapping: string;
  /** What the last `suggest` read and proposed. */
  readonly suggestions: string;
  /** What was decided and is not saved yet. */
  readonly decisions: string;
}

/** Options that say which mapping. */
export interface MappingFileOptions extends Pick<ConnectionOptions, 'instance' | 'demo'> {
  readonly mapping?: string | undefined;
}

/** Returns where the files of a mapping are: the two others stand beside the mapping. */
export function mappingFiles(options: MappingFileOptions, { cwd }: Pick<CliContext, 'cwd'>): MappingFiles {
  const mapping = resolve(cwd, options.mapping ?? defaultName(options));
  const stem = mapping.replace(/\.json$/i, '');
  return { mapping, suggestions: `${stem}.suggestions.json`, decisions: `${stem}.decisions.json` };
}

/** Returns a path as a person in that folder would type it. */
export function shownPath(file: string, cwd: string): string {
  const path = relative(cwd, file);
  return path.startsWith('..') ? file : path;
}

/** Each Halo has a mapping of its own, so each has a file of its own. */
function defaultName({ instance, demo }: MappingFileOptions): string {
  if (demo === true) return 'mapping-demo.json';
  return instance === undefined ? 'mapping.json' : `mapping-${instance.toLowerCase()}.json`;
}
