/** A path under Halo's `/api`, with the template that errors and logs show in its place. */
export interface HaloPath {
  /** Encoded, starting with a slash: `/Client/42`. */
  readonly path: string;
  /** `/Client/{id}` */
  readonly template: string;
}

/** Longer than any path of Halo's API; a longer one is a mistake and would only fill error messages. */
const LONGEST_PATH = 1024;
const PLACEHOLDER = '{id}';

/**
 * Returns the encoded path of a tagged template, with `{id}` in place of every inserted value.
 *
 * @throws {TypeError} when a number is not an id, or a text cannot be one path segment
 * @internal
 */
export function path(literals: TemplateStringsArray, ...values: readonly (number | string)[]): HaloPath {
  const first = literals[0] ?? '';
  const encoded = values.map((value, index) => encodeSegment(value) + (literals[index + 1] ?? ''));
  const templated = values.map((_, index) => PLACEHOLDER + (literals[index + 1] ?? ''));
  return { path: first + encoded.join(''), template: first + templated.join('') };
}

/**
 * Returns an id that is safe to send, or refuses it before any request leaves.
 *
 * @throws {TypeError} when the value is not a whole number from 1 to 2^53 - 1; names its kind
 * @internal
 */
export function checkedId(value: unknown, name = 'id'): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
  throw new TypeError(`${name} must be a whole number above 0, but it is ${kindOf(value)}`);
}

/**
 * Returns the path of a text that a caller wrote, such as `/Tickets/5`.
 *
 * @throws {TypeError} when it is anything but a plain path below the API root
 * @internal
 */
export function parsePath(text: string): HaloPath {
  if (typeof text !== 'string') throw new TypeError('path must be a string');
  const problem = pathProblem(text);
  if (problem) throw new TypeError(`path ${problem}; give a path below the API root, such as "/Tickets/5"`);
  const segments = text.slice(1).split('/').map(decodeSegment);
  return {
    path: `/${segments.map(encodeSegment).join('/')}`,
    template: `/${segments.map((segment) => (isWord(segment) ? segment : PLACEHOLDER)).join('/')}`,
  };
}

/** What a path may not be, in the order in which a reader would notice it. */
const PATH_PROBLEMS: readonly (readonly [says: string, is: (text: string) => boolean])[] = [
  ['is empty', (text) => text === ''],
  [`is longer than ${LONGEST_PATH} characters`, (text) => text.length > LONGEST_PATH],
  ['holds a control character or a space', (text) => /[\p{Cc}\p{Cf}\p{Cs}\s]/u.test(text)],
  ['holds a backslash', (text) => text.includes('\\')],
  ['names a host', (text) => text.startsWith('//') || /^[a-z][a-z0-9+.-]*:/i.test(text)],
  ['does not start with "/"', (text) => !text.startsWith('/')],
  ['holds a query ("?"); use the query option', (text) => text.includes('?')],
  ['holds a fragment ("#")', (text) => text.includes('#')],
  ['holds an empty segment', (text) => text.slice(1).split('/').includes('')],
];

function pathProblem(text: string): string | undefined {
  return PATH_PROBLEMS.find(([, is]) => is(text))?.[0];
}

function encodeSegment(value: number | string): string {
  if (typeof value !== 'string') return String(checkedId(value));
  const problem = segmentProblem(value);
  if (problem) throw new TypeError(`a path segment ${problem}`);
  return encodeURIComponent(value);
}

function segmentProblem(segment: string): string | undefined {
  if (segment === '') return 'is empty';
  if (segment.length > LONGEST_PATH) return `is longer than ${LONGEST_PATH} characters`;
  if (!isWellFormed(segment)) return 'holds half a surrogate pair';
  if (/[/\\\p{Cc}]/u.test(segment)) return 'holds a slash, a backslash or a control character';
  // Some servers decode twice: an encoded dot must not become a step upwards either.
  if (/^(?:\.|%2e){1,2}$/i.test(segment)) return 'steps out of its folder';
  if (/%(?:2f|5c|00)/i.test(segment)) return 'holds an encoded separator';
  return undefined;
}

/** Half a surrogate pair would be sent as another character. @internal */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new TypeError('path holds a broken percent escape');
  }
}

/** Resource and action names are words; everything else may be an id, a name or an address of someone. */
function isWord(segment: string): boolean {
  return /^[A-Za-z][A-Za-z_-]{0,63}$/.test(segment);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value !== 'number') {
    return value === undefined
      ? 'undefined'
      : `${/^[aeiou]/.test(typeof value) ? 'an' : 'a'} ${typeof value}`;
  }
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return 'infinite';
  if (!Number.isInteger(value)) return 'a fraction';
  if (value === 0) return 'zero';
  return value < 0 ? 'negative' : 'beyond 2^53 - 1';
}
