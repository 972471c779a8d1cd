import { type FileSystem, nodeFileSystem } from '../../src/stores/file-system.ts';

/** Calls in the order in which an undisturbed save makes them, from its announcement on. */
export const SAVE_CALLS = [
  'create',
  'write',
  'write half',
  'sync',
  'close',
  'link',
  'rename',
  'syncFolder',
  'tidy',
] as const;

/** Told before each call; throws to make it fail, ends the process to make it the last. */
export type Fault = (call: string, path: string) => void | Promise<void>;

/** The real file system with a fault before each call. `write half` comes when half of the bytes are written. */
export function faulty(fault: Fault): FileSystem {
  return {
    ...nodeFileSystem,
    async realFolder(path) {
      await fault('realFolder', path);
      return nodeFileSystem.realFolder(path);
    },
    async list(folder) {
      await fault('list', folder);
      return nodeFileSystem.list(folder);
    },
    async read(path, maxBytes) {
      await fault('read', path);
      return nodeFileSystem.read(path, maxBytes);
    },
    async create(path) {
      await fault('create', path);
      const file = await nodeFileSystem.create(path);
      return {
        async write(bytes) {
          await fault('write', path);
          await file.write(bytes.subarray(0, bytes.length / 2));
          await fault('write half', path);
          await file.write(bytes.subarray(bytes.length / 2));
        },
        async sync() {
          await fault('sync', path);
          await file.sync();
        },
        async close() {
          await file.close();
          await fault('close', path);
        },
      };
    },
    async link(from, to) {
      await fault('link', to);
      await nodeFileSystem.link(from, to);
    },
    async rename(from, to) {
      await fault('rename', to);
      await nodeFileSystem.rename(from, to);
    },
    async unlink(path) {
      await fault(/\.r\d+$/.test(path) ? 'tidy' : 'unlink', path);
      await nodeFileSystem.unlink(path);
    },
    async syncFolder(folder) {
      await fault('syncFolder', folder);
      await nodeFileSystem.syncFolder(folder);
    },
  };
}

/** A fault that fails every call of one kind. */
export function failing(call: string, code: string): Fault {
  return (name) => {
    if (name === call) throw Object.assign(new Error(code), { code });
  };
}
