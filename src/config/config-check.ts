import { createRedactor } from '../auth/redactor.ts';
import type { Secret } from '../auth/secret.ts';
import { HaloConfigError, type HaloConfigIssue } from '../errors.ts';
import { API_APPLICATION, API_DETAILS } from '../halo-screens.ts';
import type { SettingName } from './schema.ts';

const HINTS: Readonly<Record<SettingName, string>> = {
  resourceServer: `In Halo: ${API_DETAILS} > Resource Server.`,
  authServer: `In Halo: ${API_DETAILS} > Authorisation Server.`,
  tenantId: `In Halo: ${API_DETAILS} > Tenant.`,
  clientId: `In Halo: ${API_APPLICATION} > Client ID.`,
  clientSecret: `In Halo: ${API_APPLICATION} > Client Secret. It is shown once; generate a new one if it is lost.`,
  scope: `In Halo: ${API_APPLICATION} > Permissions. The usual value is 'all'.`,
  onPremise: 'Use true for a Halo on your own server, false for a hosted one.',
  allowInsecureHttp: 'Only for a Halo on your own server that has no https.',
  tokenProvider: 'Pass the result of createTokenProvider, or an object with the same method.',
  fetch: 'Pass a function with the signature of the global fetch, or leave it out.',
  timeoutMs: 'Give milliseconds: 60000 is one minute.',
  maxRetries: 'Give a whole number from 0 to 10.',
  maxRateLimitWaitMs: 'Give milliseconds: 330000 is five and a half minutes.',
  logger: 'Pass console, or leave it out.',
};

/**
 * Collects what is wrong with settings.
 *
 * @internal
 */
export class ConfigCheck {
  readonly issues: HaloConfigIssue[] = [];
  readonly #nameOf: (setting: SettingName) => string;
  readonly #failed = new Set<SettingName>();

  constructor(nameOf: (setting: SettingName) => string) {
    this.#nameOf = nameOf;
  }

  add(setting: SettingName, message: string): void {
    this.#failed.add(setting);
    this.issues.push({ field: this.#nameOf(setting), message, hint: HINTS[setting] });
  }

  addUnknown(key: string, message: string): void {
    this.issues.push({ field: key, message, hint: `The settings are ${Object.keys(HINTS).join(', ')}.` });
  }

  /** Whether a problem of this setting is already known, so that nothing else is made of it. */
  failed(setting: SettingName): boolean {
    return this.#failed.has(setting);
  }

  error(secrets: readonly (string | Secret)[]): HaloConfigError {
    const redact = createRedactor(secrets);
    return new HaloConfigError(
      this.issues.map(({ field, message, hint }) => ({
        field: redact(field),
        message,
        hint,
      })),
    );
  }
}
