import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ignore, mapTo, reject, unmap } from '../../src/cli/pending/decide.ts';
import { changesOf, noDecisions, withStep } from '../../src/cli/pending/decisions.ts';
import { mergeDecisions } from '../../src/cli/pending/merge-decisions.ts';
import { PendingDecisions, readSuggestions, writeSuggestions } from '../../src/cli/pending/pending-files.ts';
import { readDecidedTable } from '../../src/cli/pending/read-decided-table.ts';
import { reviewTable } from '../../src/cli/pending/review-table.ts';
import type { Suggestions } from '../../src/cli/pending/suggestions.ts';
import {
  applyChanges,
  emptyDocument,
  type MappingChange,
  type MappingDocument,
} from '../../src/workflow/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'halo-psa-pending-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HOST = 'x.halopsa.com';
const who = { at: '2026-11-26T09:00:00.000Z', by: 'kim' };
const files = (name: string) => ({
  mapping: join(folder, `${name}.json`),
  suggestions: join(folder, `${name}.suggestions.json`),
  decisions: join(folder, `${name}.decisions.json`),
});

/** Suggestions that propose customer 1, 2, ... for these organizations. */
function suggestionsFor(organizations: readonly { id: string; name: string }[]): Suggestions {
  const customers = organizations.map(({ name }, index) => ({ id: index + 1, name }));
  return {
    format: 'halo-psa-suggestions',
    version: 1,
    instanceId: HOST,
    at: who.at,
    revision: null,
    thresholds: { matched: 0.9, review: 0.3 },
    stale: [],
    renames: [],
    proposals: organizations.map((organization, index) => ({
      organization,
      status: 'review',
      customer: customers[index]!,
      candidates: [{ customer: customers[index]!, confidence: 0.5, score: 0, evidence: [] }],
    })),
    customers,
  };
}

const id = fc.constantFrom(1, 2, 3);
const named = (number: number) => ({ id: number, name: `N${number}` });
const change: fc.Arbitrary<MappingChange[]> = fc.oneof(
  fc.tuple(id, id).map(([o, c]) => [mapTo(named(o), named(c), 'manual', who)]),
  fc.tuple(id, id).map(([o, c]) => [reject(named(o), named(c), who)]),
  id.map((o) => [ignore(named(o), who)]),
  id.map((o) => unmap(o)),
);
const changes = fc.array(change, { maxLength: 6 });
const documentOf = (steps: readonly MappingChange[][]) => applyChanges(emptyDocument(HOST), steps.flat());
/** What a document says about an organization. */
function outcomeIn(document: MappingDocument, organizationId: number): string {
  const entry = document.entries.find((each) => each.organizationId === organizationId);
  if (entry?.mapped !== undefined) return String(entry.mapped.customerId);
  return entry?.ignored === undefined ? 'open' : 'ignored';
}

describe('decisions put onto a document', () => {
  const merged = (base: ReturnType<typeof documentOf>, mine: MappingChange[][], current = base) => {
    const decisions = mine.reduce((all, step) => withStep(all, step, base), noDecisions(HOST));
    return { ...mergeDecisions({ current, decisions, renames: [], isManyToOne: true }), decisions };
  };

  it('are the same as the changes by themselves, and clash with nothing while nobody else saves', () => {
    fc.assert(
      fc.property(changes, changes, (saved, mine) => {
        const base = documentOf(saved);
        const { next, clashes, decisions } = merged(base, mine);
        expect(next).toEqual(applyChanges(base, changesOf(decisions)));
        expect(clashes).toEqual([]);
      }),
    );
  });

  it('never undo silently what someone else has saved meanwhile', () => {
    fc.assert(
      fc.property(changes, changes, changes, (saved, others, mine) => {
        const base = documentOf(saved);
        const current = applyChanges(base, others.flat());
        const { next, clashes } = merged(base, mine, current);
        const told = new Set(clashes.map((clash) => clash.organizationId));
        for (const organizationId of [1, 2, 3]) {
          const [before, theirs, after] = [base, current, next].map((each) =>
            outcomeIn(each, organizationId),
          );
          expect(told.has(organizationId)).toBe(theirs !== before && after !== theirs);
        }
      }),
    );
  });

  it('tell a customer that two organizations would have, unless that is allowed', () => {
    const base = documentOf([[mapTo(named(1), named(7), 'manual', who)]]);
    const decisions = withStep(noDecisions(HOST), [mapTo(named(2), named(7), 'manual', who)], base);
    const merge = (isManyToOne: boolean) =>
      mergeDecisions({ current: base, decisions, renames: [], isManyToOne });
    expect(merge(false).clashes).toMatchObject([
      { organizationId: 2, alsoMappedTo: [{ organizationName: 'N1' }] },
    ]);
    expect(merge(true).clashes).toEqual([]);
  });
});

describe('the table for a spreadsheet', () => {
  it('brings every decision back to its organization, whatever ids and names are called', () => {
    const text = fc.oneof(
      fc.string({
        unit: fc.constantFrom("'", '=', '-', '+', '@', '"', ',', ';', 'a', 'é', '7'),
        minLength: 1,
        maxLength: 6,
      }),
      fc.constantFrom('<img onerror=x>', "=cmd|'/C calc'!A0", 'a\u202Eb', '\u001B[31m'),
    );
    const organizations = fc.uniqueArray(fc.record({ id: text, name: text }), {
      selector: (row) => row.id.trim(),
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(organizations, fc.constantFrom('comma', 'semicolon', 'tab' as const), (rows, delimiter) => {
        // Ids of a CSV file hold no control characters: they would not survive the reader either.
        fc.pre(rows.every(({ id }) => !/[\p{Cc}\p{Cf}]/u.test(id)));
        const suggestions = suggestionsFor(rows);
        const view = emptyDocument(HOST);
        const table = reviewTable({ suggestions, view, delimiter: delimiter as 'comma' });
        const separator = { comma: ',', semicolon: ';', tab: '\t' }[delimiter as 'comma'];
        const accepted = table.replaceAll(
          new RegExp(`^((?:"(?:[^"]|"")*"|[^"${separator}\\n]*)${separator})${separator}`, 'gm'),
          `$1accept${separator}`,
        );
        const file = join(folder, 'table.csv');
        writeFileSync(file, accepted);
        const decided = readDecidedTable(file, { suggestions, view, who }).changes;
        expect(decided.map((each) => 'organizationId' in each && each.organizationId)).toEqual(
          rows.map((row) => row.id),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('the files beside a mapping', () => {
  it('keep suggestions as they were', async () => {
    const found = suggestionsFor([
      { id: 'a', name: '<b>\u202E' },
      { id: 'b', name: '' },
    ]);
    await writeSuggestions(files('kept').suggestions, found);
    expect(await readSuggestions(files('kept'))).toEqual(found);
    // One proposal a line, so that a person can look at it.
    expect(readFileSync(files('kept').suggestions, 'utf8').split('\n')).toHaveLength(8);
  });

  it.each([
    ['no JSON', '{', 'is not valid JSON'],
    ['another file', '{"format":"halo-psa-mapping"}', 'is damaged or was written by another release'],
    [
      'a decision that is none',
      JSON.stringify({
        ...noDecisions(HOST),
        steps: [{ changes: [{ kind: 'map', organizationId: 1 }], seen: [] }],
      }),
      'at steps.0.changes.0.organizationName',
    ],
    [
      'another Halo',
      JSON.stringify({ ...noDecisions('y.halopsa.com'), steps: [] }),
      'use another --mapping for each Halo',
    ],
  ])('are refused when they hold %s', async (_, content, message) => {
    writeFileSync(files('bad').decisions, content);
    await expect(PendingDecisions.open(files('bad'), HOST)).rejects.toThrow(message);
  });

  it('say what to do when there are no suggestions yet', async () => {
    await expect(readSuggestions(files('none'))).rejects.toThrow('There are no suggestions yet');
  });
});
