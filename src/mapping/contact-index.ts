import { domainInName, isSharedDomain, parseDomain } from './domains.ts';
import { phoneKey, postcodeKey } from './phones.ts';
import type { MappingRecord } from './types.ts';

/** What a record has beside its name, as comparable keys. @internal */
export interface Contact {
  readonly identifiers: ReadonlyMap<string, readonly string[]>;
  readonly domains: readonly string[];
  readonly phones: readonly string[];
  readonly postcodes: readonly string[];
}

/** Values that systems write when there is no id. */
const NO_IDENTIFIER = new Set(['', '0', '-1']);

/** The contact of every record that has nothing beside its name. @internal */
export const NO_CONTACT: Contact = { identifiers: new Map(), domains: [], phones: [], postcodes: [] };

/**
 * Reads the keys of a record.
 *
 * @internal
 */
export function readContact(record: MappingRecord, registrable?: (host: string) => string | null): Contact {
  const { identifiers, domains, phones, postalCodes, name } = record;
  const typed = typeof name === 'string' && name.includes('.') && domainInName(name) !== null ? [name] : [];
  if (!identifiers && !domains?.length && !phones?.length && !postalCodes?.length && typed.length === 0)
    return NO_CONTACT;
  return {
    identifiers: readIdentifiers(identifiers),
    domains: unique([...(domains ?? []), ...typed].map((text) => ownDomain(text, registrable))),
    phones: unique((phones ?? []).map(phoneKey)),
    postcodes: unique((postalCodes ?? []).map(postcodeKey)),
  };
}

/** The registrable domain, unless unrelated companies share it. */
function ownDomain(text: string, registrable?: (host: string) => string | null): string | null {
  const domain = parseDomain(text.trim(), registrable);
  return domain === null || isSharedDomain(domain) ? null : domain;
}

function readIdentifiers(identifiers: MappingRecord['identifiers']): Map<string, readonly string[]> {
  const read = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(identifiers ?? {})) {
    const values = Array.isArray(value) ? value : [value];
    const kept = unique(
      values.map((each) => (each === null || each === undefined ? null : identifierKey(String(each).trim()))),
    );
    const real = kept.filter((each) => !NO_IDENTIFIER.has(each));
    if (real.length > 0) read.set(key, real);
  }
  return read;
}

/** A GUID in any of its usual spellings; programs write it in either case, with and without braces. */
const GUID = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;

function identifierKey(text: string): string {
  return GUID.exec(text)?.[1]?.toLowerCase() ?? text;
}

function unique(texts: readonly (string | null)[]): string[] {
  return [...new Set(texts.filter((text) => text !== null))];
}

/** Customers by identifier, domain and phone. @internal */
export class ContactIndex {
  readonly #customers = new Map<string, number[]>();

  add(customer: number, contact: Contact): void {
    for (const key of keysOf(contact)) {
      const known = this.#customers.get(key);
      if (known === undefined) this.#customers.set(key, [customer]);
      else if (known.length < MOST_SHARING) known.push(customer);
    }
  }

  /** Returns the customers that share a key with the contact. */
  find(contact: Contact): ReadonlySet<number> {
    const found = new Set<number>();
    if (contact === NO_CONTACT || this.#customers.size === 0) return found;
    for (const key of keysOf(contact))
      for (const customer of this.#customers.get(key) ?? []) found.add(customer);
    return found;
  }
}

/** A key that more customers share says nothing about which one is meant. */
const MOST_SHARING = 20;

function* keysOf(contact: Contact): Generator<string> {
  for (const [name, values] of contact.identifiers)
    for (const value of values) yield `i${name}\u0000${value}`;
  for (const domain of contact.domains) yield `d${domain}`;
  for (const phone of contact.phones) yield `p${phone}`;
}
