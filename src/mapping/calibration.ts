/** A first candidate: how sure the engine was, and whether it was right. @internal */
export interface Outcome {
  readonly confidence: number;
  readonly isCorrect: boolean;
}

/** Candidates of similar confidence, and how often they were right. */
export interface CalibrationBin {
  count: number;
  lowestConfidence: number;
  highestConfidence: number;
  meanConfidence: number;
  /** Share that was right. */
  accuracy: number;
}

/** Whether confidence means what it says. */
export interface Calibration {
  /** At most ten bins of equal count, lowest confidence first: the reliability table. */
  bins: CalibrationBin[];
  /** Mean distance between confidence and accuracy over the bins, weighted by count; 0 is perfect. */
  expectedCalibrationError: number | null;
  /** Mean squared distance between confidence and outcome; 0 is perfect. */
  brierScore: number | null;
  /** Brier score of always saying the share that was right. The engine's must be lower to be worth anything. */
  baseRateBrierScore: number | null;
}

/** Ten, as reliability tables usually have: more would be noise in lists of a few hundred rows. */
const BINS = 10;

/**
 * Returns the reliability table with its summary figures. Outcomes of equal confidence count as their average, so that
 * the order of the rows changes nothing.
 *
 * @internal
 */
export function calibrationOf(outcomes: readonly Outcome[]): Calibration {
  const total = outcomes.length;
  if (total === 0) {
    return { bins: [], expectedCalibrationError: null, brierScore: null, baseRateBrierScore: null };
  }
  const sorted = averageTies([...outcomes].sort((a, b) => a.confidence - b.confidence));
  const bins: CalibrationBin[] = [];
  for (let bin = 0; bin < BINS; bin++) {
    const rows = sorted.slice(Math.floor((bin * total) / BINS), Math.floor(((bin + 1) * total) / BINS));
    if (rows.length > 0) bins.push(binOf(rows));
  }
  let distance = 0;
  for (const bin of bins) distance += bin.count * Math.abs(bin.accuracy - bin.meanConfidence);
  let squares = 0;
  let correct = 0;
  // Over the sorted rows: a sum of floats depends on its order.
  for (const row of sorted) {
    squares += row.right * (1 - row.confidence) ** 2 + (1 - row.right) * row.confidence ** 2;
    correct += row.right;
  }
  const baseRate = correct / total;
  return {
    bins,
    expectedCalibrationError: distance / total,
    brierScore: squares / total,
    baseRateBrierScore: baseRate * (1 - baseRate),
  };
}

interface WeightedOutcome {
  readonly confidence: number;
  /** 1 right, 0 wrong, between for the average of a tie. */
  readonly right: number;
}

function averageTies(sorted: readonly Outcome[]): WeightedOutcome[] {
  const averaged: WeightedOutcome[] = [];
  for (let first = 0; first < sorted.length; ) {
    const { confidence, isCorrect } = sorted[first]!;
    let end = first + 1;
    let right = isCorrect ? 1 : 0;
    // Begins behind the row itself: a confidence that equals nothing, NaN, still moves on.
    for (; sorted[end]?.confidence === confidence; end++) if (sorted[end]!.isCorrect) right++;
    for (let row = first; row < end; row++) averaged.push({ confidence, right: right / (end - first) });
    first = end;
  }
  return averaged;
}

function binOf(rows: readonly WeightedOutcome[]): CalibrationBin {
  let confidence = 0;
  let right = 0;
  for (const row of rows) {
    confidence += row.confidence;
    right += row.right;
  }
  return {
    count: rows.length,
    lowestConfidence: rows[0]!.confidence,
    highestConfidence: rows.at(-1)!.confidence,
    meanConfidence: confidence / rows.length,
    accuracy: right / rows.length,
  };
}
