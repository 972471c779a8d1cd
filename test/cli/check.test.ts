import { describe, expect, it } from 'vitest';
import { checkProblems } from '../../src/cli/check-problems.ts';
import type { MappingCheck, VanishedRows } from '../../src/workflow/index.ts';

const inOrder: MappingCheck = { ok: true, unmatched: 0, stale: 0, hidden: 0, problems: [] };
const whole = { customersHidden: null, organizationsVanished: null };
const limits = { maxUnmatched: 1, maxStale: 2 };
const vanished: VanishedRows = {
  missing: Array(5).fill({ id: 1, name: 'x' }),
  known: 9,
  hint: 'for programs',
};

describe('why a mapping is not in order', () => {
  it.each([
    ['as many as are allowed', { unmatched: 1, stale: 2 }, {}, []],
    ['not mapped', { unmatched: 2 }, {}, ['2 organizations are not mapped; --max-unmatched allows 1']],
    ['stale', { stale: 3 }, {}, ['3 saved mappings no longer hold; --max-stale allows 2']],
    ['hidden', { hidden: 1 }, {}, ['1 mapped customer may not be read by this agent']],
    ['customers gone', {}, { customersHidden: vanished }, ['5 of 9 customers vanished at once']],
    ['own rows gone', {}, { organizationsVanished: vanished }, ['5 of 9 organizations vanished at once']],
  ])('is told from the counts: %s', (_what, counts, refresh, expected) => {
    expect(checkProblems({ ...inOrder, ...counts }, limits, { ...whole, ...refresh })).toEqual(expected);
  });
});
