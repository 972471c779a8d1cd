import { checkObject, refuseUnknownNames } from '../http/known-names.ts';
import type { QueryValue } from '../http/request.ts';

type Parameters = Record<string, QueryValue>;

/** Turns one option of a query into Halo's parameters; refuses a value of another type. @internal */
export type Parameter<Value> = (value: Value, option: string) => Parameters;

/** One entry per option of a query. @internal */
export type ParameterTable<Query> = {
  readonly [Option in Exclude<keyof Query, keyof CommonQuery>]-?: Parameter<
    Exclude<Query[Option], undefined>
  >;
};

/** What the query of every list may hold. */
export interface CommonQuery {
  /**
   * More of Halo's parameters under their own names, sent as they are. Halo ignores a name it does not know and then
   * answers with everything, so check the spelling. Paging parameters are refused.
   */
  haloParameters?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** Set by the listing itself, or changes what a page is. */
const RESERVED: ReadonlySet<string> = new Set(['pageinate', 'page_no', 'page_size', 'count', 'idonly']);

/**
 * Translates a query into Halo's parameters.
 *
 * @throws {TypeError} when an option is unknown (Halo would ignore it and answer with everything) or of a wrong type
 * @internal
 */
export function toParameters<Query extends CommonQuery>(
  query: Query,
  table: ParameterTable<Query>,
  defaults: Partial<Query>,
): Parameters {
  refuseUnknownNames('query', query, [...Object.keys(table), 'haloParameters']);
  const parameters: Parameters = {};
  const options = new Map<string, unknown>(Object.entries(defaults));
  for (const [option, value] of Object.entries(query)) if (value !== undefined) options.set(option, value);
  for (const [option, value] of options) {
    if (option === 'haloParameters') Object.assign(parameters, rawParameters(value));
    else {
      const encode = table[option as keyof typeof table] as unknown as Parameter<unknown>;
      Object.assign(parameters, encode(value, option));
    }
  }
  return parameters;
}

/** A text parameter. @internal */
export function textParameter(name: string): Parameter<string> {
  return (value, option) => ({ [name]: expect(typeof value === 'string', value, option, 'a string') });
}

/** A parameter that is true or false. @internal */
export function flagParameter(name: string): Parameter<boolean> {
  return (value, option) => ({ [name]: expectFlag(value, option) });
}

/** Halo's pair of parameters for rows in use and rows out of use; both are sent, since its defaults differ. @internal */
export function outOfUseParameter(inUse: string, outOfUse: string): Parameter<boolean> {
  return (value, option) => ({ [inUse]: true, [outOfUse]: expectFlag(value, option) });
}

/** A parameter that is the id of a row. @internal */
export function idParameter(name: string): Parameter<number> {
  return (value, option) => ({ [name]: expect(isId(value), value, option, 'a whole number above 0') });
}

/** A parameter that is a list of ids, separated by commas. @internal */
export function idsParameter(name: string): Parameter<readonly number[]> {
  return (value, option) => {
    const ids = expect(Array.isArray(value) && value.every(isId), value, option, 'a list of whole numbers');
    return { [name]: ids.join(',') };
  };
}

/** A parameter with a fixed set of words, each with Halo's own. @internal */
export function wordParameter<Word extends string>(
  name: string,
  words: Readonly<Record<Word, string>>,
): Parameter<Word> {
  return (value, option) => {
    const known = Object.keys(words).join(', ');
    return { [name]: words[expect(Object.hasOwn(words, value), value, option, `one of ${known}`)] };
  };
}

function rawParameters(value: unknown): Parameters {
  checkObject('haloParameters', value);
  for (const [name, entry] of Object.entries(value)) {
    if (RESERVED.has(name.toLowerCase())) {
      throw new TypeError(`haloParameters may not set ${name}: the listing pages by itself`);
    }
    const fits = ['string', 'number', 'boolean'].includes(typeof entry);
    expect(fits, entry, `haloParameters.${name.slice(0, 60)}`, 'a string, a number or a boolean');
  }
  return value as Parameters;
}

function isId(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** Returns what must be true or false. @internal */
export function expectFlag(value: boolean, option: string): boolean {
  return expect(typeof value === 'boolean', value, option, 'true or false');
}

function expect<Value>(fits: boolean, value: Value, option: string, wanted: string): Value {
  if (!fits) throw new TypeError(`${option} must be ${wanted}`);
  return value;
}
