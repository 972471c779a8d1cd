import { describe, expect, it } from 'vitest';
import { createRateGate } from '../../src/http/rate-gate.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

function setup() {
  const clock = createVirtualClock();
  return { clock, gate: createRateGate(clock) };
}

describe('a gate that a 429 closes', () => {
  it('admits nobody until the stated time, then one probe, and opens when it passes', async () => {
    const { clock, gate } = setup();
    const first = gate.enter();
    expect([gate.admits(), gate.closed(), gate.probeInMs(), gate.statedWaitMs()]).toEqual([
      true,
      false,
      0,
      0,
    ]);
    gate.refused(first, 7000, undefined);
    expect([gate.admits(), gate.closed(), gate.probeInMs(), gate.statedWaitMs()]).toEqual([
      false,
      true,
      7000,
      7000,
    ]);
    await clock.advance(6999);
    expect(gate.admits()).toBe(false);
    await clock.advance(1);
    expect([gate.admits(), gate.statedWaitMs()]).toEqual([true, 0]);
    const probe = gate.enter();
    expect(probe.probe).toBe(true);
    expect(gate.admits()).toBe(false);
    gate.passed(probe);
    expect([gate.admits(), gate.closed()]).toEqual([true, false]);
  });

  it('is not opened by a request from before, nor by a probe of an earlier closure', async () => {
    const { clock, gate } = setup();
    const [first, second] = [gate.enter(), gate.enter()];
    gate.refused(first, 1000, undefined);
    gate.passed(second);
    expect(gate.closed()).toBe(true);
    await clock.advance(1000);
    const probe = gate.enter();
    gate.refused(probe, 1000, undefined);
    gate.passed(probe);
    expect(gate.closed()).toBe(true);
  });

  it('admits another probe when one is abandoned, but not for a request from before', async () => {
    const { clock, gate } = setup();
    const [first, second] = [gate.enter(), gate.enter()];
    gate.abandoned(second);
    gate.refused(first, 1000, undefined);
    await clock.advance(1000);
    const probe = gate.enter();
    gate.abandoned(second);
    expect(gate.admits()).toBe(false);
    gate.abandoned(probe);
    expect(gate.admits()).toBe(true);
    gate.abandoned(probe);
    gate.refused(gate.enter(), 1000, undefined);
    gate.abandoned(probe);
    expect(gate.closed()).toBe(true);
    await clock.advance(5000);
    gate.enter();
    gate.abandoned(probe);
    expect(gate.admits()).toBe(false);
  });

  it('closes again for a late 429 that states a time, and admits a probe then', async () => {
    const { clock, gate } = setup();
    const [first, late] = [gate.enter(), gate.enter()];
    gate.refused(first, 1000, undefined);
    await clock.advance(1000);
    gate.passed(gate.enter());
    const between = gate.enter();
    gate.refused(late, 2000, undefined);
    // Sent while the gate was open: no probe, whatever its answer.
    gate.passed(between);
    expect([gate.closed(), gate.admits()]).toEqual([true, false]);
    await clock.advance(2000);
    expect(gate.admits()).toBe(true);
    gate.passed(gate.enter());
    expect(gate.closed()).toBe(false);
  });

  it('takes a late 429 of the same burst for no news, unless it states a longer wait', async () => {
    const { clock, gate } = setup();
    const [first, second, third, fourth] = [gate.enter(), gate.enter(), gate.enter(), gate.enter()];
    gate.refused(first, 5000, undefined);
    gate.refused(second, undefined, undefined);
    expect(gate.statedWaitMs()).toBe(5000);
    gate.refused(third, 3000, undefined);
    expect(gate.statedWaitMs()).toBe(5000);
    gate.refused(fourth, 9000, undefined);
    expect(gate.statedWaitMs()).toBe(9000);
    await clock.advance(9000);
    expect(gate.admits()).toBe(true);
  });

  it('does not send a second probe because of a late 429', async () => {
    const { clock, gate } = setup();
    const [first, late] = [gate.enter(), gate.enter()];
    gate.refused(first, 1000, undefined);
    await clock.advance(1000);
    const probe = gate.enter();
    gate.refused(late, 0, undefined);
    expect(gate.admits()).toBe(false);
    gate.passed(probe);
    expect(gate.closed()).toBe(false);
  });

  it('shortens a stated wait when the probe says so', async () => {
    const { clock, gate } = setup();
    gate.refused(gate.enter(), 400_000, undefined);
    // A wait beyond 330 s is checked by a probe all the same.
    expect([gate.probeInMs(), gate.statedWaitMs()]).toEqual([330_000, 400_000]);
    await clock.advance(330_000);
    // Those who come while it is probed are not sent away with what was left of the time.
    expect([gate.admits(), gate.statedWaitMs()]).toEqual([true, 0]);
    gate.refused(gate.enter(), 2000, undefined);
    expect(gate.statedWaitMs()).toBe(2000);
  });

  it('waits 5, 10, 20, 40, 60, 60 s of its own, and from the fourth on at least for our oldest request', async () => {
    const { clock, gate } = setup();
    const waits: number[] = [];
    for (let index = 0; index < 6; index += 1) {
      gate.refused(gate.enter(), undefined, undefined);
      waits.push(gate.probeInMs());
      await clock.advance(gate.probeInMs());
    }
    expect(waits).toEqual([5000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    const relieved = setup();
    const second: number[] = [];
    for (let index = 0; index < 5; index += 1) {
      relieved.gate.refused(relieved.gate.enter(), undefined, 50_000);
      second.push(relieved.gate.probeInMs());
      await relieved.clock.advance(relieved.gate.probeInMs());
    }
    expect(second).toEqual([5000, 10_000, 20_000, 50_000, 60_000]);
  });

  it('waits at least 5, 10, 20 s where the times stated were kept and did not help', async () => {
    const { clock, gate } = setup();
    const waits: number[] = [];
    for (const statedMs of [0, 0, 1000, 30_000, 0]) {
      gate.refused(gate.enter(), statedMs, undefined);
      waits.push(gate.probeInMs());
      await clock.advance(gate.probeInMs());
    }
    expect(waits).toEqual([0, 5000, 10_000, 30_000, 40_000]);
  });

  it('begins anew after it was open', async () => {
    const { clock, gate } = setup();
    gate.refused(gate.enter(), undefined, undefined);
    await clock.advance(5000);
    gate.passed(gate.enter());
    gate.refused(gate.enter(), undefined, undefined);
    expect(gate.probeInMs()).toBe(5000);
  });
});
