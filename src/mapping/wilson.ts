/** A share with its 95 % confidence interval. */
export interface Proportion {
  /** Observed share, 0..1; null when nothing was counted. */
  value: number | null;
  /** Lower end of the interval. */
  low: number;
  /** Upper end of the interval. */
  high: number;
}

/** Two-sided 95 % of the normal distribution. */
const Z = 1.959963984540054;

/**
 * Returns a share with its Wilson score interval (E. B. Wilson, JASA 22, 1927), which stays sensible for small counts
 * and for shares of 0 and 1, where the textbook interval has no width.
 *
 * @internal
 */
export function proportion(successes: number, trials: number): Proportion {
  if (trials === 0) return { value: null, low: 0, high: 1 };
  const share = successes / trials;
  const denominator = 1 + (Z * Z) / trials;
  const centre = share + (Z * Z) / (2 * trials);
  const spread = Z * Math.sqrt((share * (1 - share)) / trials + (Z * Z) / (4 * trials * trials));
  return {
    value: share,
    // At 0 and 1 the ends are exact; floating point would miss them by a hair.
    low: successes === 0 ? 0 : Math.max(0, (centre - spread) / denominator),
    high: successes === trials ? 1 : Math.min(1, (centre + spread) / denominator),
  };
}
