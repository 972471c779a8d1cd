import { AsyncLocalStorage } from 'node:async_hooks';
import {
  createHaloClient,
  createSecret,
  type HaloClient,
  type HaloClientConfig,
  HaloConfigError,
  type Secret,
  type VerificationReport,
  type VerificationStage,
  verifyConnection,
} from '../index.ts';
import type { FieldProblem, InstanceState, SettingsForm } from './api-types.ts';
import type { ConsoleInstance } from './console-options.ts';
import { ConsoleProblem } from './console-problem.ts';
import { waitText } from './wait-text.ts';

const NO_SETTINGS: SettingsForm = {
  resourceServer: '',
  clientId: '',
  tenantId: '',
  authServer: '',
  clientSecret: '',
  onPremise: false,
  allowInsecureHttp: false,
};

/** What is kept of settings that were saved. */
export interface KeepOptions {
  /** Writes them to the settings file, where there is one. */
  readonly toFile: boolean;
  /** Writes the secret as well. */
  readonly withSecret: boolean;
}

/** Settings and client of one Halo instance. The secret goes in and never comes out. */
export class InstanceConnection {
  readonly instance: ConsoleInstance;
  #settings: Omit<SettingsForm, 'clientSecret'>;
  #secret: Secret | undefined;
  #client: HaloClient | undefined;
  #report: VerificationReport | null = null;
  /** Who is told of a wait: whoever asked for what waits. Browser tabs share the client. */
  readonly #waits = new AsyncLocalStorage<(text: string) => void>();

  constructor(instance: ConsoleInstance) {
    this.instance = instance;
    const { clientSecret, ...settings } = { ...NO_SETTINGS, ...instance.settings };
    this.#settings = settings;
    this.#secret = secretOf(clientSecret);
    if (this.problems({ ...settings, clientSecret: '' }).length === 0) this.#client = this.#connect();
  }

  get state(): InstanceState {
    return {
      name: this.instance.name,
      settings: this.#settings,
      hasSecret: this.#secret !== undefined,
      settingsFile: this.instance.settingsFile?.path ?? null,
      report: this.#report,
    };
  }

  /**
   * The client of the settings as they are.
   *
   * @throws {ConsoleProblem} when there are no usable settings yet
   */
  get client(): HaloClient {
    if (this.#client !== undefined) return this.#client;
    const message = `There are no settings for ${this.instance.name} yet.`;
    throw new ConsoleProblem(409, 'NOT_CONNECTED', message, 'Fill in Connection and save it.');
  }

  /** Runs an action, and tells in words of each wait for Halo's rate limit that it meets itself. */
  tellingWaits<Result>(tell: (text: string) => void, action: () => Promise<Result>): Promise<Result> {
    return this.#waits.run(tell, action);
  }

  /** Returns what is wrong with a form, by field, without any request. */
  problems(form: SettingsForm): FieldProblem[] {
    try {
      createHaloClient(this.#configOf(form));
      return [];
    } catch (error) {
      if (error instanceof HaloConfigError) return [...error.issues];
      throw error;
    }
  }

  /** Takes settings over, as far as they can be used, and verifies them stage by stage. */
  async save(form: SettingsForm, onStage: (stage: VerificationStage) => void): Promise<VerificationReport> {
    const config = this.#configOf(form);
    if (this.problems(form).length === 0) await this.#takeOver(form);
    this.#report = await verifyConnection(config, { onStage });
    return this.#report;
  }

  /**
   * Writes the settings in use to the settings file; null where there is none, or it is not wanted.
   *
   * @throws {ConsoleProblem} when it cannot be written
   */
  async keep({ toFile, withSecret }: KeepOptions): Promise<{ file: string; withSecret: boolean } | null> {
    const { settingsFile } = this.instance;
    if (!toFile || settingsFile === undefined) return null;
    await settingsFile
      .write(this.#settings, withSecret ? this.#secret?.reveal() : undefined)
      .catch((error: unknown) => {
        const message = `The settings are not written: ${error instanceof Error ? error.message : error}`;
        throw new ConsoleProblem(422, 'SETTINGS_NOT_WRITTEN', message);
      });
    return { file: settingsFile.path, withSecret };
  }

  async close(): Promise<void> {
    await this.#client?.close();
  }

  async #takeOver({ clientSecret, ...settings }: SettingsForm): Promise<void> {
    const before = this.#client;
    this.#settings = settings;
    this.#secret = secretOf(clientSecret) ?? this.#secret;
    this.#client = this.#connect();
    await before?.close();
  }

  #connect(): HaloClient {
    return createHaloClient(this.#configOf({ ...this.#settings, clientSecret: '' }));
  }

  #configOf({ clientSecret, onPremise, allowInsecureHttp, ...texts }: SettingsForm): HaloClientConfig {
    const { fetch, scope } = this.instance;
    // Texts as typed: what is wrong with them is for the package's own check to say.
    return {
      ...texts,
      clientSecret: secretOf(clientSecret) ?? this.#secret ?? '',
      logger: { warn: (message: string, { waitMs }: { waitMs?: unknown }) => this.#tell(message, waitMs) },
      ...(onPremise ? { onPremise } : {}),
      ...(allowInsecureHttp ? { allowInsecureHttp } : {}),
      ...(scope === undefined ? {} : { scope }),
      ...(fetch === undefined ? {} : { fetch }),
    } as unknown as HaloClientConfig;
  }

  #tell(message: string, waitMs: unknown): void {
    if (typeof waitMs === 'number') this.#waits.getStore()?.(`${message}: ${waitText(waitMs)}.`);
  }
}

function secretOf(text: string): Secret | undefined {
  return text.trim() === '' ? undefined : createSecret(text);
}
