import type { MappingClash, MappingDiffRow, MappingEntry } from '../../workflow/index.ts';
import { nameText } from '../output/columns.ts';
import type { Printer } from '../output/printer.ts';
import { printable } from '../output/text.ts';
import type { Merge } from './merge-decisions.ts';

const SIGNS = {
  add: { sign: '+', colour: 'green' },
  change: { sign: '~', colour: 'yellow' },
  remove: { sign: '-', colour: 'red' },
  keep: { sign: ' ', colour: 'gray' },
} as const;

/** Prints what a save would change, one organization a line, and the rest as a number. */
export async function printChanges(out: Printer, { rows }: Merge, most: number): Promise<void> {
  for (const row of rows.slice(0, most)) {
    const { sign, colour } = SIGNS[row.kind];
    await out.line(
      `${out.paint(colour, sign)} ${nameText(row.organizationName)} (${printable(String(row.organizationId))}): ${changeText(row)}`,
    );
  }
  if (rows.length > most) await out.line(`  and ${rows.length - most} more; --dry-run shows all`);
}

/** Prints what speaks against a save. */
export async function printClashes(out: Printer, clashes: readonly MappingClash[]): Promise<void> {
  for (const { organizationName, theirs, yours, alsoMappedTo } of clashes) {
    const others = alsoMappedTo.map((other) => nameText(other.organizationName)).join(', ');
    const also = others === '' ? '' : `; also mapped to it: ${others}`;
    await out.line(
      `${out.paint('red', '!')} ${nameText(organizationName)}: saved as ${outcomeText(theirs)}, decided here: ${outcomeText(yours)}${also}`,
    );
  }
}

function changeText({ parts, before, after }: MappingDiffRow): string {
  const told = [
    parts.includes('mapped') || parts.includes('ignored') ? outcomeChange(before, after) : '',
    parts.includes('rejected') ? `not ${newlyRejected(before, after)}` : '',
    parts.includes('organizationName') && before !== null && after !== null
      ? `was called ${nameText(before.organizationName)}`
      : '',
  ];
  return told.filter((text) => text !== '').join('; ') || 'unchanged';
}

function outcomeChange(before: MappingEntry | null, after: MappingEntry | null): string {
  const [from, to] = [outcomeText(before), outcomeText(after)];
  const hadNone = before?.mapped === undefined && before?.ignored === undefined;
  return hadNone || from === to ? to : `${to}, was ${from}`;
}

/** What was decided about an organization, in words. */
function outcomeText(entry: MappingEntry | null): string {
  if (entry?.mapped !== undefined)
    return `→ ${nameText(entry.mapped.customerName)} (${entry.mapped.customerId})`;
  return entry?.ignored === undefined ? 'not mapped' : 'ignored';
}

function newlyRejected(before: MappingEntry | null, after: MappingEntry | null): string {
  const known = new Set((before?.rejected ?? []).map(({ customerId }) => String(customerId)));
  const added = (after?.rejected ?? []).filter(({ customerId }) => !known.has(String(customerId)));
  const shown = added.length > 0 ? added : (after?.rejected ?? []);
  return shown.map(({ customerName, customerId }) => `${nameText(customerName)} (${customerId})`).join(', ');
}
