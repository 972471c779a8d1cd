import {
  type FileHandle,
  link,
  lstat,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  unlink,
} from 'node:fs/promises';

/** A new file that only its creator knows yet. */
export interface NewFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when the contents are on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The few calls that the JSON-file store makes, each one atomic or named otherwise; a test hands in one that fails,
 * dies or interleaves at a chosen call. Failures are Node's errors with a `code`.
 *
 * @internal
 */
export interface FileSystem {
  /** Part of a file name that no process chooses twice. */
  uniqueName(this: void): string;
  /** Absolute path of a folder without symbolic links. */
  realFolder(path: string): Promise<string>;
  /** Target of a symbolic link; null when the path is none or does not exist. */
  linkTarget(path: string): Promise<string | null>;
  /** Names in a folder. An entry that comes or goes meanwhile may be missed; one that stays is not. */
  list(folder: string): Promise<string[]>;
  /** Contents of a regular file; null when there is none. Reads nothing of a file larger than `maxBytes`. */
  read(path: string, maxBytes: number): Promise<Uint8Array | null>;
  /** Makes a file that must not exist, readable and writable by its owner only. */
  create(path: string): Promise<NewFile>;
  /** Gives a file a second name; `EEXIST` when that name is taken. */
  link(from: string, to: string): Promise<void>;
  /** Whether two names are of one file. False when one does not exist. */
  sameFile(a: string, b: string): Promise<boolean>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Resolves when the names in a folder are on the disk, where the platform can tell. */
  syncFolder(folder: string): Promise<void>;
}

/** Thrown by `read` before it reads. @internal */
export class FileTooLargeError extends Error {
  override readonly name = 'FileTooLargeError';
  readonly sizeBytes: number;

  constructor(sizeBytes: number) {
    super(`File of ${sizeBytes} bytes`);
    this.sizeBytes = sizeBytes;
  }
}

/** The name of Node's error code, or undefined. @internal */
export function systemCodeOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The real file system. @internal */
export const nodeFileSystem: FileSystem = {
  uniqueName: () => globalThis.crypto.randomUUID(),
  realFolder: (path) => realpath(path),
  async linkTarget(path) {
    try {
      return await readlink(path);
    } catch (error) {
      // EINVAL: it is no link. UNKNOWN is what Windows says for the same.
      if (['EINVAL', 'ENOENT', 'UNKNOWN'].includes(systemCodeOf(error) ?? '')) return null;
      throw error;
    }
  },
  list: (folder) => readdir(folder),
  read: readWhole,
  async create(path) {
    const handle = await open(path, 'wx', OWNER_ONLY);
    return {
      write: (bytes) => handle.writeFile(bytes),
      sync: () => handle.sync(),
      close: () => handle.close(),
    };
  },
  link,
  async sameFile(a, b) {
    try {
      // 64-bit inode numbers do not fit a JavaScript number.
      const [first, second] = await Promise.all([lstat(a, { bigint: true }), lstat(b, { bigint: true })]);
      return first.ino === second.ino && first.dev === second.dev;
    } catch (error) {
      if (systemCodeOf(error) === 'ENOENT') return false;
      throw error;
    }
  },
  rename,
  unlink,
  async syncFolder(folder) {
    let handle: FileHandle | undefined;
    try {
      handle = await open(folder, 'r');
      await handle.sync();
    } catch (error) {
      if (!CANNOT_SYNC_FOLDERS.has(systemCodeOf(error) ?? '')) throw error;
    } finally {
      await handle?.close();
    }
  },
};

/** Names of customers are nobody else's business. */
const OWNER_ONLY = 0o600;

/** What platforms without a folder sync say: Windows EPERM or EISDIR, some network and user-space systems the rest. */
const CANNOT_SYNC_FOLDERS = new Set(['EPERM', 'EISDIR', 'EINVAL', 'ENOTSUP', 'ENOSYS']);

async function readWhole(path: string, maxBytes: number): Promise<Uint8Array | null> {
  let handle: FileHandle;
  try {
    // A named pipe would keep `open` waiting for a writer.
    if (!(await lstat(path)).isFile())
      throw Object.assign(new Error('Not a regular file'), { code: 'EISDIR' });
    handle = await open(path, 'r');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return null;
    throw error;
  }
  try {
    const { size } = await handle.stat();
    if (size > maxBytes) throw new FileTooLargeError(size);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}
