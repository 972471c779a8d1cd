import { cleanName } from './clean-name.ts';
import type { JudgedRow, JudgedSet } from './judge.ts';
import { table } from './tables.ts';

/** More kinds than this nobody reads. */
const MOST_KINDS = 10;
/** Examples of each kind, the surest first. */
const EXAMPLES = 3;

/** How the name that was asked for and another one differ, as far as their letters tell. */
export function differenceOf(name: string, other: string): string {
  const [a, b] = [cleanName(name), cleanName(other)];
  if (a.replaceAll(' ', '') === b.replaceAll(' ', '')) return 'the same name';
  const [left, right] = [new Set(a.split(' ')), new Set(b.split(' '))];
  const shared = [...left].filter((word) => right.has(word)).length;
  if (shared === left.size || shared === right.size) return 'more words on one side';
  if (shared > 0) return 'some words shared';
  if (left.size === 1 && right.size > 1 && isInitials(a, b)) return 'initials';
  if (right.size === 1 && left.size > 1 && isInitials(b, a)) return 'initials';
  return 'no word shared';
}

/** Whether every letter of a short word begins or follows in a word of the name, in order. */
function isInitials(word: string, name: string): boolean {
  if (word.length > 8 || word[0] !== name[0]) return false;
  let at = 0;
  for (const letter of word) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** What went wrong with a row; null when nothing did. */
export function errorKindOf({ suggestion, acceptedNames, isCorrect }: JudgedRow): string | null {
  const { organization, customer, status } = suggestion;
  const isProposed = status === 'matched' || status === 'review';
  if (isProposed && !isCorrect) {
    return `${status} and wrong: ${differenceOf(organization.name, customer!.name)}`;
  }
  if (isProposed || acceptedNames.length === 0) return null;
  if (status === 'conflict') return 'not decided: several want the same customer';
  return `not proposed: ${differenceOf(organization.name, acceptedNames[0]!)}`;
}

/** The kinds of errors left, most frequent first, each with its surest cases, as Markdown. Names stay on the screen. */
export function renderErrors(sets: readonly JudgedSet[]): string {
  const kinds = new Map<string, { row: JudgedRow; set: string }[]>();
  for (const { name, rows } of sets) {
    for (const row of rows) {
      const kind = errorKindOf(row);
      if (kind !== null) kinds.set(kind, [...(kinds.get(kind) ?? []), { row, set: name }]);
    }
  }
  const worst = [...kinds].sort(([, a], [, b]) => b.length - a.length).slice(0, MOST_KINDS);
  const lines = worst.flatMap(([kind, errors]) => [
    `### ${kind} (${errors.length})`,
    table(
      ['set', 'confidence', 'organization', 'said', 'right'],
      errors
        .sort((a, b) => sureness(b.row) - sureness(a.row))
        .slice(0, EXAMPLES)
        .map(({ row, set }) => exampleOf(row, set)),
    ),
  ]);
  return ['## The worst kinds of errors', ...lines].join('\n\n');
}

function sureness({ suggestion }: JudgedRow): number {
  return suggestion.candidates[0]?.confidence ?? 0;
}

function exampleOf({ suggestion, acceptedNames }: JudgedRow, set: string): string[] {
  const first = suggestion.customer ?? suggestion.candidates[0]?.customer;
  const confidence = suggestion.candidates[0]?.confidence ?? 0;
  return [
    set,
    confidence.toFixed(3),
    suggestion.organization.name,
    first?.name ?? 'nobody',
    acceptedNames.join(' / ') || 'nobody',
  ];
}
