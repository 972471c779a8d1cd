import { displayWidth, pageWidth, paint, printable, wrap } from '../output/text.ts';
import type { JudgedSuggestion } from './score.ts';

/** Names of the customers by id. */
export type CustomerNames = ReadonlyMap<string, string>;

/** Stands before a customer that a conflict proposes, as against a review. */
export const CONFLICT_MARK = '*';
const INDENT = '  ';
const SEPARATOR = ' · ';

/**
 * Returns errors in a few words each, grouped by what makes the names differ, most frequent first. As many stand on a
 * line as fit whole.
 */
export function errorList(rows: readonly JudgedSuggestion[], names: CustomerNames): string {
  const width = pageWidth() - INDENT.length;
  return byKind(rows)
    .flatMap(([kind, ofKind]) => {
      const heading = kind === '' ? [] : [paint('bold', `${printable(kind)} (${ofKind.length})`)];
      const lines = pack(
        ofKind.map((row) => inShort(row, names)),
        width,
      );
      return [...heading, ...lines.map((line) => INDENT + line)];
    })
    .join('\n');
}

/** Returns the right customers of an organization by name. */
export function rightAnswer(ids: ReadonlySet<string>, names: CustomerNames): string {
  if (ids.size === 0) return 'not in Halo';
  return [...ids].map((id) => names.get(id) ?? id).join(' or ');
}

function byKind(rows: readonly JudgedSuggestion[]): [string, JudgedSuggestion[]][] {
  const groups = new Map<string, JudgedSuggestion[]>();
  for (const row of rows) {
    const group = groups.get(row.truth.kind);
    if (group) group.push(row);
    else groups.set(row.truth.kind, [row]);
  }
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}

function inShort({ suggestion, truth }: JudgedSuggestion, names: CustomerNames): string {
  const { organization, customer, confidence, status } = suggestion;
  const from = printable(organization.name);
  const right = printable(rightAnswer(truth.customerIds, names));
  if (customer === null) return `${from} → ${right}`;
  const mark = status === 'conflict' ? CONFLICT_MARK : '';
  const instead = truth.customerIds.size === 0 ? '' : ` (right: ${right})`;
  return `${Math.floor(confidence * 100)}% ${from} → ${mark}${printable(customer.name)}${instead}`;
}

/** Puts texts on as few lines as first-fit decreasing finds: the longest first, each on the first line with room for it. */
function pack(texts: readonly string[], width: number): string[] {
  const lines: { text: string; width: number }[] = [];
  for (const text of [...texts].sort((a, b) => displayWidth(b) - displayWidth(a))) {
    const own = displayWidth(text);
    const line = lines.find((open) => open.width + SEPARATOR.length + own <= width);
    if (line) {
      line.text += SEPARATOR + text;
      line.width += SEPARATOR.length + own;
    } else {
      lines.push({ text, width: own });
    }
  }
  return lines.flatMap(({ text, width: own }) => (own <= width ? [text] : hangingLines(text, width)));
}

function hangingLines(text: string, width: number): string[] {
  const [first = '', ...rest] = wrap(text, width - INDENT.length).split('\n');
  return [first, ...rest.map((line) => INDENT + line)];
}
