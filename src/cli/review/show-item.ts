import { staleReason } from '../../console/refresh-texts.ts';
import type { MappingDocument } from '../../workflow/index.ts';
import { nameText, shorten } from '../output/columns.ts';
import type { Printer } from '../output/printer.ts';
import { heaviestFirst } from '../output/reasons.ts';
import { percent, printable, signed, wrap } from '../output/text.ts';
import type { Candidate, Proposal } from '../pending/suggestions.ts';
import { candidatesOf, type Item, organizationOf, proposedBy } from './queue.ts';

const COLOURS = {
  matched: 'green',
  review: 'yellow',
  conflict: 'magenta',
  unmatched: 'gray',
  stale: 'red',
} as const;
/** The reasons that decide, and those that call for a person; `d` shows all. */
const REASONS_SHOWN = 3;
const INDENT = '     ';

/** What is shown of an item. */
export interface ItemView {
  readonly view: MappingDocument;
  /** `12 of 85` */
  readonly position: string;
  /** Whether all reasons are shown, of each candidate. */
  readonly inFull: boolean;
}

/** Prints one item: the organization, its candidates and why. */
export async function showItem(
  err: Printer,
  item: Item,
  { view, position, inFull }: ItemView,
): Promise<void> {
  const { id, name } = organizationOf(item);
  const status = item.kind === 'stale' ? 'stale' : item.proposal.status;
  const head = `${err.paint('bold', nameText(name))} ${err.paint('dim', `(${printable(String(id))})`)}`;
  await err.line(`\n${err.paint('dim', position)} ${err.paint(COLOURS[status], status)}  ${head}`);
  if (item.kind === 'stale') await showStale(err, item);
  else await showCandidates(err, item, { view, inFull });
}

async function showStale(err: Printer, { stale }: Item & { kind: 'stale' }): Promise<void> {
  const { customerName, customerId, reason, successor } = stale;
  await err.line(`${INDENT}mapped to ${nameText(customerName)} (${customerId}): ${staleReason(reason)}`);
  if (successor !== null) await err.line(wrap(`${INDENT}${printable(successor.text)}`, err.width, INDENT));
}

async function showCandidates(
  err: Printer,
  item: Item & { kind: 'proposal' },
  { view, inFull }: Pick<ItemView, 'view' | 'inFull'>,
): Promise<void> {
  const { conflict } = item.proposal;
  if (conflict !== undefined) await err.line(wrap(`${INDENT}${conflictText(conflict)}`, err.width, INDENT));
  const proposed = proposedBy(item, view);
  const candidates = candidatesOf(item, view);
  if (candidates.length === 0) {
    const what = item.proposal.candidates.length > 0 ? 'no other customer' : 'no customer';
    await err.line(`${INDENT}${what} has a similar name; / searches`);
  }
  for (const [index, candidate] of candidates.entries()) {
    const { customer, confidence, evidence } = candidate;
    const isProposed = customer.id === proposed?.id;
    const name = nameText(customer.name);
    const mark = isProposed ? err.paint('green', '→') : ' ';
    const inactive = customer.inactive === true ? ', inactive' : '';
    await err.line(
      `  ${mark} ${index + 1} ${isProposed ? err.paint('bold', name) : name} ${err.paint('dim', `(${customer.id}${inactive})`)} ${percent(confidence)}`,
    );
    if (inFull || index === 0) await showReasons(err, evidence, inFull);
  }
}

async function showReasons(err: Printer, evidence: Candidate['evidence'], inFull: boolean): Promise<void> {
  const shown = heaviestFirst(evidence).filter(({ review }, at) => inFull || review || at < REASONS_SHOWN);
  for (const { weight, label, detail, review } of shown) {
    const colour = weight < 0 ? 'red' : 'green';
    const mark = review ? ' (for a person)' : '';
    const room = err.width - INDENT.length - 8 - mark.length;
    const reason = shorten(printable(detail ? `${label}: ${detail}` : label), room);
    await err.line(`${INDENT}  ${err.paint(colour, signed(weight))} ${reason}${err.paint('yellow', mark)}`);
  }
}

function conflictText({ kind, organizations, customers }: NonNullable<Proposal['conflict']>): string {
  const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => nameText(name)).join(', ');
  return kind === 'tie'
    ? `several customers are as good: ${names(customers)}`
    : `its customer is also wanted by ${names(organizations)}`;
}
