/** A private-use character marks a number that JSON.stringify would write without its decimal point. */
const MARK = '\uE000';
const MARKED = /"\uE000(-?\d+(?:\.\d+)?)"/g;

/** Returns a stand-in for a number that Halo sends as a float (`12.0`), to be written by `toHaloJson`. @internal */
export function double(value: number): string {
  return `${MARK}${Number.isInteger(value) ? value.toFixed(1) : value}`;
}

/** Returns the JSON text of a value, with floats as Halo writes them. @internal */
export function toHaloJson(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes(MARK) ? text.replace(MARKED, '$1') : text;
}
