import type { Evidence, MappingRecord, MappingStatus, MappingSuggestion } from '../../mapping/index.ts';
import { cell, grid } from '../output/grid.ts';
import { heaviestFirst } from '../output/reasons.ts';
import { paint, percent, signed } from '../output/text.ts';

type Suggestion = MappingSuggestion<MappingRecord, MappingRecord>;

/** The reasons that decide; the rest rarely changes the sign of the sum. */
const REASONS_SHOWN = 3;
const COLOURS = { matched: 'green', review: 'yellow', conflict: 'magenta', unmatched: 'gray' } as const;

/** Returns suggestions as a table with the reasons and the runner-up of each. */
export function explain(suggestions: readonly Suggestion[]): string {
  return grid(
    [
      { head: 'Organization', share: 30 },
      { head: 'Customer in Halo', share: 32 },
      { head: 'Why', share: 52 },
    ],
    suggestions.map((suggestion) => [
      cell(suggestion.organization.name, String(suggestion.organization.id)),
      customerCell(suggestion),
      whyCell(suggestion),
    ]),
  );
}

/** Returns the word for a status in its colour. */
export function statusWord(status: MappingStatus): string {
  return paint(COLOURS[status], status);
}

/** Returns rows spread evenly over the whole range of confidence, highest first: not the best ones only. */
export function spread<Row extends Suggestion>(suggestions: readonly Row[], count: number): Row[] {
  const topConfidence = (suggestion: Row) => suggestion.candidates[0]?.confidence ?? 0;
  const sorted = [...suggestions].sort((a, b) => topConfidence(b) - topConfidence(a));
  if (sorted.length <= count) return sorted;
  // The middle of each part: the very ends are the least typical rows.
  return Array.from(
    { length: count },
    (_, index) => sorted[Math.floor(((index + 0.5) * sorted.length) / count)]!,
  );
}

/** Returns whether two names differ in more than case, points and spaces, so that there is something to explain. */
export function namesDiffer({ organization, customer }: Suggestion): boolean {
  const bare = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
  return customer === null || bare(organization.name) !== bare(customer.name);
}

function customerCell({ customer, confidence, score, status, conflict }: Suggestion): string {
  if (customer === null) return paint('dim', 'none');
  const lines = [
    cell(customer.name),
    `${paint(COLOURS[status], `${percent(confidence)} sure`)}, score ${signed(score)}`,
  ];
  if (conflict?.kind === 'contested-customer') {
    lines.push(cell(`also wanted by ${namesOf(conflict.organizations)}`));
  } else if (conflict) {
    lines.push(cell(`as good: ${namesOf(conflict.customers.filter(({ id }) => id !== customer.id))}`));
  }
  return lines.join('\n');
}

function whyCell(suggestion: Suggestion): string {
  const { customer, evidence, candidates } = suggestion;
  const others = candidates.filter((candidate) => candidate.customer.id !== customer?.id);
  const [runnerUp] = others;
  const lines = reasons(customer === null ? [] : evidence);
  if (customer === null && runnerUp) {
    lines.push(
      cell(`nearest: ${runnerUp.customer.name}, ${percent(runnerUp.confidence)}`),
      ...reasons(runnerUp.evidence),
    );
  } else if (runnerUp) {
    lines.push(paint('dim', cell(`runner-up: ${runnerUp.customer.name}, ${percent(runnerUp.confidence)}`)));
  }
  if (lines.length === 0) lines.push('no customer has a similar name');
  return lines.join('\n');
}

/** Returns the heaviest reasons, one a line, and says how many are left out and what they sum to. */
function reasons(evidence: readonly Evidence[]): string[] {
  const byWeight = heaviestFirst(evidence);
  const rest = byWeight.slice(REASONS_SHOWN);
  const lines = byWeight.slice(0, REASONS_SHOWN).map(({ weight, label, detail }) => {
    const text = cell(`${label}${detail ? `: ${detail}` : ''}`);
    return `${paint(weight < 0 ? 'red' : 'green', signed(weight))} ${text}`;
  });
  if (rest.length > 0) {
    lines.push(
      paint('dim', `${signed(rest.reduce((sum, { weight }) => sum + weight, 0))} in ${rest.length} more`),
    );
  }
  return lines;
}

function namesOf(records: readonly MappingRecord[]): string {
  return records.map(({ name }) => name).join(', ');
}
