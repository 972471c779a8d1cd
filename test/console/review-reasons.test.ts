import { expect, it } from 'vitest';
import { reviewNote } from '../../src/console/review-reasons.ts';
import { suggestMappings } from '../../src/index.ts';
import { EVIDENCE_KINDS } from '../../src/mapping/evidence-kinds.ts';

it.each([
  ['Halden Dental Ltd', 'Halden Dental Inc', 'the legal forms contradict each other (ltd / inc)'],
  ['Halden 12', 'Halden 21', null],
  ['Halden Dental Care', 'Halden Dental Care', null],
])('%s and %s: %s', (organization, customer, reason) => {
  const { suggestions } = suggestMappings([{ id: 1, name: organization }], [{ id: 1, name: customer }]);
  const note = reviewNote(suggestions[0]!, 0.84);
  expect(note).toBe(reason === null ? null : `For a person, however sure: ${reason}.`);
});

it.each(EVIDENCE_KINDS.filter((each) => 'review' in each))('has words for $kind', ({ kind }) => {
  const evidence = [{ kind, weight: 1, label: 'The label', review: true as const }];
  expect(reviewNote({ confidence: 0.9, evidence }, 0.84)).not.toContain('The label');
});

it('says a kind that it has no words for by its label', () => {
  const evidence = [{ kind: 'newer', weight: 1, label: 'Something newer', review: true as const }];
  expect(reviewNote({ confidence: 0.9, evidence }, 0.84)).toBe(
    'For a person, however sure: Something newer.',
  );
});
