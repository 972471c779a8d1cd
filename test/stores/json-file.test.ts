import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { HaloMappingStoreError } from '../../src/errors.ts';
import { nodeFileSystem } from '../../src/stores/file-system.ts';
import { createJsonFileStore, createJsonFileStoreOn } from '../../src/stores/json-file.ts';
import { formatMappingDocument } from '../../src/workflow/mapping-document.ts';
import type { MappingDocument } from '../../src/workflow/types.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { documentOf } from './explore.ts';
import { failing, faulty } from './faulty-file-system.ts';
import { settleOn } from './settle-on.ts';

const root = mkdtempSync(join(tmpdir(), 'halo-psa-json-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folder: string;
let path: string;
let folders = 0;
beforeEach(() => {
  folders += 1;
  folder = join(root, String(folders));
  mkdirSync(folder);
  path = join(folder, 'mapping.json');
});

const [one, two, three] = [['a'], ['a', 'b'], ['a', 'b', 'c']].map(documentOf) as [
  MappingDocument,
  MappingDocument,
  MappingDocument,
];
const textOf = formatMappingDocument;
const names = () => readdirSync(folder).sort();
const storeWith = (fault: Parameters<typeof faulty>[0]) =>
  createJsonFileStoreOn(faulty(fault), systemClock, path);

/** A store with revision 1 in its file. */
async function started() {
  const store = createJsonFileStore(path);
  await store.save(one, null);
  return store;
}

describe('a save', () => {
  it('leaves one file of mode 0600 behind, and nothing else', async () => {
    const store = await started();
    await store.save(two, 1);
    expect(names()).toEqual(['mapping.json']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toBe(textOf(two));
  });

  it('never writes into the file: who has it open still reads the old document', async () => {
    const store = await started();
    const before = statSync(path).ino;
    linkSync(path, join(folder, 'held'));
    await store.save(two, 1);
    expect(statSync(path).ino).not.toBe(before);
    expect(readFileSync(join(folder, 'held'), 'utf8')).toBe(textOf(one));
  });

  it('writes through a symbolic link, also one that points nowhere yet', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync('real/target.json', join(folder, 'second'));
    symlinkSync('second', path);
    const store = await started();
    await store.save(two, 1);
    expect(readlinkSync(path)).toBe('second');
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'real/target.json'), 'utf8')).toBe(textOf(two));
    expect(readdirSync(join(folder, 'real'))).toEqual(['target.json']);
  });

  it('meets a save through another path to the same file', async () => {
    const store = await started();
    symlinkSync(folder, join(root, `alias-${folders}`));
    const alias = createJsonFileStore(join(root, `alias-${folders}`, 'mapping.json'));
    await alias.save(two, 1);
    await expect(store.save(two, 1)).rejects.toMatchObject({
      code: 'HALO_MAPPING_STORE_CONFLICT',
      actualRevision: 2,
    });
  });

  it('refuses a loop of symbolic links', async () => {
    symlinkSync('other', path);
    symlinkSync('mapping.json', join(folder, 'other'));
    await expect(createJsonFileStore(path).save(one, null)).rejects.toMatchObject({ systemCode: 'ELOOP' });
  });

  it('goes by the revision, not by the time of the file', async () => {
    const store = await started();
    await store.save(two, 1);
    utimesSync(path, new Date(0), new Date(0));
    await expect(store.save(two, 1)).rejects.toMatchObject({ expectedRevision: 1, actualRevision: 2 });
    await store.save(three, 2);
    expect(await store.load()).toEqual(three);
  });

  it('refuses a document over the size limit before it touches the disk', async () => {
    const store = createJsonFileStore(path, { maxBytes: 100 });
    await expect(store.save(one, null)).rejects.toMatchObject({ code: 'HALO_MAPPING_STORE_TOO_LARGE' });
    expect(names()).toEqual([]);
  });

  it('refuses to replace the document of another Halo instance', async () => {
    const store = await started();
    await expect(store.save({ ...two, instanceId: 'other' }, 1)).rejects.toMatchObject({
      code: 'HALO_MAPPING_STORE_OTHER_INSTANCE',
    });
    expect(readFileSync(path, 'utf8')).toBe(textOf(one));
    expect(names()).toEqual(['mapping.json']);
  });

  it('removes what dead processes left behind, and nothing else', async () => {
    const store = await started();
    const leftovers = ['mapping.json.r1.dead.tmp', 'mapping.json.r2.dead.tmp', 'mapping.json.r1'];
    const strangers = [
      'mapping.json.r2.bak',
      'mapping.json.rx',
      'mapping.json.r3.young.tmp',
      'other.json.r1',
      'mapping.json~',
    ];
    for (const name of leftovers) writeFileSync(join(folder, name), 'torn');
    for (const name of strangers) writeFileSync(join(folder, name), 'mine');
    await store.save(two, 1);
    expect(names()).toEqual(['mapping.json', ...strangers].sort());
  });

  it('tells a TypeError for arguments that cannot be right', () => {
    expect(() => createJsonFileStore(' ')).toThrow(TypeError);
    expect(() => createJsonFileStore('a\0b')).toThrow(TypeError);
    expect(() => createJsonFileStore(path, { maxBytes: 0 })).toThrow(TypeError);
  });
});

describe('a save that the file system fails', () => {
  const refusals: [string, string, string, RegExp][] = [
    ['the disk is full at the announcement', 'create', 'ENOSPC', /DISK_FULL/],
    ['the disk is full at the write', 'write', 'ENOSPC', /DISK_FULL/],
    ['the disk is full in the middle of the write', 'write half', 'ENOSPC', /DISK_FULL/],
    ['the quota is reached at the sync', 'sync', 'EDQUOT', /DISK_FULL/],
    ['a network disk tells of it at the close', 'close', 'ENOSPC', /DISK_FULL/],
    ['the disk is full at the claim', 'link', 'ENOSPC', /DISK_FULL/],
    ['the folder is read-only', 'create', 'EACCES', /NO_PERMISSION/],
    ['the file system is read-only', 'create', 'EROFS', /NO_PERMISSION/],
    ['the file system has no hard links', 'link', 'ENOTSUP', /NO_HARD_LINKS/],
    ['the file system says so as FAT does', 'link', 'EPERM', /NO_HARD_LINKS/],
    ['the disk breaks at the sync', 'sync', 'EIO', /_IO/],
  ];
  it.each(refusals)(
    'leaves the old file intact and nothing else when %s',
    async (_what, call, code, expected) => {
      await started();
      const error = await storeWith(failing(call, code))
        .save(two, 1)
        .catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(HaloMappingStoreError);
      expect(error).toMatchObject({ code: expect.stringMatching(expected), file: path });
      expect(names()).toEqual(['mapping.json']);
      expect(readFileSync(path, 'utf8')).toBe(textOf(one));
      await createJsonFileStore(path).save(two, 1);
    },
  );

  it('says so when the folder does not exist', async () => {
    const store = createJsonFileStore(join(folder, 'missing', 'mapping.json'));
    expect(await store.load()).toBeNull();
    await expect(store.save(one, null)).rejects.toThrow(/folder does not exist/);
  });

  it('takes a claim that succeeded without an answer for its own', async () => {
    await started();
    let links = 0;
    const store = createJsonFileStoreOn(
      {
        ...nodeFileSystem,
        async link(from, to) {
          await nodeFileSystem.link(from, to);
          links += 1;
          if (links === 1) throw Object.assign(new Error('repeated'), { code: 'EEXIST' });
        },
      },
      systemClock,
      path,
    );
    await store.save(two, 1);
    expect(names()).toEqual(['mapping.json']);
    expect(await store.load()).toEqual(two);
  });

  it('waits up to two seconds for a reader that holds the file, as on Windows', async () => {
    await started();
    const clock = createVirtualClock();
    const freeAtMs = clock.monotonicMs() + 1500;
    const held = faulty((call) => {
      if (call === 'rename' && clock.monotonicMs() < freeAtMs)
        throw Object.assign(new Error(), { code: 'EPERM' });
    });
    await settleOn(clock, createJsonFileStoreOn(held, clock, path).save(two, 1));
    expect(readFileSync(path, 'utf8')).toBe(textOf(two));
  });

  it.each(['EPERM', 'EACCES', 'EBUSY'])(
    'then says that the save is safe (%s), and never writes into the file',
    async (code) => {
      await started();
      const clock = createVirtualClock();
      const startMs = clock.monotonicMs();
      const stuck = createJsonFileStoreOn(faulty(failing('rename', code)), clock, path);
      await expect(settleOn(clock, stuck.save(two, 1))).rejects.toMatchObject({
        code: 'HALO_MAPPING_STORE_UNFINISHED',
        systemCode: code,
      });
      expect(clock.monotonicMs() - startMs).toBeGreaterThan(1500);
      expect(clock.monotonicMs() - startMs).toBeLessThanOrEqual(2000);
      expect(readFileSync(path, 'utf8')).toBe(textOf(one));
      // A reader that cannot finish it gets it all the same; one that can, does.
      expect(await settleOn(clock, stuck.load())).toEqual(two);
      expect(await createJsonFileStore(path).load()).toEqual(two);
      expect(readFileSync(path, 'utf8')).toBe(textOf(two));
      await createJsonFileStore(path).save(three, 2);
      expect(names()).toEqual(['mapping.json']);
    },
  );

  it('is still good when only the tidying up fails', async () => {
    const store = storeWith(failing('tidy', 'EACCES'));
    await store.save(one, null);
    await store.save(two, 1);
    expect(await store.load()).toEqual(two);
    await createJsonFileStore(path).save(three, 2);
    expect(names()).toEqual(['mapping.json']);
  });
});

describe('a load', () => {
  it('gives null when there is no file', async () => {
    expect(await createJsonFileStore(path).load()).toBeNull();
  });

  it('puts a claimed save in place', async () => {
    await started();
    writeFileSync(`${path}.r2`, textOf(two));
    expect(await createJsonFileStore(path).load()).toEqual(two);
    expect(readFileSync(path, 'utf8')).toBe(textOf(two));
  });

  it('takes the newest of several claims', async () => {
    await started();
    writeFileSync(`${path}.r2`, textOf(two));
    writeFileSync(`${path}.r3`, textOf(three));
    expect(await createJsonFileStore(path).load()).toEqual(three);
  });

  it('prefers the file to a claim that is not newer', async () => {
    await started();
    writeFileSync(`${path}.r1`, textOf({ ...one, entries: [] }));
    expect(await createJsonFileStore(path).load()).toEqual(one);
  });

  it('reads a claimed save in a folder where it may not write', async () => {
    await started();
    writeFileSync(`${path}.r2`, textOf(two));
    expect(await storeWith(failing('link', 'EACCES')).load()).toEqual(two);
    expect(readFileSync(path, 'utf8')).toBe(textOf(one));
  });

  it('accepts a byte order mark and CRLF line ends', async () => {
    writeFileSync(path, `\uFEFF${textOf(two).replaceAll('\n', '\r\n')}`);
    expect(await createJsonFileStore(path).load()).toEqual(two);
  });

  const unusable: [string, string | Uint8Array, string][] = [
    ['cut short', textOf(two).slice(0, -20), 'HALO_MAPPING_STORE_DAMAGED'],
    ['empty', '', 'HALO_MAPPING_STORE_DAMAGED'],
    ['full of zeros, as after a loss of power', new Uint8Array(500), 'HALO_MAPPING_STORE_DAMAGED'],
    ['no UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), 'HALO_MAPPING_STORE_DAMAGED'],
    ['listing an organization twice', textOf(two).replace('"b"', '"a"'), 'HALO_MAPPING_STORE_DAMAGED'],
    [
      'of a newer version',
      textOf(two).replace('"version": 1', '"version": 2'),
      'HALO_MAPPING_STORE_NEWER_VERSION',
    ],
    ['of another instance', textOf({ ...two, instanceId: 'other' }), 'HALO_MAPPING_STORE_OTHER_INSTANCE'],
  ];
  it.each(unusable)(
    'refuses a file that is %s, and neither it nor a save touches it',
    async (_what, contents, code) => {
      writeFileSync(path, contents);
      const before = readFileSync(path);
      const store = createJsonFileStore(path, { instanceId: 'x' });
      await expect(store.load()).rejects.toMatchObject({ code, file: path });
      for (const [next, expected] of [
        [one, null],
        [two, 1],
        [three, 2],
      ] as const) {
        await expect(store.save(next, expected)).rejects.toMatchObject({ code, file: path });
      }
      expect(readFileSync(path)).toEqual(before);
      expect(names()).toEqual(['mapping.json']);
    },
  );

  it('names a claim that is damaged, and leaves it', async () => {
    await started();
    writeFileSync(`${path}.r2`, textOf(three));
    await expect(createJsonFileStore(path).load()).rejects.toMatchObject({
      code: 'HALO_MAPPING_STORE_DAMAGED',
      file: `${path}.r2`,
    });
    expect(names()).toEqual(['mapping.json', 'mapping.json.r2']);
  });

  it('refuses a file of 1 GB by its size, without reading it', async () => {
    writeFileSync(path, '');
    truncateSync(path, 1024 ** 3);
    const before = process.memoryUsage();
    await expect(createJsonFileStore(path).load()).rejects.toMatchObject({
      code: 'HALO_MAPPING_STORE_TOO_LARGE',
      message: expect.stringContaining('1073741824 bytes'),
    });
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(64 * 1024 ** 2);
  });

  it('refuses a folder, and does not wait for a named pipe', async () => {
    mkdirSync(path);
    await expect(createJsonFileStore(path).load()).rejects.toThrow(/not a regular file/);
    expect(existsSync('/dev/zero')).toBe(true);
    await expect(createJsonFileStore('/dev/zero').load()).rejects.toThrow(/not a regular file/);
  });

  it('never gives something else than was saved, whatever half of the file is missing', async () => {
    const store = await started();
    await store.save(two, 1);
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 2), async (length) => {
        writeFileSync(path, whole.subarray(0, length));
        await expect(store.load()).rejects.toMatchObject({ code: 'HALO_MAPPING_STORE_DAMAGED' });
        expect(readFileSync(path).length).toBe(length);
      }),
    );
  });

  it('gives up, and says that it may be tried again, when others save without a pause', async () => {
    const rushed = createJsonFileStoreOn(
      { ...nodeFileSystem, list: async () => ['mapping.json.r5'], read: async () => null },
      systemClock,
      path,
    );
    await expect(rushed.load()).rejects.toMatchObject({ code: 'HALO_MAPPING_STORE_BUSY', retryable: true });
  });

  it('names the file by its name only, so that a long path cannot hide the reason', async () => {
    writeFileSync(path, '{');
    await expect(createJsonFileStore(path).load()).rejects.toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(folder) }),
    );
    await expect(createJsonFileStore(path).load()).rejects.toThrow(basename(path));
  });
});
