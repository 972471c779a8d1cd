/** Legal forms that end company names, as most cleaning lists have them. */
const LEGAL_FORMS = new Set(
  'ltd limited inc incorporated llc llp lp plc corp corporation co company cic pty pte gmbh ag kg kgaa ohg ug se sa sas sarl sl slu srl spa snc nv bv vof cv ab as asa oy oyj aps kk kft rt zrt nyrt sro doo dd ad ood jsc tbk bhd sdn ltda pllc pc pa dba'.split(
    ' ',
  ),
);

/**
 * Cleans a name the way people do before they call a string library: lower case, no accents or punctuation, "&" in
 * words, no article in front and no legal form behind. Every peer gets its names both raw and so.
 */
export function cleanName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/['’`´]/g, '')
    .replace(/\b(?:\p{L}\.){2,}/gu, (initials) => initials.replaceAll('.', ''))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const words = plain.split(' ');
  if (words[0] === 'the' && words.length > 1) words.shift();
  while (words.length > 1 && (LEGAL_FORMS.has(words.at(-1)!) || words.at(-1) === 'and')) words.pop();
  return words.join(' ');
}
