import type { Thresholds } from '../../api-types.ts';

export type ThresholdName = keyof Thresholds;

/** What a handle can be moved by: one point of confidence. */
const THRESHOLD_STEP = 0.01;

/** Returns both thresholds with one of them moved; `review` never comes above `matched`. */
export function moveThreshold(thresholds: Thresholds, name: ThresholdName, to: number): Thresholds {
  const value = Math.round(Math.min(1, Math.max(0, to)) * 100) / 100;
  return name === 'matched'
    ? { matched: Math.max(value, thresholds.review), review: thresholds.review }
    : { matched: thresholds.matched, review: Math.min(value, thresholds.matched) };
}

/** Returns where a key moves a slider to; null for a key that moves nothing. */
export function sliderKey(key: string, value: number): number | null {
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: value - THRESHOLD_STEP,
    ArrowDown: value - THRESHOLD_STEP,
    ArrowRight: value + THRESHOLD_STEP,
    ArrowUp: value + THRESHOLD_STEP,
    PageDown: value - 10 * THRESHOLD_STEP,
    PageUp: value + 10 * THRESHOLD_STEP,
    Home: 0,
    End: 1,
  };
  return moves[key] ?? null;
}

/** How many confidences lie in each of the three zones. */
export interface ZoneCounts {
  readonly sure: number;
  readonly look: number;
  readonly low: number;
}

/** Counts the best confidences by zone: what a glance at the chart shows, before the engine has judged anything. */
export function zoneCounts(confidences: readonly number[], { matched, review }: Thresholds): ZoneCounts {
  let sure = 0;
  let look = 0;
  for (const confidence of confidences) {
    if (confidence >= matched) sure += 1;
    else if (confidence >= review) look += 1;
  }
  return { sure, look, low: confidences.length - sure - look };
}

/** Whether two pairs of thresholds are the same. */
export function sameThresholds(a: Thresholds, b: Thresholds): boolean {
  return a.matched === b.matched && a.review === b.review;
}
