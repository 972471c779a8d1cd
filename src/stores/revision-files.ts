import { basename, dirname, join } from 'node:path';
import { type Clock, sleep } from '../clock.ts';
import { type ParseContext, parseStoredDocument } from '../workflow/mapping-document.ts';
import { damagedDocument, mappingConflict } from '../workflow/mapping-store-errors.ts';
import type { MappingDocument } from '../workflow/types.ts';
import { linkError, tooBusy } from './file-errors.ts';
import { type FileNames, namesBeside, tracesOf } from './file-names.ts';
import { type FileSystem, systemCodeOf } from './file-system.ts';

/**
 * The protocol of the JSON-file store, one function a step. `docs/mapping-store.md` proves that a claim is made once
 * in the life of a file, however writers interleave or die, and that no read goes back behind a finished save.
 *
 * The state of a store is the document with the highest revision among the file and its claims.
 *
 * @internal
 */
export interface Place {
  readonly fileSystem: FileSystem;
  readonly clock: Clock;
  readonly folder: string;
  readonly names: FileNames;
  readonly parsing: ParseContext & { readonly maxBytes: number };
}

/** The newest saved document, and its revision if the file itself is still older. @internal */
export interface StoredState {
  readonly document: MappingDocument | null;
  readonly unfinished: number | null;
}

/** Each further look is due to a save that ended between two calls; nobody saves this often in a row. */
const MOST_LOOKS = 1000;

/** A reader such as a virus scanner or an editor holds a file for moments on Windows, rarely longer. */
const RENAME_PATIENCE_MS = 2000;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 200;

/** @internal */
export function placeOf(
  file: string,
  { fileSystem, clock, parsing }: Pick<Place, 'fileSystem' | 'clock' | 'parsing'>,
): Place {
  const names = namesBeside(file, fileSystem.uniqueName);
  return { fileSystem, clock, folder: dirname(file), names, parsing };
}

/**
 * Reads the state. The claims are listed before the file is read: a claim is only ever removed once the file is at
 * least as new, so what the list misses the file shows.
 *
 * @internal
 */
export async function readState(place: Place): Promise<StoredState> {
  const { names } = place;
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const newest = (await tracesAt(place)).claims.at(-1);
    const current = await readDocument(place, names.file);
    if (newest === undefined || (current !== null && current.revision >= newest)) {
      return { document: current, unfinished: null };
    }
    const claimed = await readDocument(place, names.claim(newest));
    // Null: it was put in place and removed since the list was made.
    if (claimed !== null) return { document: claimed, unfinished: newest };
  }
  throw tooBusy(names.file);
}

async function tracesAt({ fileSystem, folder, names }: Place) {
  return tracesOf(basename(names.file), await fileSystem.list(folder));
}

async function readDocument(
  { fileSystem, names, parsing }: Place,
  path: string,
): Promise<MappingDocument | null> {
  const bytes = await fileSystem.read(path, parsing.maxBytes);
  if (bytes === null) return null;
  const document = parseStoredDocument(bytes, { ...parsing, file: path });
  if (path !== names.file && path !== names.claim(document.revision)) {
    throw damagedDocument(`it holds revision ${document.revision}`, { file: path });
  }
  return document;
}

/**
 * Announces a revision, looks whether it is the next one, writes the document, and claims the revision. Returns the
 * announcement, which is the second name of the claim. Leaves nothing behind when it fails.
 *
 * @internal
 */
export async function claimRevision(
  place: Place,
  next: { readonly revision: number; readonly bytes: Uint8Array },
  refuse: (current: MappingDocument | null) => void,
): Promise<string> {
  const { fileSystem, names } = place;
  const announcement = names.announcement(next.revision);
  try {
    const file = await fileSystem.create(announcement);
    try {
      // After the announcement: whoever removes this revision's old claim removes the announcement first, or did so
      // before it was made, and then the look below sees a newer revision.
      refuse((await readState(place)).document);
      await file.write(next.bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await linkClaim(place, announcement, next.revision);
    return announcement;
  } catch (error) {
    await fileSystem.unlink(announcement).catch(() => undefined);
    throw error;
  }
}

async function linkClaim(place: Place, announcement: string, revision: number): Promise<void> {
  const { fileSystem, names } = place;
  try {
    await fileSystem.link(announcement, names.claim(revision));
  } catch (error) {
    // A network file system may lose the answer to a request it carried out, and repeat it: then the claim is ours.
    if (await fileSystem.sameFile(announcement, names.claim(revision))) return;
    const systemCode = systemCodeOf(error);
    if (systemCode !== 'EEXIST' && systemCode !== 'ENOENT') throw linkError(error);
    const actualRevision = (await readState(place)).document?.revision ?? null;
    // ENOENT: the announcement was removed, which others do only when they see this revision claimed.
    if ((actualRevision ?? 0) < revision) throw error;
    throw mappingConflict({ expectedRevision: revision === 1 ? null : revision - 1, actualRevision });
  }
}

/**
 * Makes the claimed document the file, and waits until that is on the disk.
 *
 * @internal
 */
export async function putInPlace(place: Place, announcement: string): Promise<void> {
  const { fileSystem, folder, names } = place;
  try {
    await renamePatiently(place, announcement, names.file);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
    // Others saw the claim, went on, and removed the announcement so that this rename cannot undo theirs.
    const { unfinished } = await readState(place);
    if (unfinished !== null) await finishSave(place, unfinished);
  }
  await fileSystem.syncFolder(folder);
}

/**
 * Puts a claimed revision in place whose writer has not, or died before it could.
 *
 * @internal
 */
export async function finishSave(place: Place, revision: number): Promise<void> {
  const { fileSystem, folder, names } = place;
  const announcement = names.announcement(revision);
  try {
    await fileSystem.link(names.claim(revision), announcement);
    // Announced first, looked second, as in a save: a finisher that was asleep must not bring back an old document.
    if ((await readState(place)).unfinished === revision) {
      await renamePatiently(place, announcement, names.file);
      await fileSystem.syncFolder(folder);
    }
  } catch (error) {
    // The claim or the announcement was removed: a newer save is in place.
    if (systemCodeOf(error) !== 'ENOENT') throw error;
  } finally {
    await unlinkIfThere(fileSystem, announcement).catch(() => undefined);
  }
}

/**
 * Removes what saves up to `revision` left behind, also those of processes that died. The order is what makes it safe:
 * announcements first, then a look that the file is as new, then the claims.
 *
 * @internal
 */
export async function removeTraces(place: Place, revision: number): Promise<void> {
  const { fileSystem, folder, names } = place;
  const { claims, announcements } = await tracesAt(place);
  for (const announced of announcements) {
    // The revision is claimed: each of these lost it, would now put back an old document, or was renamed to nothing
    // because the file was that document already.
    if (announced.revision <= revision) await unlinkIfThere(fileSystem, join(folder, announced.name));
  }
  if (!(await fileHasReached(place, revision))) {
    await finishSave(place, revision);
    await fileSystem.syncFolder(folder);
    if (!(await fileHasReached(place, revision))) return;
  }
  for (const claim of claims) {
    if (claim <= revision) await unlinkIfThere(fileSystem, names.claim(claim));
  }
}

/** A rename that started before the announcements were removed may have brought an older document back. */
async function fileHasReached(place: Place, revision: number): Promise<boolean> {
  const { fileSystem, names } = place;
  if (await fileSystem.sameFile(names.file, names.claim(revision))) return true;
  const current = await readDocument(place, names.file);
  return current !== null && current.revision >= revision;
}

async function renamePatiently({ fileSystem, clock }: Place, from: string, to: string): Promise<void> {
  const giveUpAtMs = clock.monotonicMs() + RENAME_PATIENCE_MS;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await fileSystem.rename(from, to);
    } catch (error) {
      const held = ['EPERM', 'EACCES', 'EBUSY'].includes(systemCodeOf(error) ?? '');
      if (!held || clock.monotonicMs() + pauseMs > giveUpAtMs) throw error;
      await sleep(clock, pauseMs);
    }
  }
}

async function unlinkIfThere(fileSystem: FileSystem, path: string): Promise<void> {
  try {
    await fileSystem.unlink(path);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
  }
}
