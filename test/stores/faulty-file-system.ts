import { type FileSystem, nodeFileSystem } from '../../src/stores/file-system.ts';

/** Told before each call; throws to make it fail, ends the process to make it the last. */
export type Fault = (call: string, path: string) => void | Promise<void>;

/** The real file system with a fault before each call. `write half` comes when half of the bytes are written, `list after` once a file was put in place. */
export function faulty(fault: Fault): FileSystem {
  let renamed = false;
  return {
    ...nodeFileSystem,
    async realFolder(path) {
      await fault('realFolder', path);
      return nodeFileSystem.realFolder(path);
    },
    async list(folder) {
      await fault(renamed ? 'list after' : 'list', folder);
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
      renamed = true;
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
