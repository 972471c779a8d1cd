/** A proposal for one organization, right or wrong. */
export interface Proposal {
  readonly score: number;
  readonly isCorrect: boolean;
}

/** How good a matcher is on a set, each 0..1. */
export interface Figures {
  /** Share of the organizations with a match whose best proposal is right. */
  readonly top1: number;
  /** The best F1 over all thresholds. */
  readonly f1: number;
  /** Recall at the lowest threshold that keeps precision at 99 % or 95 %. */
  readonly recallAtP99: number;
  readonly recallAtP95: number;
}

/**
 * Figures of a list of proposals, at most one per organization; every organization counts, also one without a match,
 * for which every proposal is wrong. Proposals of equal score pass a threshold together.
 */
export function figuresOf(proposals: readonly Proposal[], withMatch: number): Figures {
  const sorted = [...proposals].sort((a, b) => b.score - a.score);
  const figures = { top1: 0, f1: 0, recallAtP99: 0, recallAtP95: 0 };
  let correct = 0;
  sorted.forEach((proposal, at) => {
    if (proposal.isCorrect) correct++;
    if (sorted[at + 1]?.score === proposal.score) return;
    const precision = correct / (at + 1);
    const recall = correct / withMatch;
    figures.f1 = Math.max(figures.f1, (2 * correct) / (at + 1 + withMatch));
    if (precision >= 0.99) figures.recallAtP99 = Math.max(figures.recallAtP99, recall);
    if (precision >= 0.95) figures.recallAtP95 = Math.max(figures.recallAtP95, recall);
  });
  figures.top1 = withMatch === 0 ? 0 : correct / withMatch;
  return figures;
}
