import type { NameDocument } from './document.ts';
import { WORD_CLASS } from './word-lists.ts';
import type { WordTable } from './word-table.ts';

/** Returns how many of the words from `from` on, none with a partner, spell `word` together; 0 for none. @internal */
export function joinedLength(
  word: string,
  words: readonly string[],
  partners: Int32Array,
  from: number,
  count: number,
): number {
  let at = 0;
  for (let size = 1; size <= 4 && from + size <= count; size++) {
    const next = words[from + size - 1]!;
    if (partners[from + size - 1] !== -1 || !word.startsWith(next, at)) return 0;
    at += next.length;
    if (at === word.length) return size >= 2 ? size : 0;
  }
  return 0;
}

/** Returns the index after the run whose initials spell `word`, or -1. Grammar words may be skipped inside it. @internal */
export function runOfInitials(
  word: string,
  many: NameDocument,
  table: WordTable,
  partners: Int32Array,
  from: number,
  count: number,
): number {
  let at = 0;
  let telling = 0;
  let k = from;
  for (; k < count && at < word.length; k++) {
    const other = many.variant.words[k]!;
    const isFree = partners[k] === -1;
    const isGrammar = table.classes[many.ids[k]!] === WORD_CLASS.stop;
    if (isFree && other.charCodeAt(0) === word.charCodeAt(at)) {
      at++;
      if (!isGrammar) telling++;
    } else if (k === from || !isGrammar) return -1;
  }
  return at === word.length && telling >= 2 ? k : -1;
}
