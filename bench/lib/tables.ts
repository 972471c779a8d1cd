/** A table as Markdown, its columns padded so that it reads well as plain text too; numbers stand to the right. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_, column) => Math.max(3, ...cells.map((row) => (row[column] ?? '').length)));
  const isNumber = header.map((_, column) =>
    rows.every((row) => /^(?:[-\d.,% ]*|n\/a)$/.test(String(row[column] ?? ''))),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, at) => (isNumber[at] ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!))).join(' | ')} |`;
  const rule = `|${widths.map((width, at) => (isNumber[at] ? `${'-'.repeat(width + 1)}:` : '-'.repeat(width + 2))).join('|')}|`;
  return [line(cells[0]!), rule, ...cells.slice(1).map(line)].join('\n');
}

/** A share in percent with one decimal, "n/a" for none. */
export function percent(share: number | null | undefined): string {
  return share === null || share === undefined || Number.isNaN(share) ? 'n/a' : (100 * share).toFixed(1);
}

/** Milliseconds with thousands separated. */
export function whole(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(?:\d{3})+$)/g, ',');
}
