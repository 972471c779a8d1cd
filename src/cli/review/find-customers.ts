import { nameText } from '../output/columns.ts';
import type { NamedCustomer } from '../pending/suggestions.ts';
import type { Choice } from '../prompts.ts';

/** As many as a person looks through. */
const MOST_FOUND = 50;
/** The search has no key for giving up. */
const BACK = { name: '(none of these: back)', value: null };

/** Returns a search over customers by name or id: every word typed has to occur, in any order, whatever case or accents. */
export function customerSearch(
  customers: readonly NamedCustomer[],
): (term: string | undefined) => Choice<NamedCustomer | null>[] {
  const indexed = customers.map((customer) => ({
    customer,
    text: folded(`${customer.name} ${customer.id}`),
  }));
  return (term = '') => {
    const words = folded(term)
      .split(/\s+/)
      .filter((word) => word !== '');
    const found = indexed
      .filter(({ text }) => words.every((word) => text.includes(word)))
      .slice(0, MOST_FOUND)
      .map(({ customer }) => ({ name: titleOf(customer), value: customer }));
    return [...found, BACK];
  };
}

function titleOf({ id, name, inactive }: NamedCustomer): string {
  return `${nameText(name)} (${id})${inactive === true ? ', inactive' : ''}`;
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
}
