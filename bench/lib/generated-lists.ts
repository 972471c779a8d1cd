import type { LabelledSet, NamedRow } from '../labelled-sets.ts';

const SYLLABLES =
  'al an ar bel bor bri cal cor dan der don el en fal fen gar glen hal har is jor kel ker lan lor mar mel mor nor ol pen per quin ran ros sel stan tal thor ul van ver wen wil yar zel'.split(
    ' ',
  );
const TRADES =
  'Dental Practice,Solicitors,Engineering,Plumbing & Heating,Care Home,Logistics,Accountants,Architects,Primary School,Church,Veterinary Clinic,Consulting,Foods,Roofing,Insurance Brokers,Media,Energy,Farms,Motors,Properties'.split(
    ',',
  );
const FORMS = ['Ltd', 'Limited', 'LLC', 'Inc', 'LLP', 'plc', 'GmbH', ''];

/** Shares of the organizations: without a match, and with a slip of the keyboard. The rest change the legal form. */
const WITHOUT_MATCH = 0.15;
const WITH_TYPO = 0.35;

/**
 * Invented lists of `size` customers and as many organizations: the same every time, for speed more than for accuracy.
 * About half the words of a name are shared with others, so that the work per name grows as in real lists.
 */
export function generatedLists(size: number): LabelledSet {
  const random = linearCongruential(20_261_123);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const word = () => {
    const letters = Array.from({ length: 2 + Math.floor(random() * 2) }, () => pick(SYLLABLES)).join('');
    return letters[0]!.toUpperCase() + letters.slice(1);
  };
  const vocabulary = Array.from({ length: Math.max(1, Math.ceil(size / 2)) }, word);
  const invent = () =>
    [pick(vocabulary), random() < 0.5 ? pick(vocabulary) : '', pick(TRADES), pick(FORMS)]
      .filter(Boolean)
      .join(' ');
  const slip = (name: string) => {
    const at = 1 + Math.floor(random() * (name.length - 2));
    if (random() < 0.5) return name.slice(0, at) + name.slice(at + 1);
    return name.slice(0, at) + name[at + 1]! + name[at]! + name.slice(at + 2);
  };
  const customers = Array.from({ length: size }, (_, at): NamedRow => ({ id: `C${at}`, name: invent() }));
  const accepted = new Map<string, Set<string>>();
  const organizations = customers.map((customer, at): NamedRow => {
    const id = `O${at}`;
    const kind = random();
    if (kind < WITHOUT_MATCH) return { id, name: invent() };
    accepted.set(id, new Set([customer.id]));
    if (kind < WITHOUT_MATCH + WITH_TYPO) return { id, name: slip(customer.name) };
    const bare = customer.name.replace(/ (?:Ltd|Limited|LLC|Inc|LLP|plc|GmbH)$/, '');
    return { id, name: `${bare} ${pick(FORMS)}`.trim() };
  });
  return { name: `generated ${size}`, family: 'generated', organizations, customers, accepted };
}

/** Numerical Recipes' generator: small, seeded, the same on every platform. */
function linearCongruential(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
