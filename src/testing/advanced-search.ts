import type { RowFilter } from './row-filters.ts';

interface Condition {
  readonly filter_name: string;
  readonly filter_type: number;
  readonly filter_value: unknown;
}

const textOf = (value: unknown) => String(value ?? '').toLowerCase();
const listOf = (value: unknown) =>
  textOf(value)
    .split(',')
    .map((part) => part.trim());

/** Comparisons by Halo's number for them. */
const COMPARISONS: Readonly<Record<number, (field: unknown, value: unknown) => boolean>> = {
  0: (field, value) => listOf(value).includes(textOf(field)),
  1: (field, value) => !listOf(value).includes(textOf(field)),
  2: (field, value) => textOf(field) === textOf(value),
  3: (field, value) => textOf(field) !== textOf(value),
  4: (field, value) => textOf(field).includes(textOf(value)),
  5: (field, value) => !textOf(field).includes(textOf(value)),
  6: (field, value) => textOf(field) === textOf(value),
  7: (field, value) => Number(field) > Number(value),
  8: (field, value) => Number(field) >= Number(value),
  9: (field, value) => Number(field) < Number(value),
  10: (field, value) => Number(field) <= Number(value),
};

/** Returns the filter of `advanced_search`, or undefined when Halo would refuse it. @internal */
export function advancedFilter(parameter: string): RowFilter | undefined {
  const conditions = parse(parameter);
  if (!conditions?.every(isCondition)) return undefined;
  return (row) =>
    conditions.every(({ filter_name, filter_type, filter_value }) =>
      COMPARISONS[filter_type]?.(row[filter_name], filter_value),
    );
}

function parse(parameter: string): readonly unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(parameter);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isCondition(value: unknown): value is Condition {
  if (typeof value !== 'object' || value === null) return false;
  const { filter_name, filter_type } = value as Partial<Condition>;
  return typeof filter_name === 'string' && typeof filter_type === 'number' && filter_type in COMPARISONS;
}
