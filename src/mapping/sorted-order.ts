/** Keys sorted in one go: below a millisecond. */
const RUN = 512;
/** Steps of a merge between two yields. */
const MERGE_STEPS = 8192;

/**
 * Returns the positions of the keys in ascending order of UTF-16 code units, equal keys in input order. A merge sort that
 * yields now and then.
 *
 * @internal
 */
export function* sortedOrder(keys: readonly string[]): Generator<void, Int32Array> {
  const count = keys.length;
  let from = new Int32Array(count);
  for (let start = 0; start < count; start += RUN) {
    const run = Array.from({ length: Math.min(RUN, count - start) }, (_, i) => start + i);
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
        if (++steps % MERGE_STEPS === 0) yield;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}
