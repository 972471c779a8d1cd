import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Line } from './accuracy.ts';

/** One matcher on one set, with the names as they are or cleaned. */
export interface PeerRun {
  readonly set: string;
  readonly matcher: string;
  readonly names: 'raw' | 'cleaned';
  /** Whether its time is compared with the engine's: then a result is only good for the engine it ran beside. */
  readonly isTimed: boolean;
}

interface StoredRun {
  readonly engine: string;
  readonly line: Line;
}

const RESULTS = fileURLToPath(new URL('../../reports/bench-mapping', import.meta.url));
const ENGINE = fileURLToPath(new URL('../../src/mapping', import.meta.url));
const CHILD = fileURLToPath(new URL('../compare.ts', import.meta.url));

/**
 * Measures the runs, each in a process of its own, `jobs` of them at a time, and stores every result as it comes.
 * With `isResumed` results of an earlier call are taken where they still hold.
 */
export async function measurePeers(
  runs: readonly PeerRun[],
  folder: string | undefined,
  jobs: number,
  isResumed: boolean,
  log: (text: string) => void,
): Promise<ReadonlyMap<PeerRun, Line>> {
  const engine = fingerprint();
  const lines = new Map<PeerRun, Line>();
  const waiting: PeerRun[] = [];
  for (const run of runs) {
    const stored = isResumed ? read(run) : undefined;
    if (stored && (!run.isTimed || stored.engine === engine)) lines.set(run, stored.line);
    else waiting.push(run);
  }
  if (lines.size > 0) log(`${lines.size} of ${runs.length} results of other matchers are there already`);
  const work = async () => {
    for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
      const line = await runInChild(run, folder);
      store(run, { engine, line });
      lines.set(run, line);
      const share = (100 * line.figures.f1).toFixed(1);
      log(`${run.set}  ${run.matcher} ${run.names}: F1 ${share} in ${Math.round(line.ms)} ms`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return lines;
}

async function runInChild(run: PeerRun, folder: string | undefined): Promise<Line> {
  const args = [CHILD, '--set', run.set, '--matcher', run.matcher, '--names', run.names];
  if (folder !== undefined) args.push('--data', folder);
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1e8 });
  return JSON.parse(stdout);
}

function fileOf({ set, matcher, names }: PeerRun): string {
  return join(RESULTS, set, `${matcher.replaceAll(/\W/g, '-')}-${names}.json`);
}

function read(run: PeerRun): StoredRun | undefined {
  return existsSync(fileOf(run)) ? JSON.parse(readFileSync(fileOf(run), 'utf8')) : undefined;
}

function store(run: PeerRun, result: StoredRun): void {
  mkdirSync(dirname(fileOf(run)), { recursive: true });
  writeFileSync(fileOf(run), JSON.stringify(result, null, 2));
}

/** Changes with every change of the engine. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(ENGINE, { recursive: true, encoding: 'utf8' }).sort())
    if (file.endsWith('.ts')) hash.update(readFileSync(join(ENGINE, file)));
  return hash.digest('hex');
}
