// Written by `npm run train`; do not edit. Learned from fin-isin-2k, nk-org-pairs, nsi-brands-latin, pudl-utilities, ror-acronym-2k, ror-alias-2k, sp500-sec.
// Third-party labels: the data stays outside this repository, the table below is all that is taken from it.

/** Weight of every level of every kind of evidence, in 20ths of a unit of log-odds. */
// biome-ignore format: one kind a line
const STEPS = [
  // words
  3, -1, -1, 5, 9, -2, -1, -7, 3, 2, -1, -6, -6, -3, 4, 1, -8, 0, -2, 3, -1, -5, -3, -7, 6, -2, -13, -1, -9, 5, -1, -5, -4, -8, -4, 0, -1, 1, 6, 0, 0, 1, 5, 6, 4, 0, 0, 2, 11, 7, 0, 0, 1, 3, 8, 0, 0, 1, 2, 12,
  // letters
  -10, -23, -14, -6, 2, 7, 5, 9, 12, 26, 15,
  // spelling
  -7, -1, -5, -4, -2, 0, 0, 7, 13, 10, 8,
  // left-over
  0, 0, 0, 0, -1, 7, -4, 2, 3, 6, -7, -8, -2, -2, -19, -19, 6, 0, 2, -11, -12, 6, -2, 6, 2, -2, 1, 4, -5, -6, 12, 0, -2,
  // left-over-both
  0, 2, 1, 0, 3, 3, 2, -5, 2, -4, -5,
  // first-word
  -2, 1, 8,
  // shared-weight
  7, -14, -20, -10, 0, 4, 7, 15, 20, 1,
  // anchor
  -4, -1, -3, -8, 2, -1, -9, -18, -1, -14, -5, -21, -3, -7, -5, -16, 15, 6, 7, -4, 22, 18, 29, 15, 3, 0, 8, 3,
  // only-alike
  0, 0,
  // typing
  0, 0, 0, 0, 0, -2, 7, 8, -12, 10, 0, 16, -5, -1, 13, 5, -3, 21, 0, 3, 16,
  // shortened
  0, -2, 6, -3, 5, -1, 1,
  // meaning
  0, 2, 8, 17, 26,
  // word-order
  0, -1, 1,
  // joined-words
  0, -5,
  // initials-within
  0, 23,
  // initials
  0, -10, -10, -7, 2, -5, -12, 2, 6, -10, -11, -5, 8, -17, -12, 11, 10, -12, -10, 7, 16, -5, 0, 10, 19, -12, 12, 27, 26, -10, 14, 28, 19,
  // nothing-shared
  0, -54,
  // sound
  0, 27, 54, 80,
  // legal-form
  0, -20, -22, -15, -29, -11, 13, 19, 1, -39,
  // length
  11, 6, 8, -1, -4, -2, 1,
  // short-name
  -10, 6, 3, -3, 11, 0, -4, 8, 6, -13, 13, 12,
  // reading
  0, 0, 0, -24, -20,
  // numbers
  0, 16, -6, -107,
  // compass
  0, 0, -5, -80,
  // place
  0, 0, -4, -121, 1,
  // contrast
  0, -89,
  // swapped-word
  0, -59, -59,
  // other-body
  0, 0, 0, -46,
  // lead
  -16, -5, -2, -1, 0, 0, -12, -11, -2, -2, 0, 0, -18, -4, 3, 2, 0, 0, -6, -8, 5, 1, 0, 0, -7, -6, -3, 2, 0, 0, -9, -7, -5, 6, -1, 0, -2, -12, -2, 6, 0, 1, -1, -4, 2, -2, -3, 0, -1, -4, 3, 5, 0, 0, -1, -1, 1, -1, 1, 1, -1, -6, -4, 0, 3, 2, 0, -1, 5, 10, 3, 0, 0, 2, 13, 16, 11, 9, 0, 1, 4, 16, 18, 7, 0, 0, 2, 5, 13, 6,
  // near-rivals
  0, -9, -13, -15, -19, -31,
  // namesakes
  0, -18,
  // list-size
  0, -9, -18, -27, -36, -45, -54, -62,
  // start
  21,
];

/** Weight of every level of every kind of evidence, in log-odds. @internal */
export const EVIDENCE_WEIGHTS: readonly number[] = STEPS.map((steps) => steps / 20);
