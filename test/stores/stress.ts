import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createJsonFileStore } from '../../src/stores/json-file.ts';
import { applyChanges } from '../../src/workflow/document-changes.ts';
import { parseMappingDocument } from '../../src/workflow/mapping-document.ts';

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));

export interface StressPlan {
  readonly processes: number;
  /** Saves that each process attempts. */
  readonly saves: number;
  /** Chance that a process kills itself before any one call of the file system. */
  readonly chanceOfDeath: number;
  /** Mean time between kills from outside, in milliseconds. */
  readonly killEveryMs: number;
  readonly seed: number;
}

export interface StressResult {
  readonly attempts: number;
  readonly applied: number;
  readonly refused: number;
  /** Attempts whose process died before it learnt the outcome. */
  readonly unknown: number;
  /** Of those, how many had been applied. */
  readonly unknownApplied: number;
  readonly kills: number;
  /** Looks at the file while it was being saved. */
  readonly looks: number;
  readonly torn: number;
  readonly lost: number;
  readonly faults: readonly string[];
  readonly elapsedMs: number;
}

/** Saves from several processes at once, killing them at random, and judges what is in the file afterwards. */
export async function stress(plan: StressPlan): Promise<StressResult> {
  const folder = mkdtempSync(join(tmpdir(), 'halo-psa-stress-'));
  const path = join(folder, 'mapping.json');
  const names = Array.from({ length: plan.processes }, (_, index) => `w${index}`);
  const notesOf = (name: string) => join(folder, `notes-${name}`);
  const startMs = performance.now();
  const faults: string[] = [];
  const running = new Map<string, ChildProcess>();
  let kills = 0;
  let looks = 0;
  let torn = 0;

  const work = async (name: string, index: number): Promise<void> => {
    for (let life = 0; ; life += 1) {
      const seed = plan.seed + index * 1009 + life * 9176;
      const args = [WORKER, path, notesOf(name), name, plan.saves, plan.chanceOfDeath, seed].map(String);
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
      running.set(name, child);
      let stderr = '';
      child.stderr?.on('data', (chunk: Buffer) => {
        stderr += chunk;
      });
      const [status, signal] = await new Promise<[number | null, string | null]>((resolve) => {
        child.on('close', (...how) => resolve(how));
      });
      running.delete(name);
      if (signal === 'SIGKILL') kills += 1;
      else {
        if (status !== 0) faults.push(`${name} failed: ${stderr.slice(0, 500)}`);
        return;
      }
    }
  };

  let done = false;
  const watch = (async () => {
    let lastRevision = 0;
    while (!done) {
      if (existsSync(path)) {
        looks += 1;
        try {
          parseMappingDocument(readFileSync(path));
        } catch {
          torn += 1;
        }
        const revision = (await createJsonFileStore(path).load())?.revision ?? 0;
        if (revision < lastRevision) faults.push(`a load went back from ${lastRevision} to ${revision}`);
        lastRevision = revision;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  let turn = 0;
  const killer = setInterval(() => {
    const alive = [...running.values()];
    turn += 1;
    alive[turn % Math.max(1, alive.length)]?.kill('SIGKILL');
  }, plan.killEveryMs);

  await Promise.all(names.map(work));
  clearInterval(killer);
  done = true;
  await watch;

  const result = await judge({ path, names, notesOf, faults });
  const left = readdirSync(folder).filter((name) => name.startsWith('mapping.json'));
  if (left.join() !== 'mapping.json') faults.push(`left behind: ${left}`);
  rmSync(folder, { recursive: true, force: true });
  return { ...result, kills, looks, torn, faults, elapsedMs: Math.round(performance.now() - startMs) };
}

async function judge(context: {
  path: string;
  names: readonly string[];
  notesOf: (name: string) => string;
  faults: string[];
}) {
  const { path, names, notesOf, faults } = context;
  const store = createJsonFileStore(path);
  const final = await store.load();
  if (final === null) throw new Error('Nothing was saved');
  const totals = { attempts: 0, applied: 0, refused: 0, unknown: 0, unknownApplied: 0, lost: 0 };
  const revisions = new Set<string>();
  let sum = 0;
  for (const name of names) {
    const lines = readFileSync(notesOf(name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' '));
    const of = (kind: string) => lines.filter(([what]) => what === kind);
    const [attempts, applied, refused] = [of('attempt'), of('applied'), of('refused')];
    const unknown = attempts.length - applied.length - refused.length;
    const counted = Number(
      final.entries.find((entry) => entry.organizationId === name)?.organizationName ?? 0,
    );
    for (const [, , revision = ''] of applied) {
      if (revisions.has(revision)) faults.push(`revision ${revision} was won twice`);
      revisions.add(revision);
    }
    if (counted > applied.length + unknown) faults.push(`${name} counts ${counted}, more than it saved`);
    sum += counted;
    totals.attempts += attempts.length;
    totals.applied += applied.length;
    totals.refused += refused.length;
    totals.unknown += unknown;
    totals.unknownApplied += Math.max(0, counted - applied.length);
    totals.lost += Math.max(0, applied.length - counted);
  }
  if (sum !== final.revision) faults.push(`revision ${final.revision} after ${sum} applied saves`);
  // The next save removes what the dead left behind.
  await store.save(applyChanges(final, []), final.revision);
  return totals;
}
