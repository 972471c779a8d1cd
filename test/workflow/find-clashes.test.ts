import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChanges, emptyDocument, type MappingChange } from '../../src/workflow/document-changes.ts';
import { findClashes } from '../../src/workflow/find-clashes.ts';
import type { MappingDocument } from '../../src/workflow/types.ts';

const at = '2026-11-26T09:00:00Z';
const about = (organizationId: number) => ({ organizationId, organizationName: `O${organizationId}` });
const customer = (customerId: number) => ({ customerId, customerName: `C${customerId}`, at });
const map = (organizationId: number, customerId: number): MappingChange => ({
  kind: 'map',
  ...about(organizationId),
  mapped: { ...customer(customerId), source: 'manual' },
});
const reject = (organizationId: number, customerId: number): MappingChange => ({
  kind: 'reject',
  ...about(organizationId),
  rejected: customer(customerId),
});
const ignore = (organizationId: number): MappingChange => ({
  kind: 'ignore',
  ...about(organizationId),
  ignored: { at },
});
const unmap = (organizationId: number): MappingChange => ({ kind: 'unmap', organizationId });
const rename = (organizationId: number): MappingChange => ({
  kind: 'rename-organization',
  organizationId,
  organizationName: 'another name',
});
const start = emptyDocument('x.halopsa.com');

/** Clashes of decisions made on one document and put on top of another. */
function clashesOf(saved: MappingChange[], others: MappingChange[], mine: MappingChange[]) {
  const before = applyChanges(start, saved);
  const theirs = applyChanges(before, others);
  return findClashes({ before, theirs, yours: applyChanges(theirs, mine) });
}

describe('clashes of three documents', () => {
  it.each<[string, MappingChange[], MappingChange[], MappingChange[], unknown[]]>([
    ['nobody else decided', [map(1, 1)], [], [map(1, 2)], []],
    ['both decided the same', [], [map(1, 1)], [map(1, 1)], []],
    ['each decided about another', [], [map(1, 1)], [map(2, 2)], []],
    [
      'names and rejections stand beside each other',
      [map(1, 1)],
      [rename(1), reject(1, 3)],
      [reject(1, 4)],
      [],
    ],
    ['one maps what the other ignores', [], [ignore(1)], [map(1, 1)], [[1, []]]],
    ['one maps what the other unmaps', [map(1, 1)], [unmap(1)], [map(1, 2)], [[1, []]]],
    ['one ends the mapping that the other made', [], [map(1, 1)], [reject(1, 1)], [[1, []]]],
    ['one gives away the customer that the other took', [], [map(1, 1)], [map(2, 1)], [[2, [1]]]],
    ['two organizations shared a customer before', [map(1, 1)], [rename(1)], [map(2, 1)], []],
    ['two decisions of one person share a customer', [], [], [map(1, 1), map(2, 1)], []],
    ['the other organization is decided anew', [], [map(1, 1)], [map(1, 2), map(2, 1)], [[1, []]]],
    [
      'a mapping is undone, for a customer that is taken',
      [],
      [map(1, 1), map(2, 2)],
      [map(2, 1)],
      [[2, [1]]],
    ],
  ])('%s', (_, saved, others, mine, expected) => {
    const clashes = clashesOf(saved, others, mine);
    expect(
      clashes.map(({ organizationId, alsoMappedTo }) => [
        organizationId,
        alsoMappedTo.map((other) => other.organizationId),
      ]),
    ).toEqual(expected);
  });

  it('show both sides, and null where a side has nothing', () => {
    expect(clashesOf([], [map(1, 1)], [map(2, 1)])).toEqual([
      {
        ...about(2),
        theirs: null,
        yours: { ...about(2), mapped: { ...customer(1), source: 'manual' } },
        alsoMappedTo: [about(1)],
      },
    ]);
    expect(clashesOf([], [map(1, 1)], [unmap(1)])).toMatchObject([{ ...about(1), yours: null }]);
  });

  it('compare ids as texts, and documents that were never there', () => {
    const yours = applyChanges(start, [map(1, 1)]);
    expect(findClashes({ before: null, theirs: null, yours })).toEqual([]);
    const theirs = applyChanges(start, [{ ...ignore(1), organizationId: '1' } as MappingChange]);
    expect(findClashes({ before: null, theirs, yours })).toHaveLength(1);
  });

  it('leave the question who may share a customer to the caller', () => {
    const yours = applyChanges(start, [map(1, 1), map(2, 1), map(3, 1)]);
    const asked = (mayShare: (ids: readonly unknown[]) => boolean) =>
      findClashes({
        before: null,
        theirs: applyChanges(start, [map(1, 1)]),
        yours,
        mayShare: (one, other) => mayShare([one.organizationId, other.organizationId]),
      }).map(({ organizationId, alsoMappedTo }) => [organizationId, alsoMappedTo.length]);
    expect(asked(() => true)).toEqual([]);
    expect(asked(() => false)).toEqual([
      [2, 2],
      [3, 2],
    ]);
    expect(asked((ids) => ids.includes(3))).toEqual([[2, 1]]);
  });

  it('are exactly the organizations where a save would undo what the other decided', () => {
    const id = fc.integer({ min: 1, max: 3 });
    const change = fc.oneof(
      fc.tuple(id, id).map(([o, c]) => map(o, c)),
      fc.tuple(id, id).map(([o, c]) => reject(o, c)),
      id.map(ignore),
      id.map(unmap),
    );
    const changes = fc.array(change, { maxLength: 6 });
    const outcome = ({ entries }: MappingDocument, organizationId: number) => {
      const entry = entries.find((each) => each.organizationId === organizationId);
      return entry?.mapped?.customerId ?? (entry?.ignored === undefined ? 'open' : 'ignored');
    };
    fc.assert(
      fc.property(changes, changes, changes, (saved, others, mine) => {
        const before = applyChanges(start, saved);
        const theirs = applyChanges(before, others);
        const yours = applyChanges(theirs, mine);
        const clashing = findClashes({ before, theirs, yours, mayShare: () => true });
        const told = clashing.map(({ organizationId }) => organizationId).sort();
        const expected = [1, 2, 3].filter(
          (each) =>
            outcome(theirs, each) !== outcome(before, each) && outcome(theirs, each) !== outcome(yours, each),
        );
        expect(told).toEqual(expected);
      }),
    );
  });
});
