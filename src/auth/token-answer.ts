import type { HaloAuthErrorCode } from '../errors.ts';
import { API_APPLICATION, API_DETAILS, API_SCREEN } from '../halo-screens.ts';
import { parseJsonObject } from '../wire/json-object.ts';
import { isJsonMediaType, looksLikeHtml } from '../wire/read-body.ts';
import { isBearerToken } from './bearer-token.ts';
import { scopeHint } from './scope-hint.ts';

/** What came back from the token endpoint, read once. @internal */
export interface TokenAnswer {
  readonly status: number;
  readonly mediaType: string;
  /** Empty where the body could not be read, which `unreadable` then explains. */
  readonly text: string;
  readonly unreadable?: 'too_large' | 'encoding' | undefined;
}

/** Who asked where, for the advice in a refusal. @internal */
export interface TokenQuestion {
  readonly tokenEndpoint: string;
  readonly scope: string;
  readonly tenantId: string | undefined;
}

/** @internal */
export type TokenReading =
  | {
      readonly kind: 'token';
      readonly token: string;
      readonly lifetimeMs: number;
      /** The scopes granted, separated by spaces; undefined where the answer does not say. */
      readonly scope: string | undefined;
    }
  | TokenRefusal;

/** @internal */
export interface TokenRefusal {
  readonly kind: 'refusal';
  readonly code: HaloAuthErrorCode;
  readonly summary: string;
  readonly hint: string;
  readonly oauthError?: string | undefined;
}

const APPLICATION_HINT = `Compare clientId and clientSecret with ${API_APPLICATION} (saving it may change the Client ID; the secret is shown once).`;
const AUTH_SERVER_HINT = `Compare authServer with ${API_DETAILS} > Authorisation Server; many installations have it at the /auth of the host, some at another host.`;
const NOT_HALO_HINT = `${AUTH_SERVER_HINT} If it is right, look for a proxy, firewall or login page between here and Halo.`;
const GRANT_HINT = `Set the authentication method of the application to 'Client ID and Secret (Services)' under ${API_SCREEN} > View Applications.`;
const AGENT_HINT = `Check under ${API_SCREEN} > View Applications that the application is active, has the login type 'Agent', and logs in as an agent that is not disabled.`;

/** Short enough that a 401 is rare news, long enough not to ask all the time. */
const DEFAULT_LIFETIME_SECONDS = 300;

/**
 * Reads a token out of an answer, or says why there is none and where the administrator should look. Neither quotes
 * anything of the answer but the error codes of RFC 6749.
 *
 * @internal
 */
export function readTokenAnswer(answer: TokenAnswer, question: TokenQuestion): TokenReading {
  if (answer.status !== 200) return readRefusal(answer, question);
  const { tokenEndpoint } = question;
  if (answer.unreadable === 'too_large') {
    return refusal(
      'HALO_AUTH_RESPONSE_TOO_LARGE',
      `${tokenEndpoint} answered with more than a token`,
      NOT_HALO_HINT,
    );
  }
  if (looksLikeHtml(answer.mediaType, answer.text)) {
    return refusal('HALO_AUTH_RESPONSE_HTML', `${tokenEndpoint} answered with a web page`, NOT_HALO_HINT);
  }
  if (answer.unreadable === 'encoding' || !isJsonMediaType(answer.mediaType)) {
    const summary = `${tokenEndpoint} answered with something other than JSON in UTF-8`;
    return refusal('HALO_AUTH_RESPONSE_CONTENT_TYPE', summary, NOT_HALO_HINT);
  }
  const body = parseJsonObject(answer.text);
  if (body === undefined) {
    return refusal('HALO_AUTH_RESPONSE_JSON', `${tokenEndpoint} answered with broken JSON`, NOT_HALO_HINT);
  }
  return readToken(body, tokenEndpoint);
}

function readToken(body: Record<string, unknown>, tokenEndpoint: string): TokenReading {
  const { access_token: token, token_type: type } = body;
  if (!isBearerToken(token)) {
    const summary = `${tokenEndpoint} answered without a usable access_token`;
    return refusal('HALO_AUTH_RESPONSE_ACCESS_TOKEN', summary, NOT_HALO_HINT);
  }
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') {
    const summary = `${tokenEndpoint} answered with a token_type other than Bearer`;
    return refusal('HALO_AUTH_RESPONSE_TOKEN_TYPE', summary, NOT_HALO_HINT);
  }
  const seconds = readSeconds(body.expires_in);
  if (seconds === undefined) {
    const summary = `${tokenEndpoint} answered with an expires_in that is no number of seconds`;
    return refusal('HALO_AUTH_RESPONSE_EXPIRES_IN', summary, NOT_HALO_HINT);
  }
  return { kind: 'token', token, lifetimeMs: seconds * 1000, scope: readScope(body) };
}

/** RFC 6749 section 3.3; anything else is not repeated. */
const SCOPES = /^[\x21\x23-\x5b\x5d-\x7e]{1,64}(?: [\x21\x23-\x5b\x5d-\x7e]{1,64}){0,99}$/;

function readScope({ scope }: Record<string, unknown>): string | undefined {
  return typeof scope === 'string' && SCOPES.test(scope) ? scope : undefined;
}

/**
 * Whether an answer is a 500 without JSON, which is what Halo gives for a tenant that it does not know.
 *
 * @internal
 */
export function isPlain500({ status, mediaType, text }: TokenAnswer): boolean {
  return status === 500 && !(isJsonMediaType(mediaType) && text.trim() !== '');
}

/** Whole seconds; a number in a text is taken, as some servers write one. Undefined where it is no lifetime. */
function readSeconds(value: unknown): number | undefined {
  if (value === undefined || value === null) return DEFAULT_LIFETIME_SECONDS;
  const numeric = typeof value === 'string' && /^\s{0,8}\d{1,15}(?:\.\d{1,15})?\s{0,8}$/.test(value);
  const number = numeric ? Number(value) : value;
  if (typeof number !== 'number') return undefined;
  const seconds = Math.floor(number);
  return seconds >= 1 && seconds <= Number.MAX_SAFE_INTEGER / 1000 ? seconds : undefined;
}

/** RFC 6749 section 5.2, with the codes of section 4.1.2.1 that servers also send here. */
const OAUTH_HINTS: ReadonlyMap<string, string> = new Map([
  ['unauthorized_client', GRANT_HINT],
  ['unsupported_grant_type', GRANT_HINT],
  ['invalid_request', AUTH_SERVER_HINT],
  ['invalid_grant', AGENT_HINT],
  ['access_denied', AGENT_HINT],
]);

function readRefusal(answer: TokenAnswer, question: TokenQuestion): TokenRefusal {
  const { status } = answer;
  const { tokenEndpoint } = question;
  const oauthError = isJsonMediaType(answer.mediaType) ? oauthErrorOf(answer.text) : undefined;
  if (status === 400 || status === 401 || status === 403)
    return readClientRefusal(answer, question, oauthError);
  if (status === 404 || status === 405 || status === 410) {
    return refusal(
      'HALO_AUTH_NO_TOKEN_ENDPOINT',
      `There is no token endpoint at ${tokenEndpoint}`,
      AUTH_SERVER_HINT,
    );
  }
  if (status === 408 || status >= 500) {
    const summary = `${tokenEndpoint} is not available`;
    return refusal(
      'HALO_AUTH_UNAVAILABLE',
      summary,
      'Halo or a proxy in front of it is failing: try again later.',
    );
  }
  const summary = `${tokenEndpoint} answered with a status that no token endpoint has`;
  return { ...refusal('HALO_AUTH_RESPONSE_STATUS', summary, NOT_HALO_HINT), oauthError };
}

function readClientRefusal(
  answer: TokenAnswer,
  question: TokenQuestion,
  oauthError: string | undefined,
): TokenRefusal {
  const { tokenEndpoint, scope, tenantId } = question;
  if (oauthError === 'invalid_client') {
    const summary = `The client id or the client secret was rejected by ${tokenEndpoint}`;
    return { ...refusal('HALO_AUTH_INVALID_CLIENT', summary, credentialsHint(tenantId)), oauthError };
  }
  if (oauthError === 'invalid_scope') {
    const summary = `The scope was rejected by ${tokenEndpoint}`;
    return { ...refusal('HALO_AUTH_INVALID_SCOPE', summary, scopeHint(scope)), oauthError };
  }
  if (oauthError !== undefined) {
    const hint = OAUTH_HINTS.get(oauthError) ?? credentialsHint(tenantId);
    return { ...refusal('HALO_AUTH_REJECTED', `${tokenEndpoint} refused: ${oauthError}`, hint), oauthError };
  }
  if (looksLikeHtml(answer.mediaType, answer.text)) {
    return refusal('HALO_AUTH_RESPONSE_HTML', `${tokenEndpoint} refused with a web page`, NOT_HALO_HINT);
  }
  const summary = `${tokenEndpoint} refused without saying why`;
  return refusal('HALO_AUTH_REJECTED', summary, credentialsHint(tenantId));
}

function credentialsHint(tenantId: string | undefined): string {
  const elsewhere =
    tenantId === undefined
      ? 'If both are right, check that authServer belongs to this installation.'
      : `If both are right, check the tenant (${API_DETAILS} > Tenant) and that the host is the one of your Halo product.`;
  return `${APPLICATION_HINT} ${elsewhere}`;
}

/**
 * What to say when every attempt ended in status 500 without JSON: Halo does that for a tenant it does not know.
 *
 * @internal
 */
export function wrongTenant({ tokenEndpoint }: TokenQuestion): TokenRefusal {
  return refusal(
    'HALO_AUTH_WRONG_TENANT',
    `${tokenEndpoint} keeps failing with status 500, as it does for a tenant that it does not know`,
    `Compare tenantId with ${API_DETAILS} > Tenant. If it is right, Halo itself is failing: try again later.`,
  );
}

/** The code alone; the description beside it is a server's free text. */
function oauthErrorOf(text: string): string | undefined {
  const error = parseJsonObject(text)?.error;
  return typeof error === 'string' && KNOWN_OAUTH_ERRORS.has(error) ? error : undefined;
}

/** Only these are ever repeated: an unknown one could be an echo of what was sent. */
const KNOWN_OAUTH_ERRORS: ReadonlySet<string> = new Set([
  'invalid_client',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  ...OAUTH_HINTS.keys(),
]);

function refusal(code: HaloAuthErrorCode, summary: string, hint: string): TokenRefusal {
  return { kind: 'refusal', code, summary, hint };
}
