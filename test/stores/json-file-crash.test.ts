import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createJsonFileStore, createJsonFileStoreOn } from '../../src/stores/json-file.ts';
import { formatMappingDocument } from '../../src/workflow/mapping-document.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';
import { documentOf, labelsOf } from './explore.ts';
import { saveAndDie } from './kill.ts';
import { FILE, SimulatedDisk } from './simulated-disk.ts';
import { type StressPlan, stress } from './stress.ts';

/** The long form takes minutes; `.ci/full` asks for it. */
const FULL = process.env.HALO_PSA_TESTS === 'full';

const root = mkdtempSync(join(tmpdir(), 'halo-psa-crash-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const [one, two, three] = [['a'], ['a', 'b'], ['a', 'b', 'c']].map(documentOf) as [
  ReturnType<typeof documentOf>,
  ReturnType<typeof documentOf>,
  ReturnType<typeof documentOf>,
];

describe('kill -9 in the middle of a save', () => {
  it.concurrent.each([
    ['create', 'old'],
    ['write', 'old'],
    ['write half', 'old'],
    ['sync', 'old'],
    ['close', 'old'],
    ['link', 'old'],
    ['rename', 'new'],
    ['syncFolder', 'new'],
    ['list after', 'new'],
    ['tidy', 'new'],
  ])('at %s leaves the %s document, never a torn one, and the next save cleans up', async (call, left) => {
    const folder = join(root, call);
    const path = join(folder, 'mapping.json');
    mkdirSync(folder);
    const store = createJsonFileStore(path);
    await store.save(one, null);
    expect(await saveAndDie(path, call)).toBe('SIGKILL');

    const text = readFileSync(path, 'utf8');
    expect([formatMappingDocument(one), formatMappingDocument(two)]).toContain(text);
    expect(await store.load()).toEqual(left === 'old' ? one : two);
    if (left === 'old') await store.save(two, 1);
    await store.save(three, 2);
    expect(await store.load()).toEqual(three);
    expect(readdirSync(folder)).toEqual(['mapping.json']);
  });
});

describe('a loss of power in the middle of a save', () => {
  /** Saves revision 2 and stops before call number `stop`; whether the save had been reported as done. */
  async function saveUpTo(disk: SimulatedDisk, stop: number): Promise<'done' | 'running'> {
    disk.put('m.json', formatMappingDocument(one));
    let calls = 0;
    const fileSystem = disk.mount('p', () => {
      calls += 1;
      return calls < stop ? Promise.resolve() : new Promise<void>(() => {});
    });
    const save = createJsonFileStoreOn(fileSystem, createVirtualClock(), FILE).save(two, 1);
    return await Promise.race([
      save.then(() => 'done' as const),
      new Promise<'running'>((resolve) => setImmediate(() => resolve('running'))),
    ]);
  }

  it('leaves the old or the new document, and the new one once the save was reported', async () => {
    let stop = 0;
    let outcome: 'done' | 'running' = 'running';
    const found = new Set<string>();
    while (outcome === 'running') {
      stop += 1;
      for (let kept = 0; kept < 12; kept += 1) {
        const disk = new SimulatedDisk();
        outcome = await saveUpTo(disk, stop);
        const rest = disk.afterPowerLoss(kept);
        const store = createJsonFileStoreOn(rest.mount('q'), createVirtualClock(), FILE);
        const loaded = await store.load();
        found.add(labelsOf(loaded).join());
        expect([one, two]).toContainEqual(loaded);
        if (outcome === 'done') expect(loaded).toEqual(two);
        if (loaded?.revision === 1) await store.save(two, 1);
        await store.save(three, 2);
        expect([...rest.names.keys()]).toEqual(['m.json']);
      }
    }
    expect(stop).toBeGreaterThan(10);
    expect([...found].sort()).toEqual(['a', 'a,b']);
  });
});

describe('many processes that save and are killed at random', () => {
  const plan: StressPlan = FULL
    ? { processes: 8, saves: 1000, chanceOfDeath: 1 / 1500, killEveryMs: 800, seed: 20_261_123 }
    : { processes: 4, saves: 25, chanceOfDeath: 1 / 400, killEveryMs: 900, seed: 20_261_123 };

  it('tear nothing and lose nothing: every save is applied or refused', {
    timeout: FULL ? 3_600_000 : 60_000,
  }, async () => {
    const result = await stress(plan);
    if (FULL) process.stdout.write(`${JSON.stringify(result)}\n`);
    expect(result).toMatchObject({ torn: 0, lost: 0, faults: [] });
    expect(result.attempts).toBeGreaterThanOrEqual(plan.processes * plan.saves);
    expect(result.kills).toBeGreaterThan(0);
    expect(result.refused).toBeGreaterThan(0);
    expect(result.looks).toBeGreaterThan(10);
  });
});
