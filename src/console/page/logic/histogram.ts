/** Bars of the chart: 5 points of confidence each. */
export const BIN_COUNT = 20;

/** How many confidences fall into each bin of equal width; 1 belongs to the last. */
export function histogram(confidences: readonly number[], bins: number = BIN_COUNT): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (const confidence of confidences) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(confidence * bins)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/**
 * Returns the height of a bar, 0..1. Most confidences lie at the two ends, so heights grow with the square root: what lies
 * between, which is what thresholds are about, stays visible.
 */
export function barHeight(count: number, highest: number): number {
  return highest === 0 ? 0 : Math.sqrt(count / highest);
}
