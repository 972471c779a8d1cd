import { EVIDENCE_KINDS, KIND_OFFSETS } from '../../src/mapping/evidence-kinds.ts';

/** Number of weights in the table. */
export const WEIGHTS = KIND_OFFSETS.at(-1)!;

/**
 * What everyone knows and the sets hardly show: there a number or a direction that differs is rare, and where it does, the
 * label is often of another unit of the same body. The learned weight of these levels counts only where it is lower still.
 */
const KNOWN: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  numbers: { 3: -6 },
  compass: { 3: -4.5 },
  place: { 3: -6.8 },
  contrast: { 1: -5 },
  'swapped-word': { 1: -3.3, 2: -3.3 },
  'legal-form': { 9: -2.8 },
  'other-body': { 3: -2.6 },
  'nothing-shared': { 1: -3 },
};

/** Lowers the weights that everyone knows better than the sets. */
export function withKnown(weights: Float64Array): Float64Array {
  EVIDENCE_KINDS.forEach(({ kind }, at) => {
    for (const [level, weight] of Object.entries(KNOWN[kind] ?? {})) {
      const index = KIND_OFFSETS[at]! + Number(level);
      weights[index] = Math.min(weights[index]!, weight);
    }
  });
  return weights;
}

/**
 * Leading levels that say "nothing to report", held at 0: an explanation lists only what there is, and the values above
 * are differences from it.
 */
const NEUTRAL: Readonly<Record<string, number>> = {
  'left-over': 3,
  'left-over-both': 1,
  'only-alike': 1,
  typing: 3,
  shortened: 1,
  meaning: 1,
  'word-order': 1,
  'joined-words': 1,
  'initials-within': 1,
  initials: 1,
  'legal-form': 1,
  reading: 1,
  numbers: 1,
  compass: 1,
  place: 1,
  contrast: 1,
  'swapped-word': 1,
  'nothing-shared': 1,
  'other-body': 1,
  'near-rivals': 1,
  namesakes: 1,
  'longer-names': 1,
};
/** 1 for a weight that stays 0. */
export const IS_HELD = new Uint8Array(WEIGHTS);
EVIDENCE_KINDS.forEach(({ kind }, at) => {
  for (let level = 0; level < (NEUTRAL[kind] ?? 0); level++) IS_HELD[KIND_OFFSETS[at]! + level] = 1;
});
/**
 * Set by hand and held while the others are learned. Names that look alike by chance grow in number with the list, those that
 * belong together do not: a doubling would cost 0.69 if all lists were equally mixed; half of that fits lists of one trade.
 */
const PER_DOUBLING = -0.5;
const LIST_SIZE = KIND_OFFSETS[EVIDENCE_KINDS.findIndex(({ kind }) => kind === 'list-size')]!;
/** No public set has enough names in other scripts: an equal skeleton of five consonants is one in thousands. */
const SOUND = [0, 1.5, 3, 4.5];
const SOUND_START = KIND_OFFSETS[EVIDENCE_KINDS.findIndex(({ kind }) => kind === 'sound')]!;
export const FIXED: ReadonlyMap<number, number> = new Map([
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((doublings) => [LIST_SIZE + doublings, PER_DOUBLING * doublings] as const),
  ...SOUND.map((weight, level) => [SOUND_START + level, weight] as const),
]);
for (const at of FIXED.keys()) IS_HELD[at] = 1;
/** The base rate is no evidence and is learned freely. */
export const START = KIND_OFFSETS[EVIDENCE_KINDS.findIndex(({ kind }) => kind === 'start')]!;

/** Kinds whose levels are steps of one scale (1), or a grid of two with this many columns: neighbours are learned to be close. */
const COLUMNS: Readonly<Record<string, number>> = {
  words: 5,
  lead: 6,
  initials: 4,
  'short-name': 3,
  anchor: 4,
  letters: 1,
  spelling: 1,
  'left-over-both': 1,
  'first-word': 1,
  'shared-weight': 1,
  shortened: 1,
  meaning: 1,
  'word-order': 1,
  'joined-words': 1,
  'initials-within': 1,
  'nothing-shared': 1,
  length: 1,
  contrast: 1,
  'swapped-word': 1,
  'near-rivals': 1,
  namesakes: 1,
};

/** Neighbouring levels: of a scale, and of both directions of a grid. */
export const NEIGHBOURS: readonly (readonly [number, number])[] = EVIDENCE_KINDS.flatMap((kind, at) => {
  const from = KIND_OFFSETS[at]!;
  const pairs: [number, number][] = [];
  const columns = COLUMNS[kind.kind] ?? 0;
  if (columns === 0) return pairs;
  const first = kind.kind === 'initials' ? 1 : 0;
  for (let level = first; level < kind.levels; level++) {
    if (level + columns < kind.levels) pairs.push([from + level, from + level + columns]);
    if (columns > 1 && (level - first + 1) % columns !== 0 && level + 1 < kind.levels)
      pairs.push([from + level, from + level + 1]);
  }
  return pairs;
});
