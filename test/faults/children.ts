import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a child process ended. */
export interface ChildResult {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
  /** From the last line of its output to its end, in milliseconds. */
  readonly lingeredMs: number;
}

/** Runs one of `children/` in a Node of its own. */
export function runChild(
  name: string,
  parameters: readonly string[] = [],
  nodeOptions: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): Promise<ChildResult> {
  const script = fileURLToPath(new URL(`children/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [...nodeOptions, script, ...parameters], {
    env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  const errors: string[] = [];
  let spokeMs = performance.now();
  child.stdout.on('data', (chunk) => {
    output.push(String(chunk));
    spokeMs = performance.now();
  });
  child.stderr.on('data', (chunk) => errors.push(String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const lingeredMs = performance.now() - spokeMs;
      resolve({ code, output: output.join(''), errors: errors.join(''), lingeredMs });
    });
  });
}
