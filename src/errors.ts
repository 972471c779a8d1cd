/**
 * Every error this package throws for an operational failure. Wrong arguments are `TypeError`; the caller's own
 * abort passes through as the signal's reason; disagreement in data is a returned value.
 */

/** What an error says about the request that failed. */
export interface HaloErrorContext {
  /** HTTP method, where a request was concerned. */
  readonly method?: string | undefined;
  /** Path template such as `/Client/{id}`: never an id, a query or a host. */
  readonly path?: string | undefined;
  /** HTTP status of the answer, where there was one. */
  readonly status?: number | undefined;
  /** Halo's or a proxy's request id, where the answer carried one. */
  readonly requestId?: string | undefined;
  /** How many times the request was sent; 0 when nothing left this machine. */
  readonly attempts?: number | undefined;
  /** Milliseconds from the call to the failure. */
  readonly elapsedMs?: number | undefined;
}

/** @internal */
export interface HaloErrorInit<Code extends string> extends HaloErrorContext {
  readonly code: Code;
  /** What failed, as a sentence without a full stop; the request is added to it. */
  readonly summary: string;
  /** What to do next. */
  readonly hint: string;
  readonly retryable?: boolean | undefined;
  /** A fresh error that holds a name and codes only (see `safeCause`). */
  readonly cause?: unknown;
}

/** A log line or an alert can carry this much; a longer message is cut. */
const LONGEST_MESSAGE = 1024;
const MARKER = Symbol.for('halo-psa.error');

/** Base of every error of this package; never thrown itself. */
export abstract class HaloError extends Error {
  /** Stable identifier to switch on. */
  abstract readonly code: string;
  /** Whether the same call may succeed later without a change by a person. */
  readonly retryable: boolean;
  /** What to do next, and where in Halo to look. */
  readonly hint: string;
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly attempts: number;
  readonly elapsedMs: number;
  /** Where a page of a listing failed: the rows delivered before it, and the cursor that resumes at it. */
  declare readonly listing?: ListingReport;

  /** @internal */
  constructor(init: HaloErrorInit<string>) {
    super(describe(init), init.cause === undefined ? undefined : { cause: init.cause });
    this.retryable = init.retryable ?? false;
    this.hint = oneLine(init.hint, LONGEST_MESSAGE);
    this.method = init.method;
    this.path = init.path;
    this.status = init.status;
    this.requestId = init.requestId;
    this.attempts = init.attempts ?? 0;
    this.elapsedMs = Math.round(init.elapsedMs ?? 0);
    Object.defineProperty(this, MARKER, { value: true });
  }
}

/** One thing wrong with the settings, and where the right value is found. */
export interface HaloConfigIssue {
  /** Name of the setting, such as `resourceServer`; or of the environment variable it was read from. */
  readonly field: string;
  /** What is wrong with it. Never holds a secret. */
  readonly message: string;
  /** Where the right value is found. */
  readonly hint: string;
}

/** The settings cannot be used. Thrown before any request leaves, with every problem at once. */
export class HaloConfigError extends HaloError {
  override readonly name = 'HaloConfigError';
  readonly code: 'HALO_CONFIG_INVALID';
  readonly issues: readonly HaloConfigIssue[];

  /** @internal */
  constructor(issues: readonly HaloConfigIssue[]) {
    super({
      code: 'HALO_CONFIG_INVALID',
      summary: `Halo settings are not usable: ${issues.map((issue) => `${issue.field} ${issue.message}`).join('; ')}`,
      hint: [...new Set(issues.map((issue) => issue.hint))].join(' '),
    });
    this.code = 'HALO_CONFIG_INVALID';
    this.issues = issues;
  }
}

/** Why there is no usable token. */
export type HaloAuthErrorCode =
  | 'HALO_AUTH_INVALID_CLIENT'
  | 'HALO_AUTH_INVALID_SCOPE'
  | 'HALO_AUTH_REJECTED'
  | 'HALO_AUTH_WRONG_TENANT'
  | 'HALO_AUTH_NO_TOKEN_ENDPOINT'
  | 'HALO_AUTH_UNAVAILABLE'
  | 'HALO_AUTH_RESPONSE_HTML'
  | 'HALO_AUTH_RESPONSE_CONTENT_TYPE'
  | 'HALO_AUTH_RESPONSE_JSON'
  | 'HALO_AUTH_RESPONSE_TOO_LARGE'
  | 'HALO_AUTH_RESPONSE_STATUS'
  | 'HALO_AUTH_RESPONSE_ACCESS_TOKEN'
  | 'HALO_AUTH_RESPONSE_TOKEN_TYPE'
  | 'HALO_AUTH_RESPONSE_EXPIRES_IN'
  | 'HALO_AUTH_PROVIDER';

/** No usable token: the token endpoint refused, answered nonsense, or a custom token provider failed. */
export class HaloAuthError extends HaloError {
  override readonly name = 'HaloAuthError';
  readonly code: HaloAuthErrorCode;
  /** The OAuth 2.0 error code (RFC 6749 section 5.2), where the token endpoint sent one. */
  readonly oauthError: string | undefined;
  /** Origin and path of the token endpoint, without query. */
  readonly tokenEndpoint: string | undefined;

  /** @internal */
  constructor(
    init: HaloErrorInit<HaloAuthErrorCode> & {
      oauthError?: string | undefined;
      tokenEndpoint?: string | undefined;
    },
  ) {
    super(init);
    this.code = init.code;
    this.oauthError = init.oauthError;
    this.tokenEndpoint = init.tokenEndpoint;
  }
}

/** Whether the right is missing (403) or a fresh token was refused (401). */
export type HaloPermissionErrorCode = 'HALO_PERMISSION_FORBIDDEN' | 'HALO_PERMISSION_UNAUTHORIZED';

/** Signed in, but not allowed to do this: status 403, or 401 with a fresh token. */
export class HaloPermissionError extends HaloError {
  override readonly name = 'HaloPermissionError';
  readonly code: HaloPermissionErrorCode;

  /** @internal */
  constructor(init: HaloErrorInit<HaloPermissionErrorCode>) {
    super(init);
    this.code = init.code;
  }
}

/** Halo has no such row or path: status 404. */
export class HaloNotFoundError extends HaloError {
  override readonly name = 'HaloNotFoundError';
  readonly code: 'HALO_NOT_FOUND';

  /** @internal */
  constructor(init: HaloErrorInit<'HALO_NOT_FOUND'>) {
    super(init);
    this.code = init.code;
  }
}

/** One complaint of Halo's about a request. */
export interface HaloValidationIssue {
  /** Field as Halo names it, such as `[0].client_id`; null where Halo named none. */
  readonly field: string | null;
  /** Halo's own words: one line, cut, secrets removed. */
  readonly message: string;
}

/** Halo understood the request and refused its contents: status 400, 409 or 422. */
export class HaloValidationError extends HaloError {
  override readonly name = 'HaloValidationError';
  readonly code: 'HALO_VALIDATION_REJECTED';
  readonly issues: readonly HaloValidationIssue[];

  /** @internal */
  constructor(init: HaloErrorInit<'HALO_VALIDATION_REJECTED'> & { issues: readonly HaloValidationIssue[] }) {
    super(init);
    this.code = init.code;
    this.issues = init.issues;
  }
}

/** How the rate limit stopped a call. */
export type HaloRateLimitErrorCode =
  | 'HALO_RATE_LIMIT_WAIT_TOO_LONG'
  | 'HALO_RATE_LIMIT_EXHAUSTED'
  | 'HALO_RATE_LIMIT_QUEUE_FULL';

/** Halo's rate limit would make the call wait longer than it may. The request was not processed. */
export class HaloRateLimitError extends HaloError {
  override readonly name = 'HaloRateLimitError';
  readonly code: HaloRateLimitErrorCode;
  /** Milliseconds after which a call may succeed, where known. */
  readonly retryAfterMs: number | undefined;

  /** @internal */
  constructor(init: HaloErrorInit<HaloRateLimitErrorCode> & { retryAfterMs?: number | undefined }) {
    super({ retryable: true, ...init });
    this.code = init.code;
    this.retryAfterMs = init.retryAfterMs;
  }
}

/** Halo failed: status 5xx or 408, after the allowed resends. */
export class HaloServerError extends HaloError {
  override readonly name = 'HaloServerError';
  readonly code: 'HALO_SERVER_FAILED';

  /** @internal */
  constructor(init: HaloErrorInit<'HALO_SERVER_FAILED'>) {
    super(init);
    this.code = init.code;
  }
}

/** Where on its way a request or its answer was lost. */
export type HaloNetworkErrorCode =
  | 'HALO_NETWORK_DNS'
  | 'HALO_NETWORK_REFUSED'
  | 'HALO_NETWORK_RESET'
  | 'HALO_NETWORK_TLS'
  | 'HALO_NETWORK_PROTOCOL'
  | 'HALO_NETWORK_HEADER_OVERFLOW'
  | 'HALO_NETWORK_PROXY'
  | 'HALO_NETWORK_CLOSED'
  | 'HALO_NETWORK_FAILED';

/** No answer arrived: name resolution, connection, TLS, or a line that broke. */
export class HaloNetworkError extends HaloError {
  override readonly name = 'HaloNetworkError';
  readonly code: HaloNetworkErrorCode;
  /** The platform's own code, such as `ENOTFOUND` or `CERT_HAS_EXPIRED`, where it gave one. */
  readonly systemCode: string | undefined;

  /** @internal */
  constructor(init: HaloErrorInit<HaloNetworkErrorCode> & { systemCode?: string | undefined }) {
    super(init);
    this.code = init.code;
    this.systemCode = init.systemCode;
  }
}

/** In which phase time ran out. */
export type HaloTimeoutErrorCode =
  | 'HALO_TIMEOUT_TOKEN'
  | 'HALO_TIMEOUT_CONNECT'
  | 'HALO_TIMEOUT_HEADERS'
  | 'HALO_TIMEOUT_BODY'
  | 'HALO_TIMEOUT_TOTAL';

/** A time limit of ours ran out; the code says in which phase. */
export class HaloTimeoutError extends HaloError {
  override readonly name = 'HaloTimeoutError';
  readonly code: HaloTimeoutErrorCode;
  /** The limit that ran out, in milliseconds. */
  readonly timeoutMs: number;

  /** @internal */
  constructor(init: HaloErrorInit<HaloTimeoutErrorCode> & { timeoutMs: number }) {
    super({ retryable: true, ...init });
    this.code = init.code;
    this.timeoutMs = init.timeoutMs;
  }
}

/** A redirect was answered; none is ever followed, so that no token or body reaches another host. */
export class HaloRedirectError extends HaloError {
  override readonly name = 'HaloRedirectError';
  readonly code: 'HALO_REDIRECT_REFUSED';
  /** Origin that the answer pointed to, where it was readable. */
  readonly targetOrigin: string | undefined;

  /** @internal */
  constructor(init: HaloErrorInit<'HALO_REDIRECT_REFUSED'> & { targetOrigin?: string | undefined }) {
    super(init);
    this.code = init.code;
    this.targetOrigin = init.targetOrigin;
  }
}

/** What is wrong with an answer. */
export type HaloResponseErrorCode =
  | 'HALO_RESPONSE_HTML'
  | 'HALO_RESPONSE_JSON'
  | 'HALO_RESPONSE_EMPTY'
  | 'HALO_RESPONSE_CONTENT_TYPE'
  | 'HALO_RESPONSE_TRUNCATED'
  | 'HALO_RESPONSE_TOO_LARGE'
  | 'HALO_RESPONSE_ENCODING'
  | 'HALO_RESPONSE_STATUS'
  | 'HALO_RESPONSE_SCHEMA';

/** Where an answer departs from what was expected; names the place, never the value. */
export interface HaloSchemaIssue {
  /** Path in the answer, such as `clients[3].id`. */
  readonly path: string;
  readonly message: string;
}

/** Halo, or something in front of it, answered with what cannot be the data asked for. */
export class HaloResponseError extends HaloError {
  override readonly name = 'HaloResponseError';
  readonly code: HaloResponseErrorCode;
  /** For `HALO_RESPONSE_SCHEMA`: where the answer does not fit. */
  readonly issues: readonly HaloSchemaIssue[];

  /** @internal */
  constructor(
    init: HaloErrorInit<HaloResponseErrorCode> & { issues?: readonly HaloSchemaIssue[] | undefined },
  ) {
    super(init);
    this.code = init.code;
    this.issues = init.issues ?? [];
  }
}

/** How a listing went. */
export interface ListingReport {
  /**
   * Whether the listing checked complete: the first and the last page gave the same count, the rows add up to it, and no
   * page came twice. A bare array is the whole list.
   */
  readonly complete: boolean;
  /** Halo's `record_count`; null where Halo gave none (a bare array is the whole list). */
  readonly expected: number | null;
  /** Rows delivered. */
  readonly received: number;
  /** Pages read, in all readings of the list. */
  readonly pages: number;
  /** Rows dropped because their id had been seen, in the last reading of the list. */
  readonly duplicates: number;
  /** Rows dropped because they carried no id, in the last reading of the list. */
  readonly withoutId: number;
  /** Where to resume (`from`); null when there is nothing left to read. */
  readonly cursor: string | null;
}

/** Whether rows are missing, or Halo kept sending the same ones. */
export type HaloListingErrorCode = 'HALO_LISTING_INCOMPLETE' | 'HALO_LISTING_NO_PROGRESS';

/** A listing cannot be checked complete. The rows delivered so far are good; `report.cursor` resumes. */
export class HaloListingError extends HaloError {
  override readonly name = 'HaloListingError';
  readonly code: HaloListingErrorCode;
  readonly report: ListingReport;

  /** @internal */
  constructor(init: HaloErrorInit<HaloListingErrorCode> & { report: ListingReport }) {
    super({ retryable: true, ...init });
    this.code = init.code;
    this.report = init.report;
  }
}

/**
 * Returns the failure of a page with a note of how far its listing had come. The note is made on a copy: all calls that
 * waited for one sign-in fail with the same error, and each listing among them stands elsewhere. Anything that is not an
 * error of this package comes back as it is, such as the caller's own abort.
 *
 * @internal
 */
export function withListing(error: unknown, listing: ListingReport): unknown {
  if (!(error instanceof HaloError)) return error;
  // Starts as an error of the platform's, so that debuggers and loggers still take it for one.
  const copy = new Error(error.message);
  Object.setPrototypeOf(copy, Object.getPrototypeOf(error));
  Object.defineProperties(copy, Object.getOwnPropertyDescriptors(error));
  // On some engines a stack is read through an accessor that finds nothing on a copy.
  Object.defineProperty(copy, 'stack', { value: error.stack, configurable: true, writable: true });
  return Object.defineProperty(copy, 'listing', { value: listing, enumerable: true, configurable: true });
}

/** A write left this machine and its outcome is unknown. Look before writing again. */
export class HaloWriteUncertainError extends HaloError {
  override readonly name = 'HaloWriteUncertainError';
  readonly code: 'HALO_WRITE_UNCERTAIN';
  /** What to look up to learn whether the write happened. */
  readonly lookup: string;

  /** @internal */
  constructor(init: HaloErrorInit<'HALO_WRITE_UNCERTAIN'> & { lookup: string }) {
    super(init);
    this.code = init.code;
    this.lookup = init.lookup;
  }
}

/** What kept a mapping document from being read or saved. */
export type HaloMappingStoreErrorCode =
  | 'HALO_MAPPING_STORE_CONFLICT'
  | 'HALO_MAPPING_STORE_DAMAGED'
  | 'HALO_MAPPING_STORE_TOO_LARGE'
  | 'HALO_MAPPING_STORE_NEWER_VERSION'
  | 'HALO_MAPPING_STORE_OTHER_INSTANCE'
  | 'HALO_MAPPING_STORE_DISK_FULL'
  | 'HALO_MAPPING_STORE_NO_PERMISSION'
  | 'HALO_MAPPING_STORE_NO_HARD_LINKS'
  | 'HALO_MAPPING_STORE_BUSY'
  | 'HALO_MAPPING_STORE_UNFINISHED'
  | 'HALO_MAPPING_STORE_IO';

/** A mapping document could not be read or saved. What was stored before is intact. */
export class HaloMappingStoreError extends HaloError {
  override readonly name = 'HaloMappingStoreError';
  readonly code: HaloMappingStoreErrorCode;
  /** For a conflict: the revision that the save was based on; null for "no document yet". */
  readonly expectedRevision: number | null | undefined;
  /** For a conflict: the revision that the store holds; null for none. */
  readonly actualRevision: number | null | undefined;
  /** For a damaged document: where it does not fit. */
  readonly issues: readonly HaloSchemaIssue[];
  /** The file concerned, where the store keeps files. */
  readonly file: string | undefined;
  /** The platform's own code, such as `ENOSPC`, where it gave one. */
  readonly systemCode: string | undefined;

  /** @internal */
  constructor(
    init: HaloErrorInit<HaloMappingStoreErrorCode> & {
      expectedRevision?: number | null | undefined;
      actualRevision?: number | null | undefined;
      issues?: readonly HaloSchemaIssue[] | undefined;
      file?: string | undefined;
      systemCode?: string | undefined;
    },
  ) {
    super(init);
    this.code = init.code;
    this.expectedRevision = init.expectedRevision;
    this.actualRevision = init.actualRevision;
    this.issues = init.issues ?? [];
    this.file = init.file;
    this.systemCode = init.systemCode;
  }
}

/** Every error of this package; switch on `code` for an exhaustive match. */
export type AnyHaloError =
  | HaloConfigError
  | HaloAuthError
  | HaloPermissionError
  | HaloNotFoundError
  | HaloValidationError
  | HaloRateLimitError
  | HaloServerError
  | HaloNetworkError
  | HaloTimeoutError
  | HaloRedirectError
  | HaloResponseError
  | HaloListingError
  | HaloWriteUncertainError
  | HaloMappingStoreError;

/** The code of any error of this package. */
export type HaloErrorCode = AnyHaloError['code'];

/**
 * Tells whether a value is an error of this package, also one thrown by a second installed copy.
 *
 * @param value anything, usually what a `catch` received
 * @example
 * ```ts
 * import { isHaloError } from 'halo-psa';
 *
 * try {
 *   throw new Error('not ours');
 * } catch (error) {
 *   if (isHaloError(error)) console.error(error.code, error.hint);
 * }
 * ```
 */
export function isHaloError(value: unknown): value is AnyHaloError {
  return typeof value === 'object' && value !== null && (value as { [MARKER]?: unknown })[MARKER] === true;
}

/**
 * One printable line of at most `limit` characters: control characters, line breaks and bidirectional overrides are
 * escaped, so that a server's text can neither forge a log line nor flood it.
 *
 * @internal
 */
export function oneLine(text: string, limit: number): string {
  // Cut first: the escape below may only ever see a bounded text.
  const escaped = text.slice(0, limit).replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return `\\u{${codePoint.toString(16)}}`;
  });
  return escaped.length > limit || text.length > limit ? `${escaped.slice(0, limit - 1)}…` : escaped;
}

/** Room kept for the hint, so that a long summary can never push the advice out of the message. */
const LONGEST_SUMMARY = 640;

function describe(init: HaloErrorInit<string>): string {
  const request = init.method && init.path ? ` (${init.method} ${init.path}${requestFacts(init)})` : '';
  const summary = oneLine(`${init.summary}${request}`, LONGEST_SUMMARY);
  return oneLine(`${summary}. ${init.hint}`, LONGEST_MESSAGE);
}

function requestFacts({ status, attempts, requestId }: HaloErrorContext): string {
  const facts = [
    status === undefined ? '' : `status ${status}`,
    attempts !== undefined && attempts > 1 ? `${attempts} attempts` : '',
    requestId === undefined ? '' : `request ${requestId}`,
  ].filter((fact) => fact !== '');
  return facts.length === 0 ? '' : `, ${facts.join(', ')}`;
}
