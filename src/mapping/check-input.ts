import { PLAIN_ROWS_PER_STEP } from './slices.ts';
import type { MappingOptions, MappingRecord } from './types.ts';

export type Side = 'organizations' | 'customers';

const LISTS = ['aliases', 'domains', 'phones', 'postalCodes'] as const;

/**
 * Checks the types of one side's records; yields now and then.
 *
 * @throws {TypeError} when a row is no record, naming side and index
 * @internal
 */
export function* checkRecords(records: readonly MappingRecord[], side: Side): Generator<void, void> {
  if (!Array.isArray(records)) throw new TypeError(`${side} must be an array, not ${kindOf(records)}.`);
  for (let index = 0; index < records.length; index++) {
    if (index % PLAIN_ROWS_PER_STEP === 0) yield;
    checkRecord(records[index] as unknown, `${side}[${index}]`);
  }
}

/** @throws {TypeError} when the value is no record @internal */
export function checkRecord(record: unknown, where: string): void {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    throw new TypeError(`${where} must be an object with id and name, not ${kindOf(record)}.`);
  }
  const row = record as Record<string, unknown>;
  const { id, name } = row;
  if (typeof id !== 'string' && (typeof id !== 'number' || Number.isNaN(id))) {
    throw new TypeError(`${where}.id must be a string or a number, not ${kindOf(id)}.`);
  }
  if (name !== undefined && name !== null && typeof name !== 'string') {
    throw new TypeError(`${where}.name must be a string, not ${kindOf(name)}.`);
  }
  for (const field of LISTS) checkTexts(row[field], `${where}.${field}`);
  const { identifiers } = row;
  if (
    identifiers !== undefined &&
    identifiers !== null &&
    (typeof identifiers !== 'object' || Array.isArray(identifiers))
  ) {
    throw new TypeError(`${where}.identifiers must be an object, not ${kindOf(identifiers)}.`);
  }
}

function checkTexts(value: unknown, where: string): void {
  if (value === undefined || value === null) return;
  if (!Array.isArray(value))
    throw new TypeError(`${where} must be an array of strings, not ${kindOf(value)}.`);
  for (let i = 0; i < value.length; i++) {
    const text: unknown = value[i];
    if (typeof text !== 'string')
      throw new TypeError(`${where}[${i}] must be a string, not ${kindOf(text)}.`);
  }
}

/** @throws {TypeError} when an option has a wrong type or is out of range @internal */
export function checkOptions(options: MappingOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`options must be an object, not ${kindOf(options)}.`);
  }
  const { cardinality, maxCandidates, thresholds } = options;
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
  checkDecisions(options.confirmed, 'confirmed');
  checkDecisions(options.rejected, 'rejected');
  if (options.registrableDomain !== undefined && typeof options.registrableDomain !== 'function') {
    throw new TypeError(
      `options.registrableDomain must be a function, not ${kindOf(options.registrableDomain)}.`,
    );
  }
}

function checkDecisions(pairs: unknown, name: string): void {
  if (pairs === undefined) return;
  if (!Array.isArray(pairs)) throw new TypeError(`options.${name} must be an array, not ${kindOf(pairs)}.`);
  for (let i = 0; i < pairs.length; i++) {
    const pair = pairs[i] as Record<string, unknown> | null;
    for (const field of ['organizationId', 'customerId']) {
      const id = pair?.[field];
      if (typeof id === 'string' || (typeof id === 'number' && !Number.isNaN(id))) continue;
      throw new TypeError(`options.${name}[${i}].${field} must be a string or a number, not ${kindOf(id)}.`);
    }
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number' && Number.isNaN(value)) return 'NaN';
  return typeof value === 'object' ? 'an object' : value === undefined ? 'undefined' : `a ${typeof value}`;
}
