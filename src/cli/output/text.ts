import { stripVTControlCharacters, styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Wide enough for a name, a customer and a reason side by side; wider is hard to follow on a line. */
const WIDEST = 110;
/** Half of a small screen; a table in less could not be read. */
const NARROWEST = 60;

/** Sets a text off where the stream shows colours. */
export function paint(format: Format, text: string, stream: NodeJS.WritableStream = process.stdout): string {
  return showsColours(stream) ? styleText(format, text, { validateStream: false }) : text;
}

/**
 * Tells whether a stream shows colours: a terminal does, unless the user has said otherwise. Asked here, because Node 22.12
 * leaves the question to its caller.
 */
export function showsColours(
  stream: NodeJS.WritableStream & { isTTY?: boolean },
  { FORCE_COLOR: forced = '', NO_COLOR: refused = '', TERM: terminal }: NodeJS.ProcessEnv = process.env,
): boolean {
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return refused === '' && terminal !== 'dumb' && stream.isTTY === true;
}

/** Returns the width to print at, in columns. */
export function pageWidth(columns: number | undefined = process.stdout.columns): number {
  return Math.min(WIDEST, Math.max(NARROWEST, columns ?? WIDEST));
}

/**
 * Returns a text of the caller's as one harmless line: a name may hold escape sequences, line breaks and marks that turn
 * the direction of the whole line.
 */
export function printable(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Returns a share as "93.1%", a dash for none. Rounds down, so that "100%" means all. */
export function percent(share: number | null): string {
  if (share === null) return '-';
  // 0.57 * 1000 is a hair below 570.
  return share === 1 ? '100%' : `${(Math.floor(share * 1000 + 1e-6) / 10).toFixed(1)}%`;
}

/** Returns a weight with its sign: "+2.4". */
export function signed(weight: number): string {
  // A weight that rounds to nothing has no side.
  const rounded = weight.toFixed(1).replace('-0.0', '0.0');
  return rounded.startsWith('-') || rounded === '0.0' ? rounded : `+${rounded}`;
}

/** Returns a duration as "84 ms" or "1.2 s". */
export function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Returns a count with its noun: "1 row", "2 rows". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Letters of East Asia, which take two columns. */
const WIDE = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/;

/** Returns how many columns a text takes on a terminal; colours take none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text)) {
    width += WIDE.test(character) ? 2 : /\p{M}/u.test(character) ? 0 : 1;
  }
  return width;
}

/**
 * Returns a text with line breaks between words, so that it fits the width; colours take no room.
 *
 * @param indent what every line begins with that a break makes
 */
export function wrap(text: string, width: number, indent = ''): string {
  return text
    .split('\n')
    .map((line) => (displayWidth(line) <= width ? line : wrapLine(line, width, indent)))
    .join('\n');
}

/**
 * Returns a text whose paragraphs fill the page, however wide it is. Lines that are set in, and the paragraph around them,
 * stay as they are.
 */
export function reflow(text: string, width: number): string {
  return text
    .split(/(^\n+|\n{2,}|\n+$)/)
    .map((part) => (/^\s/m.test(part) ? part : wrap(part.replaceAll('\n', ' '), width)))
    .join('');
}

function wrapLine(line: string, width: number, indent: string): string {
  let used = 0;
  return line
    .split(' ')
    .map((word, index) => {
      const length = displayWidth(word);
      const fits = index === 0 || used + 1 + length <= width;
      used = fits ? used + length + (index === 0 ? 0 : 1) : indent.length + length;
      return `${fits ? (index === 0 ? '' : ' ') : `\n${indent}`}${word}`;
    })
    .join('');
}
