// Written by `npm run train`; do not edit. Learned from fin-isin-2k, nk-org-pairs, nsi-brands-latin, pudl-utilities, ror-acronym-2k, ror-alias-2k, sp500-sec.
// Third-party labels: the data stays outside this repository, the table below is all that is taken from it.

/** Weight of every level of every kind of evidence, in 20ths of a unit of log-odds. */
// biome-ignore format: one kind a line
const STEPS = [
  // words
  1, -1, -1, 5, 9, -1, -1, -7, 0, 1, -1, -5, -1, 0, 5, 0, -8, -2, -2, 3, 1, -6, -4, -7, 6, -2, -13, -2, -9, 5, -1, -5, -4, -6, -4, 0, -1, 0, 5, 0, 0, 1, 5, 5, 3, 0, 0, 2, 11, 7, 0, 0, 1, 3, 8, 0, 0, 1, 3, 13,
  // letters
  -10, -23, -14, -6, 2, 6, 4, 8, 11, 25, 16,
  // spelling
  -7, -1, -5, -4, -2, -1, 0, 7, 13, 10, 7,
  // left-over
  0, 0, 0, 0, -1, 8, -3, 2, 3, 6, -8, -6, -4, -1, -19, -20, 6, -1, 1, -11, -12, 6, -2, 5, 1, -2, 0, 5, -5, -4, 12, 1, -3,
  // left-over-both
  0, 2, 1, 0, 2, 3, 2, -4, 2, -5, -5,
  // first-word
  -2, 1, 7,
  // shared-weight
  6, -13, -19, -8, 0, 3, 6, 13, 19, 0,
  // anchor
  -1, -1, -2, -6, 3, 0, -9, -18, 0, -13, -5, -22, -2, -6, -5, -16, 12, 6, 5, -4, 21, 17, 27, 13, 2, -1, 7, 3,
  // only-alike
  0, -12,
  // typing
  0, 0, 0, 0, 0, -2, 5, 8, -13, 7, -1, 15, -7, -2, 12, 1, -3, 20, 0, 0, 13,
  // shortened
  0, 0, 13, 3, 12, 6, 3,
  // meaning
  0, 3, 9, 17, 25,
  // word-order
  0, -1, 0,
  // joined-words
  0, -5,
  // initials-within
  0, 20,
  // initials
  0, -8, -10, -7, 2, -3, -12, 3, 6, -8, -10, -6, 8, -16, -12, 11, 8, -12, -11, 6, 16, -6, -1, 10, 18, -12, 12, 27, 25, -9, 13, 27, 19,
  // nothing-shared
  0, -53,
  // sound
  0, 27, 53, 80,
  // legal-form
  0, -20, -22, -15, -29, -10, 12, 17, 2, -50,
  // length
  11, 5, 7, -2, -5, -2, 0,
  // short-name
  -10, 7, 5, -4, 10, 0, -4, 8, 6, -12, 13, 11,
  // reading
  0, 0, 0, -23, -20,
  // numbers
  0, 15, -7, -106,
  // compass
  0, 0, -6, -80,
  // place
  0, 0, -3, -120, 2,
  // contrast
  0, -89,
  // swapped-word
  0, -58, -58,
  // other-body
  0, 0, 0, -46,
  // lead
  -16, -6, -4, -1, 0, 0, -11, -12, -2, -2, 0, 0, -18, -4, 3, 1, 0, 0, -7, -8, 3, 0, 0, 0, -7, -5, -3, 2, 0, 0, -9, -6, -5, 7, -1, 0, -3, -10, -2, 5, 0, 1, -1, -4, 2, -2, -4, 0, -1, -2, 4, 5, 0, 0, -1, -3, 0, -2, 0, 1, -1, -4, -3, 1, 2, 2, 0, -1, 6, 10, 3, 2, 0, 2, 13, 17, 11, 10, 0, 1, 4, 16, 18, 7, 0, 0, 2, 5, 13, 6,
  // near-rivals
  0, -8, -14, -15, -19, -32,
  // namesakes
  0, -19,
  // longer-names
  0, -11,
  // list-size
  0, -9, -18, -27, -35, -44, -53, -62,
  // start
  25,
];

/** Weight of every level of every kind of evidence, in log-odds. @internal */
export const EVIDENCE_WEIGHTS: readonly number[] = STEPS.map((steps) => steps / 20);
