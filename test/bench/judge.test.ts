import { describe, expect, it } from 'vitest';
import type { LabelledSet } from '../../bench/labelled-sets.ts';
import { differenceOf, errorKindOf, renderErrors } from '../../bench/lib/errors.ts';
import { judgeSet } from '../../bench/lib/judge.ts';
import { learn } from '../../bench/lib/learn.ts';
import { renderOutOfFamily } from '../../bench/lib/out-of-family.ts';
import { misleadingRows, questionsOf } from '../../bench/lib/questions.ts';
import { EVIDENCE_WEIGHTS } from '../../src/mapping/weights.ts';

const set: LabelledSet = {
  name: 'made-up',
  family: 'made',
  organizations: [
    { id: 'o1', name: 'Kestrel Architects' },
    { id: 'o2', name: 'Quillfeather Ltd' },
    { id: 'o3', name: 'Zyvantra' },
    { id: 'o4', name: 'Halden Logistics' },
  ],
  customers: [
    { id: 'c1', name: 'Kestrel Architects LLP' },
    { id: 'c2', name: 'Quillfeather Limited' },
    { id: 'c3', name: 'Pemberton Accountants' },
    { id: 'c4', name: 'Marlow Freight' },
  ],
  // The second is labelled as another body of the same name, the fourth has been renamed.
  accepted: new Map([
    ['o1', new Set(['c1'])],
    ['o2', new Set(['c3'])],
    ['o4', new Set(['c4'])],
  ]),
};

describe('a judged set', () => {
  const judged = judgeSet(set, EVIDENCE_WEIGHTS);

  it('counts what was proposed, rightly or not, against all that have a match', () => {
    expect(judged.withMatch).toBe(3);
    expect(judged.figures.top1).toBeCloseTo(1 / 3, 10);
    expect(judged.rows.map(({ isCorrect }) => isCorrect)).toEqual([true, false, false, false]);
  });

  it('names what went wrong', () => {
    expect(judged.rows.map(errorKindOf)).toEqual([
      null,
      'matched and wrong: the same name',
      null,
      'not proposed: no word shared',
    ]);
    expect(renderErrors([judged])).toContain('### matched and wrong: the same name (1)');
  });

  it('is printed with precision, its interval and calibration', () => {
    const text = renderOutOfFamily([judged]);
    expect(text).toContain('| made-up');
    expect(text).toContain('| without homonyms');
    expect(text).toMatch(/Calibration error \d/);
  });
});

describe('two names differ', () => {
  it.each([
    ['Acme Ltd', 'ACME', 'the same name'],
    ['Acme Dental', 'Acme', 'more words on one side'],
    ['Acme Dental', 'Acme Plumbing', 'some words shared'],
    ['IBM', 'International Business Machines', 'initials'],
    ['Vexel', 'Orion Data', 'no word shared'],
  ])('%j and %j: %s', (a, b, difference) => {
    expect(differenceOf(a, b)).toBe(difference);
    expect(differenceOf(b, a)).toBe(difference);
  });
});

describe('homonyms by the making of a set', () => {
  const namesakes = (accepted: string): LabelledSet => ({
    ...set,
    organizations: [{ id: 'o1', name: 'ACME' }],
    customers: [
      { id: 'c1', name: 'Acme' },
      { id: 'c2', name: 'Apex' },
    ],
    accepted: new Map([['o1', new Set([accepted])]]),
  });

  it('are rows whose identical customer is wrong, where no identical one is right', () => {
    expect([...misleadingRows(namesakes('c2'))]).toEqual(['o1']);
    expect([...misleadingRows(namesakes('c1'))]).toEqual([]);
  });
});

describe('learning', () => {
  it('gives the same finite weights every time', () => {
    const questions = questionsOf(set);
    const weights = learn([questions]);
    expect([...learn([questions])]).toEqual([...weights]);
    expect(weights).toHaveLength(EVIDENCE_WEIGHTS.length);
    expect(weights.every(Number.isFinite)).toBe(true);
  });
});
