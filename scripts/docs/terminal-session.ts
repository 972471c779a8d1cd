/** Plays a terminal session on the embedded Halo and prints what a person sees; the README shows it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { run } from '../../src/cli/main.ts';
import { createPrinter } from '../../src/cli/output/printer.ts';

/** Command lines, the keys pressed in each, and what of the output is shown. */
const SESSION: readonly { line: string; keys?: string; show: (lines: string[]) => string[] }[] = [
  { line: 'suggest --demo --accept matched', show: (lines) => lines },
  { line: 'review --demo --status review', keys: 'aqn', show: (lines) => lines.slice(2, 7) },
  { line: 'save --demo --yes', show: (lines) => [...lines.slice(0, 2), '...', ...lines.slice(-1)] },
  { line: 'check --demo --max-unmatched 600', show: (lines) => lines },
];

const folder = mkdtempSync(join(tmpdir(), 'halo-psa-session-'));
try {
  const parts: string[] = [];
  for (const { line, keys = '', show } of SESSION) {
    const shown = show((await play(line, [...keys])).split('\n'));
    parts.push([`$ npx halo-psa ${line}`, ...shown].join('\n'));
  }
  console.log(parts.join('\n\n'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function play(line: string, keys: string[]): Promise<string> {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const key = async () => keys.shift() ?? 'q';
  await run(line.split(' '), {
    out: createPrinter(stream),
    err: createPrinter(stream),
    prompts: {
      isInteractive: true,
      key,
      confirm: async () => (await key()) === 'y',
      password: async () => '',
      search: async () => {
        throw new Error('the session searches for nothing');
      },
    },
    // As npm says it to what npx starts.
    env: { USER: 'kim', npm_command: 'exec' },
    cwd: folder,
    signal: new AbortController().signal,
    now: () => new Date('2026-11-26T09:00:00Z'),
  });
  // Folders differ between machines.
  return text.trim().replaceAll(`${folder}/`, '');
}
