import { onAbort } from './on-abort.ts';

/** @internal */
export interface ReadTextOptions {
  /** Longest body, counted after decompression; reading stops there. */
  readonly maxBytes: number;
  /** Stops the reading, also where the `fetch` in use ignores it. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A body read once, or why it cannot be used:
 *
 * - `text`: whole. `replaced` tells that bytes which are no UTF-8 became U+FFFD.
 * - `too_large`: longer than `maxBytes`; the rest was not read.
 * - `encoding`: a charset other than UTF-8 and Latin-1, or content that does not decompress.
 * - `broken`: the stream failed before its end (reset, truncation); `error` is what it failed with.
 *
 * @internal
 */
export type BodyReading =
  | { readonly kind: 'text'; readonly text: string; readonly bytes: number; readonly replaced: boolean }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'encoding' }
  | { readonly kind: 'broken'; readonly error: unknown };

/**
 * Reads the body of an answer as text, bounded, inside the given signal.
 *
 * Truncation is what the platform says it is: a length compared here would be wrong for a compressed body, whose
 * `content-encoding` a browser may hide.
 *
 * @throws the signal's reason when it aborts
 * @internal
 */
export async function readText(
  response: Response,
  { maxBytes, signal }: ReadTextOptions,
): Promise<BodyReading> {
  if (signal?.aborted) {
    discardBody(response);
    throw signal.reason;
  }
  if (response.body === null) return { kind: 'text', text: '', bytes: 0, replaced: false };
  const reader = response.body.getReader();
  // Cancelling settles a pending read at once, whatever the source of the stream does.
  const cancel = () => void reader.cancel().catch(() => undefined);
  const forget = onAbort(signal, cancel);
  try {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    while (true) {
      const { done, value } = await reader.read();
      if (signal?.aborted) throw signal.reason;
      if (done) return decode(concatenate(chunks, bytes), response.headers);
      bytes += value.byteLength;
      if (bytes > maxBytes) {
        cancel();
        return { kind: 'too_large' };
      }
      chunks.push(value);
    }
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    return isDecompressionFailure(error) ? { kind: 'encoding' } : { kind: 'broken', error };
  } finally {
    forget();
  }
}

/**
 * Lets go of a body that nobody reads, so that its connection is freed.
 *
 * @internal
 */
export function discardBody(response: Response): void {
  if (response.body !== null && !response.body.locked) void response.body.cancel().catch(() => undefined);
}

/**
 * The media type of an answer in lower case without parameters; an empty string where it has none.
 *
 * @internal
 */
export function mediaType(headers: Headers): string {
  return (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/**
 * Whether a media type is JSON: `application/json`, `text/json`, or any `+json`.
 *
 * @internal
 */
export function isJsonMediaType(type: string): boolean {
  return (
    type === 'application/json' || type === 'text/json' || /^[a-z]+\/[a-z0-9.!#$&^_-]+\+json$/.test(type)
  );
}

/**
 * Whether an answer is a web page, by its media type or, where that is missing or wrong, by how its text starts.
 *
 * @internal
 */
export function looksLikeHtml(type: string, text: string): boolean {
  if (type === 'text/html' || type === 'application/xhtml+xml') return true;
  return /^\s{0,64}<(?:!doctype html|html|head|body)\b/i.test(text.slice(0, 256));
}

/** Labels of the encoding standard that decode like Latin-1 or a part of it. */
const LATIN_1 = new Set(['iso-8859-1', 'latin1', 'windows-1252', 'us-ascii', 'ascii']);
const UTF_8 = new Set(['', 'utf-8', 'utf8']);
/** Holds nothing between two whole texts; to make one takes Node longer than to decode a short answer. */
const STRICT_UTF_8 = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Uint8Array, headers: Headers): BodyReading {
  const charset = charsetOf(headers);
  if (LATIN_1.has(charset)) {
    return {
      kind: 'text',
      text: new TextDecoder('windows-1252').decode(bytes),
      bytes: bytes.length,
      replaced: false,
    };
  }
  if (!UTF_8.has(charset) || startsAsUtf16(bytes)) return { kind: 'encoding' };
  try {
    const text = STRICT_UTF_8.decode(bytes);
    return { kind: 'text', text, bytes: bytes.length, replaced: false };
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes);
    return { kind: 'text', text, bytes: bytes.length, replaced: true };
  }
}

function charsetOf(headers: Headers): string {
  const match = /;\s{0,8}charset\s{0,8}=\s{0,8}"?([A-Za-z0-9_.:-]{1,40})/i.exec(
    (headers.get('content-type') ?? '').slice(0, 512),
  );
  return match?.[1]?.toLowerCase() ?? '';
}

/** A byte order mark, or JSON whose first character takes two bytes: RFC 8259 knows UTF-8 only. */
function startsAsUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return false;
  return (
    (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0
  );
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1 && chunks[0] !== undefined) return chunks[0];
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}

/** Codes of zlib, and the class that a `DecompressionStream` throws. */
function isDecompressionFailure(error: unknown): boolean {
  for (
    let link: unknown = error, depth = 0;
    depth < 8 && typeof link === 'object' && link !== null;
    depth += 1
  ) {
    const { code, cause } = link as { code?: unknown; cause?: unknown };
    if (
      typeof code === 'string' &&
      /^(?:Z_[A-Z]+_ERROR|ERR_BROTLI|ERR__ERROR|ERR_ZSTD|ERR_PADDING|ERR_BUFFER_ERROR)/.test(code)
    ) {
      return true;
    }
    link = cause;
  }
  return false;
}
