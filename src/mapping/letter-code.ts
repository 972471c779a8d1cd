/** Returns the 6-bit code of a letter: space 0, a-z 1-26, digits 27-36, all other scripts share 37-63. @internal */
export function letterCode(unit: number): number {
  if (unit >= 97 && unit <= 122) return unit - 96;
  if (unit >= 48 && unit <= 57) return unit - 21;
  if (unit === 32) return 0;
  return 37 + (unit % 27);
}
