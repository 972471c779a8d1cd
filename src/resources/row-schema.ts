import { z } from 'zod';
import { readsAsIs, readsList, readsObject, withoutNulls } from './quick-read.ts';

type Simplify<T> = { [Key in keyof T]: T[Key] } & {};

/** The known fields of a row, each of which Halo may leave out. */
export type RowFields<Shape extends z.ZodRawShape> = {
  [Key in keyof Shape]?: z.output<Shape[Key]> | undefined;
};

/** A row with an id; fields that this package does not know survive as `unknown`. */
export type Row<Shape extends z.ZodRawShape> = Simplify<
  { id: number } & RowFields<Shape> & { [field: string]: unknown }
>;

/** A part of a row: as a row, but Halo may leave out the id too. */
export type RowPart<Shape extends z.ZodRawShape> = Simplify<RowFields<Shape> & { [field: string]: unknown }>;

/** What a write may hold: Halo's own field names, never an id; null clears a field. */
export type RowInput<Shape extends z.ZodRawShape, Required extends keyof Shape = never> = Simplify<
  { [Key in Exclude<keyof Shape, Required>]?: z.output<Shape[Key]> | null | undefined } & {
    [Key in Required]: z.output<Shape[Key]>;
  } & { id?: never } & { [field: string]: unknown }
>;

/**
 * The schema of a field, whatever it is inside: the types of rows then say what a field holds and not how it is checked.
 * Exported for `dist/index.d.ts`, which has to name it.
 */
export interface FieldSchema<Output> extends z.ZodType<Output> {}

const isText = (value: unknown) => typeof value === 'string';

/** Text. @internal */
export const text = field(() => z.string(), isText);
/** True or false. @internal */
export const flag = field(
  () => z.boolean(),
  (value) => typeof value === 'boolean',
);
/** A number that is counted or measured. @internal */
export const amount = field(() => z.number(), Number.isFinite);
/** The id of another row, or one of Halo's words for "none": 0, -1, -2, -3. Read it with `haloId`. @internal */
export const reference = field(() => z.int(), Number.isSafeInteger);
/** A date as Halo writes it, "none" included. Read it with `haloDate`. @internal */
export const date = field(() => z.string(), isText);
/** An id in another tool: text or a number, depending on Halo's version. @internal */
export const toolId = field(
  () => z.union([z.string(), z.int()]),
  (value) => isText(value) || Number.isSafeInteger(value),
);

/** Ids of rows are positive: Halo uses 0 and the numbers below for "none". */
const rowId = field(
  () => z.int().min(1),
  (value) => Number.isSafeInteger(value) && Number(value) >= 1,
);

/**
 * Describes one kind of field. zod's part is made when a value is not plain to see, which most programs never meet: all
 * rows together would keep every import waiting for some 90 schemas.
 */
function field<Output>(
  make: () => z.ZodType<Output>,
  fits: (value: unknown) => boolean,
): FieldSchema<Output> {
  return readsAsIs(z.lazy(make), fits);
}

/** A list. @internal */
export function listOf<Item extends z.ZodType>(item: Item): FieldSchema<z.output<Item>[]> {
  return readsList(
    z.lazy(() => z.array(item)),
    item,
  );
}

/**
 * Makes the schema of one kind of row from its known fields: any of them may be missing, a null counts as missing,
 * and unknown fields pass through untouched.
 *
 * @internal
 */
export function rowSchema<Shape extends z.ZodRawShape>(shape: Shape): z.ZodType<Row<Shape>, unknown> {
  return looseSchema(shape, { id: rowId }) as unknown as z.ZodType<Row<Shape>, unknown>;
}

/** Makes the schema of an object inside a row. @internal */
export function partSchema<Shape extends z.ZodRawShape>(shape: Shape): z.ZodType<RowPart<Shape>, unknown> {
  return looseSchema(shape, {}) as unknown as z.ZodType<RowPart<Shape>, unknown>;
}

function looseSchema(optional: z.ZodRawShape, required: z.ZodRawShape) {
  const known = new Set(Object.keys(optional));
  const schema = z.lazy(() => {
    // A schema costs some 10 µs to make, and a row has dozens of fields of a few kinds.
    const kinds = new Map([...new Set(Object.values(optional))].map((kind) => [kind, z.nullish(kind)]));
    const nullable = Object.fromEntries([...known].map((key) => [key, kinds.get(optional[key]!)!]));
    // An overwrite, not a transform: it needs no second schema behind this one, which a long list would feel.
    return z
      .looseObject({ ...nullable, ...required })
      .overwrite((row) => (holdsNull(row, known) ? withoutNulls(row, known) : row));
  });
  return readsObject(schema, { optional, required });
}

function holdsNull(row: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): boolean {
  for (const key in row) if (row[key] === null && known.has(key)) return true;
  return false;
}
