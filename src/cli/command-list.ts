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
  {
    name: 'console',
    summary: 'open a page on this machine: settings, suggestions, review, save',
    load: () => import('./commands/console.ts'),
  },
  {
    name: 'clients',
    summary: 'list customers, which Halo calls clients',
    load: async () => ({ define: (await import('./commands/list.ts')).defineClients }),
  },
  {
    name: 'agents',
    summary: 'list agents',
    load: async () => ({ define: (await import('./commands/list.ts')).defineAgents }),
  },
  {
    name: 'teams',
    summary: 'list teams',
    load: async () => ({ define: (await import('./commands/list.ts')).defineTeams }),
  },
  {
    name: 'suggest',
    summary: 'propose a customer for each organization',
    load: () => import('./commands/suggest.ts'),
  },
  {
    name: 'review',
    summary: 'accept, reject, search: decide one suggestion after the other',
    load: () => import('./commands/review.ts'),
  },
  {
    name: 'export',
    summary: 'write suggestions and mapping to a CSV file, to decide in a spreadsheet',
    load: () => import('./commands/export.ts'),
  },
  {
    name: 'import',
    summary: 'read the decisions of such a file',
    load: () => import('./commands/import.ts'),
  },
  {
    name: 'save',
    summary: 'show what the decisions change, and save it',
    load: () => import('./commands/save.ts'),
  },
  {
    name: 'check',
    summary: 'fail when the mapping is not in order, for a job',
    load: () => import('./commands/check.ts'),
  },
  {
    name: 'evaluate',
    summary: 'measure the suggestions against known answers',
    load: () => import('./commands/evaluate.ts'),
  },
];
