import { type Command, Option } from 'commander';
import { UsageError } from './usage-error.ts';

/** Which Halo, and how to sign in, as a command line says it. */
export interface ConnectionOptions {
  readonly instance?: string | undefined;
  readonly settings?: string | undefined;
  readonly resourceServer?: string | undefined;
  readonly authServer?: string | undefined;
  readonly tenantId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecretFile?: string | undefined;
  readonly scope?: string | undefined;
  readonly onPremise?: boolean | undefined;
  readonly allowInsecureHttp?: boolean | undefined;
  readonly demo?: boolean | undefined;
}

const HEADING = 'Connection (or variables HALO_RESOURCE_SERVER, ...):';

/** Adds the options that say which Halo to talk to. */
export function addConnectionOptions(command: Command): Command {
  const options = [
    new Option('--demo', 'use an embedded Halo with example customers'),
    new Option('--instance <name>', 'one of several Halos: uk reads HALO_UK_...'),
    new Option('--settings <file>', 'read the settings from a JSON file'),
    new Option('--resource-server <host>', 'Resource Server'),
    new Option('--auth-server <url>', "Authorisation Server (default: the resource server's /auth)"),
    new Option('--tenant-id <id>', 'Tenant'),
    new Option('--client-id <id>', 'Client ID'),
    new Option('--client-secret-file <file>', 'file that holds the Client Secret'),
    new Option('--scope <scopes>', 'permissions to ask for (default: all)'),
    new Option('--on-premise', "a Halo on the organization's own server"),
    new Option('--allow-insecure-http', 'on-premise: permit http://'),
  ];
  for (const option of options) command.addOption(option.helpGroup(HEADING));
  return command.addOption(refusedSecret());
}

/** Other users of the machine see the arguments of every program, and shells keep them. */
function refusedSecret(): Option {
  return new Option('--client-secret <secret>').hideHelp().argParser(() => {
    // Its own error: the library's would repeat the secret.
    throw new UsageError(
      'A secret must not be an argument: every user of this machine can see it',
      'Use --client-secret-file FILE or HALO_CLIENT_SECRET, or type it when asked.',
    );
  });
}
