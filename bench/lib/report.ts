import { type Calibration, calibrationOf } from '../../src/mapping/calibration.ts';
import { type Proportion, proportion } from '../../src/mapping/wilson.ts';
import { ASYNC_MATCHER } from '../measure.ts';
import type { Line, SetResult } from './accuracy.ts';
import type { ScalingRow } from './scaling.ts';
import type { SearchRecall } from './search-recall.ts';
import { percent, table, whole } from './tables.ts';

/** Everything that was measured, and where. */
export interface BenchResult {
  readonly machine: string;
  readonly node: string;
  readonly date: string;
  /** Of the other libraries, one after the other. */
  readonly versions: string;
  readonly sets: readonly SetResult[];
  readonly scaling: readonly ScalingRow[];
  readonly recalls: readonly SearchRecall[];
}

/** The whole report in Markdown. */
export function renderReport(result: BenchResult): string {
  const labelled = result.sets.filter(({ evaluation }) => evaluation !== null);
  const known = labelled.filter(({ family }) => family !== 'generated');
  const parts = [
    '# Benchmarks of the mapping engine',
    `Written by \`npm run bench:mapping\`; see [bench/README.md](../bench/README.md) for the data sets and how to repeat it. ${result.date}, Node ${result.node}, ${result.machine}, one thread.${result.versions === '' ? '' : ` Beside it: ${result.versions}.`} Figures are percentages unless a unit is given. Peers get the names raw and cleaned (lower case, no accents, punctuation, legal form or leading article); the engine gets them as they are, names only. F1 is the best over all thresholds; R@P99 is the recall at 99 % precision; an organization without a match counts as one for which every proposal is wrong.`,
  ];
  if (result.sets.length > 0) {
    parts.push('## Summary', renderSummary(result.sets));
    parts.push('## Decisions of the engine at its default thresholds', renderDecisions(known));
    parts.push('## Calibration', renderCalibration(known));
    parts.push('## Figures against their goals', renderGoals(result));
  }
  if (result.scaling.length > 0) parts.push('## Time and memory by size', renderScaling(result.scaling));
  for (const set of result.sets) {
    parts.push(
      `## ${set.set}`,
      `${whole(set.organizations)} organizations, ${whole(set.withMatch)} with a match, ${whole(set.customers)} customers.${set.isUnseen ? ' Decided by weights learned without this family of sets.' : ''}`,
      renderLines(set),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

function bestOf(lines: readonly Line[]): Line | undefined {
  return [...lines].sort((a, b) => b.figures.f1 - a.figures.f1)[0];
}

/** The best peer, and ours on the same organizations. */
function rivalOf(set: SetResult): { best: Line; ours: Line } | null {
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
function errorRatio(set: SetResult): number | null {
  const rival = rivalOf(set);
  return rival && rival.best.figures.f1 < 1
    ? (1 - rival.ours.figures.f1) / (1 - rival.best.figures.f1)
    : null;
}

function renderSummary(sets: readonly SetResult[]): string {
  return table(
    [
      'set',
      'baseline F1',
      'best peer',
      'its F1',
      'halo-psa F1',
      'error left',
      'R@P99 baseline',
      'R@P99 halo-psa',
      'top-1 baseline',
      'top-1 halo-psa',
    ],
    sets.map((set) => {
      const baseline = bestOf(set.baseline)!;
      const peer = bestOf(set.peers);
      return [
        set.set,
        percent(baseline.figures.f1),
        peer ? `${peer.matcher} (${peer.names})` : 'n/a',
        percent(peer?.figures.f1),
        percent(set.ours.figures.f1),
        percent(errorRatio(set)),
        percent(baseline.figures.recallAtP99),
        percent(set.ours.figures.recallAtP99),
        percent(baseline.figures.top1),
        percent(set.ours.figures.top1),
      ];
    }),
  );
}

function interval({ value, low, high }: Proportion): string {
  return value === null ? 'n/a' : `${percent(value)} (${percent(low)} to ${percent(high)})`;
}

/** Counts of several sets together. */
function pooled(sets: readonly SetResult[]) {
  const sum = (pick: (set: SetResult) => number) => sets.reduce((total, set) => total + pick(set), 0);
  return {
    proposals: sum((set) => set.evaluation!.byStatus.matched.proposals),
    correct: sum((set) => set.evaluation!.byStatus.matched.correct),
    withMatch: sum((set) => set.withMatch),
    reviewWithMatch: sum((set) => set.evaluation!.byStatus.review.withMatch),
    reviewListed: sum((set) => {
      const { withMatch, matchAmongCandidates } = set.evaluation!.byStatus.review;
      return Math.round(withMatch * (matchAmongCandidates.value ?? 0));
    }),
  };
}

function renderDecisions(sets: readonly SetResult[]): string {
  const all = pooled(sets);
  const rows = sets.map((set) => {
    const { matched, review, conflict, unmatched } = set.evaluation!.byStatus;
    return [
      set.set,
      matched.rows,
      interval(matched.precision),
      percent(matched.recall.value),
      percent(set.ours.figures.recallAtP99),
      review.rows,
      percent(review.precision.value),
      percent(review.matchAmongCandidates.value),
      conflict.rows,
      unmatched.rows,
    ];
  });
  return table(
    [
      'set',
      'matched',
      'precision (95 % interval)',
      'recall',
      'R@P99',
      'review',
      'precision',
      'match listed',
      'conflict',
      'unmatched',
    ],
    [
      ...rows,
      [
        'all',
        all.proposals,
        interval(proportion(all.correct, all.proposals)),
        percent(all.withMatch === 0 ? null : all.correct / all.withMatch),
        '',
        '',
        '',
        percent(all.reviewWithMatch === 0 ? null : all.reviewListed / all.reviewWithMatch),
        '',
        '',
      ],
    ],
  );
}

function renderCalibration(sets: readonly SetResult[]): string {
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

/** The goals the project set itself, with what was measured. */
function renderGoals({ sets, scaling, recalls }: BenchResult): string {
  const known = sets.filter(({ family, evaluation }) => family !== 'generated' && evaluation !== null);
  const ratios = known.map(errorRatio).filter((ratio) => ratio !== null);
  const ahead = known.filter((set) => {
    const rival = rivalOf(set);
    return rival !== null && rival.best.figures.f1 - rival.ours.figures.f1 > 0.005;
  });
  const all = pooled(known);
  const matched = proportion(all.correct, all.proposals);
  const precisions = known.map((set) => set.evaluation!.byStatus.matched.precision.value ?? 1);
  const lowRecall = known.filter((set) => {
    const reachable = set.ours.figures.recallAtP99;
    return reachable > 0.2 && (set.evaluation!.byStatus.matched.recall.value ?? 0) < 0.8 * reachable;
  });
  const calibration = calibrationOf(known.flatMap((set) => set.outcomes));
  const rows: [string, string, string][] = [
    [
      'mean error left, against the best other matcher',
      'at most 70.0',
      percent(ratios.reduce((sum, r) => sum + r, 0) / ratios.length),
    ],
    [
      'sets on which a peer is ahead by more than 0.5 points of F1',
      '0',
      ahead.map(({ set }) => set).join(', ') || '0',
    ],
    ['precision of matched, all sets', 'at least 99.0, interval from 98.5', interval(matched)],
    ['lowest precision of matched on a set', 'at least 97.0', percent(Math.min(...precisions))],
    [
      'sets whose matched recall is below 80 % of their R@P99',
      '0',
      lowRecall.map(({ set }) => set).join(', ') || '0',
    ],
    [
      'review rows with a match that list it',
      'at least 90.0',
      percent(all.reviewWithMatch === 0 ? null : all.reviewListed / all.reviewWithMatch),
    ],
    ['expected calibration error, all sets', 'at most 5.0', percent(calibration.expectedCalibrationError)],
    [
      'highest on a set',
      'at most 10.0',
      percent(Math.max(...known.map((set) => set.calibration.expectedCalibrationError ?? 0))),
    ],
    [
      'sets whose Brier score is not below the base rate',
      '0',
      known
        .filter(({ calibration: c }) => (c.brierScore ?? 0) >= (c.baseRateBrierScore ?? 1))
        .map(({ set }) => set)
        .join(', ') || '0',
    ],
    ...acronymGoal(known),
    ...speedGoals(sets, scaling),
    ...recallGoals(recalls),
  ];
  return table(
    ['figure', 'goal', 'measured', 'met'],
    rows.map(([figure, goal, measured]) => [figure, goal, measured, isMet(goal, measured) ? 'yes' : 'no']),
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

function acronymGoal(sets: readonly SetResult[]): [string, string, string][] {
  return sets
    .filter(({ set }) => set.includes('acronym'))
    .map((set) => {
      const baseline = bestOf(set.baseline)!.figures.top1;
      return [
        `top-1 on ${set.set}, as a multiple of the baseline`,
        'at least 10',
        (set.ours.figures.top1 / baseline).toFixed(1),
      ];
    });
}

function speedGoals(sets: readonly SetResult[], scaling: readonly ScalingRow[]): [string, string, string][] {
  const goals: [string, string, string][] = [];
  const usual = sets.find(({ family }) => family === 'generated');
  if (usual) {
    goals.push([`milliseconds for ${usual.set}`, 'under 300', whole(usual.ours.ms)]);
    for (const [peer, goal] of [
      ['fuse.js', 150],
      ['fuzzball token_sort', 45],
      ['fuzzball token_set', 45],
    ] as const) {
      const lines = usual.peers.filter(({ matcher }) => matcher === peer);
      const slowestGain = Math.min(...lines.map(({ ms, oursMs }) => ms / (oursMs ?? usual.ours.ms)));
      if (lines.length > 0)
        goals.push([`times as fast as ${peer} on it`, `at least ${goal}`, slowestGain.toFixed(0)]);
    }
  }
  const ours = scaling.find(({ matcher }) => matcher === 'halo-psa 1');
  const largest = Math.max(0, ...(ours?.bySize.keys() ?? []));
  const oursThere = ours?.bySize.get(largest);
  const baselineThere = (
    scaling.find(({ matcher }) => matcher === 'tfidf3.mjs') ??
    scaling.find(({ matcher }) => matcher === 'TF-IDF trigrams')
  )?.bySize.get(largest);
  if (ours && oursThere) {
    if (baselineThere)
      goals.push([
        `time at ${whole(largest)}, as a share of the baseline's`,
        'at most 20.0',
        percent(oursThere.ms / baselineThere.ms),
      ]);
    goals.push([`megabytes at ${whole(largest)}`, 'at most 600', whole(oursThere.peakMegabytes)]);
    goals.push(['growth exponent from 10,000 on', 'at most 1.30', ours.exponent?.toFixed(2) ?? 'n/a']);
  }
  const holdMs = scaling.find(({ matcher }) => matcher === ASYNC_MATCHER)?.bySize.get(largest)?.longestHoldMs;
  if (holdMs !== undefined)
    goals.push([
      `longest hold of the event loop at ${whole(largest)}, in milliseconds`,
      'at most 16',
      holdMs.toFixed(1),
    ]);
  return goals;
}

function recallGoals(recalls: readonly SearchRecall[]): [string, string, string][] {
  return recalls.map(({ customers, organizations, keptOfTen, identical }, at) => {
    const sample = `${whole(organizations)} of ${whole(customers)}`;
    return at === 0
      ? [`same best ten as the search without pruning, ${sample}`, '100.0', percent(identical)]
      : [
          `best ten of the search without pruning that are kept, ${sample}`,
          'at least 99.5',
          percent(keptOfTen),
        ];
  });
}

function renderScaling(rows: readonly ScalingRow[]): string {
  const sizes = [...(rows[0]?.bySize.keys() ?? [])];
  return [
    'Generated lists of as many organizations as customers, cleaned names for the peers; each run in a fresh process. `halo-psa 1` lists one candidate, `halo-psa 5` five; `halo-psa async` is the asynchronous form, watched by a timer that turns with it. "-" would take a peer more than its two minutes.',
    'Milliseconds:',
    table(
      ['matcher', ...sizes.map(whole), 'exponent'],
      rows.map((row) => [
        row.matcher,
        ...sizes.map((size) => (row.bySize.get(size) ? whole(row.bySize.get(size)!.ms) : '-')),
        row.exponent?.toFixed(2) ?? '-',
      ]),
    ),
    'Peak megabytes of the whole process:',
    table(
      ['matcher', ...sizes.map(whole)],
      rows.map((row) => [
        row.matcher,
        ...sizes.map((size) => (row.bySize.get(size) ? whole(row.bySize.get(size)!.peakMegabytes) : '-')),
      ]),
    ),
  ].join('\n\n');
}

function renderLines(set: SetResult): string {
  const lines = [set.ours, ...(set.oursOnFew ? [set.oursOnFew] : []), ...set.baseline, ...set.peers];
  return table(
    ['matcher', 'names', 'organizations', 'top-1', 'F1', 'R@P99', 'R@P95', 'ms'],
    lines
      .sort((a, b) => b.organizations - a.organizations || b.figures.f1 - a.figures.f1)
      .map(({ matcher, names, organizations, figures, ms }) => [
        matcher,
        names,
        whole(organizations),
        percent(figures.top1),
        percent(figures.f1),
        percent(figures.recallAtP99),
        percent(figures.recallAtP95),
        whole(ms),
      ]),
  );
}
