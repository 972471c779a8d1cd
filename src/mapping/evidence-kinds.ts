/** One kind of evidence: a stable name, the reason in words, and how many levels it has. @internal */
export interface EvidenceKind {
  readonly kind: string;
  readonly label: string;
  readonly levels: number;
  /**
   * Levels that call for a person however sure the rest is: what differs is the very word that tells two bodies, two
   * sites or two countries apart, or their legal forms contradict each other.
   */
  readonly review?: readonly number[];
}

/** Kinds about two names, in the order in which they are reported when weights are equal. @internal */
export const EVIDENCE_KINDS = [
  { kind: 'words', label: 'Share of the words that both names have', levels: 60 },
  { kind: 'letters', label: 'Likeness of the letters in both names', levels: 11 },
  { kind: 'spelling', label: 'Spelling of the whole name without spaces', levels: 11 },
  // Two words, and a telling third: "Hope Church" for "Hope Church Plymouth".
  {
    kind: 'left-over',
    label: 'Heaviest word that only one name has',
    levels: 33,
    review: [16, 19, 22, 25, 28, 31],
  },
  {
    kind: 'left-over-both',
    label: 'Different words on both sides',
    levels: 11,
    review: [3, 4, 5, 6, 7, 8, 9, 10],
  },
  { kind: 'first-word', label: 'First word of the names', levels: 3 },
  { kind: 'shared-weight', label: 'How telling the shared words are', levels: 10 },
  // What is shared is in many names, and one side has more: "County of Orange" for "County of Orange (California)".
  {
    kind: 'anchor',
    label: 'Most telling word that both names have',
    levels: 28,
    review: [1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 14, 15, 17, 18, 19],
  },
  // "Harris Plumbing" and "Harrison Plumbing".
  { kind: 'only-alike', label: 'The most telling word is only alike', levels: 2, review: [1] },
  // One or two words, misspelt: "Suncor" and "Suncorp", "Merlin" and "Marlin Engineering".
  {
    kind: 'typing',
    label: 'Shared words that are misspelt',
    levels: 21,
    review: [3, 4, 6, 7, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20],
  },
  { kind: 'shortened', label: 'Shared words that are shortened', levels: 7 },
  { kind: 'meaning', label: 'Words of the same meaning', levels: 5 },
  { kind: 'word-order', label: 'Order of the words', levels: 3 },
  { kind: 'joined-words', label: 'Words written together on one side', levels: 2 },
  { kind: 'initials-within', label: 'A word that is the initials of several', levels: 2 },
  { kind: 'initials', label: 'One name is the initials of the other', levels: 33 },
  { kind: 'nothing-shared', label: 'No word or initials in common', levels: 2 },
  { kind: 'sound', label: 'The same consonants in another script', levels: 4, review: [1, 2, 3] },
  { kind: 'legal-form', label: 'Legal forms', levels: 10, review: [4, 9] },
  { kind: 'length', label: 'Length of the names', levels: 7 },
  // One word, and more on the other side or nothing but its initials: "Aquila" for "Aquila Capital".
  { kind: 'short-name', label: 'Number of words in the shorter name', levels: 12, review: [0, 1] },
  // One line of an address: it may be the owner of the one meant.
  { kind: 'reading', label: 'Name, alias, bracketed name or line of an address', levels: 5, review: [4] },
  { kind: 'numbers', label: 'Numbers in the names', levels: 4, review: [2, 3] },
  { kind: 'compass', label: 'Directions in the names', levels: 4, review: [2, 3] },
  { kind: 'place', label: 'Countries and cities in the names', levels: 5, review: [2, 3] },
  { kind: 'contrast', label: 'Words that exclude one another', levels: 2, review: [1] },
  { kind: 'swapped-word', label: 'One telling word instead of another', levels: 3, review: [1, 2] },
  { kind: 'other-body', label: 'Words that mark another body', levels: 4, review: [2, 3] },
  { kind: 'lead', label: 'Lead over the next best customer', levels: 90 },
  { kind: 'near-rivals', label: 'Customers with a name as close', levels: 6 },
  { kind: 'namesakes', label: 'Other customers of the same name', levels: 2 },
  // "Contoso", where there is a "Contoso Brewing" too.
  { kind: 'longer-names', label: 'Other customers whose names begin with this one', levels: 2, review: [1] },
  { kind: 'list-size', label: 'The more customers, the more look alike by chance', levels: 8 },
  { kind: 'start', label: 'Starting point of every pair', levels: 1 },
] as const satisfies readonly EvidenceKind[];

/** Names of the kinds. @internal */
export type EvidenceName = (typeof EVIDENCE_KINDS)[number]['kind'];

/** Offset of each kind's weights in the flat table, and the length of the table at the end. @internal */
export const KIND_OFFSETS: readonly number[] = offsetsOf(EVIDENCE_KINDS);

function offsetsOf(kinds: readonly EvidenceKind[]): number[] {
  const offsets = [0];
  for (const { levels } of kinds) offsets.push(offsets.at(-1)! + levels);
  return offsets;
}
