/** Returns a count with its noun: "1 team", "2 teams". @internal */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
