/**
 * Calls `run` when the signal aborts, or now where it has; the result takes that back, so that no listener is left on a
 * signal that lives longer.
 *
 * @internal
 */
export function onAbort(signal: AbortSignal | undefined, run: () => void): () => void {
  if (signal === undefined) return () => undefined;
  if (signal.aborted) run();
  else signal.addEventListener('abort', run, { once: true });
  return () => signal.removeEventListener('abort', run);
}

/** Hands the abort of a caller's signal on, reason and all; the result ends that. @internal */
export function follow(signal: AbortSignal | undefined, controller: AbortController): () => void {
  return onAbort(signal, () => controller.abort(signal?.reason));
}
