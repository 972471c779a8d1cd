import {
  type HaloError,
  type HaloErrorContext,
  HaloNetworkError,
  HaloNotFoundError,
  HaloPermissionError,
  HaloRateLimitError,
  HaloRedirectError,
  HaloResponseError,
  type HaloResponseErrorCode,
  HaloServerError,
  HaloTimeoutError,
  HaloValidationError,
  HaloWriteUncertainError,
} from '../errors.ts';
import { API_SCREEN } from '../halo-screens.ts';
import { safeCause } from '../wire/error-chain.ts';
import { networkError } from '../wire/network-failure.ts';
import { closedError } from './closed-error.ts';
import type {
  BodyFailure,
  BodyProblem,
  BudgetFailure,
  Failure,
  StatusFailure,
  TimeFailure,
} from './failure.ts';
import type { HaloRequest } from './request.ts';

/**
 * Makes the error that a caller sees. The only place where a failed request becomes one: each is built from a fixed list
 * of facts, so that no header, body, live object or foreign message can come along.
 *
 * @internal
 */
export function toHaloError(failure: Failure, context: HaloErrorContext): HaloError {
  switch (failure.kind) {
    case 'line':
      return networkError(failure.error, context, failure.network);
    case 'time':
      return timeError(failure, context);
    case 'closed':
      return closedError(context);
    case 'body':
      return bodyError(failure, context);
    case 'status':
      return statusError(failure, context);
    case 'budget':
      return budgetError(failure, context);
  }
}

/** Makes the error of a write that may or may not have happened. @internal */
export function toUncertainError(
  error: HaloError,
  request: HaloRequest,
  context: HaloErrorContext,
): HaloError {
  const lookup = request.lookup ?? LOOKUPS[request.effect];
  return new HaloWriteUncertainError({
    ...context,
    status: error.status,
    requestId: error.requestId,
    code: 'HALO_WRITE_UNCERTAIN',
    summary: `This ${request.effect} left and no usable answer came back, so it may or may not have happened`,
    hint: `Do not send it again before you have looked: ${lookup}`,
    lookup,
    cause: safeCause(error),
  });
}

const LOOKUPS: Readonly<Record<HaloRequest['effect'], string>> = {
  read: 'Nothing was written.',
  create: 'List the rows and look for one with the values that were sent.',
  update: 'Read the row and compare it with the values that were sent.',
  delete: 'Read the row: a "not found" means that it is gone.',
};

const TIMEOUT_FACTS = {
  token: ['HALO_TIMEOUT_TOKEN', 'waiting for an access token'],
  headers: ['HALO_TIMEOUT_HEADERS', 'waiting for an answer'],
  body: ['HALO_TIMEOUT_BODY', 'reading the answer'],
  total: ['HALO_TIMEOUT_TOTAL', 'waiting to send it'],
} as const;

function timeError({ phase, limitMs, status }: TimeFailure, context: HaloErrorContext): HaloError {
  const [code, doing] = TIMEOUT_FACTS[phase];
  return new HaloTimeoutError({
    ...context,
    status,
    code,
    timeoutMs: limitMs,
    summary: `Time ran out after ${limitMs} ms while ${doing}`,
    hint: 'Raise timeoutMs, ask for less (a smaller page, no details), or try again later.',
  });
}

const BODY_FACTS: Readonly<
  Record<BodyProblem, readonly [HaloResponseErrorCode, summary: string, hint: string]>
> = {
  truncated: [
    'HALO_RESPONSE_TRUNCATED',
    "Halo's answer broke off before its end",
    'Try again; if it goes on, ask for smaller pages or look at the proxy between here and Halo.',
  ],
  'too-large': [
    'HALO_RESPONSE_TOO_LARGE',
    "Halo's answer is larger than 64 MiB",
    'Ask for less: a smaller page size, or rows without their details.',
  ],
  encoding: [
    'HALO_RESPONSE_ENCODING',
    "Halo's answer cannot be decompressed or is in a character set other than UTF-8",
    'Look at the proxy between here and Halo; it changes what Halo sends.',
  ],
  html: [
    'HALO_RESPONSE_HTML',
    'A web page came back in place of data; it looks like a login page or a proxy',
    'Check resourceServer (API Details in Halo shows it) and any proxy or sign-on gateway in front of Halo.',
  ],
  'content-type': [
    'HALO_RESPONSE_CONTENT_TYPE',
    'Something other than JSON came back',
    'Check resourceServer and any proxy in front of Halo.',
  ],
  json: [
    'HALO_RESPONSE_JSON',
    "Halo's answer is not valid JSON",
    'Try again; if it goes on, report the path and the time to Halo.',
  ],
  'too-deep': [
    'HALO_RESPONSE_JSON',
    "Halo's answer is nested too deeply to be read safely",
    'Report the path and the time to Halo.',
  ],
  'unsafe-id': [
    'HALO_RESPONSE_SCHEMA',
    "Halo's answer holds an id above 2^53 - 1, which JavaScript would round to another id",
    'Report the field to Halo; the row cannot be addressed safely.',
  ],
};

function bodyError(failure: BodyFailure, context: HaloErrorContext): HaloError {
  const { problem, status, requestId, path, error } = failure;
  const [code, summary, hint] = BODY_FACTS[problem];
  return new HaloResponseError({
    ...context,
    status,
    requestId,
    code,
    summary,
    hint,
    retryable: problem === 'truncated' || problem === 'encoding',
    issues: path === undefined ? [] : [{ path, message: 'id above 2^53 - 1' }],
    cause: error === undefined ? undefined : safeCause(error),
  });
}

function statusError(failure: StatusFailure, context: HaloErrorContext): HaloError {
  const { status, requestId } = failure;
  const facts = { ...context, status, requestId };
  switch (status) {
    case 400:
    case 409:
    case 422:
      return validationError(failure, facts);
    case 401:
      return new HaloPermissionError({
        ...facts,
        code: 'HALO_PERMISSION_UNAUTHORIZED',
        summary: 'Halo refused a fresh access token for this request',
        hint: "Either the API application's agent has no right to this module, or Halo does not accept the token here: check the agent's role and the application's permissions.",
      });
    case 403:
      return new HaloPermissionError({
        ...facts,
        code: 'HALO_PERMISSION_FORBIDDEN',
        summary: 'Halo forbids this request',
        hint: `Check the scopes of the API application and the role of the agent it logs in as (${API_SCREEN} > View Applications).`,
      });
    case 404:
      return new HaloNotFoundError({
        ...facts,
        code: 'HALO_NOT_FOUND',
        summary: 'Halo has no such row or path',
        hint: failure.html
          ? 'A web page came back: check resourceServer, which may lack a base path or name the wrong host.'
          : 'Check the id; the row may have been deleted, or be hidden from the agent of the API application.',
      });
    case 407:
      return new HaloNetworkError({
        ...facts,
        code: 'HALO_NETWORK_PROXY',
        summary: 'The proxy wants a name and password',
        hint: 'Check the proxy settings of this machine.',
      });
    default:
      return otherStatusError(failure, facts);
  }
}

function validationError(failure: StatusFailure, facts: HaloErrorContext): HaloError {
  const fields = failure.issues.map((issue) => issue.field).filter((field) => field !== null);
  const named =
    fields.length > 0 ? ` (${fields.length === 1 ? 'one field' : `${fields.length} fields`} named)` : '';
  return new HaloValidationError({
    ...facts,
    code: 'HALO_VALIDATION_REJECTED',
    summary: `Halo understood the request and refused its contents${named}`,
    hint: "Read `issues` for Halo's own words, correct the values and send again.",
    issues: failure.issues,
  });
}

/** The statuses that say where else to go; the rest of 3xx says nothing of the kind. */
const REDIRECTS: ReadonlySet<number> = new Set([0, 300, 301, 302, 303, 305, 307, 308]);

function otherStatusError(failure: StatusFailure, facts: HaloErrorContext): HaloError {
  const { status, targetOrigin } = failure;
  if (REDIRECTS.has(status)) {
    return new HaloRedirectError({
      ...facts,
      code: 'HALO_REDIRECT_REFUSED',
      summary: `A redirect${targetOrigin === undefined ? '' : ` to ${targetOrigin}`} was answered and not followed`,
      hint: 'Set resourceServer to the address that Halo itself uses; a token is never sent on to another place.',
      targetOrigin,
    });
  }
  if (status >= 500 || status === 408) {
    return new HaloServerError({
      ...facts,
      code: 'HALO_SERVER_FAILED',
      summary: 'Halo failed to answer this request',
      hint: 'Try again later; if it goes on, ask for less or report the request id and the time to Halo.',
      retryable: failure.outcome === 'unavailable',
    });
  }
  return new HaloResponseError({
    ...facts,
    code: 'HALO_RESPONSE_STATUS',
    summary: 'An unexpected status was answered',
    hint: 'Check resourceServer and any proxy in front of Halo.',
  });
}

function budgetError({ refusal, status, limitMs }: BudgetFailure, context: HaloErrorContext): HaloError {
  const { kind, retryAfterMs } = refusal;
  const facts = { ...context, status, retryAfterMs };
  if (kind === 'queue-full') {
    return new HaloRateLimitError({
      ...facts,
      code: 'HALO_RATE_LIMIT_QUEUE_FULL',
      summary: 'Too many calls wait for the rate limit already',
      hint: 'Start fewer calls at once, or raise maxQueue of the rate budget.',
    });
  }
  // A wait that alone would have been short enough came on top of others.
  if (kind === 'exhausted' || (retryAfterMs !== undefined && retryAfterMs <= limitMs)) {
    return new HaloRateLimitError({
      ...facts,
      code: 'HALO_RATE_LIMIT_EXHAUSTED',
      summary: `The rate limit did not let this call through within ${seconds(limitMs)}`,
      hint: "Find out what else uses this Halo's rate limit, start fewer calls, or raise maxRateLimitWaitMs.",
    });
  }
  return new HaloRateLimitError({
    ...facts,
    code: 'HALO_RATE_LIMIT_WAIT_TOO_LONG',
    summary: `The rate limit would make this call wait ${retryAfterMs === undefined ? 'too long' : seconds(retryAfterMs)}`,
    hint: 'Call again after retryAfterMs, start fewer calls, or raise maxRateLimitWaitMs.',
  });
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1000)} s`;
}
