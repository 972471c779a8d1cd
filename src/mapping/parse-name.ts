import { conceptOf } from './concepts.ts';
import { issuerIn, stripDescriptors } from './descriptors.ts';
import { domainInName } from './domains.ts';
import { legalFormOf, spelledForms, splitLegalForms } from './legal-forms.ts';
import { hasLookAlikes, unmaskLookAlikes } from './look-alikes.ts';
import { cutText, foldText, MAX_NAME_UNITS } from './normalize.ts';
import { type Segments, splitSegments } from './segments.ts';
import { transliterate } from './transliterate.ts';
import { classOf, isPlaceholder, numberOf, WORD_CLASS } from './word-lists.ts';

/** Where a reading of a name comes from; a bracketed text is a weaker alias than a name the caller listed. @internal */
export const VARIANT_SOURCE = { name: 0, alias: 1, marker: 2, bracket: 3, part: 4 } as const;

/** A name is compared by at most this many words: the longest real name in five public registers has 38. */
const MAX_WORDS = 40;

/** "Smith, Jones and Brown" is one name; with two commas it may be an address. */
const LEAST_LINES = 3;

/** More readings of one name than this do not help and would let one row cost as much as many. */
const MAX_VARIANTS = 8;

/** One reading of a name: the words that identify the body, its legal forms split off. @internal */
export interface NameVariant {
  readonly source: number;
  readonly words: readonly string[];
  /** Index of the first word that only qualifies: a bracketed or trailing site, country, note. */
  readonly qualifiersFrom: number;
  /** Index of the first word in brackets. */
  readonly bracketsFrom: number;
  readonly forms: readonly string[];
  /** The identifying words without spaces, German umlaut spellings joined. */
  readonly squashed: string;
  /** Written in Greek, Cyrillic, Hebrew, Arabic, kana or Hangul. */
  readonly isForeign: boolean;
}

/** Everything the engine knows of a name before it sees the other side. @internal */
export interface ParsedName {
  readonly variants: readonly NameVariant[];
  readonly isTruncated: boolean;
  readonly isBlank: boolean;
  readonly isPlaceholder: boolean;
  readonly hasLookAlikes: boolean;
}

const IS_ACADEMIC = /[a-z]\.(?:edu|ac)(?:\.[a-z]{2})?\/?$/i;

const BLANK: ParsedName = {
  variants: [],
  isTruncated: false,
  isBlank: true,
  isPlaceholder: false,
  hasLookAlikes: false,
};

/**
 * Reads a name and its aliases into comparable variants.
 *
 * @internal
 */
export function parseName(name: string, aliases: readonly string[] = []): ParsedName {
  const folded = readableText(name);
  const variants: NameVariant[] = [];
  const words = folded === '' ? [] : addVariants(variants, folded, name, VARIANT_SOURCE.name);
  const isBlank = variants.length === 0;
  // "stanford.edu", "bristol.ac.uk": the top level says what kind of body it is.
  if (IS_ACADEMIC.test(name) && domainInName(name) !== null)
    addVariants(variants, `${folded} university`, name, VARIANT_SOURCE.name);
  for (const alias of aliases) {
    if (variants.length >= MAX_VARIANTS) break;
    const text = readableText(alias);
    if (text !== '') addVariants(variants, text, alias, VARIANT_SOURCE.alias);
  }
  if (variants.length === 0) return BLANK;
  return {
    variants,
    isTruncated: name.length > MAX_NAME_UNITS,
    isBlank,
    isPlaceholder: isPlaceholder(words.join('')),
    hasLookAlikes: hasLookAlikes(cutText(name)),
  };
}

function readableText(name: string): string {
  // A domain typed as the name says its first label: "www.acme.co.uk" is "acme".
  const typed = name.includes('.') ? domainInName(name) : null;
  return transliterate(spelledForms(unmaskLookAlikes(foldText(typed ?? name)))).trim();
}

/** Returns the words of the text as well. */
function addVariants(variants: NameVariant[], folded: string, raw: string, source: number): string[] {
  const isForeign = OTHER_SCRIPT.test(cutText(raw));
  const parts = splitAliasMarkers(folded);
  const all: string[] = [];
  for (let i = 0; i < parts.length && variants.length < MAX_VARIANTS; i++) {
    const partSource = i === 0 || source !== VARIANT_SOURCE.name ? source : VARIANT_SOURCE.marker;
    const segments = splitSegments(parts[i]!);
    all.push(...wordsIn(segments));
    pushVariant(variants, segments, partSource, isForeign);
    for (const words of [...segments.tails, ...segments.brackets]) {
      if (isAliasLike(words, raw) && legalFormOf(words[0]!) === undefined)
        pushVariant(variants, { head: words, tails: [], brackets: [] }, VARIANT_SOURCE.bracket, isForeign);
    }
    for (const piece of addressLines(parts[i]!)) {
      const line = splitSegments(piece);
      if (isBodyLike(line.head, raw)) pushVariant(variants, line, VARIANT_SOURCE.part, isForeign);
    }
  }
  return all;
}

/** "Dept. of Physics, Westmarch University, Arden": of three parts or more, any may be the name. */
function addressLines(folded: string): readonly string[] {
  const lines = folded.split(/[,;] /);
  return lines.length < LEAST_LINES ? [] : lines;
}

const OTHER_SCRIPT = /[\u0370-\u1cff\u3040-\u30ff\uac00-\ud7a3]/;

function pushVariant(
  variants: NameVariant[],
  { head, tails, brackets }: Segments,
  source: number,
  isForeign: boolean,
): void {
  if (variants.length >= MAX_VARIANTS) return;
  const core = stripDescriptors(issuerIn(withoutThe(head)));
  const { start, end, forms } = splitLegalForms(core);
  const words = stripDescriptors(core.slice(start, end));
  if (words.length === 0) return;
  const tail = splitQualifiers(tails.flat());
  const bracket = splitQualifiers(brackets.flat());
  const all = [...words, ...tail.words, ...bracket.words].slice(0, MAX_WORDS).map(canonicalWord);
  const qualifiersFrom = Math.min(words.length, MAX_WORDS);
  const squashed = umlautKey(all.slice(0, qualifiersFrom).join(''));
  if (squashed === '') return;
  variants.push({
    source,
    words: all,
    qualifiersFrom,
    bracketsFrom: Math.min(words.length + tail.words.length, MAX_WORDS),
    forms: [...forms, ...tail.forms, ...bracket.forms],
    squashed,
    isForeign,
  });
}

function splitQualifiers(words: readonly string[]): { words: readonly string[]; forms: readonly string[] } {
  if (words.length === 0) return { words, forms: [] };
  if (words.length === 1) {
    // "(NL)" is a country, "(publ)" a form.
    const form = words[0]!.length > 2 ? legalFormOf(words[0]!) : undefined;
    return form === undefined ? { words, forms: [] } : { words: [], forms: [form] };
  }
  const { start, end, forms } = splitLegalForms(words);
  return { words: words.slice(start, end), forms };
}

function withoutThe(words: readonly string[]): readonly string[] {
  if (words.length < 2) return words;
  const kept = words.filter((word) => word !== 'the');
  return kept.length > 0 ? kept : words;
}

/** Number words, ordinals and Roman numerals become digits, so that they meet in every index. */
function canonicalWord(word: string): string {
  return numberOf(word) ?? word;
}

/**
 * Joins the two spellings of a German umlaut ("mueller", "muller"). Other words change too; as a key that is harmless.
 *
 * @internal
 */
export function umlautKey(text: string): string {
  return text.replace(/[aou]e/g, (pair) => pair[0]!);
}

/** A bracketed text is another name when it is an acronym or has several words that are more than a place or a note. */
function isAliasLike(words: readonly string[], raw: string): boolean {
  const telling = words.filter((word) => classOf(word) === WORD_CLASS.plain);
  if (telling.length === 0) return false;
  if (words.length === 1) {
    const word = words[0]!;
    return word.length >= 2 && word.length <= 10 && raw.includes(word.toUpperCase());
  }
  return telling.length >= 2;
}

/** A department is no body of its own; every university has one of physics. */
const IS_UNIT = /^(?:dep|facult|fakult|divis|sect|unit|chair|lab)/;

/** A line of an address is a body when it says what kind ("university", "hospital"), or is an acronym. */
function isBodyLike(words: readonly string[], raw: string): boolean {
  if (words.length > 1 && (IS_UNIT.test(words[0]!) || !words.some((word) => conceptOf(word) !== 0)))
    return false;
  return isAliasLike(words, raw);
}

const ALIAS_MARKERS =
  / ?(?:\bt\/a|\bt\/as|\bt\.a\.|\bd\/b\/a|\bdba|\bd\.b\.a\.?|\b(?:a )?trading name (?:of|for)|\btrading as|\bdoing business as|\bformerly known as|\bformerly|\bf\/k\/a|\bfka|\ba\/k\/a|\baka|\balso known as|\bpreviously known as|\bpreviously|\|)(?= |:|$)/;

function splitAliasMarkers(folded: string): string[] {
  const parts = folded.split(ALIAS_MARKERS);
  if (parts.length === 1) return parts;
  // An open bracket before the marker, "Acme (formerly Apex)", would otherwise swallow the second name.
  const cleaned = parts
    .map((part) => part.replace(/\(\s*$/, '').trim())
    .filter((part) => part !== '' && part !== ')');
  return cleaned.length > 0 ? cleaned : [folded];
}

function wordsIn({ head, tails, brackets }: Segments): string[] {
  return [...head, ...tails.flat(), ...brackets.flat()];
}
