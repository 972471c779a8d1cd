import { describe, expect, it } from 'vitest';
import { errorList } from '../../src/cli/demo/error-list.ts';
import type { JudgedSuggestion } from '../../src/cli/demo/score.ts';
import { displayWidth, pageWidth } from '../../src/cli/output/text.ts';

interface Row {
  readonly name: string;
  readonly kind?: string;
  readonly proposed?: string;
  readonly status?: JudgedSuggestion['suggestion']['status'];
  readonly right?: readonly string[];
}

function errors(...rows: readonly Row[]): JudgedSuggestion[] {
  return rows.map(({ name, kind = '', proposed, status = 'unmatched', right = [] }) => ({
    suggestion: {
      organization: { id: name, name },
      status,
      customer: proposed === undefined ? null : { id: proposed, name: proposed },
      confidence: proposed === undefined ? 0 : 0.819,
      score: 0,
      evidence: [],
      candidates: [],
    },
    truth: { organizationId: name, customerIds: new Set(right), kind, note: '' },
    right: proposed === undefined ? null : false,
    hasMatch: right.length > 0,
  }));
}

const names = new Map([['1', 'Transport for London']]);

describe('the list of errors', () => {
  it('names the customer that was not found', () => {
    expect(errorList(errors({ name: 'TfL', right: ['1'] }), names)).toBe('  TfL → Transport for London');
  });

  it('names the wrong customer, how sure, whether in conflict, and the right one where there is one', () => {
    const review = { name: 'Dundee FC', proposed: 'Dundee United FC', status: 'review' } as const;
    expect(errorList(errors(review), names)).toBe('  81% Dundee FC → Dundee United FC');
    const conflict = { name: 'TfL', proposed: 'Netflix', status: 'conflict', right: ['1'] } as const;
    expect(errorList(errors(conflict), names)).toBe('  81% TfL → *Netflix (right: Transport for London)');
  });

  it('groups by kind, most frequent first, and puts on a line what fits whole', () => {
    const rows = errors(
      { name: 'A', kind: 'typo', right: ['1'] },
      { name: 'B', kind: 'former', right: ['1'] },
      { name: 'C', kind: 'former', right: ['1'] },
    );
    expect(errorList(rows, names).split('\n')).toEqual([
      'former (2)',
      '  B → Transport for London · C → Transport for London',
      'typo (1)',
      '  A → Transport for London',
    ]);
  });

  it('leaves out no error and no word, and stays within the page', () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      name: 'wörd '.repeat(1 + (index % 30)) + index,
      right: ['1'],
    }));
    const lines = errorList(errors(...many), names).split('\n');
    expect(lines.filter((line) => displayWidth(line) > pageWidth())).toEqual([]);
    const text = lines.map((line) => line.trim()).join(' ');
    for (const { name } of many) expect(text).toContain(`${name} → Transport for London`);
  });

  it('shows a hostile name harmlessly', () => {
    const text = errorList(errors({ name: '\u001B[31mRed\u202E', right: ['1'] }), names);
    expect(text).not.toContain('\u001B');
    expect(text).not.toContain('\u202E');
  });
});
