import {
  HIDDEN_ADVICE,
  hiddenCount,
  staleCount,
  staleReason,
  VANISHED_ADVICE,
  vanishedCount,
} from '../console/refresh-texts.ts';
import type { RefreshReport } from '../workflow/index.ts';
import { nameText } from './output/columns.ts';
import type { Printer } from './output/printer.ts';
import { plural, printable } from './output/text.ts';

/** Rows of one kind that are listed; the rest is counted. */
const MOST_ROWS = 20;

/** Prints what became of saved mappings since: stale ones, hidden ones, new names. Nothing where nothing changed. */
export async function printRefresh(out: Printer, refresh: RefreshReport): Promise<void> {
  const { stale, hidden, organizations, customers, customersHidden, organizationsVanished } = refresh;
  await printRows(out, staleCount(stale.length), 'red', stale, (row) => [
    `${nameText(row.organizationName)} → ${nameText(row.customerName)} (${row.customerId}): ${staleReason(row.reason)}`,
    ...(row.successor === null ? [] : [printable(row.successor.text)]),
  ]);
  await printRows(out, hiddenCount(hidden.length), 'yellow', hidden, (row) => [
    `${nameText(row.organizationName)} → ${nameText(row.customerName)} (${row.customerId})`,
  ]);
  if (hidden.length > 0) await out.line(`  ${HIDDEN_ADVICE}`);
  const renamed = [...customers.renamed, ...organizations.renamed];
  await printRows(
    out,
    `${plural(renamed.length, 'name')} changed`,
    'cyan',
    renamed,
    ({ id, before, name }) => [`${nameText(before)} is now called ${nameText(name)} (${id})`],
  );
  for (const [side, vanished] of [
    ['customers', customersHidden],
    ['organizations', organizationsVanished],
  ] as const) {
    if (vanished === null) continue;
    const count = out.paint(['bold', 'red'], `${vanishedCount(vanished, side)}.`);
    await out.line(`${count} ${VANISHED_ADVICE[side]} If they are really gone, add --accept-vanished.`);
  }
}

async function printRows<Row>(
  out: Printer,
  title: string,
  colour: 'red' | 'yellow' | 'cyan',
  rows: readonly Row[],
  linesOf: (row: Row) => readonly string[],
): Promise<void> {
  if (rows.length === 0) return;
  await out.line(out.paint(['bold', colour], title));
  for (const row of rows.slice(0, MOST_ROWS)) {
    const [first = '', ...rest] = linesOf(row);
    await out.line(`  ${first}`);
    for (const line of rest) await out.line(`    ${line}`);
  }
  if (rows.length > MOST_ROWS) await out.line(`  and ${rows.length - MOST_ROWS} more`);
}
