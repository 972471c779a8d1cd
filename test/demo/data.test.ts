import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { exampleFile } from '../../src/cli/demo/example-file.ts';

type Row = Record<string, string>;

const read = (name: string): Row[] => parse(readFileSync(exampleFile(name)), { columns: true });
const organizations = read('organizations.csv');
const customers = read('customers.csv');
const truth = read('truth.csv');
const organizationNames = new Map(organizations.map((row) => [row.id, row.name!]));
const customerNames = new Map(customers.map((row) => [row.id, row.name!]));
const share = (rows: readonly Row[]) => rows.length / organizations.length;
const repeated = (values: readonly (string | undefined)[]) =>
  values.filter((value, index) => values.indexOf(value) !== index);

/** Generous on purpose: whatever is stripped here makes more names equal, and the rule is a ceiling. */
const LEGAL_FORMS = new Set(
  (
    'ltd limited plc llp llc inc incorporated corp corporation co company gmbh mbh ag aktiengesellschaft kg kgaa ev se sa ' +
    'sas spa srl nv bv asa as ab hf oyj oy aps ua na aor jv the'
  ).split(' '),
);

function stripped(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll('gesellschaft mit beschrankter haftung', 'gmbh')
    .replaceAll(/['’.]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !LEGAL_FORMS.has(word))
    .join(' ');
}

describe('the example lists', () => {
  it('hold at least 320 organizations and 440 customers', () => {
    expect(organizations.length).toBeGreaterThanOrEqual(320);
    expect(customers.length).toBeGreaterThanOrEqual(440);
  });

  it.each([
    ['organizations', organizations],
    ['customers', customers],
  ])('give each of the %s an id and a name of its own', (_, rows) => {
    expect(rows.filter(({ id, name }) => !id?.trim() || !name?.trim())).toEqual([]);
    expect(repeated(rows.map(({ id }) => id))).toEqual([]);
    expect(repeated(rows.map(({ name }) => name))).toEqual([]);
  });

  it('number customers as Halo does', () => {
    expect(customers.filter(({ id }) => !/^[1-9]\d*$/.test(id!))).toEqual([]);
  });

  it('have one line of truth for every organization, in the same order', () => {
    expect(truth.map((row) => row.organization_id)).toEqual(organizations.map(({ id }) => id));
  });

  it('name only customers that exist', () => {
    const named = truth
      .flatMap((row) => [row.customer_id!, row.near_miss_customer_id!])
      .filter((id) => id !== '');
    expect(named.filter((id) => !customerNames.has(id))).toEqual([]);
  });

  it('say of every row what kind of difference it is, and why', () => {
    expect(truth.filter((row) => !/^[a-z-]+$/.test(row.kind!) || !/\w.*\.$/.test(row.note!))).toEqual([]);
  });

  it('have no customer and a named near-miss in at least 15 % of the organizations', () => {
    const absent = truth.filter((row) => row.customer_id === '');
    const nearMisses = absent.filter((row) => row.kind === 'near-miss' && row.near_miss_customer_id !== '');
    expect(nearMisses).toEqual(absent);
    expect(truth.filter((row) => row.kind === 'near-miss')).toEqual(absent);
    expect(share(nearMisses)).toBeGreaterThanOrEqual(0.15);
  });

  it('make each near-miss look like its customer: a word, or the beginning of one, in common', () => {
    const words = (name: string) => stripped(name).split(' ');
    const alike = (a: string, b: string) =>
      words(a).some((word) => words(b).some((other) => word.slice(0, 3) === other.slice(0, 3)));
    const strangers = truth
      .filter((row) => row.kind === 'near-miss')
      .map(
        (row) =>
          [
            organizationNames.get(row.organization_id!)!,
            customerNames.get(row.near_miss_customer_id!)!,
          ] as const,
      )
      .filter(([a, b]) => !alike(a, b));
    // Alike by a letter, by initials and by sound.
    expect(strangers).toEqual([
      ['Arriva plc', 'Aviva plc'],
      ['HP Inc.', 'Hewlett Packard Enterprise Company'],
      ['Динамо Київ', 'FC Dynamo Moscow'],
    ]);
  });

  it('are equal after lower-casing and without legal forms in at most 35 % of the organizations', () => {
    const equal = truth.filter((row) => {
      const customer = customerNames.get(row.customer_id!);
      return (
        customer !== undefined &&
        stripped(organizationNames.get(row.organization_id!)!) === stripped(customer)
      );
    });
    expect(equal.length).toBeGreaterThan(0);
    expect(share(equal)).toBeLessThanOrEqual(0.35);
  });

  it('are abbreviations, former or trading names in at least 10 % of the organizations', () => {
    const kinds = ['abbreviation', 'former', 'trading'];
    expect(share(truth.filter((row) => kinds.includes(row.kind!)))).toBeGreaterThanOrEqual(0.1);
  });

  it('have customers that no organization is, some of them inactive', () => {
    const mapped = new Set(truth.map((row) => row.customer_id));
    const unmapped = customers.filter(({ id }) => !mapped.has(id));
    expect(unmapped.length).toBeGreaterThan(100);
    expect(unmapped.some((row) => row.inactive === 'true')).toBe(true);
  });

  it('are described in their README with the numbers they have', () => {
    const readme = readFileSync(exampleFile('README.md'), 'utf8');
    const kinds = truth.map((row) => row.kind);
    const rows = kinds.map((kind) => `| ${kind} | ${kinds.filter((other) => other === kind).length} |`);
    expect(rows.filter((row) => !readme.includes(row))).toEqual([]);
    expect(readme).toContain(`${organizations.length} organizations`);
    expect(readme).toContain(`${customers.length} customers`);
  });
});
