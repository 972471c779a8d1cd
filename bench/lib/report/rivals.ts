import type { Line, SetResult } from '../accuracy.ts';

/** The line with the highest F1. */
export function bestOf(lines: readonly Line[]): Line | undefined {
  return [...lines].sort((a, b) => b.figures.f1 - a.figures.f1)[0];
}

/** The best peer, and ours on the same organizations. */
export function rivalOf(set: SetResult): { best: Line; ours: Line } | null {
  const full = bestOf(
    [...set.baseline, ...set.peers].filter((l) => l.organizations === set.ours.organizations),
  );
  const few = bestOf(set.peers.filter((line) => line.organizations < set.ours.organizations));
  if (!full) return null;
  const isFewCloser =
    few !== undefined &&
    set.oursOnFew !== null &&
    few.figures.f1 - set.oursOnFew.figures.f1 > full.figures.f1 - set.ours.figures.f1;
  return isFewCloser ? { best: few, ours: set.oursOnFew! } : { best: full, ours: set.ours };
}

/** Error left over, as a share of the error of the best other matcher. */
export function errorRatio(set: SetResult): number | null {
  const rival = rivalOf(set);
  return rival && rival.best.figures.f1 < 1
    ? (1 - rival.ours.figures.f1) / (1 - rival.best.figures.f1)
    : null;
}
