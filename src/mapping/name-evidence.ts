import type { Alignment } from './align.ts';
import type { FoundCandidate } from './candidates.ts';
import type { NameDocument } from './document.ts';
import { EVIDENCE_KINDS, KIND_OFFSETS } from './evidence-kinds.ts';
import type { Evidence } from './types.ts';
import { WORD_CLASS } from './word-lists.ts';
import type { WordTable } from './word-table.ts';

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
  const details = new Details(candidate.organizationDocument!, candidate.customerDocument!, alignment, table);
  const evidence: Evidence[] = [];
  for (let at = 0; at < EVIDENCE_KINDS.length; at++) {
    const { kind, label } = EVIDENCE_KINDS[at]!;
    const entry = KIND_OFFSETS[at]! + candidate.facts.levels[at]!;
    const weight = weights[entry]!;
    if (weight === 0) continue;
    const detail = details.of(kind);
    if (detail === '') shared[entry] ??= Object.freeze({ kind, weight, label });
    evidence.push(detail === '' ? shared[entry]! : { kind, weight, label, detail });
  }
  return evidence;
}

class Details {
  readonly #left: NameDocument;
  readonly #right: NameDocument;
  readonly #alignment: Alignment;
  readonly #table: WordTable;

  constructor(left: NameDocument, right: NameDocument, alignment: Alignment, table: WordTable) {
    this.#left = left;
    this.#right = right;
    this.#alignment = alignment;
    this.#table = table;
  }

  of(kind: string): string {
    switch (kind) {
      case 'words':
        return this.#shared().join(' ');
      case 'typing':
        return this.#changed().join(', ');
      case 'left-over':
      case 'left-over-both':
      case 'swapped-word':
      case 'contrast':
        return joinSides(this.#leftOver(null));
      case 'numbers':
        return joinSides(this.#leftOver(WORD_CLASS.number));
      case 'compass':
        return joinSides(this.#leftOver(WORD_CLASS.compass));
      case 'place':
        return joinSides(this.#leftOver(WORD_CLASS.place));
      case 'other-body':
        return joinSides(this.#leftOver(WORD_CLASS.derivative));
      case 'legal-form':
        return joinSides([this.#left.variant.forms, this.#right.variant.forms]);
      default:
        return '';
    }
  }

  #shared(): string[] {
    return this.#left.variant.words.filter(
      (_, i) => i < this.#alignment.leftCount && this.#alignment.leftPartner[i] !== -1,
    );
  }

  #changed(): string[] {
    const { leftCount, leftPartner, leftSimilarity } = this.#alignment;
    const changed: string[] = [];
    for (let i = 0; i < leftCount; i++) {
      if (leftPartner[i] === -1 || leftSimilarity[i] === 1) continue;
      changed.push(`${this.#left.variant.words[i]!} ~ ${this.#right.variant.words[leftPartner[i]!]!}`);
    }
    return changed;
  }

  /** Words without a partner, of one class or of any, per side. */
  #leftOver(wordClass: number | null): [readonly string[], readonly string[]] {
    const { leftPartner, leftCount, rightPartner, rightCount } = this.#alignment;
    const pick = (document: NameDocument, partners: Int32Array, count: number) =>
      document.variant.words.filter(
        (_, i) =>
          i < count &&
          partners[i] === -1 &&
          (wordClass === null || this.#table.classes[document.ids[i]!] === wordClass),
      );
    return [pick(this.#left, leftPartner, leftCount), pick(this.#right, rightPartner, rightCount)];
  }
}

function joinSides([left, right]: readonly [readonly string[], readonly string[]]): string {
  if (left.length === 0 && right.length === 0) return '';
  return `${left.join(' ') || '-'} / ${right.join(' ') || '-'}`;
}
