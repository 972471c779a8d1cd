import { expect, it } from 'vitest';
import { reviewNote } from '../../src/console/review-reasons.ts';
import { suggestMappings } from '../../src/index.ts';

it.each([
  ['Halden Dental Ltd', 'Halden Dental Inc', 'the legal forms contradict each other (ltd / inc)'],
  ['Halden 12', 'Halden 21', null],
  ['Halden Dental Care', 'Halden Dental Care', null],
])('%s and %s: %s', (organization, customer, reason) => {
  const { suggestions } = suggestMappings([{ id: 1, name: organization }], [{ id: 1, name: customer }]);
  const note = reviewNote(suggestions[0]!, 0.84);
  expect(note).toBe(reason === null ? null : `For a person, however sure: ${reason}.`);
});

it('says a kind that it has no words for by its label', () => {
  const evidence = [{ kind: 'newer', weight: 1, label: 'Something newer', review: true as const }];
  expect(reviewNote({ confidence: 0.9, evidence }, 0.84)).toBe(
    'For a person, however sure: Something newer.',
  );
});
