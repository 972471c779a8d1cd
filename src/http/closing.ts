/** The end of a client's life. @internal */
export interface Closing {
  readonly closed: boolean;
  /** How many listen. */
  listeners(): number;
  /** Calls `listener` when the client is closed; the result takes that back. */
  onClose(listener: () => void): () => void;
  close(): void;
}

/**
 * Returns the end of a client's life. An `AbortSignal` would do, but compares every new listener with all the others:
 * 10,000 calls at once would cost seconds.
 *
 * @internal
 */
export function createClosing(): Closing {
  const listeners = new Set<() => void>();
  let closed = false;
  return {
    get closed() {
      return closed;
    },
    listeners: () => listeners.size,
    onClose(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closed = true;
      for (const listener of listeners) listener();
      listeners.clear();
    },
  };
}
