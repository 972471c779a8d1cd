/**
 * Distils the OpenAPI description of a Halo into `test/contract/halo-description.json`, against which the tests check
 * paths, parameters and fields, and prints what it changed. Every Halo serves its own description below `/api/swagger`.
 *
 *     npm run contract -- path/to/swagger.json [--month 2026-10] [--print]
 *
 * `--month` says of when the description is (default: this month); `--print` only prints.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compareDescriptions } from './contract/compare.ts';
import { distil, type HaloDescription } from './contract/distil.ts';

const facts = new URL('../test/contract/halo-description.json', import.meta.url);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { month: { type: 'string' }, print: { type: 'boolean', default: false } },
});
const [file] = positionals;
if (file === undefined) {
  console.error('Usage: npm run contract -- path/to/swagger.json [--month 2026-10] [--print]');
  process.exit(2);
}

const month = values.month ?? new Date().toISOString().slice(0, 7);
const newer = distil(JSON.parse(readFileSync(file, 'utf8')), month);
const older: HaloDescription = existsSync(facts)
  ? (JSON.parse(readFileSync(facts, 'utf8')) as HaloDescription)
  : { source: 'none', operations: {}, schemas: {} };
const changes = compareDescriptions(older, newer);
console.log(
  `${older.source} -> ${newer.source}: ${changes.length === 0 ? 'no change' : `${changes.length} changes`}`,
);
for (const change of changes) console.log(change);
if (!values.print) writeFileSync(facts, `${JSON.stringify(newer, null, 2)}\n`);
