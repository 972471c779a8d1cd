import type { Side } from './check-input.ts';
import { MAX_NAME_UNITS } from './normalize.ts';
import type { ParsedName } from './parse-name.ts';
import { PLAIN_ROWS_PER_STEP } from './slices.ts';
import type { MappingProblem, MappingRecord } from './types.ts';

/** What problems need of a parsed name, kept for every row. @internal */
export interface NameSummary {
  readonly isBlank: boolean;
  readonly isPlaceholder: boolean;
  readonly isTruncated: boolean;
  /** Equal for equal names: words and legal forms; '' for a blank name. */
  readonly key: string;
}

/** Returns the summary of a parsed name. @internal */
export function summarizeName(name: ParsedName): NameSummary {
  const { isBlank, isPlaceholder, isTruncated, variants } = name;
  // In one piece: a text put together from others would keep them alive.
  const key = isBlank ? '' : [...variants[0]!.words, '|', ...variants[0]!.forms].join(' ');
  return { isBlank, isPlaceholder, isTruncated, key };
}

/**
 * Lists what is odd about one side's rows, in the order of the rows; yields now and then.
 *
 * @param ids those that more than one of the rows has, see `repeatedIds`
 * @internal
 */
export function* findProblems(
  records: readonly MappingRecord[],
  names: readonly NameSummary[],
  side: Side,
  ids: ReadonlySet<string>,
): Generator<void, MappingProblem[]> {
  const problems: MappingProblem[] = [];
  const keys = yield* repeatedKeys(names, ({ key }) => key);
  for (let index = 0; index < records.length; index++) {
    if (index % PLAIN_ROWS_PER_STEP === 0) yield;
    const { id } = records[index]!;
    const name = names[index]!;
    const report = (kind: MappingProblem['kind'], message: string) =>
      problems.push({ kind, side, index, id, message });
    if (name.isBlank) report('blank-name', 'The name is blank, so only ids, domains and phones can match.');
    if (name.isPlaceholder)
      report('placeholder-name', 'The name stands for "no name", so it is never matched by itself.');
    if (name.isTruncated) report('truncated-name', `The name was cut to ${MAX_NAME_UNITS} characters.`);
    if (ids.has(String(id))) report('duplicate-id', duplicateIdMessage(side));
    if (name.key !== '' && keys.has(name.key)) {
      report('duplicate-name', `Another of the ${side} has the same name.`);
    }
  }
  return problems;
}

function duplicateIdMessage(side: Side): string {
  return side === 'customers'
    ? 'Another of the customers has the same id; the first one counts.'
    : 'Another of the organizations has the same id; neither is matched without review.';
}

/** Returns the ids that more than one of the rows has; yields now and then. @internal */
export function repeatedIds(records: readonly MappingRecord[]): Generator<void, ReadonlySet<string>> {
  return repeatedKeys(records, ({ id }) => String(id));
}

function* repeatedKeys<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): Generator<void, ReadonlySet<string>> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (let at = 0; at < items.length; at++) {
    if (at % PLAIN_ROWS_PER_STEP === 0) yield;
    const key = keyOf(items[at]!);
    if (seen.has(key)) repeated.add(key);
    else seen.add(key);
  }
  return repeated;
}
