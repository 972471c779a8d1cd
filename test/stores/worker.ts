/**
 * One of several processes that save to one mapping file as fast as they can; killed and started again at will.
 *
 * Its entry in the document counts its applied saves. It notes an attempt before each save and the outcome after it,
 * so that whoever judges the file afterwards knows what must be in it.
 *
 * Arguments: path of the mapping file, path of the notes, name of this worker, number of saves to attempt in all,
 * the chance of dying before each call of the file system, seed.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { systemClock } from '../../src/clock.ts';
import { isHaloError } from '../../src/errors.ts';
import { createJsonFileStoreOn } from '../../src/stores/json-file.ts';
import { applyChanges, emptyDocument, findEntry } from '../../src/workflow/document-changes.ts';
import type { MappingDocument } from '../../src/workflow/types.ts';
import { faulty } from './faulty-file-system.ts';

const [path = '', notes = '', name = '', saves = '0', chance = '0', seed = '1'] = process.argv.slice(2);

/** Mulberry32 (Tommy Ettinger, public domain). */
function randomFrom(start: number): () => number {
  let state = start | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = randomFrom(Number(seed));
const store = createJsonFileStoreOn(
  faulty(() => {
    if (random() < Number(chance)) process.kill(process.pid, 'SIGKILL');
  }),
  systemClock,
  path,
);

function countIn(document: MappingDocument | null): number {
  const entry = document === null ? undefined : findEntry(document, name);
  return entry === undefined ? 0 : Number(entry.organizationName);
}

const ignored = { at: '2026-11-23T09:00:00Z' };
const note = (line: string) => appendFileSync(notes, `${line}\n`);

const before = existsSync(notes) ? readFileSync(notes, 'utf8').split('\n') : [];
let attempts = before.filter((line) => line.startsWith('attempt')).length;
while (attempts < Number(saves)) {
  const current = await store.load();
  const count = countIn(current) + 1;
  const expected = current?.revision ?? null;
  const next = applyChanges(current ?? emptyDocument('x'), [
    { kind: 'ignore', organizationId: name, organizationName: String(count), ignored },
  ]);
  attempts += 1;
  note(`attempt ${count} ${next.revision}`);
  try {
    await store.save(next, expected);
    note(`applied ${count} ${next.revision}`);
  } catch (error) {
    if (!isHaloError(error) || error.code !== 'HALO_MAPPING_STORE_CONFLICT') throw error;
    note(`refused ${count} ${next.revision}`);
  }
}
