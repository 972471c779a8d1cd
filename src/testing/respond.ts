import { type Answer, empty, html, toResponse } from './answers.ts';
import { answerApi } from './api.ts';
import { type FakeHaloFault, faultAnswer } from './faults.ts';
import { locate } from './layout.ts';
import { networkError } from './network-error.ts';
import { readQuery } from './query.ts';
import { type OpenRequest, recordRequest } from './requests.ts';
import type { FakeHaloState } from './state.ts';
import { answerTokenRequest } from './token-endpoint.ts';

/** Answers one request as the Halo of `state` does, and writes it down in `log`. @internal */
export async function respond(state: FakeHaloState, log: OpenRequest[], request: Request): Promise<Response> {
  request.signal.throwIfAborted();
  const body = request.body ? await request.text() : '';
  const record = recordRequest(request, body, state.layout, state.nowMs());
  log.push(record);
  const answer = await untilAborted(answerWithFaults(state, record, request, body), request.signal);
  record.status = answer.status;
  return toResponse(answer);
}

async function answerWithFaults(
  state: FakeHaloState,
  { method, path, area }: OpenRequest,
  request: Request,
  body: string,
): Promise<Answer> {
  const { quirks } = state;
  const { host } = new URL(request.url);
  if (area === 'elsewhere') throw networkError('ENOTFOUND', host);
  if (quirks.unreachable) throw networkError(quirks.unreachable, host);
  await quirks.beforeAnswer?.({ method, path });
  const fault = state.faults.take(method, path);
  if (fault) return await strike(fault, host, () => answerRequest(state, request, body));
  return answerRequest(state, request, body);
}

async function strike(fault: FakeHaloFault, host: string, handle: () => Answer): Promise<Answer> {
  await (typeof fault.until === 'function' ? fault.until() : fault.until);
  if (fault.processed) handle();
  if (fault.networkError) throw networkError(fault.networkError, host);
  return faultAnswer(fault);
}

function answerRequest(state: FakeHaloState, request: Request, body: string): Answer {
  const url = new URL(request.url);
  const { area, path } = locate(url, state.layout);
  const refusal = state.rateWindow.admit(state.quirks.rateLimit);
  if (refusal) return refusal;
  if (isBehindHtml(state, area)) return html('Sign in to the network');
  const query = readQuery(url);
  const contentType = request.headers.get('content-type');
  if (area === 'api') {
    const authorization = request.headers.get('authorization');
    return answerApi(state, { method: request.method, path, query, authorization, contentType, body });
  }
  if (area !== 'auth') return strayAnswer(state);
  if (path !== 'token') return empty(404);
  if (request.method !== 'POST') return empty(405);
  const isForm = contentType?.includes('application/x-www-form-urlencoded');
  return answerTokenRequest(state, isForm ? new URLSearchParams(body) : null, query.get('tenant'));
}

function isBehindHtml({ quirks }: FakeHaloState, area: string): boolean {
  return quirks.htmlPage === 'all' || quirks.htmlPage === area;
}

function strayAnswer({ quirks, layout }: FakeHaloState): Answer {
  if (quirks.strayRequests === 'not-found') return html('404 - File or directory not found.', 404);
  if (quirks.strayRequests === 'page') return html('Halo Service Desk');
  return empty(302, { location: `${layout.resourceServer.origin}/portal` });
}

/** Settles with the answer, or as soon as the caller aborts, with the signal's reason. */
function untilAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
