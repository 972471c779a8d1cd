import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';

/** Whether tmux is there to be a terminal. */
export const hasTerminal = existsSync('/usr/bin/tmux');

/** A program in a real pseudo-terminal. */
export interface Terminal {
  /** Presses keys, as tmux names them: `a`, `Enter`, `C-c`. */
  press(...keys: string[]): void;
  /** Resolves with the screen, colours included, once it shows a text; rejects after twenty seconds. */
  shows(text: string | RegExp): Promise<string>;
  /** Ends the terminal, and whatever runs in it. */
  close(): void;
}

/** Size of the terminal, in columns and rows. */
const SIZE = ['-x', '110', '-y', '45'];
const LONGEST_WAIT_MS = 20_000;

/** Opens a terminal of its own, in which a shell command runs. */
export function openTerminal(command: string, { cwd }: { readonly cwd: string }): Terminal {
  // A server of its own: nothing of the user's is touched.
  const server = ['-L', `halo-psa-${process.pid}-${Math.random().toString(36).slice(2)}`];
  const tmux = (...args: string[]) =>
    execFileSync('tmux', [...server, ...args], { encoding: 'utf8', stdio: 'pipe' });
  // The shell stays, so that what was printed last can be read.
  execFileSync(
    'tmux',
    [
      ...server,
      '-f',
      '/dev/null',
      'new-session',
      '-d',
      '-s',
      'main',
      ...SIZE,
      '-c',
      cwd,
      `${command}; echo "exit code $?"; sleep 60`,
    ],
    {
      env: { PATH: process.env.PATH, HOME: cwd, LANG: 'C.UTF-8', USER: 'kim' },
      stdio: 'pipe',
    },
  );
  const screen = () => tmux('capture-pane', '-p', '-e', '-t', 'main');
  return {
    press: (...keys) => void tmux('send-keys', '-t', 'main', ...keys),
    async shows(text) {
      const until = performance.now() + LONGEST_WAIT_MS;
      for (;;) {
        const seen = screen();
        const plain = stripVTControlCharacters(seen);
        if (typeof text === 'string' ? plain.includes(text) : text.test(plain)) return seen;
        if (performance.now() > until) throw new Error(`the terminal does not show ${text}, but:\n${seen}`);
        await pause(30);
      }
    },
    close: () => void tmux('kill-server'),
  };
}
