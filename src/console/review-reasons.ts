import type { Evidence } from '../index.ts';

/**
 * Returns why a pair that is sure enough is for a person all the same, as a sentence; null where the confidence alone
 * keeps it from being `matched`.
 */
export function reviewNote(
  { confidence, evidence }: { readonly confidence: number; readonly evidence: readonly Evidence[] },
  matchedThreshold: number,
): string | null {
  if (confidence < matchedThreshold) return null;
  const reasons = evidence.filter(({ review }) => review);
  if (reasons.length === 0) return null;
  const texts = reasons.map(({ label, detail }) => (detail ? `${label} (${detail})` : label));
  return `For a person, however sure: ${texts.join('; ')}.`;
}
