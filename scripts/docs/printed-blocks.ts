/** A printed result in a page, and the code that prints it. */
export interface PrintedBlock {
  /** `README.md:40`, for the reader of a failure. */
  readonly place: string;
  readonly code: string;
  /** What the page says is printed. */
  readonly printed: string;
  /** Where `printed` stands in the page. */
  readonly start: number;
}

/** Code and its result, one after the other, or a result with the name of the file that prints it. */
const BLOCK =
  /(?:```ts\n(?<code>(?:(?!^```)[\s\S])*?)^```|<!-- printed by (?<file>[\w./-]+) -->)\n+```text\n(?<printed>[\s\S]*?)^```/gm;

/**
 * Finds every printed result of a page: a `text` block right after a `ts` block, or after a comment
 * `<!-- printed by examples/06-suggest-mappings.ts -->`.
 *
 * @param readCode returns the contents of a file that a comment names
 */
export function printedBlocksOf(
  page: string,
  text: string,
  readCode: (file: string) => string,
): PrintedBlock[] {
  return [...text.matchAll(BLOCK)].map((match) => {
    const { code, file, printed = '' } = match.groups ?? {};
    return {
      place: `${page}:${text.slice(0, match.index).split('\n').length}`,
      code: code ?? readCode(file ?? ''),
      printed,
      start: match.index + match[0].length - '```'.length - printed.length,
    };
  });
}

/** Returns the page with the results replaced, in the order of its blocks. */
export function withPrinted(
  text: string,
  blocks: readonly PrintedBlock[],
  results: readonly string[],
): string {
  let page = text;
  // From the end, so that the places before stay where they are.
  for (const [index, block] of [...blocks.entries()].reverse()) {
    page = page.slice(0, block.start) + results[index] + page.slice(block.start + block.printed.length);
  }
  return page;
}
