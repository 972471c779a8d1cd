import { type HttpHandler, http } from 'msw';
import type { FakeHalo } from './fake-halo.ts';
import { isNetworkError } from './network-error.ts';

/**
 * Returns msw request handlers that let a fake Halo answer for its addresses.
 *
 * Requests to other addresses are left to msw, which reports them as unhandled.
 *
 * @param fakes The fake Halo, or several.
 * @returns One handler for each origin, for `setupServer(...)` or `setupWorker(...)`.
 * @example
 * ```ts
 * import { createFakeHalo } from 'halo-psa/testing';
 * import { fakeHaloHandlers } from 'halo-psa/testing/msw';
 * import { setupServer } from 'msw/node';
 *
 * const fake = createFakeHalo({ teams: [{ name: '1st Line Support' }] });
 * const server = setupServer(...fakeHaloHandlers(fake));
 * server.listen();
 * ```
 */
export function fakeHaloHandlers(...fakes: readonly FakeHalo[]): HttpHandler[] {
  return fakes.flatMap((fake) =>
    fake.origins.map((origin) => http.all(below(origin), ({ request }) => answer(fake, request))),
  );
}

/** A pattern, because a port in a path string reads like a parameter. */
function below(origin: string): RegExp {
  return new RegExp(`^${origin.replace(/[.[\]]/g, '\\$&')}(/|$)`, 'i');
}

async function answer(fake: FakeHalo, request: Request): Promise<Response> {
  try {
    // msw hands the redirect to the caller's fetch, which knows what to do with it.
    return await fake.fetch(new Request(request, { redirect: 'manual' }));
  } catch (error) {
    if (isNetworkError(error)) return Response.error();
    throw error;
  }
}
