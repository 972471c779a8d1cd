import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/cli/input/input-error.ts';
import { readCustomers, readOrganizations, readTruth } from '../../src/cli/input/lists.ts';

const folder = mkdtempSync(join(tmpdir(), 'demo-lists-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(content: string | Uint8Array): string {
  files += 1;
  const path = join(folder, `${files}.csv`);
  writeFileSync(path, content);
  return path;
}

describe('lists of one’s own', () => {
  it('need an id and a name, and may bring aliases, domains, phones, postal codes and a state', () => {
    const path = file(
      'id,name,aliases,domains,phones,postal_codes,azure_tenant_id,inactive\n' +
        '7,Acme Ltd,Acme|ACM,acme.com;acme.co.uk,+44 20 7946 0000,EC1A 1BB,t-1;t-2,yes\n8,Beta,,,,,,\n',
    );
    expect(readOrganizations(path).records).toEqual([
      {
        id: '7',
        name: 'Acme Ltd',
        aliases: ['Acme', 'ACM'],
        domains: ['acme.com', 'acme.co.uk'],
        phones: ['+44 20 7946 0000'],
        postalCodes: ['EC1A 1BB'],
        identifiers: { azure_tenant_id: ['t-1', 't-2'] },
        inactive: true,
      },
      { id: '8', name: 'Beta' },
    ]);
  });

  it.each([
    ['a byte order mark', '\uFEFFid,name\n7,Acme\n'],
    ['semicolons', 'id;name\n7;Acme\n'],
    ['tabs', 'id\tname\n7\tAcme\n'],
    ['Windows line ends', 'id,name\r\n7,Acme\r\n'],
    ['blank lines', 'id,name\n\n7,Acme\n\n'],
    ['other columns first', 'Name, ID\nAcme, 7\n'],
    ['capitals and quotes', '"ID","Name"\n"7","Acme"\n'],
  ])('may be written with %s', (_, content) => {
    expect(readOrganizations(file(content)).records).toEqual([{ id: '7', name: 'Acme' }]);
  });

  it('say which columns they do not use', () => {
    expect(readOrganizations(file('id,name,Colour\n7,Acme,red\n')).unused).toEqual(['Colour']);
  });

  it('keep a name that is empty, for the engine to report', () => {
    expect(readOrganizations(file('id,name\n7,\n')).records).toEqual([{ id: '7', name: '' }]);
  });

  it.each([
    ['', 'is empty; expected a header line with "id", "name"'],
    ['id,name\n', 'has a header line and nothing below it'],
    [
      'id,title\n7,Acme\n',
      'has no column "name"; its header line is: id, title. Expected "id", "name", and if you like "aliases"',
    ],
    ['id,name,Name\n7,a,b\n', 'has two columns named "name"'],
    [
      'id,name\n7,Acme\n8,Beta, Inc\n',
      'line 3 has 3 cells, and the header line 2: a name with a comma in it needs quotes around it',
    ],
    ['id,name\n7\n', 'line 2 has 1 cell, and the header line 2.'],
    ['id,name\n7,"Acme\n', 'is not valid CSV: Quote Not Closed'],
    ['id,name\n,Acme\n', 'line 2: the id is empty'],
    ['id,name,inactive\n7,Acme,maybe\n', 'line 2: inactive is "maybe"; expected true, false or nothing'],
    [Uint8Array.of(0x69, 0x64, 0x0a, 0xe9), 'is not UTF-8; in a spreadsheet, save it as "CSV UTF-8"'],
  ])('are refused with a clear line: %j', (content, message) => {
    const path = file(content);
    expect(() => readOrganizations(path)).toThrow(InputError);
    expect(() => readOrganizations(path)).toThrow(message);
  });

  it('are refused when the path leads nowhere, or to a folder', () => {
    expect(() => readOrganizations(join(folder, 'none.csv'))).toThrow('none.csv: there is no such file.');
    expect(() => readOrganizations(folder)).toThrow('this is a folder, not a file.');
  });

  it('may repeat an id among organizations but not among customers, which Halo numbers', () => {
    const path = file('id,name\n7,Acme\n8,Beta\n7,Gamma\n');
    expect(readOrganizations(path).records).toHaveLength(3);
    expect(() => readCustomers(path)).toThrow('line 4: line 2 has the id "7" too.');
  });
});

describe('a truth of one’s own', () => {
  const organizations = [
    { id: 'a', name: 'Acme' },
    { id: 'b', name: 'Beta' },
  ];
  const customers = [
    { id: '1', name: 'Acme' },
    { id: '2', name: 'Acme (old)' },
  ];
  const read = (content: string) => readTruth(file(content), organizations, customers);

  it('has no customer where the cell is empty, and several right ones where there are several lines', () => {
    const truth = read('organization_id,customer_id,kind\na,1,equal\na,2,former\nb,,\n');
    expect(truth.get('a')).toMatchObject({ customerIds: new Set(['1', '2']) });
    expect(truth.get('b')).toMatchObject({ customerIds: new Set() });
  });

  it.each([
    ['organization_id,customer_id\nz,1\n', 'line 2: no organization has the id "z".'],
    ['organization_id,customer_id\na,9\n', 'line 2: no customer has the id "9".'],
    ['organization_id\na\n', 'has no column "customer_id"'],
  ])('is refused with a clear line: %j', (content, message) => {
    expect(() => read(content)).toThrow(message);
  });
});
