import type { Contact } from './contact-index.ts';
import type { Evidence } from './types.ts';

/**
 * Weights of what is known beside the names, in log-odds. Set by hand: there is no public data to learn them from. The
 * order is what matters: an id in another system outweighs any name, a domain outweighs an unlike name, a phone nearly.
 */
const CONTACT_EVIDENCE = {
  identifier: { weight: 13, label: 'Same id in another system' },
  'identifier-conflict': { weight: -4, label: 'Different ids in the same system', review: true },
  domain: { weight: 7, label: 'Same domain' },
  'domain-conflict': { weight: -0.7, label: 'Different domains', review: true },
  phone: { weight: 5.5, label: 'Same phone number' },
  'phone-conflict': { weight: -0.2, label: 'Different phone numbers' },
  postcode: { weight: 1.8, label: 'Same postcode' },
  'postcode-conflict': { weight: -0.6, label: 'Different postcodes' },
} as const;

/**
 * Returns the evidence of two records' ids, domains, phones and postcodes.
 *
 * @internal
 */
export function compareContacts(left: Contact, right: Contact): Evidence[] {
  const evidence: Evidence[] = [];
  const identifiers = compareIdentifiers(left, right);
  if (identifiers !== null) evidence.push(identifiers);
  const add = (kind: 'domain' | 'phone' | 'postcode', a: readonly string[], b: readonly string[]) => {
    if (a.length === 0 || b.length === 0) return;
    const shared = inBoth(a, b);
    evidence.push(item(shared.length > 0 ? kind : `${kind}-conflict`, shared));
  };
  add('domain', left.domains, right.domains);
  add('phone', left.phones, right.phones);
  add('postcode', left.postcodes, right.postcodes);
  return evidence;
}

function compareIdentifiers(left: Contact, right: Contact): Evidence | null {
  const shared: string[] = [];
  const differing: string[] = [];
  for (const [key, values] of left.identifiers) {
    const others = right.identifiers.get(key);
    if (others === undefined) continue;
    if (inBoth(values, others).length > 0) shared.push(key);
    else differing.push(key);
  }
  if (shared.length > 0) return item('identifier', shared.sort());
  return differing.length > 0 ? item('identifier-conflict', differing.sort()) : null;
}

/** By a Set: a row may have thousands of domains. */
function inBoth(a: readonly string[], b: readonly string[]): string[] {
  const known = new Set(b);
  return a.filter((each) => known.has(each));
}

function item(kind: keyof typeof CONTACT_EVIDENCE, details: readonly string[]): Evidence {
  const evidence: Evidence = { kind, ...CONTACT_EVIDENCE[kind] };
  if (details.length > 0) evidence.detail = details.join(', ');
  return evidence;
}
