import { toHaloJson } from './halo-json.ts';

/** One answer before it becomes a `Response`. @internal */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** An answer with a JSON body. @internal */
export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { ...JSON_TYPE, ...headers }, body: toHaloJson(value) };
}

/** An answer without a body, as Halo gives for 401, 403, 404 and 500. @internal */
export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers };
}

/** An answer with a text that is not JSON. @internal */
export function text(body: string, status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body };
}

/** A page for people, where a program expected JSON. @internal */
export function html(title: string, status = 200): Answer {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** Halo's 400 for values that do not fit their field: field -> messages. @internal */
export function modelBindingError(errors: Readonly<Record<string, readonly string[]>>): Answer {
  return json(errors, 400);
}

/** Halo's 400 for a broken rule: a .NET exception as JSON. @internal */
export function exceptionError(message: string): Answer {
  return {
    status: 400,
    headers: JSON_TYPE,
    // Nulls are left out of rows, but not of exceptions.
    body: JSON.stringify({
      ClassName: 'System.Exception',
      Message: message,
      Data: null,
      InnerException: null,
      HelpURL: null,
      StackTraceString: null,
      RemoteStackTraceString: null,
      RemoteStackIndex: 0,
      ExceptionMethod: null,
      HResult: -2146233088,
      Source: null,
      WatsonBuckets: null,
    }),
  };
}

/** Statuses that must not carry a body. */
const BODYLESS = new Set([204, 205, 304]);

/** Returns the `Response` of an answer. @internal */
export function toResponse({ status, headers = {}, body }: Answer): Response {
  const content = BODYLESS.has(status) || body === undefined || body === '' ? null : body;
  const length = content === null && !BODYLESS.has(status) ? { 'content-length': '0' } : {};
  return new Response(content, { status, headers: { ...length, ...headers } });
}
