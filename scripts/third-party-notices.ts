import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A library whose code is part of a bundle. */
interface Library {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

const PACKAGE_OF_FILE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const LICENCE_FILE = /^(licen[cs]e|copying)\b/i;

/**
 * Returns the notices that the licences of bundled libraries ask for: each with its version and its licence text.
 *
 * @param files the files of a bundle, relative to the project
 * @param root the project
 * @throws {Error} when a library has no licence text, which must then be added by hand
 */
export function thirdPartyNotices(files: readonly string[], root: string): string {
  const folders = new Set(files.flatMap((file) => PACKAGE_OF_FILE.exec(file)?.[1] ?? []));
  const libraries = [...folders].map((folder) => readLibrary(join(root, folder)));
  const unique = new Map(libraries.map((library) => [`${library.name} ${library.version}`, library]));
  const sections = [...unique]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, { license, text }]) => `${title} (${license})\n\n${text.trim()}\n`);
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return `The files in this folder and in ../console contain code of these libraries.\n${rule}${sections.join(rule)}`;
}

function readLibrary(folder: string): Library {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((each) => LICENCE_FILE.test(each));
  if (file === undefined) throw new Error(`${name} is bundled and has no licence text in ${folder}`);
  return { name, version, license, text: readFileSync(join(folder, file), 'utf8') };
}
