import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

// A name in quotation marks is no keyword: 'from' is also an option of a listing.
const ANY_IMPORT = /\b(?<!["'])(?:from|import)\s*\(?\s*["']([^"'\n]+)["']/g;

/** Imports that are loaded before the file runs: dynamic ones left out. */
export const STATIC_IMPORT = /\b(?<!["'])(?:from|import)\s*["']([^"'\n]+)["']/g;

/** All files that a built file loads, itself included, and the packages they import. */
export function closureOf(
  file: string,
  pattern = ANY_IMPORT,
  seen = new Set<string>(),
): { files: Set<string>; imports: Set<string> } {
  seen.add(file);
  const imports = new Set<string>();
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(pattern)) {
    if (!/^\.\.?\//.test(name)) imports.add(name);
    else if (!seen.has(join(dirname(file), name))) {
      for (const each of closureOf(join(dirname(file), name), pattern, seen).imports) imports.add(each);
    }
  }
  return { files: seen, imports };
}
