import CliTable from 'cli-table3';
import { shorten } from './columns.ts';
import { pageWidth, paint, printable } from './text.ts';

/** A column: its heading and its part of the width that is left, or a fixed width in columns. */
export interface GridColumn {
  readonly head: string;
  readonly share?: number;
  readonly width?: number;
  readonly align?: 'left' | 'right';
}

/** Space that the frame takes per column, and once more at the end. */
const FRAME = 1;

/** Figures are not cut; where they leave less than this for words, the table is wider than the page. */
const LEAST_SHARED_WIDTH = 14;

/** How rows are set: with a rule between rows, or without. */
export type GridStyle = 'ruled' | 'compact';

/** Returns rows as a table that fits the page. */
export function grid(
  columns: readonly GridColumn[],
  rows: readonly (readonly string[])[],
  style: GridStyle = 'ruled',
): string {
  const table = new CliTable({
    head: columns.map(({ head }) => paint('bold', head)),
    colWidths: columnWidths(columns),
    colAligns: columns.map(({ align = 'left' }) => align),
    wordWrap: true,
    style: { head: [], border: [], compact: style === 'compact' },
  });
  table.push(...rows.map((cells) => [...cells]));
  return table.toString();
}

function columnWidths(columns: readonly GridColumn[]): number[] {
  const fixed = columns.reduce((sum, { width = 0 }) => sum + width, 0);
  const shares = columns.reduce((sum, { share = 0 }) => sum + share, 0);
  const left = pageWidth() - fixed - (columns.length + 1) * FRAME;
  const sharedWidth = (share: number) => Math.max(LEAST_SHARED_WIDTH, Math.floor((left * share) / shares));
  return columns.map(({ width, share = 0 }) => width ?? sharedWidth(share));
}

/** A name can have ten thousand letters; nobody reads on after these. */
const LONGEST_LINE = 300;

/** Returns the caller's texts as the lines of a cell. */
export function cell(...lines: readonly string[]): string {
  return lines.map((line) => shorten(printable(line), LONGEST_LINE)).join('\n');
}
