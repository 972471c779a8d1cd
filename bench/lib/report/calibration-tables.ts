import { type Calibration, calibrationOf } from '../../../src/mapping/calibration.ts';
import type { SetResult } from '../accuracy.ts';
import { percent, table } from '../tables.ts';

/** How often a confidence is right: all sets in bins, and the error of each. */
export function renderCalibration(sets: readonly SetResult[]): string {
  const all = calibrationOf(sets.flatMap((set) => set.outcomes));
  const line = (name: string, calibration: Calibration) => [
    name,
    percent(calibration.expectedCalibrationError),
    calibration.brierScore?.toFixed(4) ?? 'n/a',
    calibration.baseRateBrierScore?.toFixed(4) ?? 'n/a',
  ];
  return [
    'Confidence of the first candidate of each organization, in ten bins of equal count, all sets together:',
    table(
      ['confidence from', 'to', 'mean', 'right', 'count'],
      all.bins.map((bin) => [
        percent(bin.lowestConfidence),
        percent(bin.highestConfidence),
        percent(bin.meanConfidence),
        percent(bin.accuracy),
        bin.count,
      ]),
    ),
    table(
      ['set', 'expected calibration error', 'Brier score', 'Brier score of the base rate'],
      [...sets.map((set) => line(set.set, set.calibration)), line('all', all)],
    ),
  ].join('\n\n');
}
