import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explore, inTurn, loading, type Program, Run, type Scenario, saving } from './explore.ts';

/** The long form takes minutes; `.ci/full` asks for it. */
const FULL = process.env.HALO_PSA_TESTS === 'full';
const TIMEOUT_MS = FULL ? 3_600_000 : 60_000;

/** How a folder listing meets entries that come and go while it runs. */
const LOOKS: readonly (readonly [string, (name: string) => boolean])[] = [
  ['as it was at the start', () => false],
  ['as it was at the end', () => true],
  ['announcements late', (name) => name.endsWith('.tmp')],
  ['claims late', (name) => !name.endsWith('.tmp')],
];

const twoSaves: Scenario = { start: ['s'], programs: [saving('a'), saving('b')] };
const firstSaves: Scenario = { start: [], programs: [saving('a'), saving('b')] };
const sleeper: Scenario = { start: ['s'], programs: [saving('a'), inTurn(saving('b'), saving('c'))] };
const reader: Scenario = { start: ['s'], programs: [saving('a'), inTurn(loading, loading)] };
const unfinished: Scenario = { start: ['s'], claimed: ['s', 'a'], programs: [loading, saving('b')] };
const withLook = (scenario: Scenario, lateLook: (name: string) => boolean) => ({ ...scenario, lateLook });

describe('every order of the calls of several processes', () => {
  const short: [string, Scenario, number][] = [
    ['two saves of one revision', twoSaves, 0],
    ['a save and a reader, one of them killed', reader, 1],
    ['a save and a reader that finish for a dead process', unfinished, 0],
  ];
  const full: [string, Scenario, number][] = LOOKS.flatMap(
    ([look, lateLook]): [string, Scenario, number][] => [
      [`two first saves, one killed, folders listed ${look}`, withLook(firstSaves, lateLook), 1],
      [`two saves, both killed, folders listed ${look}`, withLook(twoSaves, lateLook), 2],
      [
        `a save and a reader that finish for a dead process, one killed, folders listed ${look}`,
        withLook(unfinished, lateLook),
        1,
      ],
      [`a save that sleeps while two others end, folders listed ${look}`, withLook(sleeper, lateLook), 0],
    ],
  );

  it.each(FULL ? [...short, ...full] : short)(
    '%s: each save is applied or refused, none is lost, nothing stays behind',
    { timeout: TIMEOUT_MS },
    async (_title, scenario, kills) => {
      const startMs = performance.now();
      const { states, endings, faults } = await explore(scenario, kills);
      if (FULL) {
        process.stdout.write(
          `${states} states, ${endings} endings, ${Math.round(performance.now() - startMs)} ms\n`,
        );
      }
      expect(faults).toEqual([]);
      expect(endings).toBeGreaterThan(100);
    },
  );
});

describe('random orders of the calls of four processes', () => {
  const program = fc.constantFrom<'save' | 'load'>('save', 'save', 'save', 'load');
  const programs = fc.array(fc.array(program, { minLength: 1, maxLength: 3 }), {
    minLength: 2,
    maxLength: 4,
  });

  it('loses no save and gives no reader an older document than was known', {
    timeout: TIMEOUT_MS,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        programs,
        fc.constantFrom(...LOOKS.map(([, look]) => look)),
        // Long turns of one process are what an even draw would never give.
        fc.infiniteStream(
          fc.record({ who: fc.nat(3), turn: fc.oneof(fc.nat(4), fc.nat(60)), kill: fc.nat(40) }),
        ),
        async (plans, lateLook, moves) => {
          const run = new Run({
            start: ['s'],
            programs: plans.map((plan, index) =>
              inTurn(
                ...plan.map(
                  (what, turn): Program => (what === 'save' ? saving(`${index}.${turn}`) : loading),
                ),
              ),
            ),
            lateLook,
          });
          await run.settle();
          for (const { who, turn, kill } of moves) {
            const index = run.runnable().at(who % Math.max(1, run.runnable().length));
            if (index === undefined) break;
            if (kill === 0) run.crash(index);
            else
              for (let count = 0; count <= turn && run.runnable().includes(index); count += 1)
                await run.step(index);
          }
          expect(await run.verdict()).toEqual([]);
        },
      ),
      { numRuns: FULL ? 50_000 : 400 },
    );
  });
});
