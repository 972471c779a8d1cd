import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MappingRecord, MappingReport } from '../index.ts';
import { BUILT_PAGE } from './page-files.ts';
import { type ReportData, reportData, suggestionRows } from './report-data.ts';

/** Options of `renderHtmlReport`. */
export interface HtmlReportOptions {
  /** What the report is about, for its title: the name of the instance. */
  readonly instance: string;
  /** Host of the Halo it came from. @default not named */
  readonly host?: string | undefined;
  /** When it was made. @default now */
  readonly at?: Date | undefined;
  /** Folder of the built page. @default the one in this package */
  readonly pageFolder?: string | undefined;
}

/**
 * Returns a report of suggestions as one HTML file that needs nothing else: table, filters, search and evidence, for
 * people who only read. It sends no request, whatever the names in it are.
 *
 * @throws {Error} when the page was not built
 */
export function renderHtmlReport(
  report: MappingReport<MappingRecord, MappingRecord>,
  { instance, host, at = new Date(), pageFolder }: HtmlReportOptions,
): Promise<string> {
  const suggestions = new Map(report.suggestions.map((each) => [String(each.organization.id), each]));
  const { thresholds } = report;
  const rows = suggestionRows(report);
  const data = reportData({
    instance,
    host: host ?? null,
    at: at.toISOString(),
    rows,
    thresholds,
    suggestions,
  });
  return renderReportData(data, pageFolder);
}

/** Returns a report that is put together already. */
export async function renderReportData(data: ReportData, pageFolder: string = BUILT_PAGE): Promise<string> {
  const [script, style] = await Promise.all([
    readFile(join(pageFolder, 'report.js'), 'utf8'),
    readFile(join(pageFolder, 'report.css'), 'utf8'),
  ]).catch(() => {
    throw new Error(`The parts of a report are not at ${pageFolder}; in a checkout, run: npm run build`);
  });
  const policy = `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(`Mapping report: ${data.instance}`)}</title>
<style>${style}</style>
</head>
<body>
<div id="report"><noscript>This report needs JavaScript; it holds all it needs and sends no request.</noscript></div>
<script type="application/json" id="data">${escapeJson(data)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** Leaves no `<`, so that nothing in the data can end the element it stands in. */
function escapeJson(data: ReportData): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
