/** A share as a person reads it. Rounded down, so that 100 % means all of it. */
export function percent(share: number): string {
  return `${Math.floor(share * 100 + 1e-9)}\u00a0%`;
}

/** A weight with its sign, always two places: columns of them line up. */
export function signed(weight: number): string {
  const text = Math.abs(weight).toFixed(2);
  return `${text === '0.00' ? '±' : weight < 0 ? '−' : '+'}${text}`;
}

/** A number with separators. */
export function counted(count: number): string {
  return count.toLocaleString('en');
}

/** `1 change`, `2 changes`. */
export function plural(count: number, one: string, many: string = `${one}s`): string {
  return `${counted(count)} ${count === 1 ? one : many}`;
}

/** A moment in the reader's own time: `26 Nov 2026, 03:41`. */
export function moment(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
