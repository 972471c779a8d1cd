import type { HaloDescription } from './distil.ts';

/** Returns what the newer description has that the older one lacks, lacks that it has, and says otherwise; one line each. */
export function compareDescriptions(older: HaloDescription, newer: HaloDescription): string[] {
  const before = factsOf(older);
  const after = factsOf(newer);
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => {
    const was = before.get(name);
    const is = after.get(name);
    if (was === is) return [];
    if (was === undefined) return [`+ ${name}: ${is}`];
    return is === undefined ? [`- ${name}: ${was}`] : [`~ ${name}: ${was} -> ${is}`];
  });
}

/** Every fact under one name, so that two descriptions can be compared as two lists of lines. */
function factsOf({ operations, schemas }: HaloDescription): Map<string, string> {
  const facts = new Map<string, string>();
  for (const [path, verbs] of Object.entries(operations)) {
    for (const [verb, { query = {}, body }] of Object.entries(verbs)) {
      facts.set(`${verb} ${path}`, body === undefined ? 'no body' : `body ${body}`);
      for (const [name, type] of Object.entries(query)) facts.set(`${verb} ${path} ?${name}`, type);
    }
  }
  for (const [schema, properties] of Object.entries(schemas)) {
    for (const [name, type] of Object.entries(properties)) facts.set(`${schema}.${name}`, type);
  }
  return facts;
}
