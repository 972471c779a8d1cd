import type { MappingRecord } from '../mapping/types.ts';
import type { MappingSnapshot, MappingWorkflowOptions } from './workflow-types.ts';

type Options = MappingWorkflowOptions<MappingRecord>;

interface Rule {
  readonly fits: (value: unknown) => boolean;
  /** Completes "Expected `name` to be". */
  readonly wanted: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isFunction = (value: unknown) => typeof value === 'function';
const isText = (value: unknown) => typeof value === 'string';
const orNone = (fits: Rule['fits']) => (value: unknown) => value === undefined || fits(value);

function hasMethods(value: unknown, ...names: readonly string[]): boolean {
  return isObject(value) && names.every((name) => isFunction(value[name]));
}

const RULES: { readonly [Name in keyof Required<Options>]: Rule } = {
  halo: {
    fits: (value) => isObject(value) && hasMethods(value.clients, 'list', 'get'),
    wanted: 'a Halo client, as createHaloClient makes it',
  },
  organizations: { fits: isFunction, wanted: 'a function that returns your organizations' },
  store: {
    fits: (value) => hasMethods(value, 'load', 'save'),
    wanted: 'a mapping store, as createJsonFileStore makes it',
  },
  instanceId: { fits: orNone(isText), wanted: 'a text' },
  now: { fits: orNone(isFunction), wanted: 'a function that returns a Date' },
  by: { fits: orNone(isText), wanted: 'a text' },
  signals: { fits: orNone(isObject), wanted: 'an object' },
  matching: { fits: orNone(isObject), wanted: 'an object' },
  writeBack: {
    fits: orNone((value) => isObject(value) && isId(value.customField)),
    wanted: 'an object with the id of a custom field as `customField`',
  },
};

function isId(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/**
 * Checks the options of a workflow; the engine checks what `matching` holds.
 *
 * @throws {TypeError} when one is missing, unknown or of a wrong type
 * @internal
 */
export function checkWorkflowOptions(options: unknown): void {
  if (!isObject(options))
    throw new TypeError('Expected the options of createMappingWorkflow to be an object');
  const unknown = Object.keys(options).find(
    (name) => options[name] !== undefined && !Object.hasOwn(RULES, name),
  );
  if (unknown !== undefined)
    throw new TypeError(`createMappingWorkflow has no option \`${unknown.slice(0, 60)}\``);
  for (const [name, { fits, wanted }] of Object.entries(RULES)) {
    if (!fits(options[name])) throw new TypeError(`Expected \`${name}\` to be ${wanted}`);
  }
}

/**
 * Checks who decides: what is no text would be refused by every later save.
 *
 * @throws {TypeError} when it is no text
 * @internal
 */
export function checkedBy(by: string): string {
  if (!RULES.by.fits(by)) throw new TypeError(`Expected \`by\` to be ${RULES.by.wanted}`);
  return by;
}

/**
 * Checks an earlier reading, which comes from wherever the caller kept it.
 *
 * @throws {TypeError} when it is none
 * @internal
 */
export function checkSnapshot(since: MappingSnapshot | undefined): void {
  if (since === undefined) return;
  if (isObject(since) && Array.isArray(since.organizations) && Array.isArray(since.customers)) return;
  throw new TypeError('Expected `since` to be the snapshot of an earlier refresh');
}
