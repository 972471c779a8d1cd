import type { AnyHandler } from 'msw';
import { type SetupServer, setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';

/** msw while the tests of one file run. */
export interface Msw {
  readonly server: SetupServer;
  /** Returns the requests that no handler took, and forgets them, so that they do not fail the test. */
  takeUnhandled(): string[];
}

/**
 * Lets msw answer the global `fetch` while the tests of the calling file run.
 * A request that no handler takes fails the test, also where the code under test swallows the error.
 */
export function useMsw(...handlers: readonly AnyHandler[]): Msw {
  const server = setupServer(...handlers);
  const unhandled: string[] = [];
  beforeAll(() => {
    server.listen({
      onUnhandledFrame: ({ frame, defaults }) => {
        unhandled.push(describeFrame(frame));
        defaults.error();
      },
    });
  });
  afterEach(() => {
    server.resetHandlers();
    expect(unhandled.splice(0), 'requests that no msw handler takes').toEqual([]);
  });
  afterAll(() => server.close());
  return { server, takeUnhandled: () => unhandled.splice(0) };
}

function describeFrame({ data }: { data: unknown }): string {
  const { request } = data as { request?: Request };
  return request ? `${request.method} ${request.url}` : 'a WebSocket connection';
}
