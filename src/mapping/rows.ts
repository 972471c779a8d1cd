import { forEachBelow, PLAIN_ROWS_PER_STEP } from './slices.ts';

/** Lists of numbers one behind the other: list `r` stands at `starts[r]` up to `starts[r + 1]`. @internal */
export interface Rows {
  readonly starts: Int32Array;
  readonly items: Int32Array;
}

/** Puts lists one behind the other; yields now and then. @internal */
export function* rowsOf<T>(
  sources: readonly T[],
  itemsOf: (source: T) => readonly number[],
): Generator<void, Rows> {
  const starts = new Int32Array(sources.length + 1);
  const items: number[] = [];
  for (let row = 0; row < sources.length; row++) {
    if (row % PLAIN_ROWS_PER_STEP === 0) yield;
    for (const item of itemsOf(sources[row]!)) items.push(item);
    starts[row + 1] = items.length;
  }
  return { starts, items: new Int32Array(items) };
}

/**
 * Turns rows of items into rows by item, an item once for each time that it is there; yields now and then.
 *
 * @param order the rows in the order in which they are to stand under an item
 * @internal
 */
export function* turned(
  { starts, items }: Rows,
  itemCount: number,
  order?: Int32Array,
): Generator<void, Rows> {
  const turnedStarts = new Int32Array(itemCount + 1);
  yield* forEachBelow(items.length, (at) => {
    turnedStarts[items[at]! + 1]!++;
  });
  yield* forEachBelow(itemCount, (item) => {
    turnedStarts[item + 1]! += turnedStarts[item]!;
  });
  const next = turnedStarts.slice(0, itemCount);
  const turnedItems = new Int32Array(items.length);
  for (let i = 0; i + 1 < starts.length; i++) {
    if (i % PLAIN_ROWS_PER_STEP === 0) yield;
    const row = order === undefined ? i : order[i]!;
    for (let at = starts[row]!; at < starts[row + 1]!; at++) turnedItems[next[items[at]!]!++] = row;
  }
  return { starts: turnedStarts, items: turnedItems };
}
