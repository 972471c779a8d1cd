import assert from 'node:assert/strict';
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../src/clock.ts';
import type { HaloErrorCode } from '../../../src/errors.ts';
import { createJsonFileStore, createJsonFileStoreOn } from '../../../src/stores/json-file.ts';
import { formatMappingDocument } from '../../../src/workflow/mapping-document.ts';
import type { MappingDocument } from '../../../src/workflow/types.ts';
import { documentOf } from '../../stores/explore.ts';
import { failing, faulty } from '../../stores/faulty-file-system.ts';
import { saveAndDie } from '../../stores/kill.ts';
import { settleOn } from '../../stores/settle-on.ts';
import { endingOf, errorsOf, type FaultCase, type FaultRow, memoryScenario, row } from '../fault-case.ts';
import type { MemoryRig } from '../memory-rig.ts';

const [one, two, three] = [['a'], ['a', 'b'], ['a', 'b', 'c']].map(documentOf) as [
  MappingDocument,
  MappingDocument,
  MappingDocument,
];
const textOf = formatMappingDocument;

interface Place {
  readonly folder: string;
  readonly path: string;
}

/** A case with revision 1 in `mapping.json` of a folder of its own; returns the errors that a caller saw. */
function onFile(
  variant: string,
  run: (place: Place, rig: MemoryRig) => Promise<readonly unknown[]>,
): FaultCase {
  return memoryScenario({
    variant,
    token: 0,
    api: 0,
    async run(rig) {
      const folder = mkdtempSync(join(tmpdir(), 'halo-psa-fault-'));
      const path = join(folder, 'mapping.json');
      try {
        await createJsonFileStore(path).save(one, null);
        return await run({ folder, path }, rig);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  });
}

const codesOf = (errors: readonly unknown[]) => errors.map((error) => (error as { code: string }).code);

/** Nothing but the file is left, and it takes the next save. */
async function intact({ folder, path }: Place, document: MappingDocument): Promise<void> {
  assert.equal(readFileSync(path, 'utf8'), textOf(document));
  assert.deepEqual(readdirSync(folder), ['mapping.json']);
  const next = { ...three, revision: document.revision + 1 };
  await createJsonFileStore(path).save(next, document.revision);
}

const killed = (call: string, left: MappingDocument) =>
  onFile(`at ${call}: the ${left === one ? 'old' : 'new'} document is there`, async ({ path }) => {
    assert.equal(await saveAndDie(path, call), 'SIGKILL');
    assert.ok([textOf(one), textOf(two)].includes(readFileSync(path, 'utf8')), 'torn');
    assert.deepEqual(await createJsonFileStore(path).load(), left);
    return [];
  });

const refused = (variant: string, call: string, systemCode: string, code: HaloErrorCode) =>
  onFile(variant, async (place) => {
    const store = createJsonFileStoreOn(faulty(failing(call, systemCode)), systemClock, place.path);
    const { errors } = await endingOf(store.save(two, 1));
    assert.deepEqual(codesOf(errors), [code]);
    await intact(place, one);
    return errors;
  });

const unusable = (variant: string, contents: string | Uint8Array, code: HaloErrorCode) =>
  onFile(variant, async ({ path }) => {
    writeFileSync(path, contents);
    const before = readFileSync(path);
    const store = createJsonFileStore(path);
    const errors = await errorsOf([store.load(), store.save(two, 1)]);
    assert.deepEqual(codesOf(errors), [code, code]);
    assert.deepEqual(readFileSync(path), before);
    return errors;
  });

const readable = (variant: string, contents: string) =>
  onFile(variant, async ({ path }) => {
    writeFileSync(path, contents);
    assert.deepEqual(await createJsonFileStore(path).load(), two);
    return [];
  });

const bytes = Buffer.from(textOf(two));
const flipped = Buffer.from(bytes);
flipped[bytes.indexOf('"entries"') + 1] = 0x45;

export const fileRows: readonly FaultRow[] = [
  row('123a', 'files', 'the process is killed with -9 while it saves', [
    killed('write half', one),
    killed('link', one),
    killed('rename', two),
    killed('syncFolder', two),
  ]),
  row('123b', 'files', 'the disk is full', [
    refused('at the write', 'write half', 'ENOSPC', 'HALO_MAPPING_STORE_DISK_FULL'),
    refused('at the sync', 'sync', 'EDQUOT', 'HALO_MAPPING_STORE_DISK_FULL'),
  ]),
  row('123c', 'files', 'the folder may not be written', [
    refused('read-only', 'create', 'EROFS', 'HALO_MAPPING_STORE_NO_PERMISSION'),
  ]),
  row('123d', 'files', 'eight save at once', [
    onFile('one save is applied, seven conflict', async (place) => {
      const saves = Array.from({ length: 8 }, () => createJsonFileStore(place.path).save(two, 1));
      const errors = await errorsOf(saves);
      assert.deepEqual(codesOf(errors), Array(7).fill('HALO_MAPPING_STORE_CONFLICT'));
      await intact(place, two);
      return errors;
    }),
  ]),
  row('123e', 'files', 'a save that is based on an old revision', [
    onFile('conflict, with both revisions', async (place) => {
      await createJsonFileStore(place.path).save(two, 1);
      const { errors } = await endingOf(createJsonFileStore(place.path).save(two, 1));
      const [error] = errors as { expectedRevision: number; actualRevision: number }[];
      assert.deepEqual([error?.expectedRevision, error?.actualRevision], [1, 2]);
      await intact(place, two);
      return errors;
    }),
  ]),
  row('123f', 'files', 'a reader holds the file, as on Windows', [
    onFile('for 1.5 s: the save waits', async (place, { clock }) => {
      const freeAtMs = clock.monotonicMs() + 1500;
      const held = faulty((call) => {
        if (call === 'rename' && clock.monotonicMs() < freeAtMs)
          throw Object.assign(new Error('held'), { code: 'EPERM' });
      });
      await settleOn(clock, createJsonFileStoreOn(held, clock, place.path).save(two, 1));
      await intact(place, two);
      return [];
    }),
    onFile('for ever: an error after 2 s, and the save is not lost', async ({ path }, { clock }) => {
      const stuck = createJsonFileStoreOn(faulty(failing('rename', 'EPERM')), clock, path);
      const { errors } = await settleOn(clock, endingOf(stuck.save(two, 1)));
      assert.deepEqual(codesOf(errors), ['HALO_MAPPING_STORE_UNFINISHED']);
      assert.ok(clock.monotonicMs() <= 2100, `took ${clock.monotonicMs()} ms`);
      assert.equal(readFileSync(path, 'utf8'), textOf(one));
      assert.deepEqual(await createJsonFileStore(path).load(), two);
      return errors;
    }),
  ]),
  row('123g', 'files', 'the file is a symbolic link', [
    onFile('written through, link and target kept', async ({ folder, path }) => {
      const link = join(folder, 'link.json');
      symlinkSync(path, link);
      await createJsonFileStore(link).save(two, 1);
      assert.ok(lstatSync(link).isSymbolicLink());
      assert.equal(readFileSync(path, 'utf8'), textOf(two));
      return [];
    }),
  ]),
  row('123h', 'files', 'the file is damaged, foreign or odd', [
    unusable('truncated', textOf(two).slice(0, -20), 'HALO_MAPPING_STORE_DAMAGED'),
    unusable('a bit flipped', flipped, 'HALO_MAPPING_STORE_DAMAGED'),
    unusable(
      'a newer version',
      textOf(two).replace('"version": 1', '"version": 2'),
      'HALO_MAPPING_STORE_NEWER_VERSION',
    ),
    unusable('an organization twice', textOf(two).replace('"b"', '"a"'), 'HALO_MAPPING_STORE_DAMAGED'),
    onFile('1 GB: refused by its size', async ({ path }) => {
      truncateSync(path, 1024 ** 3);
      const { errors } = await endingOf(createJsonFileStore(path).load());
      assert.deepEqual(codesOf(errors), ['HALO_MAPPING_STORE_TOO_LARGE']);
      return errors;
    }),
    readable('a byte order mark', `\uFEFF${textOf(two)}`),
    readable('CRLF', textOf(two).replaceAll('\n', '\r\n')),
    onFile('organizations called __proto__ and constructor', async ({ path }) => {
      const odd = documentOf(['__proto__', 'constructor']);
      writeFileSync(path, textOf(odd));
      assert.deepEqual(await createJsonFileStore(path).load(), odd);
      return [];
    }),
  ]),
  row('123i', 'files', 'the clock goes back', [
    onFile('the revision decides, not the time of the file', async (place) => {
      utimesSync(place.path, 0, 0);
      await createJsonFileStore(place.path).save(two, 1);
      utimesSync(place.path, 0, 0);
      const { errors } = await endingOf(createJsonFileStore(place.path).save(two, 1));
      assert.deepEqual(codesOf(errors), ['HALO_MAPPING_STORE_CONFLICT']);
      return errors;
    }),
  ]),
  row('123j', 'files', 'a network disk without locks or hard links', [
    refused('said so before anything is written', 'link', 'ENOTSUP', 'HALO_MAPPING_STORE_NO_HARD_LINKS'),
  ]),
];
