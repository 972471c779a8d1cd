/** Words that describe a security, not the company that issued it. */
const SECURITY_WORDS = new Set(
  'adr ads gdr cdi ord ordinary common stock shs shares share sponsored spons sp unsp unsponsored warrant warrants unit units pfd preferred depositary american receipts receipt npv class cl series nam namens inh vz on o n for fgn reg rights redeemable sh sr'.split(
    ' ',
  ),
);

/** Enough alone to call what ends a name a security's description. */
const SECURITY_MARKERS = new Set(
  'adr ads gdr cdi ord ordinary shares shs warrant warrants pfd preferred depositary npv stock'.split(' '),
);

/** Two-letter currency signs in front of a par value on German exchanges: "DL-,001" is 0.001 dollars. */
const PAR_CURRENCIES = new Set(
  'dl eo ls sf sk nk dk rc is zy ba hd yn rp cd ad yc zl tn lb ik kc ut mr ph rb nd so'.split(' '),
);

/**
 * Drops a trailing description of a security ("Class A Common Stock", "ADR 1", "DL-,001"). At least one word stays.
 *
 * @internal
 */
export function stripDescriptors(words: readonly string[]): readonly string[] {
  let end = trailingPar(words, words.length);
  let start = end;
  let isSecurity = end < words.length;
  while (start > 1 && isDescriptorWord(words[start - 1]!)) {
    if (SECURITY_MARKERS.has(words[start - 1]!)) isSecurity = true;
    start--;
  }
  if (isSecurity && hasMarker(words, start, end)) end = start;
  else if (words.length - end > 0 && end > 1 && words[end - 1]!.length === 1) end--;
  return end === words.length ? words : words.slice(0, end);
}

function hasMarker(words: readonly string[], start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (SECURITY_MARKERS.has(words[i]!)) return true;
  return false;
}

/** Index after the name when it ends in a par value: "DL-,001", "NK 0,5", "LS-00375", "o.N." (none at all). */
function trailingPar(words: readonly string[], end: number): number {
  if (end > 2 && words[end - 1] === 'on') return end - 1;
  let digits = 0;
  while (digits < 2 && digits < end - 1 && isDigits(words[end - 1 - digits]!)) digits++;
  const before = end - digits - 1;
  if (before < 1) return end;
  const sign = words[before]!;
  if (digits > 0 && PAR_CURRENCIES.has(sign)) return before;
  return sign.length > 2 && PAR_CURRENCIES.has(sign.slice(0, 2)) && isDigits(sign.slice(2)) ? before : end;
}

function isDescriptorWord(word: string): boolean {
  return SECURITY_WORDS.has(word) || word.length === 1 || isDigits(word);
}

function isDigits(text: string): boolean {
  if (text === '') return false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 48 || unit > 57) return false;
  }
  return true;
}
