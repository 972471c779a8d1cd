/**
 * The names beside a mapping file `m.json`:
 *
 * - `m.json.r7` claims revision 7 and holds its document;
 * - `m.json.r7.<random>.tmp` announces a save of revision 7 that is not claimed yet, or one being put in place.
 *
 * @internal
 */
export interface FileNames {
  readonly file: string;
  claim(revision: number): string;
  /** A name that was never used before. */
  announcement(revision: number): string;
}

/** @internal */
export function namesBeside(file: string, randomName: () => string): FileNames {
  return {
    file,
    claim: (revision) => `${file}.r${revision}`,
    announcement: (revision) => `${file}.r${revision}.${randomName()}.tmp`,
  };
}

/** What the names in a folder say about one mapping file. @internal */
export interface Traces {
  /** Claimed revisions, ascending. */
  readonly claims: readonly number[];
  readonly announcements: readonly { readonly name: string; readonly revision: number }[];
}

/**
 * Picks the claims and announcements of the file `baseName` from the names in its folder.
 *
 * @internal
 */
export function tracesOf(baseName: string, names: readonly string[]): Traces {
  const claims: number[] = [];
  const announcements: { name: string; revision: number }[] = [];
  for (const name of names) {
    if (!name.startsWith(`${baseName}.r`)) continue;
    const [digits = '', random, ending, ...more] = name.slice(baseName.length + 2).split('.');
    const revision = readRevision(digits);
    if (revision === null || more.length > 0) continue;
    if (random === undefined) claims.push(revision);
    else if (/^[\w-]+$/.test(random) && ending === 'tmp') announcements.push({ name, revision });
  }
  return { claims: claims.sort((a, b) => a - b), announcements };
}

/** A revision as `String(number)` writes it; null for anything else, such as `007`. */
function readRevision(digits: string): number | null {
  const revision = /^[1-9]\d{0,15}$/.test(digits) ? Number(digits) : 0;
  return revision > 0 && Number.isSafeInteger(revision) ? revision : null;
}
