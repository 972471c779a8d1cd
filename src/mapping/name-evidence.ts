import type { Alignment } from './align.ts';
import type { AlignedSide } from './aligned-side.ts';
import { EVIDENCE_KINDS, type EvidenceName, KIND_OFFSETS } from './evidence-kinds.ts';
import { isForReview, type PairFacts } from './pair-evidence.ts';
import type { Evidence } from './types.ts';
import { WORD_CLASS } from './word-lists.ts';
import type { WordTable } from './word-table.ts';

/** Writes the words of two names that a kind of evidence is about; '' where there are none. */
type Detail = (alignment: Alignment, table: WordTable) => string;

const DETAILS: Readonly<Partial<Record<EvidenceName, Detail>>> = {
  words: sharedWords,
  typing: changedWords,
  'left-over': leftOver(),
  'left-over-both': leftOver(),
  'swapped-word': leftOver(),
  contrast: leftOver(),
  numbers: leftOver(WORD_CLASS.number),
  compass: leftOver(WORD_CLASS.compass),
  place: leftOver(WORD_CLASS.place),
  'other-body': leftOver(WORD_CLASS.derivative),
  'legal-form': ({ left, right }) => joinSides(formsOf(left), formsOf(right)),
};

/** The same by the position of the kind: this is asked for every candidate that is listed. */
const DETAILS_AT: readonly (Detail | undefined)[] = EVIDENCE_KINDS.map(({ kind }) => DETAILS[kind]);

/**
 * Writes the evidence of two names in words: one item per kind whose level carries weight or calls for a person. What
 * needs no words of the names is the same frozen item each time, kept in `shared`: a report of very many rows is mostly
 * evidence.
 *
 * @internal
 */
export function nameEvidence(
  { levels }: PairFacts,
  alignment: Alignment,
  table: WordTable,
  weights: readonly number[],
  shared: Evidence[],
): Evidence[] {
  const evidence: Evidence[] = [];
  for (let at = 0; at < EVIDENCE_KINDS.length; at++) {
    const level = levels[at]!;
    const entry = KIND_OFFSETS[at]! + level;
    const weight = weights[entry]!;
    if (weight === 0 && !isForReview(at, level)) continue;
    const detail = DETAILS_AT[at]?.(alignment, table) ?? '';
    if (detail === '') shared[entry] ??= Object.freeze(itemOf(at, level, weight));
    evidence.push(detail === '' ? shared[entry]! : { ...itemOf(at, level, weight), detail });
  }
  return evidence;
}

function itemOf(at: number, level: number, weight: number): Evidence {
  const { kind, label } = EVIDENCE_KINDS[at]!;
  return isForReview(at, level) ? { kind, weight, label, review: true } : { kind, weight, label };
}

function sharedWords({ left }: Alignment): string {
  return wordsWhere(left, (i) => !left.isFree(i));
}

function changedWords({ left, right }: Alignment): string {
  const changed: string[] = [];
  for (let i = 0; i < left.count; i++)
    if (!left.isFree(i) && left.similarity[i] !== 1)
      changed.push(`${wordAt(left, i)} ~ ${wordAt(right, left.partner[i]!)}`);
  return changed.join(', ');
}

/** Words without a partner, of one class or of any, on either side. */
function leftOver(wordClass?: number): Detail {
  return ({ left, right }, { classes }) => {
    const of = (side: AlignedSide) =>
      wordsWhere(
        side,
        (i) => side.isFree(i) && (wordClass === undefined || classes[side.document.ids[i]!] === wordClass),
      );
    return joinSides(of(left), of(right));
  };
}

function formsOf({ document }: AlignedSide): string {
  return document.variant.forms.join(' ');
}

function wordAt({ document }: AlignedSide, at: number): string {
  return document.variant.words[at]!;
}

function wordsWhere(side: AlignedSide, isWanted: (i: number) => boolean): string {
  let text = '';
  for (let i = 0; i < side.count; i++) if (isWanted(i)) text += (text === '' ? '' : ' ') + wordAt(side, i);
  return text;
}

function joinSides(left: string, right: string): string {
  return left === '' && right === '' ? '' : `${left || '-'} / ${right || '-'}`;
}
