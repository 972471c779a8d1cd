import { displayWidth, printable } from './text.ts';

/** A column of a table whose rows are printed while they arrive. */
export interface Column {
  readonly head: string;
  /** In terminal columns; null takes what the others leave. */
  readonly width: number | null;
}

const GAP = 2;
/** As much of a name as is needed to know it again beside others. */
const LEAST_SHARE = 16;
/** An id or a yes, which must be read to their end. */
const NARROW = 8;

/** Returns a function that sets the cells of a row in columns of a page. */
export function layOutColumns(
  columns: readonly Column[],
  pageWidth: number,
): (cells: readonly string[]) => string {
  const flexible = columns.filter(({ width }) => width === null).length;
  const room = pageWidth - GAP * (columns.length - 1);
  const asked = columns.map(({ width }) => width);
  const widths = givingWay(asked, room - flexible * LEAST_SHARE);
  const share = Math.floor((room - sumOf(widths)) / Math.max(1, flexible));
  return (cells) =>
    cells
      .map((cell, index) => fill(printable(cell), widths[index] ?? share))
      .join(' '.repeat(GAP))
      .trimEnd();
}

/** Makes wide columns narrower, each by the same part, until all that have a width fit into the room. */
function givingWay(widths: readonly (number | null)[], room: number): (number | null)[] {
  const isWide = (width: number | null): width is number => width !== null && width > NARROW;
  const wide = sumOf(widths.filter(isWide));
  const narrow = sumOf(widths) - wide;
  const part = Math.min(1, (room - narrow) / Math.max(1, wide));
  return widths.map((width) => (isWide(width) ? Math.max(NARROW, Math.floor(width * part)) : width));
}

function sumOf(widths: readonly (number | null)[]): number {
  return widths.reduce<number>((sum, width) => sum + (width ?? 0), 0);
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
