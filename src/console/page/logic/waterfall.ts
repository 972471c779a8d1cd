/** A reason as it is drawn: what it says, and how far it moves the sum. */
export interface Reason {
  readonly label: string;
  readonly detail?: string | undefined;
  readonly weight: number;
  /** Calls for a person. */
  readonly review?: true;
}

/** One bar: from the sum before it to the sum after it, in log-odds. */
export interface WaterfallStep extends Reason {
  readonly from: number;
  readonly to: number;
}

/** Bars in the order of their reasons, and the span they cover; 0 is always inside. */
export interface Waterfall {
  readonly steps: readonly WaterfallStep[];
  readonly total: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Reasons below this change no confidence by more than 2.5 points. */
const SMALL_WEIGHT = 0.1;

/** Returns the running sum of evidence, reason by reason; small reasons become one bar where there are several. */
export function waterfall(evidence: readonly Reason[]): Waterfall {
  const steps: WaterfallStep[] = [];
  let sum = 0;
  for (const reason of foldSmall(evidence)) {
    steps.push({ ...reason, from: sum, to: sum + reason.weight });
    sum += reason.weight;
  }
  const sums = [0, ...steps.map(({ to }) => to)];
  return { steps, total: sum, lowest: Math.min(...sums), highest: Math.max(...sums) };
}

function foldSmall(evidence: readonly Reason[]): readonly Reason[] {
  const small = evidence.filter(({ weight, review }) => Math.abs(weight) < SMALL_WEIGHT && review !== true);
  if (small.length < 2) return evidence;
  const weight = small.reduce((sum, reason) => sum + reason.weight, 0);
  const label = `${small.length} small reasons`;
  return [...evidence.filter((reason) => !small.includes(reason)), { label, weight }];
}

/** Where a bar stands, in percent of the span. */
export interface BarPlace {
  readonly startPercent: number;
  readonly widthPercent: number;
}

/** Returns where a bar from one sum to another stands; a span of nothing puts all at the start. */
export function barPlace({ lowest, highest }: Waterfall, from: number, to: number): BarPlace {
  const span = highest - lowest;
  if (span === 0) return { startPercent: 0, widthPercent: 0 };
  const startPercent = ((Math.min(from, to) - lowest) / span) * 100;
  return { startPercent, widthPercent: (Math.abs(to - from) / span) * 100 };
}
