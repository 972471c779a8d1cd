import type { HaloRequest } from '../../../src/http/request.ts';
import type { Answer } from './scripted-transport.ts';

export interface ModelRow {
  id: number;
  name: string;
}

export interface ModelOptions {
  /** Largest page that Halo serves; longer ones are cut without a word. */
  cap?: number;
  /** Replaces the true count. */
  count?: (exact: number, page: { readonly number: number; readonly rows: number }) => unknown;
  /** Runs before each page is cut from the rows. */
  beforePage?: (rows: ModelRow[], index: number) => void;
}

/** `size` rows with the ids 1 to `size`. */
export function rowsOf(size: number): ModelRow[] {
  return Array.from({ length: size }, (_, index) => ({ id: index + 1, name: `Customer ${index + 1}` }));
}

/** Pages like Halo's `/Client`: a cap nobody mentions, the count 0 past the end. */
export function modelHalo(rows: ModelRow[], { cap = 1000, count, beforePage }: ModelOptions = {}): Answer {
  return (request, _call, index) => {
    beforePage?.(rows, index);
    const { number, size } = pageOf(request);
    const length = Math.min(size, cap);
    const page = rows.slice((number - 1) * length, number * length);
    const exact = page.length === 0 ? 0 : rows.length;
    const record_count = count === undefined ? exact : count(exact, { number, rows: page.length });
    return { page_no: number, page_size: length, record_count, clients: page };
  };
}

export function pageOf({ query = {} }: HaloRequest): { number: number; size: number } {
  return { number: Number(query.page_no), size: Number(query.page_size) };
}
