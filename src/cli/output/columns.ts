import { displayWidth, printable } from './text.ts';

/** A column of a table whose rows are printed while they arrive. */
export interface Column {
  readonly head: string;
  /** In terminal columns; null takes what the others leave. */
  readonly width: number | null;
}

const GAP = 2;

/** Returns a function that sets the cells of a row in columns of a page. */
export function layOutColumns(
  columns: readonly Column[],
  pageWidth: number,
): (cells: readonly string[]) => string {
  const fixed = columns.reduce((sum, { width }) => sum + (width ?? 0), 0);
  const gaps = GAP * (columns.length - 1);
  const flexible = columns.filter(({ width }) => width === null).length;
  const share = Math.floor((pageWidth - fixed - gaps) / Math.max(1, flexible));
  const widths = columns.map(({ width }) => width ?? share);
  return (cells) =>
    cells
      .map((cell, index) => fill(printable(cell), widths[index] ?? share))
      .join(' '.repeat(GAP))
      .trimEnd();
}

/** Cuts or fills a text to a width. */
export function fill(text: string, width: number): string {
  const cut = shorten(text, width);
  return cut + ' '.repeat(Math.max(0, width - displayWidth(cut)));
}

/** Cuts a text to a width, and shows that it was cut. */
export function shorten(text: string, width: number): string {
  // A name can have ten thousand letters, of which a line never shows more than these.
  const start = text.slice(0, width * 4);
  if (start.length === text.length && displayWidth(text) <= width) return text;
  let used = 0;
  let kept = '';
  for (const character of start) {
    used += displayWidth(character);
    if (used > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** As much of a name as a person needs to know it again. */
const LONGEST_NAME = 80;

/** Returns a name from elsewhere as it may stand in a sentence: harmless, and never longer than a line. */
export function nameText(name: string): string {
  return shorten(printable(name), LONGEST_NAME) || '(no name)';
}
