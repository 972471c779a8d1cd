import { type HaloErrorContext, HaloResponseError, type HaloSchemaIssue, oneLine } from '../errors.ts';

/** One complaint of a schema, as Standard Schema version 1 defines it. */
export interface StandardSchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** What a schema says about a value. */
export type StandardSchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardSchemaIssue[] };

/** The part of Standard Schema version 1 (https://standardschema.dev) used here; zod, Valibot and ArkType have it. */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (
      value: unknown,
    ) => StandardSchemaResult<Output> | Promise<StandardSchemaResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

/** What an answer is checked for: whose answer it is, and how errors name it. @internal */
export interface AnswerOrigin {
  /** The call as a user writes it: `halo.clients.get()`. */
  readonly operation: string;
  readonly context: HaloErrorContext;
  /** Replaces the usual advice, for instance after a write that happened. */
  readonly hint?: string | undefined;
}

/** More issues than these say nothing new; a page of bad rows has one cause. */
const MOST_ISSUES = 10;
/** A key longer than this is data, not a name. */
const LONGEST_KEY = 60;
const USUAL_HINT =
  'Halo versions differ: if a newer one changed this field, report it; halo.request() reads the answer without a schema.';

/**
 * Checks that a caller's schema is one, before a request is sent for its sake.
 *
 * @throws {TypeError} when it is none
 * @internal
 */
export function checkSchema(schema: StandardSchema): void {
  if (typeof schema?.['~standard']?.validate === 'function') return;
  throw new TypeError('schema must be a Standard Schema, such as one of zod');
}

/**
 * Checks a value against any Standard Schema.
 *
 * @throws {HaloResponseError} when it does not fit; the error names places, never values
 * @internal
 */
export async function validate<Output>(
  schema: StandardSchema<Output>,
  value: unknown,
  origin: AnswerOrigin,
): Promise<Output> {
  const result = await schema['~standard'].validate(value);
  if (result.issues !== undefined) throw schemaError(result.issues, origin);
  return result.value;
}

/**
 * Checks a value against a schema that answers at once, as those of this package do.
 *
 * @throws {HaloResponseError} when it does not fit
 * @internal
 */
export function validateNow<Output>(
  schema: StandardSchema<Output>,
  value: unknown,
  origin: AnswerOrigin,
  place: readonly PropertyKey[] = [],
): Output {
  const result = schema['~standard'].validate(value);
  if (result instanceof Promise) throw new TypeError('Expected a schema that validates synchronously');
  if (result.issues !== undefined) throw schemaError(result.issues, origin, place);
  return result.value;
}

/** Builds the error for an answer that does not fit. @internal */
export function schemaError(
  issues: readonly StandardSchemaIssue[],
  { operation, context, hint = USUAL_HINT }: AnswerOrigin,
  place: readonly PropertyKey[] = [],
): HaloResponseError {
  const described = issues.slice(0, MOST_ISSUES).map((issue) => describeIssue(issue, place));
  const first = described[0];
  const more = issues.length > 1 ? ` and ${issues.length - 1} more` : '';
  const where =
    first === undefined ? '' : `: ${first.path === '' ? '' : `${first.path} `}${first.message}${more}`;
  return new HaloResponseError({
    code: 'HALO_RESPONSE_SCHEMA',
    summary: `${operation} received an answer that does not fit${where}`,
    hint,
    ...context,
    issues: described,
  });
}

function describeIssue(issue: StandardSchemaIssue, place: readonly PropertyKey[]): HaloSchemaIssue {
  const keys = [...place, ...(issue.path ?? []).map((step) => (typeof step === 'object' ? step.key : step))];
  return { path: formatPath(keys), message: describeExpectation(issue) };
}

/**
 * Says what was expected. The library's own message is not used: several quote the value that was received, and that
 * is a customer's data.
 */
function describeExpectation(issue: StandardSchemaIssue): string {
  const { expected, code } = issue as { expected?: unknown; code?: unknown };
  if (typeof expected === 'string' && expected !== '') return `expected ${oneLine(expected, LONGEST_KEY)}`;
  const rule = typeof code === 'string' && /^[a-z_]{1,40}$/.test(code) ? ` (${code})` : '';
  return `does not fit the schema${rule}`;
}

function formatPath(keys: readonly PropertyKey[]): string {
  let path = '';
  for (const key of keys) {
    if (typeof key === 'number') path += `[${key}]`;
    else if (typeof key === 'string' && /^[A-Za-z_$][\w$]{0,59}$/.test(key))
      path += path === '' ? key : `.${key}`;
    else path += `["${oneLine(String(key), LONGEST_KEY)}"]`;
  }
  return path;
}
