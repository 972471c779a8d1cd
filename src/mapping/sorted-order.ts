import { NUMBERS_PER_STEP } from './slices.ts';

/** Rows sorted in one go: below a millisecond. */
const RUN = 512;

/**
 * Returns the positions of the rows in ascending order of their keys by UTF-16 code units, equal keys in input order. A
 * merge sort that yields now and then.
 *
 * @internal
 */
export function* sortedOrder<T>(rows: readonly T[], keyOf: (row: T) => string): Generator<void, Int32Array> {
  const count = rows.length;
  const keys: string[] = [];
  let from = new Int32Array(count);
  for (let start = 0; start < count; start += RUN) {
    const run: number[] = [];
    for (let i = start; i < Math.min(start + RUN, count); i++) {
      keys.push(keyOf(rows[i]!));
      run.push(i);
    }
    run.sort((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : a - b));
    from.set(run, start);
    yield;
  }
  let to = new Int32Array(count);
  for (let width = RUN; width < count; width *= 2) {
    for (let start = 0, steps = 0; start < count; start += 2 * width) {
      const middle = Math.min(start + width, count);
      const end = Math.min(start + 2 * width, count);
      for (let i = start, j = middle, k = start; k < end; k++) {
        const takeLeft = j >= end || (i < middle && keys[from[i]!]! <= keys[from[j]!]!);
        to[k] = takeLeft ? from[i++]! : from[j++]!;
        if (++steps % NUMBERS_PER_STEP === 0) yield;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}
