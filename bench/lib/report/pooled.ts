import type { Proportion } from '../../../src/mapping/wilson.ts';
import type { SetResult } from '../accuracy.ts';
import { percent } from '../tables.ts';

/** Several sets together, decided at the default thresholds. */
export function pooled(sets: readonly SetResult[]) {
  const sum = (pick: (set: SetResult) => number) => sets.reduce((total, set) => total + pick(set), 0);
  const correct = sum((set) => set.evaluation!.byStatus.matched.correct);
  const withMatch = sum((set) => set.withMatch);
  const reviewWithMatch = sum((set) => set.evaluation!.byStatus.review.withMatch);
  const reviewListed = sum((set) => {
    const { withMatch: inReview, matchAmongCandidates } = set.evaluation!.byStatus.review;
    return Math.round(inReview * (matchAmongCandidates.value ?? 0));
  });
  return {
    proposals: sum((set) => set.evaluation!.byStatus.matched.proposals),
    correct,
    recall: withMatch === 0 ? null : correct / withMatch,
    /** Share of the review rows with a match that list it. */
    reviewListed: reviewWithMatch === 0 ? null : reviewListed / reviewWithMatch,
  };
}

/** A share with its interval: "99.5 (98.7 to 99.9)". */
export function interval({ value, low, high }: Proportion): string {
  return value === null ? 'n/a' : `${percent(value)} (${percent(low)} to ${percent(high)})`;
}
