import { PLAIN_ROWS_PER_STEP } from './slices.ts';
import type { MappingOptions, MappingRecord } from './types.ts';

/** Which of the lists a row is in, as messages and problems say it. @internal */
export type Side = 'organizations' | 'customers';

const LISTS = ['aliases', 'domains', 'phones', 'postalCodes'] as const;

/**
 * Checks the types of one side's records; yields now and then.
 *
 * @throws {TypeError} when a row is no record, naming side and index
 * @internal
 */
export function* checkRecords(records: readonly MappingRecord[], side: Side): Generator<void, void> {
  if (!Array.isArray(records)) throw wrongType(side, 'an array', records);
  for (let index = 0; index < records.length; index++) {
    if (index % PLAIN_ROWS_PER_STEP === 0) yield;
    checkRecord(records[index] as unknown, `${side}[${index}]`);
  }
}

/** @throws {TypeError} when the value is no record @internal */
export function checkRecord(record: unknown, where: string): void {
  if (!isObject(record)) throw wrongType(where, 'an object with id and name', record);
  const { name, identifiers } = record;
  checkId(record, 'id', where);
  if (typeof (name ?? '') !== 'string') throw wrongType(`${where}.name`, 'a string', name);
  for (const field of LISTS) {
    const texts = record[field];
    if (texts !== undefined && texts !== null) checkTexts(texts, `${where}.${field}`);
  }
  if (!isObject(identifiers ?? {})) throw wrongType(`${where}.identifiers`, 'an object', identifiers);
}

function checkTexts(texts: unknown, where: string): void {
  if (!Array.isArray(texts)) throw wrongType(where, 'an array of strings', texts);
  for (let i = 0; i < texts.length; i++) {
    const text: unknown = texts[i];
    if (typeof text !== 'string') throw wrongType(`${where}[${i}]`, 'a string', text);
  }
}

/**
 * Checks the options; yields now and then.
 *
 * @throws {TypeError} when one has a wrong type or is out of range
 * @internal
 */
export function* checkOptions(options: MappingOptions): Generator<void, void> {
  if (!isObject(options as unknown)) throw wrongType('options', 'an object', options);
  const { cardinality, maxCandidates, thresholds, registrableDomain } = options;
  if (cardinality !== undefined && cardinality !== 'one-to-one' && cardinality !== 'many-to-one') {
    throw new TypeError("options.cardinality must be 'one-to-one' or 'many-to-one'.");
  }
  if (maxCandidates !== undefined && (!Number.isInteger(maxCandidates) || maxCandidates < 1)) {
    throw new TypeError('options.maxCandidates must be a whole number of at least 1.');
  }
  for (const name of ['matched', 'review'] as const) {
    const value = thresholds?.[name];
    if (value !== undefined && !(typeof value === 'number' && value >= 0 && value <= 1)) {
      throw new TypeError(`options.thresholds.${name} must be a number from 0 to 1.`);
    }
  }
  for (const name of ['confirmed', 'rejected'] as const)
    yield* checkDecisions(options[name], `options.${name}`);
  if (registrableDomain !== undefined && typeof registrableDomain !== 'function')
    throw wrongType('options.registrableDomain', 'a function', registrableDomain);
}

function* checkDecisions(pairs: unknown = [], where: string): Generator<void, void> {
  if (!Array.isArray(pairs)) throw wrongType(where, 'an array', pairs);
  for (let i = 0; i < pairs.length; i++) {
    if (i % PLAIN_ROWS_PER_STEP === 0) yield;
    for (const field of ['organizationId', 'customerId']) checkId(pairs[i] ?? {}, field, `${where}[${i}]`);
  }
}

function checkId(row: Readonly<Record<string, unknown>>, field: string, where: string): void {
  const id = row[field];
  if (typeof id !== 'string' && (typeof id !== 'number' || Number.isNaN(id)))
    throw wrongType(`${where}.${field}`, 'a string or a number', id);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongType(where: string, wanted: string, value: unknown): TypeError {
  return new TypeError(`${where} must be ${wanted}, not ${kindOf(value)}.`);
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null || Number.isNaN(value)) return String(value);
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
