import { basename, join } from 'node:path';
import { type FileSystem, FileTooLargeError } from '../../src/stores/file-system.ts';

interface Inode {
  bytes: Uint8Array;
  synced: boolean;
}

/** Told before every call that can be seen by another process; a test pauses, fails or ends the process there. */
export type Gate = (call: string) => Promise<void>;

const systemError = (code: string) => Object.assign(new Error(code), { code });
const NOTHING = new Uint8Array();

/**
 * One folder `/data` in memory that several simulated processes share. Each call is atomic, but listing: as POSIX
 * allows, it may miss an entry that comes or goes while it runs.
 */
export class SimulatedDisk {
  names = new Map<string, Inode>();
  /** The folder as it would be after a loss of power, at each change since it was last synced. */
  unsynced: Map<string, Inode>[] = [];
  /** Adversary of `list`: whether the second look, not the first, decides about a name. */
  lateLook: (name: string) => boolean = () => false;

  put(name: string, text: string): void {
    this.names.set(name, { bytes: new TextEncoder().encode(text), synced: true });
    this.unsynced = [new Map(this.names)];
  }

  text(name: string): string | undefined {
    const inode = this.names.get(name);
    return inode && new TextDecoder().decode(inode.bytes);
  }

  /** Names and contents, with names of one file told apart from copies. */
  fingerprint(): string {
    const seen = new Map<Inode, number>();
    return [...this.names.keys()]
      .sort()
      .map((name) => {
        const inode = this.names.get(name) as Inode;
        if (!seen.has(inode)) seen.set(inode, seen.size);
        return `${name}#${seen.get(inode)}:${inode.bytes.length === 0 ? '' : this.text(name)}`;
      })
      .join('\n');
  }

  /** What is left when the power fails now and only the first `kept` unsynced changes reached the disk. */
  afterPowerLoss(kept: number): SimulatedDisk {
    const left = new SimulatedDisk();
    for (const [name, inode] of this.unsynced[Math.min(kept, this.unsynced.length - 1)] ?? []) {
      left.names.set(name, { bytes: inode.synced ? inode.bytes : NOTHING, synced: true });
    }
    left.unsynced = [new Map(left.names)];
    return left;
  }

  /** The disk as one process sees it. */
  mount(processName: string, gate: Gate = async () => {}): FileSystem {
    let unique = 0;
    const inodeAt = (path: string) => {
      const inode = this.names.get(basename(path));
      if (inode === undefined) throw systemError('ENOENT');
      return inode;
    };
    const changed = () => this.unsynced.push(new Map(this.names));
    return {
      uniqueName: () => `${processName}-${++unique}`,
      realFolder: async (path) => path,
      linkTarget: async () => null,
      list: async () => {
        await gate('list');
        const first = new Set(this.names.keys());
        await gate(`list on from ${[...first].sort().join(' ')}`);
        const names = new Set([...first, ...this.names.keys()]);
        return [...names].filter((name) => (this.lateLook(name) ? this.names.has(name) : first.has(name)));
      },
      read: async (path, maxBytes) => {
        await gate(`read ${basename(path)}`);
        const bytes = this.names.get(basename(path))?.bytes ?? null;
        if (bytes !== null && bytes.length > maxBytes) throw new FileTooLargeError(bytes.length);
        return bytes;
      },
      create: async (path) => {
        await gate(`create ${basename(path)}`);
        if (this.names.has(basename(path))) throw systemError('EEXIST');
        const inode: Inode = { bytes: NOTHING, synced: false };
        this.names.set(basename(path), inode);
        changed();
        return {
          write: async (bytes) => {
            await gate('write');
            inode.bytes = bytes.slice(0, bytes.length / 2);
            await gate('write on');
            inode.bytes = bytes;
          },
          sync: async () => {
            await gate('sync');
            inode.synced = true;
          },
          close: async () => {},
        };
      },
      link: async (from, to) => {
        await gate(`link ${basename(to)}`);
        const inode = inodeAt(from);
        if (this.names.has(basename(to))) throw systemError('EEXIST');
        this.names.set(basename(to), inode);
        changed();
      },
      sameFile: async (a, b) => {
        await gate(`compare ${basename(b)}`);
        const inode = this.names.get(basename(a));
        return inode !== undefined && inode === this.names.get(basename(b));
      },
      rename: async (from, to) => {
        await gate(`rename ${basename(to)}`);
        const inode = inodeAt(from);
        // POSIX: between two names of one file a rename does nothing.
        if (this.names.get(basename(to)) === inode) return;
        this.names.delete(basename(from));
        this.names.set(basename(to), inode);
        changed();
      },
      unlink: async (path) => {
        await gate(`unlink ${basename(path)}`);
        inodeAt(path);
        this.names.delete(basename(path));
        changed();
      },
      syncFolder: async () => {
        await gate('sync folder');
        this.unsynced = [new Map(this.names)];
      },
    };
  }
}

const FOLDER = '/data';
export const FILE = join(FOLDER, 'm.json');
