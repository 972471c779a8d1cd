import type { Alignment } from './align.ts';
import type { FoundCandidate } from './candidates.ts';
import type { NameDocument } from './document.ts';
import { EVIDENCE_KINDS, KIND_OFFSETS } from './evidence-kinds.ts';
import type { Evidence } from './types.ts';
import { WORD_CLASS } from './word-lists.ts';
import type { WordTable } from './word-table.ts';

/** Any word, of whatever class. */
const ANY = -1;

/** Kinds that name the words without a partner, and of which class these are. */
const LEFT_OVER: Readonly<Record<string, number>> = {
  'left-over': ANY,
  'left-over-both': ANY,
  'swapped-word': ANY,
  contrast: ANY,
  numbers: WORD_CLASS.number,
  compass: WORD_CLASS.compass,
  place: WORD_CLASS.place,
  'other-body': WORD_CLASS.derivative,
};

/**
 * Writes the evidence of two names in words: one item per kind whose level carries weight. What needs no words of the
 * names is the same frozen item each time, kept in `shared`: a report of very many rows is mostly evidence.
 *
 * @internal
 */
export function nameEvidence(
  candidate: FoundCandidate,
  alignment: Alignment,
  table: WordTable,
  weights: readonly number[],
  shared: Evidence[],
): Evidence[] {
  const left = candidate.organizationDocument!;
  const right = candidate.customerDocument!;
  const evidence: Evidence[] = [];
  for (let at = 0; at < EVIDENCE_KINDS.length; at++) {
    const { kind, label } = EVIDENCE_KINDS[at]!;
    const entry = KIND_OFFSETS[at]! + candidate.facts.levels[at]!;
    const weight = weights[entry]!;
    if (weight === 0) continue;
    const detail = detailOf(kind, left, right, alignment, table);
    if (detail === '') shared[entry] ??= Object.freeze({ kind, weight, label });
    evidence.push(detail === '' ? shared[entry]! : { kind, weight, label, detail });
  }
  return evidence;
}

/** The words of the names that a kind of evidence is about; '' where it is about none. */
function detailOf(
  kind: string,
  left: NameDocument,
  right: NameDocument,
  alignment: Alignment,
  { classes }: WordTable,
): string {
  const { leftCount, leftPartner, leftSimilarity, rightCount, rightPartner } = alignment;
  const { words } = left.variant;
  if (kind === 'words') return words.filter((_, i) => i < leftCount && leftPartner[i] !== -1).join(' ');
  if (kind === 'typing') {
    const changed: string[] = [];
    for (let i = 0; i < leftCount; i++)
      if (leftPartner[i] !== -1 && leftSimilarity[i] !== 1)
        changed.push(`${words[i]!} ~ ${right.variant.words[leftPartner[i]!]!}`);
    return changed.join(', ');
  }
  if (kind === 'legal-form') return joinSides(left.variant.forms, right.variant.forms);
  const wanted = LEFT_OVER[kind];
  if (wanted === undefined) return '';
  const pick = ({ variant, ids }: NameDocument, partners: Int32Array, count: number) =>
    variant.words.filter(
      (_, i) => i < count && partners[i] === -1 && (wanted === ANY || classes[ids[i]!] === wanted),
    );
  return joinSides(pick(left, leftPartner, leftCount), pick(right, rightPartner, rightCount));
}

function joinSides(left: readonly string[], right: readonly string[]): string {
  return left.length + right.length === 0 ? '' : `${left.join(' ') || '-'} / ${right.join(' ') || '-'}`;
}
