import { onAbort } from './on-abort.ts';

/**
 * Settles as `promise` does, or rejects with the signal's reason as soon as it aborts; the promise itself goes on, and
 * its later rejection is never unhandled. Leaves no listener behind.
 *
 * @internal
 */
export function raceAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const forget = onAbort(signal, () => reject(signal.reason));
    promise.then(resolve, reject).finally(forget);
  });
}
