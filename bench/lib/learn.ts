import { probabilities } from '../../src/mapping/score.ts';
import { KINDS, type Question, type QuestionSet } from './questions.ts';
import { FIXED, IS_HELD, NEIGHBOURS, START, WEIGHTS, withKnown } from './weight-rules.ts';

function scoresOf(question: Question, weights: Float64Array, out: Float64Array): void {
  for (let c = 0; c < question.count; c++) {
    let sum = 0;
    for (let k = c * KINDS; k < (c + 1) * KINDS; k++) sum += weights[question.features[k]!]!;
    out[c] = sum;
  }
}

/** A set counts by the root of its size: a large set has more to teach, but must not drown the others. */
function weightOf(set: QuestionSet): number {
  return 1 / Math.sqrt(set.questions.length);
}

/** Pull towards 0; a stronger pull halves no error, but brings the confidence on unseen families closer to the truth. */
const RIDGE = 0.1;
/** Pull of neighbouring levels towards each other. */
const SMOOTH = 0.03;
/** The figures no longer change after this many rounds. */
const ROUNDS = 400;

/**
 * Learns the weights of a conditional logit: the candidates of one organization and "none of them" compete, the weights of
 * their evidence add up, and the likelihood of the right answer is maximised, with a penalty on size and on steps between
 * neighbouring levels. Full-batch gradient descent with Adam's step sizes, no randomness; a convex problem but for
 * organizations with several right answers.
 */
export function learn(sets: readonly QuestionSet[]): Float64Array {
  const weights = new Float64Array(WEIGHTS);
  for (const [at, weight] of FIXED) weights[at] = weight;
  const first = new Float64Array(WEIGHTS);
  const second = new Float64Array(WEIGHTS);
  const gradient = new Float64Array(WEIGHTS);
  const scores = new Float64Array(64);
  let total = 0;
  for (const set of sets) total += weightOf(set) * set.questions.length;
  for (let round = 1; round <= ROUNDS; round++) {
    gradient.fill(0);
    for (const set of sets) {
      const share = weightOf(set) / total;
      for (const question of set.questions) addGradient(question, weights, share, gradient, scores);
    }
    const scale = 1 / 300;
    for (let i = 0; i < WEIGHTS; i++) {
      if (i !== START) gradient[i]! += RIDGE * scale * weights[i]!;
    }
    for (const [a, b] of NEIGHBOURS) {
      const step = SMOOTH * scale * (weights[a]! - weights[b]!);
      gradient[a]! += step;
      gradient[b]! -= step;
    }
    for (let i = 0; i < WEIGHTS; i++) if (IS_HELD[i] === 1) gradient[i] = 0;
    const rate = 0.08 * Math.min(1, (2 * (ROUNDS - round) + 1) / ROUNDS);
    for (let i = 0; i < WEIGHTS; i++) {
      first[i] = 0.9 * first[i]! + 0.1 * gradient[i]!;
      second[i] = 0.999 * second[i]! + 0.001 * gradient[i]! ** 2;
      weights[i]! -=
        (rate * (first[i]! / (1 - 0.9 ** round))) / (Math.sqrt(second[i]! / (1 - 0.999 ** round)) + 1e-8);
    }
  }
  return rescaled(withKnown(weights), sets);
}

/** Fits one factor for all weights and one shift of the base rate, since the known weights moved the confidences. */
function rescaled(weights: Float64Array, sets: readonly QuestionSet[]): Float64Array {
  const scores = new Float64Array(64);
  const total = sets.reduce((sum, set) => sum + weightOf(set) * set.questions.length, 0);
  let factor = 1;
  let shift = 0;
  for (let round = 1; round <= 60; round++) {
    let factorSlope = 0;
    let shiftSlope = 0;
    for (const set of sets) {
      const share = weightOf(set) / total;
      for (const question of set.questions) {
        if (question.isMisleading) continue;
        scoresOf(question, weights, scores);
        const raw = scores.slice(0, question.count);
        for (let c = 0; c < question.count; c++) scores[c] = factor * raw[c]! + shift;
        probabilities(scores, question.count, scores);
        let right = 0;
        for (const at of question.right) right += scores[at]!;
        for (let c = 0; c < question.count; c++) {
          const target = question.right.includes(c) ? scores[c]! / right : 0;
          factorSlope += share * (scores[c]! - target) * raw[c]!;
          shiftSlope += share * (scores[c]! - target);
        }
      }
    }
    factor -= 0.3 * factorSlope;
    shift -= 1.5 * shiftSlope;
  }
  const scaled = weights.map((weight) => weight * factor);
  scaled[START]! += shift;
  return scaled;
}

function addGradient(
  question: Question,
  weights: Float64Array,
  share: number,
  gradient: Float64Array,
  scores: Float64Array,
): void {
  if (question.isMisleading) return;
  scoresOf(question, weights, scores);
  probabilities(scores, question.count, scores);
  let right = 0;
  for (const at of question.right) right += scores[at]!;
  const isNone = question.right.length === 0;
  for (let c = 0; c < question.count; c++) {
    const probability = scores[c]!;
    const target = isNone ? 0 : question.right.includes(c) ? probability / right : 0;
    const slope = share * (probability - target);
    if (Math.abs(slope) < 1e-12) continue;
    for (let k = c * KINDS; k < (c + 1) * KINDS; k++) gradient[question.features[k]!]! += slope;
  }
}
