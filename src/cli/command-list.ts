import type { Command } from 'commander';
import type { Act } from './context.ts';

/** A command's file: it declares options, help and action. */
export interface CommandModule {
  readonly define: (command: Command, act: Act) => void;
}

/** A command as the overview shows it; its file is loaded when it is asked for. */
export interface ListedCommand {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

/** Every command, in the order in which a newcomer needs them. */
export const COMMANDS: readonly ListedCommand[] = [
  {
    name: 'demo',
    summary: 'suggest mappings on the example lists, without a Halo',
    load: () => import('./commands/demo.ts'),
  },
  {
    name: 'verify',
    summary: 'check the connection to Halo, stage by stage',
    load: () => import('./commands/verify.ts'),
  },
];
