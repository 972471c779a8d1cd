import { InvalidArgumentError } from 'commander';

/** Returns a reader of whole numbers for an option. */
export function wholeNumber(lowest: number, highest = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= lowest && value <= highest) return value;
    const limit = highest === Number.MAX_SAFE_INTEGER ? `from ${lowest}` : `from ${lowest} to ${highest}`;
    throw new InvalidArgumentError(`Expected a whole number ${limit}.`);
  };
}
