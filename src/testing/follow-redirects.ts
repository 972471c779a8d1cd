import { networkError } from './network-error.ts';

/** As many as the Fetch standard follows. */
const MOST_REDIRECTS = 20;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Calls `answer` as `fetch` would: it takes what `fetch` takes and treats redirects as the request says.
 * Followed requests are a plain GET, which is all that a redirect from Halo leads to.
 *
 * @internal
 */
export async function followRedirects(
  answer: (request: Request) => Promise<Response>,
  input: Request | URL | string,
  init?: RequestInit,
): Promise<Response> {
  let request = new Request(input, init);
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    const response = await answer(request);
    const location = response.headers.get('location');
    if (!REDIRECTS.has(response.status) || location === null || request.redirect === 'manual')
      return response;
    if (request.redirect === 'error') throw networkError('unexpected redirect', new URL(request.url).host);
    request = new Request(new URL(location, request.url), { signal: request.signal });
  }
  throw networkError('redirect count exceeded', new URL(request.url).host);
}
