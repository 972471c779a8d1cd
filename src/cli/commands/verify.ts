import type { Command } from 'commander';
import {
  createHaloInstances,
  type HaloConfig,
  HaloConfigError,
  type VerificationReport,
  type VerificationStage,
  verifyConnection,
} from '../../index.ts';
import { connectionConfigs } from '../connect.ts';
import { addConnectionOptions, type ConnectionOptions } from '../connection-options.ts';
import type { Act, CliContext, Handler } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { printJson } from '../output/json.ts';
import { createProgress } from '../output/progress.ts';
import { printable } from '../output/text.ts';
import { printVerdict, stageText } from '../print-verification.ts';
import { reportUnusable } from '../report-unusable.ts';

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
Checks address, TLS, sign-in, agent, customers, teams and permissions, at most 8 requests, and changes nothing. Of
several Halos it checks each, unless --instance names one, also where the settings of another cannot be used. Ends with
1 when a stage failed.

Example:
  $ halo-psa verify --instance uk`,
    )
    .action(act(verify));
}

const verify: Handler<VerifyOptions> = async (options, context) => {
  const found = await connectionConfigs(options, context);
  const [only, ...others] = found.values();
  return others.length > 0 || only === undefined || only instanceof HaloConfigError
    ? verifyEach(found, options, context)
    : verifyOne(only, options, context);
};

async function verifyOne(
  config: HaloConfig,
  { json }: VerifyOptions,
  { out, signal }: CliContext,
): Promise<ExitCode> {
  const onStage = (stage: VerificationStage) => void out.write(stageText(out, stage));
  const report = await verifyConnection(config, json ? { signal } : { signal, onStage });
  if (json) await printJson(out, report);
  else {
    await out.line();
    await printVerdict(out, report);
  }
  return report.ok ? EXIT.ok : EXIT.notInOrder;
}

/** Checks several at one time, and prints one below the other. */
async function verifyEach(
  found: ReadonlyMap<string, HaloConfig | HaloConfigError>,
  { json }: VerifyOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { out } = context;
  const reports = await reportEach(found, context);
  const broken = [...reports].filter(([, { ok }]) => !ok).map(([name]) => name);
  if (json) await printJson(out, Object.fromEntries(reports));
  else {
    for (const [name, report] of reports) {
      await out.line(out.paint('bold', printable(name)));
      for (const stage of report.stages) await out.write(stageText(out, stage));
      await printVerdict(out, report);
      await out.line();
    }
    await out.line(summaryText(reports.size, broken));
  }
  return broken.length === 0 ? EXIT.ok : EXIT.notInOrder;
}

async function reportEach(
  found: ReadonlyMap<string, HaloConfig | HaloConfigError>,
  { err, signal, now }: CliContext,
): Promise<ReadonlyMap<string, VerificationReport>> {
  const usable = [...found].flatMap(([name, each]) =>
    each instanceof HaloConfigError ? [] : [[name, each] as const],
  );
  await using halos = createHaloInstances(Object.fromEntries(usable));
  const progress = createProgress(err, now);
  progress.show(`Checking ${printable(halos.names.join(', '))} ...`);
  const verified = await halos.verifyAll({ signal }).finally(() => progress.clear());
  const reports = new Map<string, VerificationReport>();
  for (const [name, each] of found)
    reports.set(name, each instanceof HaloConfigError ? await reportUnusable(each) : verified[name]!);
  return reports;
}

function summaryText(count: number, broken: readonly string[]): string {
  if (broken.length === 0) return count === 2 ? 'Both connections work.' : `All ${count} connections work.`;
  const verb = broken.length === 1 ? 'does' : 'do';
  return `${broken.length} of ${count} connections ${verb} not work: ${printable(broken.join(', '))}`;
}
