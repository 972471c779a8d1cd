import { describe, expect, it } from 'vitest';
import type { RequestEffect } from '../../src/http/request.ts';
import { createRetryBudget } from '../../src/http/retry-budget.ts';
import {
  decide,
  mayHaveActed,
  type Outcome,
  outcomeOfStatus,
  pauseMs,
  type Verdict,
} from '../../src/http/retry-policy.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

const first = { resends: 0, maxRetries: 2, renewed: false, resendWrites: false };

describe('the resend policy, row by row', () => {
  it.each<[Outcome, read: Verdict, write: Verdict]>([
    ['unsent', 'resend', 'resend'],
    ['untrusted', 'stop', 'stop'],
    ['network', 'resend', 'uncertain'],
    ['garbled', 'resend', 'uncertain'],
    ['timeout', 'resend', 'uncertain'],
    ['closed', 'stop', 'uncertain'],
    ['truncated', 'resend', 'uncertain'],
    ['unusable', 'stop', 'uncertain'],
    ['unauthorized', 'renew', 'renew'],
    ['limited', 'wait', 'wait'],
    ['unavailable', 'resend', 'uncertain'],
    ['failed', 'stop', 'uncertain'],
    ['refused', 'stop', 'stop'],
  ])('%s: read %s, write %s', (outcome, read, write) => {
    expect(decide({ ...first, effect: 'read', outcome })).toBe(read);
    for (const effect of ['create', 'update', 'delete'] as const) {
      expect(decide({ ...first, effect, outcome })).toBe(write);
      expect(mayHaveActed(effect, outcome)).toBe(write === 'uncertain');
    }
    expect(mayHaveActed('read', outcome)).toBe(false);
  });

  it.each<[number, Outcome]>([
    [0, 'refused'],
    [206, 'refused'],
    [302, 'refused'],
    [304, 'refused'],
    [400, 'refused'],
    [401, 'unauthorized'],
    [403, 'refused'],
    [404, 'refused'],
    [407, 'refused'],
    [408, 'unavailable'],
    [409, 'refused'],
    [422, 'refused'],
    [429, 'limited'],
    [500, 'unavailable'],
    [501, 'refused'],
    [502, 'unavailable'],
    [503, 'unavailable'],
    [504, 'unavailable'],
    [505, 'refused'],
    [507, 'failed'],
    [520, 'failed'],
  ])('status %i counts as %s', (status, outcome) => {
    expect(outcomeOfStatus(status)).toBe(outcome);
  });

  it('stops a read after maxRetries resends', () => {
    const at = (resends: number, maxRetries: number) =>
      decide({ ...first, effect: 'read', outcome: 'unavailable', resends, maxRetries });
    expect([at(0, 2), at(1, 2), at(2, 2), at(0, 0)]).toEqual(['resend', 'resend', 'stop', 'stop']);
  });

  it('sends a read once more, not twice, after an answer that was not HTTP', () => {
    const at = (resends: number) => decide({ ...first, effect: 'read', outcome: 'garbled', resends });
    expect([at(0), at(1)]).toEqual(['resend', 'stop']);
  });

  it('renews a token once and neither counts that nor a wait for the rate limit', () => {
    const spent = { ...first, resends: 2 };
    for (const effect of ['read', 'create'] as const) {
      expect(decide({ ...spent, effect, outcome: 'unauthorized' })).toBe('renew');
      expect(decide({ ...spent, effect, outcome: 'unauthorized', renewed: true })).toBe('stop');
      expect(decide({ ...spent, effect, outcome: 'limited', renewed: true })).toBe('wait');
    }
  });

  it('stops an unsent write after maxRetries, certain that nothing happened', () => {
    expect(decide({ ...first, effect: 'create', outcome: 'unsent', resends: 2 })).toBe('stop');
  });

  it.each<[RequestEffect, Verdict, Verdict]>([
    ['create', 'uncertain', 'uncertain'],
    ['update', 'resend', 'uncertain'],
    ['delete', 'resend', 'uncertain'],
  ])('with resendWrites, a reset %s is %s, and %s when resends are used up', (effect, early, late) => {
    const facts = { ...first, effect, outcome: 'network', resendWrites: true } as const;
    expect(decide(facts)).toBe(early);
    expect(decide({ ...facts, resends: 2 })).toBe(late);
  });
});

describe('the pause before a resend', () => {
  it('lies anywhere between 0 and a ceiling that doubles from 0.5 s to 8 s', () => {
    const ceilings = [1, 2, 3, 4, 5, 6, 50].map((resend) => pauseMs(resend, 1));
    expect(ceilings).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000]);
    expect(pauseMs(3, 0)).toBe(0);
    expect(pauseMs(3, 0.25)).toBe(500);
  });
});

describe('the resend budget of a client', () => {
  it('stops amplifying an outage: 1,000 failing calls make 20 resends at once', () => {
    const budget = createRetryBudget(createVirtualClock());
    const taken = Array.from({ length: 1000 }, () => budget.take()).filter(Boolean).length;
    expect(taken).toBe(20);
  });

  it('earns one resend per ten successes', () => {
    const budget = createRetryBudget(createVirtualClock());
    while (budget.take());
    for (let success = 0; success < 10; success += 1) budget.succeeded(false);
    expect([budget.take(), budget.take()]).toEqual([true, false]);
  });

  it('gets back a resend that helped, so that a server with short keep-alive never uses it up', () => {
    const budget = createRetryBudget(createVirtualClock());
    for (let call = 0; call < 1000; call += 1) {
      expect(budget.take()).toBe(true);
      budget.succeeded(true);
    }
  });

  it('earns one resend per 5 s, and never more than it can hold', async () => {
    const clock = createVirtualClock();
    const budget = createRetryBudget(clock);
    while (budget.take());
    await clock.advance(5000);
    expect([budget.take(), budget.take()]).toEqual([true, false]);
    await clock.advance(24 * 3600 * 1000);
    for (let success = 0; success < 1000; success += 1) budget.succeeded(false);
    expect(Array.from({ length: 50 }, () => budget.take()).filter(Boolean)).toHaveLength(20);
  });
});
