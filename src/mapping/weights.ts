// Written by `npm run train`; do not edit. Learned from fin-isin-2k, nk-org-pairs, nsi-brands-latin, pudl-utilities, ror-acronym-2k, ror-alias-2k, sp500-sec.
// Third-party labels: the data stays outside this repository, the table below is all that is taken from it.

/** Weight of every level of every kind of evidence, in 20ths of a unit of log-odds. */
// biome-ignore format: one kind a line
const STEPS = [
  // words
  1, -1, -1, 5, 9, -1, -1, -7, 0, 1, -1, -5, -1, 0, 5, 0, -8, -3, -2, 3, 1, -6, -4, -7, 6, -2, -13, -1, -9, 6, -1, -5, -4, -6, -3, 0, -1, 0, 5, 0, 0, 1, 6, 6, 3, 0, 0, 2, 10, 7, 0, 0, 1, 3, 8, 0, 0, 1, 2, 12,
  // letters
  -10, -23, -14, -6, 2, 7, 4, 9, 11, 26, 16,
  // spelling
  -7, -1, -4, -4, -1, 0, 0, 7, 13, 10, 8,
  // left-over
  0, 0, 0, 0, -1, 8, -3, 2, 3, 6, -8, -8, -3, -2, -19, -20, 6, -1, 1, -11, -12, 6, -2, 6, 1, -2, 1, 5, -5, -4, 12, 1, -3,
  // left-over-both
  0, 2, 2, 0, 3, 3, 2, -5, 2, -5, -5,
  // first-word
  -2, 1, 8,
  // shared-weight
  6, -14, -20, -9, 1, 4, 8, 15, 21, 2,
  // anchor
  -1, -1, -2, -6, 3, -1, -9, -19, 0, -14, -5, -22, -2, -7, -5, -16, 14, 6, 5, -5, 21, 18, 28, 13, 2, -1, 7, 3,
  // only-alike
  0, -12,
  // typing
  0, 0, 0, 0, 0, -2, 5, 8, -13, 7, -1, 15, -7, -2, 12, 2, -4, 20, 0, 3, 15,
  // shortened
  0, 0, 13, 3, 12, 5, 3,
  // meaning
  0, 3, 8, 16, 26,
  // word-order
  0, -1, 1,
  // joined-words
  0, -5,
  // initials-within
  0, 22,
  // initials
  0, -9, -10, -7, 2, -3, -12, 3, 6, -9, -10, -6, 8, -16, -12, 11, 9, -12, -11, 6, 16, -6, -1, 10, 18, -12, 12, 27, 26, -10, 14, 27, 19,
  // nothing-shared
  0, -53,
  // sound
  0, 27, 53, 80,
  // legal-form
  0, -20, -22, -15, -29, -10, 12, 18, 1, -50,
  // length
  11, 6, 8, -1, -4, -2, 1,
  // short-name
  -10, 5, 4, -3, 11, 1, -4, 8, 6, -12, 14, 12,
  // reading
  0, 0, 0, -23, -20,
  // numbers
  0, 16, -8, -107,
  // compass
  0, 0, -5, -80,
  // place
  0, 0, -3, -121, 2,
  // contrast
  0, -89,
  // swapped-word
  0, -59, -59,
  // other-body
  0, 0, 0, -46,
  // lead
  -16, -5, -2, -1, 0, 0, -12, -11, -2, -2, 0, 0, -19, -4, 4, 2, 0, 0, -7, -8, 4, -1, -1, 0, -7, -6, -3, 2, 0, 0, -10, -6, -5, 7, -1, 0, -2, -10, -2, 5, 0, 1, -1, -4, 2, -2, -4, 0, -1, -2, 4, 5, 0, 0, -1, -4, 0, -2, 1, 1, -1, -4, -3, 1, 3, 2, 0, -1, 6, 10, 3, 1, 0, 2, 13, 16, 11, 9, 0, 1, 4, 17, 18, 7, 0, 0, 2, 5, 13, 6,
  // near-rivals
  0, -8, -14, -15, -18, -31,
  // namesakes
  0, -19,
  // list-size
  0, -9, -18, -27, -36, -45, -53, -62,
  // start
  22,
];

/** Weight of every level of every kind of evidence, in log-odds. @internal */
export const EVIDENCE_WEIGHTS: readonly number[] = STEPS.map((steps) => steps / 20);
