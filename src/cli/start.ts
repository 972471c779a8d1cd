import { EXIT } from './exit-codes.ts';
import { Interruption } from './interruption.ts';
import { run } from './main.ts';
import { createPrinter } from './output/printer.ts';
import { createPrompts } from './prompts.ts';

const stop = new AbortController();

for (const [name, exitCode] of [
  ['SIGINT', EXIT.interrupted],
  ['SIGTERM', EXIT.terminated],
] as const) {
  // The first asks for an orderly end; whoever asks twice does not want to wait for it.
  process.once(name, () => {
    stop.abort(new Interruption('Stopped.', exitCode));
    process.once(name, () => process.exit(exitCode));
  });
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads, as `head` does, has had enough: that is no failure.
    if (error.code !== 'EPIPE') throw error;
    stop.abort(new Interruption('', EXIT.ok));
  });
}

process.exitCode = await run(process.argv.slice(2), {
  out: createPrinter(process.stdout),
  err: createPrinter(process.stderr),
  prompts: createPrompts({ input: process.stdin, output: process.stderr }, stop.signal),
  env: process.env,
  cwd: process.cwd(),
  signal: stop.signal,
  now: () => new Date(),
});
