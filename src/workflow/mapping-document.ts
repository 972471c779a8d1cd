import { z } from 'zod';
import {
  damagedDocument,
  documentTooLarge,
  newerVersion,
  otherInstance,
  schemaIssues,
} from './mapping-store-errors.ts';
import type { MappingDocument } from './types.ts';

/** The version that this release writes. */
const CURRENT_VERSION = 1;

/**
 * Largest document read or written unless told otherwise. An entry takes about 410 bytes, so this holds some 160,000
 * organizations; whatever is larger is the wrong file.
 */
export const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/** A JSON object of unknown shape. @internal */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Turns a document of the version it is listed under into the next version. A new version is a new line here.
 *
 * @internal
 */
export type Migrations = ReadonlyMap<number, (older: JsonObject) => JsonObject>;

const MIGRATIONS: Migrations = new Map();

const idSchema = z.union([z.string().regex(/\S/, 'must not be blank'), z.int()]);
const decisionShape = { at: z.iso.datetime({ offset: true }), by: z.string().optional() };
const customerShape = { customerId: idSchema, customerName: z.string() };

const entrySchema = z
  .strictObject({
    organizationId: idSchema,
    organizationName: z.string(),
    mapped: z
      .strictObject({
        ...customerShape,
        source: z.enum(['manual', 'suggestion', 'import']),
        confidence: z.number().min(0).max(1).optional(),
        evidenceKinds: z.array(z.string()).optional(),
        ...decisionShape,
      })
      .optional(),
    rejected: z
      .array(z.strictObject({ ...customerShape, ...decisionShape }))
      .superRefine((rows, context) => refuseRepeats(rows, 'customerId', context))
      .optional(),
    ignored: z.strictObject(decisionShape).optional(),
  })
  .refine((entry) => entry.mapped === undefined || entry.ignored === undefined, {
    message: 'an organization cannot be both mapped and ignored',
  });

/**
 * Zod schema of the mapping document. Unknown keys are refused, because a save would drop them; ids are unique as
 * `String(id)`.
 *
 * `parseMappingDocument` does more: it reads text, bounds its size, and migrates older versions.
 *
 * @example
 * ```ts
 * import { mappingDocumentSchema } from 'halo-psa/workflow';
 *
 * const result = mappingDocumentSchema.safeParse({ format: 'halo-psa-mapping' });
 * console.log(result.success); // false
 * ```
 */
export const mappingDocumentSchema: z.ZodType<MappingDocument> = z.strictObject({
  format: z.literal('halo-psa-mapping'),
  version: z.literal(CURRENT_VERSION),
  instanceId: z.string().regex(/\S/, 'must not be blank'),
  revision: z.int().min(0),
  entries: z
    .array(entrySchema)
    .superRefine((entries, context) => refuseRepeats(entries, 'organizationId', context)),
});

function refuseRepeats<Key extends string>(
  rows: readonly Readonly<Record<Key, string | number>>[],
  key: Key,
  context: z.RefinementCtx,
): void {
  const firstAt = new Map<string, number>();
  for (const [index, row] of rows.entries()) {
    const id = String(row[key]);
    const first = firstAt.get(id);
    if (first === undefined) firstAt.set(id, index);
    else context.addIssue({ code: 'custom', path: [index, key], message: `repeats the id of row ${first}` });
  }
}

/** Options of `parseMappingDocument`. */
export interface ParseMappingOptions {
  /** The Halo instance the document must belong to. @default any */
  instanceId?: string | undefined;
  /** Largest text accepted, in bytes of UTF-8. @default 64 MiB */
  maxBytes?: number | undefined;
}

/**
 * Returns the mapping document that a text, its UTF-8 bytes or a parsed JSON value holds, checked and migrated to the
 * current version.
 *
 * A byte order mark and either kind of line end are fine. The result shares nothing with `source`.
 *
 * @param source text, UTF-8 bytes, or the value that `JSON.parse` gave
 * @param options the Halo instance expected, and the largest size in bytes
 * @throws {HaloMappingStoreError} when `source` is too large, no JSON, no mapping document, written by a newer
 *   release, or of another Halo instance; the code says which, and `issues` names the places
 * @example
 * ```ts
 * import { parseMappingDocument } from 'halo-psa/workflow';
 *
 * const text = '{"format":"halo-psa-mapping","version":1,"instanceId":"x.halopsa.com","revision":1,"entries":[]}';
 * const document = parseMappingDocument(text, { instanceId: 'x.halopsa.com' });
 * console.log(document.revision); // 1
 * ```
 */
export function parseMappingDocument(source: unknown, options: ParseMappingOptions = {}): MappingDocument {
  return parseStoredDocument(source, options);
}

/** What a store adds: the file to name in errors. @internal */
export interface ParseContext extends ParseMappingOptions {
  readonly file?: string | undefined;
}

/** `parseMappingDocument` for a store, over a table of migrations that a test may replace. @internal */
export function parseStoredDocument(
  source: unknown,
  context: ParseContext,
  migrations: Migrations = MIGRATIONS,
): MappingDocument {
  const { instanceId, file } = context;
  const value =
    typeof source === 'string' || source instanceof Uint8Array ? readJson(source, context) : source;
  const result = mappingDocumentSchema.safeParse(migrate(value, context, migrations));
  if (!result.success) {
    throw damagedDocument('it does not fit the format', { issues: schemaIssues(result.error), file });
  }
  if (instanceId !== undefined && result.data.instanceId !== instanceId) {
    throw otherInstance(result.data.instanceId, instanceId, file);
  }
  return result.data;
}

function readJson(
  source: string | Uint8Array,
  { maxBytes = DEFAULT_MAX_BYTES, file }: ParseContext,
): unknown {
  // A code unit takes at least one byte, so a longer text is too large whatever it holds.
  if (source.length > maxBytes) throw documentTooLarge(`at least ${source.length} bytes`, maxBytes, file);
  const text = typeof source === 'string' ? source.replace(/^\uFEFF/, '') : decodeUtf8(source, file);
  if (text.trim() === '') throw damagedDocument('it is empty', { file });
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message quotes the text, which holds names of customers.
    throw damagedDocument('it is no JSON, perhaps cut short', { file });
  }
}

function decodeUtf8(bytes: Uint8Array, file: string | undefined): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw damagedDocument('it is no UTF-8 text', { file });
  }
}

function migrate(value: unknown, { file }: ParseContext, migrations: Migrations): unknown {
  if (!isJsonObject(value) || value.format !== 'halo-psa-mapping') {
    throw damagedDocument('it is no mapping document of halo-psa', { file });
  }
  const { version } = value;
  if (typeof version !== 'number' || !Number.isSafeInteger(version)) {
    throw damagedDocument('it carries no format version', { file });
  }
  if (version > CURRENT_VERSION) throw newerVersion(version, CURRENT_VERSION, file);
  let document: JsonObject = value;
  for (let from = version; from < CURRENT_VERSION; from += 1) {
    const toNext = migrations.get(from);
    if (toNext === undefined) throw damagedDocument(`its format version ${from} is unknown`, { file });
    document = { ...toNext(document), version: from + 1 };
  }
  return document;
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Returns the text of a document as files hold it: indented JSON with keys in a fixed order and a line end, so that
 * version control shows one changed line per changed fact.
 *
 * @param document any mapping document
 * @example
 * ```ts
 * import { emptyDocument, formatMappingDocument } from 'halo-psa/workflow';
 *
 * console.log(formatMappingDocument(emptyDocument('x.halopsa.com')));
 * ```
 */
export function formatMappingDocument(document: MappingDocument): string {
  const { format, version, instanceId, revision } = document;
  const entries = document.entries.map(({ organizationId, organizationName, mapped, rejected, ignored }) => ({
    organizationId,
    organizationName,
    mapped: mapped && {
      ...pickCustomer(mapped),
      source: mapped.source,
      confidence: mapped.confidence,
      evidenceKinds: mapped.evidenceKinds,
      ...pickDecision(mapped),
    },
    rejected: rejected?.map((row) => ({ ...pickCustomer(row), ...pickDecision(row) })),
    ignored: ignored && pickDecision(ignored),
  }));
  return `${JSON.stringify({ format, version, instanceId, revision, entries }, null, 2)}\n`;
}

function pickCustomer({ customerId, customerName }: { customerId: string | number; customerName: string }) {
  return { customerId, customerName };
}

function pickDecision({ at, by }: { at: string; by?: string | undefined }) {
  return { at, by };
}

/**
 * Returns a checked copy of a document that is about to be stored; a `MappingStore` of your own calls it first in
 * `save`.
 *
 * @param next the document to store
 * @param expectedRevision revision of the document that `next` was made from; null if there was none
 * @throws {TypeError} when `next` is no mapping document, or its revision is not `(expectedRevision ?? 0) + 1`
 * @example
 * ```ts
 * import { checkMappingSave, emptyDocument } from 'halo-psa/workflow';
 *
 * const next = checkMappingSave({ ...emptyDocument('x.halopsa.com'), revision: 1 }, null);
 * console.log(next.revision); // 1
 * ```
 */
export function checkMappingSave(next: MappingDocument, expectedRevision: number | null): MappingDocument {
  if (expectedRevision !== null && !(Number.isSafeInteger(expectedRevision) && expectedRevision >= 0)) {
    throw new TypeError('Expected `expectedRevision` to be null or a whole number from 0');
  }
  const result = mappingDocumentSchema.safeParse(next);
  if (!result.success) {
    const places = schemaIssues(result.error).map(({ path, message }) => `${path || 'document'}: ${message}`);
    throw new TypeError(`Expected \`next\` to be a mapping document: ${places.join('; ')}`);
  }
  const revision = (expectedRevision ?? 0) + 1;
  if (result.data.revision !== revision) {
    throw new TypeError(`Expected \`next.revision\` to be ${revision}, one more than \`expectedRevision\``);
  }
  return copyDocument(result.data);
}

/** A deep copy without absent keys, as storing and loading gives. @internal */
export function copyDocument(document: MappingDocument): MappingDocument {
  return JSON.parse(formatMappingDocument(document)) as MappingDocument;
}
