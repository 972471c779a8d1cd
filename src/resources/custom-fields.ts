import type { z } from 'zod';
import { amount, partSchema, reference, text } from './row-schema.ts';

/** Schema of a custom field's value on a row. */
export const customFieldSchema = partSchema({
  id: reference,
  /** Halo's name, such as `CFExternalCustomerId`. */
  name: text,
  label: text,
  type: amount,
  /** What a select shows; its `value` is the option's id. */
  display: text,
});

/** A custom field's value on a row; `value` is of any type. */
export type CustomField = z.infer<typeof customFieldSchema>;
