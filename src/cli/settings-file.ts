import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createSecret } from '../index.ts';
import type { CliContext } from './context.ts';
import { InputError } from './input/input-error.ts';
import { isJsonObject, type JsonObject } from './input/json-object.ts';
import { parseJson, readText } from './input/read-text.ts';
import { readSecretFile, warnIfOthersCanRead } from './secret-file.ts';
import { UsageError } from './usage-error.ts';

/** Settings under the names that `createHaloClient` has, not yet checked. */
export type RawSettings = JsonObject;

/**
 * Reads the settings of one Halo from a JSON file: either the settings themselves, or `instances` by name. A
 * `clientSecretFile`, relative to this file, takes the place of `clientSecret`.
 *
 * @throws {InputError} when the file cannot be read, or is no such JSON
 * @throws {UsageError} when it does not say which instance is meant
 */
export async function readSettingsFile(
  path: string,
  instance: string | undefined,
  context: CliContext,
): Promise<RawSettings> {
  const file = resolve(context.cwd, path);
  const settings = pickInstance(parse(path, await readText(file, path)), path, instance);
  if (settings.clientSecret !== undefined) await warnIfOthersCanRead(file, context);
  const { clientSecretFile, clientSecret, ...rest } = settings;
  if (typeof clientSecretFile === 'string')
    return { ...rest, clientSecret: await readSecretFile(resolve(dirname(file), clientSecretFile), context) };
  return typeof clientSecret === 'string' ? { ...rest, clientSecret: createSecret(clientSecret) } : settings;
}

/**
 * Returns the names of the Halos in such a file; undefined for the only one, without a name.
 *
 * @throws {InputError} when the file cannot be read, or is no such JSON
 * @throws {UsageError} when it has none
 */
export async function fileInstances(path: string, cwd: string): Promise<(string | undefined)[]> {
  const { instances } = parse(path, await readText(resolve(cwd, path), path));
  if (!isJsonObject(instances)) return [undefined];
  const names = Object.keys(instances);
  const odd = names.find((name) => !isJsonObject(instances[name]));
  if (odd !== undefined) throw new InputError(`"${odd}" in ${path} is not a JSON object with settings.`);
  if (names.length > 0) return names;
  throw new UsageError(
    `${path} has no instances`,
    'Add one under a name of yours: "instances": { "uk": { ... } }.',
  );
}

/**
 * Reads the settings of every Halo in such a file; one without `instances` is one Halo without a name. A file that is not
 * there yet has none.
 *
 * @throws {InputError} when the file cannot be read, or is no such JSON
 */
export async function readAllSettings(
  path: string,
  context: CliContext,
): Promise<{ readonly name: string | undefined; readonly settings: RawSettings }[]> {
  if (!existsSync(resolve(context.cwd, path))) return [{ name: undefined, settings: {} }];
  const names = await fileInstances(path, context.cwd);
  return Promise.all(
    names.map(async (name) => ({ name, settings: await readSettingsFile(path, name, context) })),
  );
}

function parse(path: string, text: string): RawSettings {
  const value = parseJson(text, path);
  if (isJsonObject(value)) return value;
  throw new InputError(`${path} is not a JSON object with settings such as "resourceServer".`);
}

function pickInstance(settings: RawSettings, path: string, instance: string | undefined): RawSettings {
  const { instances } = settings;
  if (instances === undefined) {
    if (instance === undefined) return settings;
    throw new UsageError(`${path} has no "instances", so there is no ${instance} in it`);
  }
  if (!isJsonObject(instances)) throw new InputError(`"instances" in ${path} is not a JSON object.`);
  const names = Object.keys(instances);
  const [only] = names;
  const name = instance ?? (names.length === 1 ? only : undefined);
  if (name === undefined)
    throw new UsageError(`${path} has several instances`, `Add --instance ${names.join(' or --instance ')}.`);
  const picked = Object.hasOwn(instances, name) ? instances[name] : undefined;
  if (isJsonObject(picked)) return picked;
  throw new UsageError(`${path} has no instance ${name}`, `It has: ${names.join(', ') || 'none'}.`);
}
