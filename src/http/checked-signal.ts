/**
 * Returns the signal of a caller; null is none.
 *
 * @throws {TypeError} when it is no signal, as when the controller is given in its place
 * @internal
 */
export function checkedSignal(signal: AbortSignal | null | undefined): AbortSignal | undefined {
  if (signal === null || signal === undefined) return undefined;
  if (typeof signal.aborted === 'boolean' && typeof signal.addEventListener === 'function') return signal;
  throw new TypeError('signal must be an AbortSignal; give controller.signal, not the controller');
}
