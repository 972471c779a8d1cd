import type { AlignedSide } from './aligned-side.ts';
import { WORD_CLASS } from './word-lists.ts';
import type { WordTable } from './word-table.ts';

/** Returns how many words of a side from `from` on, none with a partner, spell `word` together; 0 for none. @internal */
export function joinedLength(word: string, side: AlignedSide, from: number): number {
  let at = 0;
  for (let size = 1; size <= 4 && from + size <= side.count; size++) {
    const next = side.document.variant.words[from + size - 1]!;
    if (!side.isFree(from + size - 1) || !word.startsWith(next, at)) return 0;
    at += next.length;
    if (at === word.length) return size >= 2 ? size : 0;
  }
  return 0;
}

/** Returns the index after the run whose initials spell `word`, or -1. Grammar words may be skipped inside it. @internal */
export function runOfInitials(word: string, side: AlignedSide, table: WordTable, from: number): number {
  const { document, count } = side;
  let at = 0;
  let telling = 0;
  let k = from;
  for (; k < count && at < word.length; k++) {
    const isGrammar = table.classes[document.ids[k]!] === WORD_CLASS.stop;
    if (side.isFree(k) && document.variant.words[k]!.charCodeAt(0) === word.charCodeAt(at)) {
      at++;
      if (!isGrammar) telling++;
    } else if (k === from || !isGrammar) return -1;
  }
  return at === word.length && telling >= 2 ? k : -1;
}
