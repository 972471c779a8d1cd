import type { Command } from 'commander';
import { type VerificationStage, type VerificationStatus, verifyConnection } from '../../index.ts';
import { connectionConfig } from '../connect.ts';
import { addConnectionOptions, type ConnectionOptions } from '../connection-options.ts';
import type { Act, Handler } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { printJson } from '../output/json.ts';
import type { Printer } from '../output/printer.ts';
import { plural, printable, wrap } from '../output/text.ts';

interface VerifyOptions extends ConnectionOptions {
  readonly json?: boolean | undefined;
}

/** Declares `halo-psa verify`. */
export function define(command: Command, act: Act): void {
  addConnectionOptions(command)
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      `
Checks address, TLS, sign-in, agent, customers, teams and permissions, at most 8 requests, and changes nothing.
Ends with 1 when a stage failed.

Example:
  $ halo-psa verify --instance uk`,
    )
    .action(act(verify));
}

const verify: Handler<VerifyOptions> = async (options, context) => {
  const { out, signal } = context;
  const config = await connectionConfig(options, context);
  const onStage = (stage: VerificationStage) => void out.write(stageText(out, stage));
  const report = await verifyConnection(config, options.json ? { signal } : { signal, onStage });
  if (options.json) await printJson(out, report);
  else await printVerdict(out, report);
  return report.ok ? EXIT.ok : EXIT.notInOrder;
};

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
function stageText(out: Printer, { status, title, observed, meaning, fix }: VerificationStage): string {
  const { mark, colour } = MARKS[status];
  const head = `${out.paint(colour, `${mark} ${status.padEnd(8)}`)} ${title.padEnd(TITLE_WIDTH)}`;
  const lines = [wrap(`${head}${printable(observed)}`, out.width, INDENT + ' '.repeat(TITLE_WIDTH))];
  if (fix !== null) {
    lines.push(wrap(`${INDENT}${printable(meaning)}`, out.width, INDENT));
    lines.push(wrap(`${INDENT}${out.paint('cyan', 'Fix:')} ${printable(fix)}`, out.width, `${INDENT}     `));
  }
  return `${lines.join('\n')}\n`;
}

async function printVerdict(
  out: Printer,
  { host, status, stages, requests, elapsedMs }: Awaited<ReturnType<typeof verifyConnection>>,
): Promise<void> {
  const warnings = stages.filter((stage) => stage.status === 'warning').length;
  const verdict = {
    ok: 'the connection is in order',
    warning: `the connection works, with ${plural(warnings, 'warning')}`,
    failed: 'the connection does not work',
  }[status];
  const { colour } = MARKS[status];
  await out.line(
    `\n${out.paint(['bold', colour], `Halo ${printable(host ?? '(no usable address)')}: ${verdict}`)} (${plural(requests, 'request')}, ${elapsedMs} ms)`,
  );
}
