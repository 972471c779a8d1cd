import type { FetchFunction, MappingRecord } from '../index.ts';
import type { MappingStore } from '../workflow/index.ts';
import type { DemoAction, DemoState, SettingsForm, WaitingDecisions } from './api-types.ts';

/** What is kept of settings where a person asks for it. The secret only where that was ticked as well. */
export interface SettingsFile {
  /** Its path, for people. */
  readonly path: string;
  /** Writes the settings with mode 0600. An undefined secret leaves one that is there already alone. */
  write(settings: Omit<SettingsForm, 'clientSecret'>, clientSecret: string | undefined): Promise<void>;
}

/** One Halo instance as the console gets it. */
export interface ConsoleInstance {
  readonly name: string;
  /** What is known of its settings so far. */
  readonly settings?: Partial<SettingsForm> | undefined;
  /** Where settings can be written. @default nowhere: they stay in memory */
  readonly settingsFile?: SettingsFile | undefined;
  /** Reads the organizations to map; called at every refresh. */
  readonly organizations: () => readonly MappingRecord[] | Promise<readonly MappingRecord[]>;
  readonly store: MappingStore;
  /** Looks for decisions about this mapping that another program left unsaved; called at every refresh. @default none */
  readonly waitingDecisions?: (() => Promise<WaitingDecisions | null>) | undefined;
  /** OAuth scopes; the form has no field for them. @default 'all' */
  readonly scope?: string | undefined;
  /** Sends the requests to Halo. @default the global `fetch` */
  readonly fetch?: FetchFunction | undefined;
}

/** An embedded Halo that may be changed from the page. */
export interface ConsoleDemo extends DemoState {
  change(instance: string, action: DemoAction): void;
}

/** Options of `startConsole`. */
export interface ConsoleOptions {
  /** At least one; each is a tab of the page. */
  readonly instances: readonly ConsoleInstance[];
  /** Port of this machine; 0 takes a free one. @default 0 */
  readonly port?: number | undefined;
  /** Who decides, noted with each decision. @default nobody is named */
  readonly by?: string | undefined;
  readonly demo?: ConsoleDemo | undefined;
  /** Told of errors that the page is not shown, because nobody knows what they hold. @default nobody */
  readonly onFault?: ((error: unknown) => void) | undefined;
  /** Folder of the built page. @default the one in this package */
  readonly pageFolder?: string | undefined;
}
