/** Rows of plain bookkeeping between two yields: some look-ups each, well below a millisecond together. @internal */
export const PLAIN_ROWS_PER_STEP = 256;

/**
 * Numbers of a list, or edges of a graph, looked at between two yields: well below 0.1 ms, and the yield costs nothing
 * measurable.
 *
 * @internal
 */
export const NUMBERS_PER_STEP = 512;

/** Calls `visit` with each whole number below `count`, in order; yields now and then. @internal */
export function* forEachBelow(count: number, visit: (at: number) => void): Generator<void, void> {
  for (let at = 0; at < count; at++) {
    if (at % NUMBERS_PER_STEP === 0) yield;
    visit(at);
  }
}

/** Runs steps as a part of a longer work, of which `share` is done meanwhile. @internal */
export function* duringShare<T>(share: number, steps: Generator<void, T>): Generator<number, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield share;
  }
}
