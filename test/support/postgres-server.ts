import { execFileSync, spawn } from 'node:child_process';
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL server of this machine's own installation, reachable by its Unix socket only. */
export interface PostgresServer {
  /** Connection settings for `pg`. */
  readonly connection: { readonly host: string; readonly user: string; readonly database: string };
  stop(): Promise<void>;
}

/** A cluster is made and started within a second or two; a busy machine takes longer. */
const START_LIMIT_MS = 60_000;

/** A pool that was told to end closes its sockets at once, give or take a turn of the event loop. */
const CLOSE_LIMIT_MS = 5000;

/** Folder of the newest installed server's programs, as Debian and Ubuntu lay them out; null when there is none. */
export function findPostgres(): string | null {
  const versionOf = (path: string) => Number(/\d+/.exec(path)?.[0] ?? 0);
  const [newest] = globSync('/usr/lib/postgresql/*/bin').sort((a, b) => versionOf(b) - versionOf(a));
  return newest ?? null;
}

/** The server refuses to run as root; Debian's package brings a user for it. */
function serverUser(): { uid: number; gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** Makes an empty cluster in a temporary folder and starts it. Call `stop` to end it and remove the folder. */
export async function startPostgres(programs: string): Promise<PostgresServer> {
  const user = serverUser();
  const folder = mkdtempSync(join(tmpdir(), 'halo-psa-pg-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const options = { ...user, cwd: folder, stdio: 'ignore' } as const;
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'tests', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
    options,
  );
  const settings = [
    '-c',
    'listen_addresses=',
    '-c',
    `unix_socket_directories=${folder}`,
    '-c',
    'max_connections=30',
  ];
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...settings], options);
  const ended = new Promise<void>((resolve) => {
    server.on('exit', () => resolve());
  });
  const stop = async () => {
    // SIGTERM lets connections that are being closed end by themselves, SIGINT ends those that were forgotten.
    server.kill('SIGTERM');
    const impatience = setTimeout(() => server.kill('SIGINT'), CLOSE_LIMIT_MS);
    await ended;
    clearTimeout(impatience);
    rmSync(folder, { recursive: true, force: true });
  };
  const giveUpAtMs = performance.now() + START_LIMIT_MS;
  while (!isReady(programs, folder)) {
    if (server.exitCode !== null || performance.now() > giveUpAtMs) {
      await stop();
      throw new Error('PostgreSQL did not start');
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { connection: { host: folder, user: 'tests', database: 'postgres' }, stop };
}

function isReady(programs: string, folder: string): boolean {
  try {
    execFileSync(join(programs, 'pg_isready'), ['-q', '-h', folder]);
    return true;
  } catch {
    return false;
  }
}
