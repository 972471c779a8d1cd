/** Query parameters by lower-case name; the first of a name counts. @internal */
export type Query = ReadonlyMap<string, string>;

/** Returns the parameters of a URL as Halo reads them: names in any case. @internal */
export function readQuery(url: URL): Query {
  const query = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    if (!query.has(name.toLowerCase())) query.set(name.toLowerCase(), value);
  }
  return query;
}

/** Returns a yes-or-no parameter. Halo takes `true` in any case; `1` is not true. @internal */
export function flag(query: Query, name: string, fallback = false): boolean {
  const value = query.get(name);
  return value === undefined || value === '' ? fallback : value.toLowerCase() === 'true';
}

/** Returns a whole-number parameter, or undefined when it is absent or not a number. @internal */
export function integer(query: Query, name: string): number | undefined {
  const value = query.get(name);
  return value !== undefined && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

/** Returns the numbers of a comma list. @internal */
export function integers(query: Query, name: string): number[] {
  return (query.get(name) ?? '')
    .split(',')
    .filter((part) => /^\d+$/.test(part.trim()))
    .map(Number);
}
