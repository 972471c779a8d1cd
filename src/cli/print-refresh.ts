import type { RefreshReport, StaleReason } from '../workflow/index.ts';
import { nameText } from './output/columns.ts';
import type { Printer } from './output/printer.ts';
import { plural, printable } from './output/text.ts';

const REASONS: Readonly<Record<StaleReason, string>> = {
  'customer-deleted': 'the customer was deleted in Halo',
  'customer-inactive': 'the customer is inactive in Halo',
  'organization-removed': 'the organization is no longer in your list',
};

/** Returns why a saved mapping no longer holds, in words. */
export function staleReason(reason: StaleReason): string {
  return REASONS[reason];
}

/** Rows of one kind that are listed; the rest is counted. */
const MOST_ROWS = 20;

/** Prints what became of saved mappings since: stale ones, hidden ones, new names. Nothing where nothing changed. */
export async function printRefresh(out: Printer, refresh: RefreshReport): Promise<void> {
  const { stale, hidden, organizations, customers, customersHidden, organizationsVanished } = refresh;
  await printRows(
    out,
    `${plural(stale.length, 'saved mapping')} no longer ${stale.length === 1 ? 'holds' : 'hold'}`,
    'red',
    stale,
    (row) => [
      `${nameText(row.organizationName)} → ${nameText(row.customerName)} (${row.customerId}): ${REASONS[row.reason]}`,
      ...(row.successor === null ? [] : [printable(row.successor.text)]),
    ],
  );
  await printRows(
    out,
    `${plural(hidden.length, 'mapped customer')} may not be read`,
    'yellow',
    hidden,
    (row) => [
      `${nameText(row.organizationName)} → ${nameText(row.customerName)} (${row.customerId}): ${printable(row.hint)}`,
    ],
  );
  const renamed = [...customers.renamed, ...organizations.renamed];
  await printRows(
    out,
    `${plural(renamed.length, 'name')} changed`,
    'cyan',
    renamed,
    ({ id, before, name }) => [`${nameText(before)} is now called ${nameText(name)} (${id})`],
  );
  for (const [what, vanished] of [
    ['customers', customersHidden],
    ['organizations', organizationsVanished],
  ] as const) {
    if (vanished === null) continue;
    const { missing, known, hint } = vanished;
    await out.line(
      `${out.paint(['bold', 'red'], `${missing.length} of ${known} ${what} vanished at once.`)} ${inCommandWords(hint)}`,
    );
  }
}

/** The hint speaks to programmers; here it is an option. */
function inCommandWords(hint: string): string {
  return hint.replace('refresh with { acceptVanished: true }', 'add --accept-vanished');
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
