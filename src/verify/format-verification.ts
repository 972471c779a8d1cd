import { plural } from './plural.ts';
import type { VerificationReport, VerificationStage } from './report.ts';

/** Width of a terminal that nobody has narrowed. */
const LINE_WIDTH = 100;
const STATUS_WIDTH = 9;
const TITLE_WIDTH = 22;
const INDENT = ' '.repeat(STATUS_WIDTH);

/**
 * Returns a verification as text for a terminal or a log: one line for each stage, and below those that need attention
 * what it means and what to do.
 *
 * @param report what `halo.verify()` or `verifyConnection` returned
 * @example
 * ```ts
 * import { configFromEnv, createHaloClient, formatVerification } from 'halo-psa';
 *
 * const halo = createHaloClient(configFromEnv());
 * console.log(formatVerification(await halo.verify()));
 * ```
 */
export function formatVerification(report: VerificationReport): string {
  return [headline(report), '', ...report.stages.flatMap(stageLines)].join('\n');
}

function headline({ host, status, stages, requests, elapsedMs }: VerificationReport): string {
  const warnings = stages.filter((stage) => stage.status === 'warning').length;
  const broken = stages.find((stage) => stage.status === 'failed');
  const verdict = {
    ok: 'the connection is in order',
    warning: `the connection works, with ${plural(warnings, 'warning')}`,
    failed: `the connection does not work: ${broken?.title ?? ''}`,
  }[status];
  return `Halo ${host ?? '(no usable address)'}: ${verdict} (${plural(requests, 'request')}, ${elapsedMs} ms)`;
}

function stageLines({ status, title, observed, meaning, fix }: VerificationStage): string[] {
  const head = `${status.padEnd(STATUS_WIDTH)}${title.padEnd(TITLE_WIDTH)}`;
  const first = wrap(observed, head, ' '.repeat(STATUS_WIDTH + TITLE_WIDTH));
  if (fix === null) return first;
  return [...first, ...wrap(meaning, INDENT, INDENT), ...wrap(fix, `${INDENT}Fix: `, `${INDENT}     `)];
}

/** Breaks a text at spaces; a word longer than a line stays whole. */
function wrap(text: string, first: string, indent: string): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > LINE_WIDTH) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}
