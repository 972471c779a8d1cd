import type { Command } from 'commander';
import {
  createHaloInstances,
  type HaloConfig,
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
several Halos it checks each, unless --instance names one. Ends with 1 when a stage failed.

Example:
  $ halo-psa verify --instance uk`,
    )
    .action(act(verify));
}

const verify: Handler<VerifyOptions> = async (options, context) => {
  const configs = await connectionConfigs(options, context);
  const [only, ...others] = configs.values();
  return only !== undefined && others.length === 0
    ? verifyOne(only, options, context)
    : verifyEach(configs, options, context);
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
  configs: ReadonlyMap<string, HaloConfig>,
  { json }: VerifyOptions,
  { out, err, signal, now }: CliContext,
): Promise<ExitCode> {
  await using halos = createHaloInstances(Object.fromEntries(configs));
  const progress = createProgress(err, now);
  progress.show(`Checking ${printable(halos.names.join(', '))} ...`);
  const reports = await halos.verifyAll({ signal }).finally(() => progress.clear());
  const broken = halos.names.filter((name) => reports[name]?.ok !== true);
  if (json) await printJson(out, reports);
  else {
    for (const [name, report] of Object.entries(reports)) {
      await out.line(out.paint('bold', printable(name)));
      for (const stage of report.stages) await out.write(stageText(out, stage));
      await printVerdict(out, report);
      await out.line();
    }
    await out.line(summaryText(halos.names.length, broken));
  }
  return broken.length === 0 ? EXIT.ok : EXIT.notInOrder;
}

function summaryText(count: number, broken: readonly string[]): string {
  if (broken.length === 0) return count === 2 ? 'Both connections work.' : `All ${count} connections work.`;
  const verb = broken.length === 1 ? 'does' : 'do';
  return `${broken.length} of ${count} connections ${verb} not work: ${printable(broken.join(', '))}`;
}
