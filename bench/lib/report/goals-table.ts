import type { SetResult } from '../accuracy.ts';
import type { ScalingRow } from '../scaling.ts';
import type { SearchRecall } from '../search-recall.ts';
import { table } from '../tables.ts';
import { accuracyGoals } from './accuracy-goals.ts';
import type { Goal } from './goal.ts';
import { recallGoals, scalingGoals, usualGoals } from './speed-goals.ts';

/** What the goals are about. */
export interface GoalInput {
  readonly sets: readonly SetResult[];
  readonly scaling: readonly ScalingRow[];
  readonly recalls: readonly SearchRecall[];
}

/** The goals the project set itself, with what was measured. */
export function renderGoals({ sets, scaling, recalls }: GoalInput): string {
  const known = sets.filter(({ family, evaluation }) => family !== 'generated' && evaluation !== null);
  const usual = sets.find(({ family }) => family === 'generated');
  const goals: Goal[] = [
    ...accuracyGoals(known),
    ...(usual ? usualGoals(usual) : []),
    ...scalingGoals(scaling),
    ...recallGoals(recalls),
  ];
  return table(
    ['figure', 'goal', 'measured', 'met'],
    goals.map(([figure, goal, measured]) => [figure, goal, measured, isMet(goal, measured) ? 'yes' : 'no']),
  );
}

/** Reads a goal such as "at most 70.0" or "at least 99.0, interval from 98.5" against "99.5 (98.7 to 99.9)". */
function isMet(goal: string, measured: string): boolean {
  const [wanted, low] = [...goal.matchAll(/[\d.]+/g)].map(Number);
  const [value, from] = [...measured.replaceAll(',', '').matchAll(/[\d.]+/g)].map(Number);
  if (wanted === undefined || value === undefined || /[a-z]{4}/.test(measured)) return false;
  if (/^(?:at most|under)/.test(goal)) return value <= wanted;
  if (goal.startsWith('at least')) return value >= wanted && (low === undefined || (from ?? 0) >= low);
  return value === wanted;
}
