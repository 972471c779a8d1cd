import type { SettingsFile } from '../console/console-options.ts';
import { isJsonObject, type JsonObject } from './input/json-object.ts';
import { parseJson, readTextIfThere } from './input/read-text.ts';
import { writeWholeFile } from './output/write-file.ts';

/** Where settings are written when no file was named. */
export const DEFAULT_SETTINGS_FILE = 'halo-psa.json';

/**
 * Returns how settings are written into a JSON file that `--settings` reads: the settings of one instance, with
 * everything else in the file left as it is. The file has mode 0600, since it may hold a secret.
 */
export function writableSettings(path: string, instance: string | undefined): SettingsFile {
  return {
    path,
    async write(settings, clientSecret) {
      const text = await readTextIfThere(path);
      const file = text === null ? {} : objectOf(parseJson(text, path));
      const known = instance === undefined ? file : objectOf(objectOf(file.instances)[instance]);
      // A secret that is written takes the place of the file that held it.
      const secret = clientSecret === undefined ? {} : { clientSecret, clientSecretFile: '' };
      const written = withoutBlanks({ ...known, ...settings, ...secret });
      const next =
        instance === undefined
          ? written
          : { ...file, instances: { ...objectOf(file.instances), [instance]: written } };
      await writeWholeFile(path, `${JSON.stringify(next, null, 2)}\n`);
    },
  };
}

/** A blank or switched-off setting is one that is left out. */
function withoutBlanks(settings: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== '' && value !== false));
}

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
