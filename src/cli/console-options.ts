import { resolve } from 'node:path';
import type { SettingsForm } from '../console/api-types.ts';
import type { ConsoleInstance, ConsoleOptions } from '../console/console-options.ts';
import { demoConsole } from '../console/demo-halo.ts';
import { createJsonFileStore } from '../stores/index.ts';
import type { ConnectionOptions } from './connection-options.ts';
import type { CliContext } from './context.ts';
import { exampleFile } from './demo/example-file.ts';
import { readCustomers } from './input/lists.ts';
import { type DeciderOptions, deciderOf, nextCommand } from './mapping-options.ts';
import { type OrganizationsOptions, organizationsOf } from './organizations.ts';
import { type MappingFileOptions, mappingFiles, shownPath } from './pending/mapping-files.ts';
import { waitingCount } from './pending/pending-files.ts';
import { type NamedSettings, rawSettings } from './raw-settings.ts';
import { UNNAMED } from './settings.ts';
import type { RawSettings } from './settings-file.ts';
import { DEFAULT_SETTINGS_FILE, writableSettings } from './write-settings.ts';

/** Options of `halo-psa console`. */
export interface ConsoleCommandOptions
  extends ConnectionOptions,
    MappingFileOptions,
    DeciderOptions,
    Pick<OrganizationsOptions, 'organizations'> {
  readonly port?: number | undefined;
}

/** Returns what the console is started with: every Halo that the settings know, or the embedded ones of `--demo`. */
export async function consoleOptions(
  options: ConsoleCommandOptions,
  context: CliContext,
): Promise<ConsoleOptions> {
  const { port } = options;
  const { by } = deciderOf(options, context);
  // A list that cannot be read is worth knowing before a page is opened.
  const { records: organizations } = await organizationsOf(options, context);
  if (options.demo === true) {
    const { records: customers } = readCustomers(exampleFile('customers.csv'));
    return { ...demoConsole({ organizations, customers }), port, by };
  }
  const found = await rawSettings(options, context);
  return { instances: found.map((each) => consoleInstance(each, options, context)), port, by };
}

function consoleInstance(
  { name, settings }: NamedSettings,
  options: ConsoleCommandOptions,
  context: CliContext,
): ConsoleInstance {
  const file = resolve(context.cwd, options.settings ?? DEFAULT_SETTINGS_FILE);
  const mappingOptions = { mapping: options.mapping, instance: name };
  const files = mappingFiles(mappingOptions, context);
  return {
    name: name ?? UNNAMED,
    settings: formOf(settings),
    scope: textOf(settings.scope),
    settingsFile: writableSettings(file, name),
    // Read anew at every refresh.
    organizations: async () => (await organizationsOf(options, context)).records,
    store: createJsonFileStore(files.mapping),
    waitingDecisions: async () => {
      const count = await waitingCount(files);
      if (count === 0) return null;
      const file = shownPath(files.decisions, context.cwd);
      return { count, file, command: nextCommand('save', mappingOptions, context) };
    },
  };
}

const TEXTS = ['resourceServer', 'clientId', 'tenantId', 'authServer'] as const;

function formOf(settings: RawSettings): Partial<SettingsForm> {
  const { clientSecret, onPremise, allowInsecureHttp } = settings;
  const texts = TEXTS.map((name) => [name, textOf(settings[name]) ?? '']);
  return {
    ...Object.fromEntries(texts),
    clientSecret: isSecret(clientSecret) ? clientSecret.reveal() : (textOf(clientSecret) ?? ''),
    onPremise: isYes(onPremise),
    allowInsecureHttp: isYes(allowInsecureHttp),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isYes(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(true|1|yes)$/i.test(value.trim()));
}

function isSecret(value: unknown): value is { reveal(): string } {
  return typeof value === 'object' && value !== null && 'reveal' in value;
}
