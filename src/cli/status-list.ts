import { InvalidArgumentError, Option } from 'commander';

/** Returns the option `--status`: some of the words, separated by commas. */
export function statusListOption(words: readonly string[]): Option {
  return new Option('--status <list>', `only these, separated by commas: ${words.join(', ')}`).argParser(
    (text) => {
      const asked = text.split(',').map((word) => word.trim());
      const unknown = asked.find((word) => !words.includes(word));
      if (unknown !== undefined)
        throw new InvalidArgumentError(`"${unknown}" is none of ${words.join(', ')}.`);
      return new Set(asked);
    },
  );
}
