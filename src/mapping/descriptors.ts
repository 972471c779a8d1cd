import { isLegalFormWord } from './legal-forms.ts';
import { oneOf } from './lookup.ts';

/** Enough alone to call what ends a name a security's description. */
const SECURITY_MARKERS =
  'adr ads gdr cdi ord ordinary shares shs warrant warrants pfd preferred depositary npv nvdr stock';

const isSecurityMarker = oneOf(SECURITY_MARKERS);

/** Words that describe a security, not the company that issued it. */
const isSecurityWord = oneOf(
  `${SECURITY_MARKERS} common share sponsored spons sp unsp unsponsored unit units american receipts receipt class cl series nam namens inh vz on o n for fgn reg rights redeemable sh sr each beneficial`,
);

/** Kinds of shares that stand in front of a par value: "INH. O.N.", "NEW DL-,01", "CL.A DL-0001". */
const isShareKind = oneOf(
  'inh na nam nom vz vzo vna vzn reg regs st new cl class adr ads gdr shs ord npv fgn',
);

/** Two-letter currency signs in front of a par value on German exchanges: "DL-,001" is 0.001 dollars. */
const isParCurrency = oneOf(
  'dl eo ls sf sk nk dk rc is zy ba hd yn rp cd ad yc zl tn lb ik kc ut mr ph rb nd so ir',
);

/**
 * Drops a trailing description of a security ("Class A Common Stock", "ADR 1", "DL-,001"). At least one word stays.
 *
 * @internal
 */
export function stripDescriptors(words: readonly string[]): readonly string[] {
  let end = trailingPar(words, words.length);
  if (end < words.length) {
    while (end > 1 && (words[end - 1]!.length === 1 || isShareKind(words[end - 1]!))) end--;
    return words.slice(0, end);
  }
  let start = end;
  let isSecurity = false;
  while (start > 1 && isDescriptorWord(words[start - 1]!)) {
    if (isSecurityMarker(words[start - 1]!)) isSecurity = true;
    start--;
  }
  return isSecurity ? words.slice(0, start) : words;
}

/** The same where the place in the name says so: behind a legal form, in brackets or after a dash. */
const isMarker = (word: string) => isSecurityMarker(word) || word === 'notes' || word === 'certificates';

/** Legal forms that are also common words inside a name. */
const isAmbiguousForm = oneOf('as ad co pa');

/**
 * Cuts what follows the legal form of an issuer, where it describes a security ("Apollo Inc. 7.625% Notes due 2053") or
 * begins the name again ("AUTOGRILL SPA AUTOGRILL ORD SHS").
 *
 * @internal
 */
export function issuerIn(words: readonly string[]): readonly string[] {
  for (let i = 1; i + 1 < words.length; i++) {
    if (!isLegalFormWord(words[i]!) || isAmbiguousForm(words[i]!)) continue;
    if (words[i + 1] === words[0] || words.some((word, at) => at > i && isMarker(word)))
      return words.slice(0, i + 1);
  }
  return words;
}

/**
 * Tells whether what stands in brackets or after a dash describes a security: "Class A Common Stock".
 *
 * @internal
 */
export function isSecurityNote(words: readonly string[]): boolean {
  if (words.length === 1 && words[0] === 'units') return true;
  return isSecurityWord(words[0]!) && words.some(isMarker);
}

/** Index after the name when it ends in a par value: "DL-,001", "NK 0,5", "LS-00375", "o.N." (none at all). */
function trailingPar(words: readonly string[], end: number): number {
  if (end > 2 && words[end - 1] === 'on') return end - 1;
  let digits = 0;
  while (digits < 2 && digits < end - 1 && /^\d+$/.test(words[end - 1 - digits]!)) digits++;
  const before = end - digits - 1;
  if (before < 1) return end;
  const sign = words[before]!;
  if (digits > 0 && isParCurrency(sign)) return before;
  if (/^..\d+$/.test(sign) && isParCurrency(sign.slice(0, 2))) return before;
  // "-,0000002": a par value of which only the figures are left.
  return digits > 0 && words[end - 1]!.startsWith('00') ? end - 1 : end;
}

function isDescriptorWord(word: string): boolean {
  return isSecurityWord(word) || word.length === 1 || /^(?:.\d|\d+)$/.test(word);
}
