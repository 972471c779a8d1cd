// Written by `npm run train`; do not edit. Learned from fin-isin-2k, nk-org-pairs, nsi-brands-latin, pudl-utilities, ror-acronym-2k, ror-alias-2k, sp500-sec.
// Third-party labels: the data stays outside this repository, the table below is all that is taken from it.

/** Weight of every level of every kind of evidence, in 20ths of a unit of log-odds. */
// biome-ignore format: one kind a line
const STEPS = [
  // words
  3, -1, -1, 5, 9, -2, -1, -7, 3, 1, -1, -6, -6, -3, 4, 1, -8, 0, -2, 3, -1, -5, -3, -7, 6, -2, -13, 0, -9, 6, -1, -5, -4, -8, -4, 0, -1, 1, 6, 0, 0, 1, 5, 6, 4, 0, 0, 2, 11, 7, 0, 0, 1, 3, 8, 0, 0, 1, 3, 12,
  // letters
  -11, -23, -14, -6, 2, 7, 5, 9, 12, 26, 15,
  // spelling
  -7, -1, -5, -4, -2, 0, 0, 7, 13, 10, 8,
  // left-over
  0, 0, 0, 0, -1, 7, -4, 2, 3, 6, -7, -8, -2, -2, -19, -19, 7, 0, 2, -11, -12, 6, -2, 6, 2, -2, 1, 4, -5, -6, 12, 0, -2,
  // left-over-both
  0, 2, 1, 0, 3, 3, 2, -5, 2, -4, -5,
  // first-word
  -2, 1, 8,
  // shared-weight
  7, -14, -20, -10, 0, 4, 7, 15, 20, 1,
  // anchor
  -4, -1, -3, -8, 2, -1, -9, -18, -1, -14, -5, -21, -2, -7, -5, -16, 15, 6, 7, -4, 22, 18, 29, 15, 3, 0, 8, 3,
  // typing
  0, 0, 0, 0, 0, -2, 7, 8, -12, 10, 0, 16, -5, -1, 13, 5, -3, 21, 0, 3, 15,
  // shortened
  0, -2, 6, -3, 5, -1, 1,
  // meaning
  0, 3, 9, 16, 27,
  // word-order
  0, -1, 1,
  // joined-words
  0, -5,
  // initials-within
  0, 23,
  // initials
  0, -10, -11, -7, 2, -5, -12, 3, 6, -10, -10, -5, 9, -17, -12, 12, 10, -12, -10, 7, 16, -5, 0, 10, 19, -12, 13, 28, 26, -10, 14, 28, 19,
  // nothing-shared
  0, -54,
  // sound
  0, 27, 54, 81,
  // legal-form
  0, -20, -22, -15, -29, -11, 13, 19, 1, -27,
  // length
  12, 6, 8, -2, -4, -2, 0,
  // short-name
  -10, 6, 3, -2, 11, 0, -4, 8, 7, -13, 13, 12,
  // reading
  0, 0, 0, -24, -20,
  // numbers
  0, 16, -6, -107,
  // compass
  0, 0, -5, -81,
  // place
  0, 0, -4, -122, 1,
  // contrast
  0, -90,
  // swapped-word
  0, -59, -59,
  // other-body
  0, 0, 0, -41,
  // lead
  -15, -5, -2, -1, 0, 0, -13, -11, -3, -2, 0, 0, -18, -4, 3, 2, 0, 0, -6, -8, 5, 1, 0, 0, -7, -6, -3, 3, 0, 0, -9, -7, -5, 6, -1, 0, -2, -12, -3, 6, 0, 2, -1, -4, 2, -2, -3, 0, -1, -4, 3, 5, 0, 0, -1, -1, 1, -1, 1, 1, -1, -6, -4, 0, 3, 2, 0, -1, 5, 10, 3, 0, 0, 2, 13, 16, 11, 9, 0, 1, 4, 17, 18, 7, 0, 0, 2, 5, 13, 6,
  // near-rivals
  0, -9, -14, -15, -19, -32,
  // namesakes
  0, -18,
  // list-size
  0, -9, -18, -27, -36, -45, -54, -63,
  // start
  21,
];

/** Weight of every level of every kind of evidence, in log-odds. @internal */
export const EVIDENCE_WEIGHTS: readonly number[] = STEPS.map((steps) => steps / 20);
