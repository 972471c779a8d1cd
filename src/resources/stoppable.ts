/** Makes `return()` stop a request in flight: a bare generator would wait for its answer first. @internal */
export function stoppable<T>(
  generator: AsyncGenerator<T, void>,
  controller: AbortController,
): AsyncIterableIterator<T> {
  let stopped = false;
  return {
    async next() {
      try {
        return await generator.next();
      } catch (error) {
        if (stopped) return { done: true, value: undefined };
        throw error;
      }
    },
    async return() {
      stopped = true;
      controller.abort();
      await generator.return();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
