/**
 * Characters that change how the text around them is shown, or are not shown at all: controls, bidirectional overrides
 * and isolates, zero-width characters, tags, line separators. Joiners stay, since some scripts and emoji need them.
 */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Longer names are cut where there is room for one line only; the details panel shows more. */
export const LONGEST_NAME = 200;

/**
 * Returns a name as it can be shown without harm: what is not seen, or turns other text around, appears as its code, and
 * what is too long is cut.
 *
 * @param most UTF-16 units to show
 */
export function visibleText(text: string, most: number = LONGEST_NAME): string {
  const cut =
    text.length > most ? `${sliceWhole(text, most)}… (${text.length.toLocaleString('en')} characters)` : text;
  return cut.replace(UNSEEN, (character) => `[U+${hexOf(character)}]`);
}

function hexOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/** Does not cut a character of two units in half. */
function sliceWhole(text: string, most: number): string {
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most);
}
