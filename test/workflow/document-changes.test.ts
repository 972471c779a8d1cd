import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyChanges,
  emptyDocument,
  findEntry,
  isRejected,
  type MappingChange,
} from '../../src/workflow/document-changes.ts';
import { diffDocuments } from '../../src/workflow/document-diff.ts';
import { mappingDocumentSchema } from '../../src/workflow/mapping-document.ts';
import type { MappingDocument } from '../../src/workflow/types.ts';

const at = '2026-11-23T09:00:00Z';
const acme = { organizationId: 7, organizationName: 'Acme Ltd' };
const customer = (customerId: string | number) => ({
  customerId,
  customerName: `Customer ${customerId}`,
  at,
});
const map = (customerId: string | number): MappingChange => ({
  kind: 'map',
  ...acme,
  mapped: { ...customer(customerId), source: 'manual' },
});
const reject = (customerId: string | number): MappingChange => ({
  kind: 'reject',
  ...acme,
  rejected: customer(customerId),
});
const ignore: MappingChange = { kind: 'ignore', ...acme, ignored: { at } };
const start = emptyDocument('x');
const apply = (...changes: MappingChange[]) => applyChanges(start, changes);

describe('applying changes to a mapping document', () => {
  it('raises the revision by one, however many changes there are', () => {
    expect(apply().revision).toBe(1);
    expect(applyChanges(apply(map(1)), [reject(2), ignore]).revision).toBe(2);
  });

  it('maps an organization anew, and finds its entry by the id as text', () => {
    const next = apply(map(1), { ...map(2), organizationId: '7' } as MappingChange);
    expect(next.entries).toHaveLength(1);
    expect(findEntry(next, '7')).toMatchObject({ organizationId: 7, mapped: { customerId: 2 } });
  });

  it('keeps a rejection for good, also after mapping, unmapping and ignoring', () => {
    const next = apply(reject(1), map(2), { kind: 'unmap', organizationId: 7 }, ignore, {
      kind: 'unignore',
      organizationId: 7,
    });
    expect(isRejected(findEntry(next, 7), '1')).toBe(true);
    expect(isRejected(findEntry(next, 7), 2)).toBe(false);
    expect(isRejected(undefined, 2)).toBe(false);
  });

  it('ends the mapping of a pair that is rejected, and no other', () => {
    expect(findEntry(apply(map(1), reject('1')), 7)?.mapped).toBeUndefined();
    expect(findEntry(apply(map(1), reject(2)), 7)?.mapped?.customerId).toBe(1);
  });

  it('lets a person map a rejected pair after all', () => {
    const entry = findEntry(apply(reject(1), map(1)), 7);
    expect(entry?.mapped?.customerId).toBe(1);
    expect(isRejected(entry, 1)).toBe(false);
  });

  it('ends an ignore by mapping and a mapping by ignoring', () => {
    expect(findEntry(apply(ignore, map(1)), 7)).not.toHaveProperty('ignored');
    expect(findEntry(apply(map(1), ignore), 7)).not.toHaveProperty('mapped');
  });

  it('drops an entry about which nothing is decided any more', () => {
    expect(apply(map(1), { kind: 'unmap', organizationId: 7 }).entries).toEqual([]);
    expect(apply({ kind: 'unmap', organizationId: 99 }).entries).toEqual([]);
  });

  it('renames organizations and customers wherever they are', () => {
    const next = apply(
      map(1),
      reject(2),
      { kind: 'rename-organization', organizationId: '7', organizationName: 'Acme plc' },
      { kind: 'rename-customer', customerId: '1', customerName: 'One' },
      { kind: 'rename-customer', customerId: 2, customerName: 'Two' },
    );
    expect(next.entries).toMatchObject([
      { organizationName: 'Acme plc', mapped: { customerName: 'One' }, rejected: [{ customerName: 'Two' }] },
    ]);
  });

  it('refuses a blank instance', () => {
    expect(() => emptyDocument(' ')).toThrow(TypeError);
  });
});

const anyId = fc.oneof(fc.nat(4), fc.nat(4).map(String));
const anyChange: fc.Arbitrary<MappingChange> = fc
  .record({
    kind: fc.constantFrom('map', 'unmap', 'reject', 'ignore', 'unignore', 'rename'),
    organizationId: anyId,
    customerId: anyId,
  })
  .map(({ kind, organizationId, customerId }): MappingChange => {
    const organization = { organizationId, organizationName: `Organization ${organizationId}` };
    if (kind === 'map')
      return { kind, ...organization, mapped: { ...customer(customerId), source: 'manual' } };
    if (kind === 'reject') return { kind, ...organization, rejected: customer(customerId) };
    if (kind === 'ignore') return { kind, ...organization, ignored: { at } };
    if (kind === 'rename') return { kind: 'rename-customer', customerId, customerName: 'Renamed' };
    return { kind: kind as 'unmap' | 'unignore', organizationId };
  });
const anyChanges = fc.array(anyChange, { maxLength: 30 });

describe('any list of changes', () => {
  it('gives a valid document, changes no input, and loses no rejection', () => {
    fc.assert(
      fc.property(anyChanges, anyChanges, (first, second) => {
        const before = applyChanges(start, first);
        const frozen = structuredClone([before, second]);
        const after = applyChanges(before, second);
        expect([before, second]).toEqual(frozen);
        expect(mappingDocumentSchema.safeParse(after).success).toBe(true);
        for (const entry of before.entries) {
          for (const { customerId } of entry.rejected ?? []) {
            const kept = findEntry(after, entry.organizationId)?.rejected ?? [];
            expect(kept.map((row) => String(row.customerId))).toContain(String(customerId));
          }
        }
      }),
    );
  });

  it('shares nothing between the documents', () => {
    const before = apply(map(1), reject(2));
    const after = applyChanges(before, []);
    after.entries[0]?.rejected?.pop();
    expect(before.entries[0]?.rejected).toHaveLength(1);
  });
});

describe('the difference of two documents', () => {
  const organization = (id: string | number) => ({
    organizationId: id,
    organizationName: `Organization ${id}`,
  });
  const before = applyChanges(start, [
    map(1),
    { kind: 'ignore', ...organization('gone'), ignored: { at } },
    { kind: 'reject', ...organization('same'), rejected: customer(5) },
  ]);
  const after = applyChanges(before, [
    map(2),
    { kind: 'unignore', organizationId: 'gone' },
    { kind: 'ignore', ...organization('new'), ignored: { at } },
  ]);

  it('is a row per organization: add, change, remove or keep, with the parts that differ', () => {
    expect(
      diffDocuments(before, after).map(({ kind, organizationId, parts }) => [kind, organizationId, parts]),
    ).toEqual([
      ['change', 7, ['mapped']],
      ['keep', 'same', []],
      ['add', 'new', ['organizationName', 'ignored']],
      ['remove', 'gone', ['organizationName', 'ignored']],
    ]);
  });

  it('compares ids as text and takes no notice of the order of keys', () => {
    const same = JSON.parse(
      JSON.stringify(before).replace('"organizationId":7', '"organizationId":"7"'),
    ) as MappingDocument;
    const reordered = same.entries.map((entry) => Object.fromEntries(Object.entries(entry).reverse()));
    const rows = diffDocuments(before, {
      ...same,
      entries: reordered as unknown as MappingDocument['entries'],
    });
    expect(rows.every((row) => row.kind === 'keep')).toBe(true);
  });

  it('adds everything when there was no document', () => {
    expect(diffDocuments(null, before).every((row) => row.kind === 'add' && row.before === null)).toBe(true);
  });

  it('agrees with what was done, for any changes', () => {
    fc.assert(
      fc.property(anyChanges, anyChanges, (first, second) => {
        const older = applyChanges(start, first);
        const newer = applyChanges(older, second);
        const rows = diffDocuments(older, newer);
        expect(rows.filter((row) => row.kind !== 'remove').map((row) => row.after)).toEqual(newer.entries);
        expect(rows.filter((row) => row.kind !== 'add')).toHaveLength(older.entries.length);
        expect(diffDocuments(older, older).every((row) => row.kind === 'keep')).toBe(true);
      }),
    );
  });
});
