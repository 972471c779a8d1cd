import { type HaloValidationIssue, oneLine } from '../errors.ts';
import { isJsonObject } from '../wire/json-object.ts';
import { readJson } from './json.ts';

/** More complaints than a person reads; Halo reports one missing field at a time. */
const MOST_ISSUES = 20;
const LONGEST_MESSAGE = 300;
const LONGEST_FIELD = 100;

/** Single messages, in the order of preference where a body has several. Halo's own, .NET's and OAuth's names. */
const MESSAGE_KEYS = [
  'Message',
  'message',
  'errorMessage',
  'error_description',
  'error',
  'detail',
  'title',
] as const;
/** Keys that go with a single message and are no field of the request. */
const EXCEPTION_KEYS: ReadonlySet<string> = new Set([
  'ClassName',
  'resultCode',
  'StackTraceString',
  'HResult',
  'traceId',
]);

/**
 * Returns what Halo complains about, from any of the shapes it uses: an object of field names with lists of messages
 * (model binding), the same below `errors`, a serialised exception, a bare string, or plain text.
 *
 * @param redact removes secrets that a server may echo
 * @internal
 */
export function readValidationIssues(text: string, redact: (text: string) => string): HaloValidationIssue[] {
  const reading = readJson(text);
  const found = reading.kind === 'value' ? issuesOf(reading.value) : plainText(text);
  return found.slice(0, MOST_ISSUES).map(({ field, message }) => ({
    field: field === null ? null : oneLine(redact(field), LONGEST_FIELD),
    message: oneLine(redact(message), LONGEST_MESSAGE),
  }));
}

function issuesOf(value: unknown): HaloValidationIssue[] {
  if (typeof value === 'string') return plainText(value);
  if (!isJsonObject(value)) return [];
  const nested = value.errors;
  if (typeof nested === 'object' && nested !== null) {
    const listed = fieldIssues(nested as Readonly<Record<string, unknown>>);
    if (listed.length > 0) return listed;
  }
  const single = singleMessage(value);
  return single === undefined ? fieldIssues(value) : plainText(single);
}

/** A field may be called `title` or `error`: a single message is a string, the messages of a field are a list. */
function singleMessage(body: Readonly<Record<string, unknown>>): string | undefined {
  for (const key of MESSAGE_KEYS) {
    const message = body[key];
    if (typeof message === 'string' && message.trim() !== '') return message;
  }
  return undefined;
}

function fieldIssues(body: Readonly<Record<string, unknown>>): HaloValidationIssue[] {
  return Object.entries(body).flatMap(([field, messages]) => {
    if (EXCEPTION_KEYS.has(field)) return [];
    const list: readonly unknown[] = Array.isArray(messages) ? messages : [messages];
    return list.filter((message) => typeof message === 'string').map((message) => ({ field, message }));
  });
}

function plainText(text: string): HaloValidationIssue[] {
  const trimmed = text.trim();
  return trimmed === '' || trimmed.startsWith('<') ? [] : [{ field: null, message: trimmed }];
}
