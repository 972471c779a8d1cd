import { redirectOrigin, requestIdOf } from '../wire/answer-headers.ts';
import { classifyNetworkFailure } from '../wire/network-failure.ts';
import {
  type BodyReading,
  discardBody,
  isJsonMediaType,
  looksLikeHtml,
  mediaType,
  readText,
} from '../wire/read-body.ts';
import { parseRetryAfter } from '../wire/retry-after.ts';
import type { AttemptFailure, BodyFailure, BodyProblem, StatusFailure } from './failure.ts';
import { readJson } from './json.ts';
import { parseRateLimitHeaders, parseRateLimitText, type StatedLimit } from './rate-limit-text.ts';
import type { Outcome } from './retry-policy.ts';
import { outcomeOfStatus } from './retry-policy.ts';
import { readValidationIssues } from './validation-issues.ts';

/** What an attempt brought. @internal */
export type Reading =
  | {
      readonly kind: 'value';
      readonly value: unknown;
      readonly status: number;
      readonly requestId: string | undefined;
      /** Whether bytes that are no UTF-8 were replaced. */
      readonly replaced: boolean;
      readonly stated: StatedLimit | undefined;
    }
  | { readonly kind: 'failure'; readonly failure: AttemptFailure };

/** @internal */
export interface ReadOptions {
  /** What was asked for: a relative redirect starts here. */
  readonly url: string;
  readonly signal: AbortSignal;
  readonly nowMs: number;
  readonly redact: (text: string) => string;
}

/** A page of 1,000 full rows is about 10 MB; the rest is room, and the bound is what a bomb can cost. */
const LARGEST_BODY_BYTES = 64 * 1024 * 1024;
/** Halo's longest complaint is some kilobytes; what is longer is a web page. */
const LARGEST_ERROR_BODY_BYTES = 64 * 1024;

/** Statuses whose body is worth reading: they say what is wrong with the request, or state the limit. */
const READ_BODY_OF: ReadonlySet<number> = new Set([400, 409, 422, 429]);

/** Reads an answer to its end, once, and says what it is. @internal */
export async function readAnswer(response: Response, options: ReadOptions): Promise<Reading> {
  const { status } = response;
  const isData = status >= 200 && status < 300 && status !== 206;
  return isData
    ? readData(response, options)
    : { kind: 'failure', failure: await readRefusal(response, options) };
}

async function readData(response: Response, { signal, redact }: ReadOptions): Promise<Reading> {
  const { status, headers } = response;
  const requestId = redacted(requestIdOf(headers), redact);
  const failed = (outcome: Outcome, problem: BodyProblem, more?: Partial<BodyFailure>): Reading => ({
    kind: 'failure',
    failure: { kind: 'body', outcome, problem, status, requestId, ...more },
  });
  const body = await readText(response, { maxBytes: LARGEST_BODY_BYTES, signal });
  if (body.kind === 'too_large') return failed('unusable', 'too-large');
  if (body.kind === 'encoding') return failed('truncated', 'encoding');
  if (body.kind === 'broken') return broken(body, failed);
  const facts = {
    kind: 'value',
    status,
    requestId,
    replaced: body.replaced,
    stated: parseRateLimitHeaders(headers),
  } as const;
  if (body.text.trim() === '') return { ...facts, value: undefined };
  const type = mediaType(headers);
  if (looksLikeHtml(type, body.text)) return failed('unusable', 'html');
  const reading = readJson(body.text);
  if (reading.kind === 'value') return { ...facts, value: reading.value };
  if (reading.kind === 'unsafe-id') return failed('unusable', 'unsafe-id', { path: reading.path });
  if (reading.kind === 'cut' && /^[[{"]/.test(body.text.trimStart())) return failed('truncated', 'truncated');
  if (reading.kind === 'too-deep') return failed('unusable', 'too-deep');
  return failed('unusable', type === '' || isJsonMediaType(type) ? 'json' : 'content-type');
}

function broken(
  { error }: Extract<BodyReading, { kind: 'broken' }>,
  failed: (outcome: Outcome, problem: BodyProblem, more?: Partial<BodyFailure>) => Reading,
): Reading {
  const network = classifyNetworkFailure(error);
  const outcome = network.timeout === undefined ? 'garbled' : 'timeout';
  if (network.timeout !== undefined || network.code === 'HALO_NETWORK_PROTOCOL')
    return { kind: 'failure', failure: { kind: 'line', outcome, error, network } };
  return failed('truncated', 'truncated', { error });
}

async function readRefusal(
  response: Response,
  { url, signal, nowMs, redact }: ReadOptions,
): Promise<StatusFailure> {
  const { status, headers } = response;
  const type = mediaType(headers);
  const text = READ_BODY_OF.has(status) ? await readShortText(response, signal) : '';
  discardBody(response);
  const html = looksLikeHtml(type, text);
  return {
    kind: 'status',
    outcome: isOpaqueRedirect(response) ? 'refused' : outcomeOfStatus(status),
    status,
    requestId: redacted(requestIdOf(headers), redact),
    issues: html || status === 429 ? [] : readValidationIssues(text, redact),
    html,
    retryAfterMs: parseRetryAfter(headers, nowMs) ?? undefined,
    stated: parseRateLimitHeaders(headers) ?? (status === 429 ? parseRateLimitText(text) : undefined),
    targetOrigin: redacted(redirectOrigin(headers, url), redact),
  };
}

/** The status has said what matters: a body that cannot be read takes nothing from it. */
async function readShortText(response: Response, signal: AbortSignal): Promise<string> {
  const body = await readText(response, { maxBytes: LARGEST_ERROR_BODY_BYTES, signal });
  return body.kind === 'text' ? body.text : '';
}

/** Browsers hide a redirect that is not followed behind status 0. */
function isOpaqueRedirect(response: Response): boolean {
  return response.type === 'opaqueredirect' || response.status === 0;
}

function redacted(text: string | undefined, redact: (text: string) => string): string | undefined {
  return text === undefined ? undefined : redact(text);
}
