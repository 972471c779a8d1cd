import { type Answer, empty, modelBindingError } from './answers.ts';
import type { FakeRow } from './rows.ts';

/** One element of a write: with an id an update, without one a create. @internal */
export type WriteRow = Partial<FakeRow> & Readonly<Record<string, unknown>>;

const JSON_TYPES = /^(application\/(json|json-patch\+json|[\w.-]+\+json)|text\/json)\b/i;

/** A number in the body that is not written as an integer, kept with its text. */
class InexactNumber {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

/** Returns the rows of a `POST`, or Halo's complaint about the body. @internal */
export function readWriteBody(
  body: string,
  contentType: string | null,
  integers: readonly string[],
): { rows: readonly WriteRow[] } | { refusal: Answer } {
  if (!JSON_TYPES.test(contentType ?? '')) return { refusal: empty(415) };
  const parsed = parse(body, new Set(integers));
  if (parsed === undefined)
    return { refusal: modelBindingError({ '': ['A non-empty request body is required.'] }) };
  if (!Array.isArray(parsed) || !parsed.every(isRow)) {
    const message = 'Cannot deserialize the current JSON because the type requires a JSON array of objects.';
    return { refusal: modelBindingError({ '': [message] }) };
  }
  const wrong = findWrongInteger(parsed, integers, body);
  return wrong ? { refusal: wrong } : { rows: parsed };
}

/** The Json reviver gets the source text where the engine knows how; without it `95.0` passes as 95. */
function parse(body: string, integers: ReadonlySet<string>): unknown {
  const keepInexact = (key: string, value: unknown, context?: { source?: string }) => {
    const source = context?.source;
    if (typeof value !== 'number' || !integers.has(key) || source === undefined) return value;
    return /^-?\d+$/.test(source) ? value : new InexactNumber(source);
  };
  try {
    return JSON.parse(body, keepInexact);
  } catch {
    return undefined;
  }
}

function isRow(value: unknown): value is WriteRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function findWrongInteger(
  rows: readonly WriteRow[],
  integers: readonly string[],
  body: string,
): Answer | undefined {
  for (const [index, row] of rows.entries()) {
    for (const field of integers) {
      const value: unknown = row[field];
      if (value === undefined || value === null || Number.isInteger(value)) continue;
      const source = value instanceof InexactNumber ? value.source : String(value);
      return wrongInteger(`[${index}].${field}`, source, body.indexOf(source) + source.length);
    }
  }
  return undefined;
}

function wrongInteger(path: string, source: string, position: number): Answer {
  const message = `Could not convert string to integer: ${source}. Path '${path}', line 1, position ${position}.`;
  return modelBindingError({ [path]: [message] });
}
