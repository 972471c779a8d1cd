import type { Evidence, MappingRecord, MappingReport, MappingSuggestion } from '../index.ts';
import type { NamedId, TableRow, Thresholds } from './api-types.ts';
import { reviewNote } from './review-reasons.ts';

/** An evidence item in short: position of its label, weight, and the words concerned. */
export type ReportEvidence = readonly [label: number, weight: number, detail?: string, review?: true];

/** A candidate in short; evidence only where a reader is likely to ask for it. */
export interface ReportCandidate {
  readonly customer: NamedId;
  readonly confidence: number;
  readonly score: number;
  readonly evidence?: readonly ReportEvidence[];
}

/** One organization of a report. */
export interface ReportRow extends Omit<TableRow, 'best' | 'unsaved'> {
  readonly candidates: readonly ReportCandidate[];
}

/** What a report file holds. */
export interface ReportData {
  readonly instance: string;
  readonly host: string | null;
  /** When it was made, ISO 8601. */
  readonly at: string;
  readonly thresholds: Thresholds;
  /** Evidence labels, once each. */
  readonly labels: readonly string[];
  readonly rows: readonly ReportRow[];
}

/** What a report is made of. */
export interface ReportSources {
  readonly instance: string;
  readonly host: string | null;
  readonly at: string;
  readonly rows: readonly Omit<TableRow, 'best' | 'unsaved'>[];
  readonly thresholds: Thresholds;
  readonly suggestions: ReadonlyMap<string, MappingSuggestion<MappingRecord, MappingRecord>>;
}

/** The proposed candidate and one rival: a file with the evidence of all of them is ten times as large. */
const CANDIDATES_WITH_EVIDENCE = 2;

/** Returns what a report holds of a table and its suggestions. */
export function reportData({ suggestions, rows, ...facts }: ReportSources): ReportData {
  const labels = new Map<string, number>();
  const reportRows = rows.map(({ id, name, status, customer, confidence, note }) => ({
    id,
    name,
    status,
    customer,
    confidence,
    note,
    candidates: (suggestions.get(id)?.candidates ?? []).map((candidate, index) => ({
      customer: { id: String(candidate.customer.id), name: candidate.customer.name },
      confidence: rounded(candidate.confidence),
      score: rounded(candidate.score),
      ...(index < CANDIDATES_WITH_EVIDENCE || String(candidate.customer.id) === customer?.id
        ? { evidence: candidate.evidence.map((item) => shortEvidence(item, labels)) }
        : {}),
    })),
  }));
  return { ...facts, labels: [...labels.keys()], rows: reportRows };
}

/** Returns the rows of the engine's own report, where nothing was decided yet. */
export function suggestionRows(
  report: MappingReport<MappingRecord, MappingRecord>,
): Omit<TableRow, 'best' | 'unsaved'>[] {
  return report.suggestions.map(({ organization, status, customer, confidence, evidence }) => ({
    id: String(organization.id),
    name: organization.name,
    status,
    customer: customer === null ? null : { id: String(customer.id), name: customer.name },
    confidence: customer === null ? null : confidence,
    note: status === 'review' ? reviewNote({ confidence, evidence }, report.thresholds.matched) : null,
  }));
}

function shortEvidence(
  { label, weight, detail, review }: Evidence,
  labels: Map<string, number>,
): ReportEvidence {
  const at = labels.get(label) ?? labels.size;
  labels.set(label, at);
  if (review) return [at, rounded(weight), detail ?? '', review];
  return detail === undefined ? [at, rounded(weight)] : [at, rounded(weight), detail];
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
