import {
  formatVerification,
  type VerificationReport,
  type VerificationStage,
  type VerificationStatus,
} from '../index.ts';
import type { Printer } from './output/printer.ts';
import { printable, wrap } from './output/text.ts';

const MARKS: Readonly<
  Record<VerificationStatus, { mark: string; colour: 'green' | 'yellow' | 'red' | 'gray' }>
> = {
  ok: { mark: '✓', colour: 'green' },
  warning: { mark: '!', colour: 'yellow' },
  failed: { mark: '✗', colour: 'red' },
  skipped: { mark: '-', colour: 'gray' },
};
const INDENT = ' '.repeat(11);
const TITLE_WIDTH = 22;

/** Returns one stage as lines; in one piece, since the next may come before these are written. */
export function stageText(
  out: Printer,
  { status, title, observed, meaning, fix }: VerificationStage,
): string {
  const { mark, colour } = MARKS[status];
  const head = `${out.paint(colour, `${mark} ${status.padEnd(8)}`)} ${title.padEnd(TITLE_WIDTH)}`;
  const lines = [wrap(`${head}${printable(observed)}`, out.width, INDENT + ' '.repeat(TITLE_WIDTH))];
  if (fix !== null) {
    lines.push(wrap(`${INDENT}${printable(meaning)}`, out.width, INDENT));
    lines.push(wrap(`${INDENT}${out.paint('cyan', 'Fix:')} ${printable(fix)}`, out.width, `${INDENT}     `));
  }
  return `${lines.join('\n')}\n`;
}

/** Prints what became of a connection, in one line. */
export async function printVerdict(out: Printer, report: VerificationReport): Promise<void> {
  const [headline = ''] = formatVerification(report).split('\n', 1);
  await out.line(out.paint(['bold', MARKS[report.status].colour], printable(headline)));
}
