import type { CustomerChoice } from '../../api-types.ts';
import { foldText } from './filter-rows.ts';

/** Choices shown at a time; who has not found it by then types another letter. */
const MOST_CHOICES = 50;

/** Returns a search over customers: all words have to occur; names that begin so come first, inactive ones last. */
export function customerSearch(customers: readonly CustomerChoice[]): (text: string) => CustomerChoice[] {
  const folded = customers.map((choice) => ({ choice, text: foldText(`${choice[1]} ${choice[0]}`) }));
  return (text) => {
    const whole = foldText(text).trim();
    const words = whole.split(/\s+/).filter((word) => word !== '');
    const found = folded.filter((each) => words.every((word) => each.text.includes(word)));
    const rank = ({ choice: [, , isInactive], text: name }: (typeof found)[number]) =>
      (isInactive ? 4 : 0) + (name.startsWith(whole) ? 0 : name.includes(` ${whole}`) ? 1 : 2);
    return found
      .map((each) => ({ ...each, rank: rank(each) }))
      .sort((a, b) => a.rank - b.rank)
      .slice(0, MOST_CHOICES)
      .map(({ choice }) => choice);
  };
}
