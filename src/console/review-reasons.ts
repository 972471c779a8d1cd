import type { Evidence } from '../index.ts';

/** What calls for a person, in words for a sentence; evidence has a label of the kind, whichever way it speaks. */
const REASONS: Readonly<Record<string, string>> = {
  anchor: 'what both names share is in many names',
  compass: 'the directions differ',
  contrast: 'words that exclude one another',
  'domain-conflict': 'different domains',
  'identifier-conflict': 'different ids in the same system',
  inactive: 'the customer is inactive',
  'left-over': 'a telling word is in one name only',
  'left-over-both': 'each name has words that the other lacks',
  'legal-form': 'the legal forms contradict each other',
  'longer-names': 'names of other customers begin with this one',
  'look-alike': 'letters that only look like the others, or invisible ones',
  'no-name': 'one side has no name',
  numbers: 'the numbers differ',
  'only-alike': 'the most telling word is only alike',
  'other-body': 'a word that marks another body',
  place: 'the places differ',
  placeholder: 'a name that stands for "no name"',
  reading: 'one line of an address, which may be the owner',
  'short-name': 'a single word is little to go by',
  sound: 'in another script, with the same consonants',
  'swapped-word': 'one telling word stands for another',
  typing: 'a short name is misspelt',
};

/**
 * Returns why a pair that is sure enough is for a person all the same, as a sentence; null where the confidence alone
 * keeps it from being `matched`.
 */
export function reviewNote(
  { confidence, evidence }: { readonly confidence: number; readonly evidence: readonly Evidence[] },
  matchedThreshold: number,
): string | null {
  if (confidence < matchedThreshold) return null;
  const called = evidence.filter(({ review }) => review);
  if (called.length === 0) return null;
  const reasons = called.map(({ kind, label, detail }) => {
    const reason = REASONS[kind] ?? label;
    return detail ? `${reason} (${detail})` : reason;
  });
  return `For a person, however sure: ${reasons.join('; ')}.`;
}
