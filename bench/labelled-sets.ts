import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface NamedRow {
  readonly id: string;
  readonly name: string;
}

/** Organizations, customers and which belong together; an organization missing from `accepted` has no match. */
export interface LabelledSet {
  readonly name: string;
  readonly family: string;
  readonly organizations: readonly NamedRow[];
  readonly customers: readonly NamedRow[];
  readonly accepted: ReadonlyMap<string, ReadonlySet<string>>;
  /** A set of single pairs: each is a question of its own. */
  readonly pairs?: readonly {
    readonly left: string;
    readonly right: string;
    readonly isMatch: boolean;
    readonly category: string;
  }[];
}

/** Sets that come from one source are one family: weights are never judged on the family they were learned from. */
function familyOf(name: string): string {
  const start = name.split('-')[0]!;
  return { sp500: 'sec', fin: 'isin' }[start] ?? start;
}

/** Reads every set of a folder: `<set>/left.csv`, `right.csv`, `truth.csv`, or `<set>/pairs.csv`. */
export function readLabelledSets(folder: string): LabelledSet[] {
  const root = existsSync(join(folder, 'sets')) ? join(folder, 'sets') : folder;
  return readdirSync(root)
    .sort()
    .filter((name) => existsSync(join(root, name, 'truth.csv')) || existsSync(join(root, name, 'pairs.csv')))
    .map((name) => readSet(root, name));
}

function readSet(root: string, name: string): LabelledSet {
  const family = familyOf(name);
  const pairsFile = join(root, name, 'pairs.csv');
  if (existsSync(pairsFile)) {
    const pairs = readCsv(pairsFile).map((row) => ({
      left: row.get('name1') ?? '',
      right: row.get('name2') ?? '',
      isMatch: row.get('is_match') === 'true',
      category: row.get('category') ?? '',
    }));
    return { name, family, organizations: [], customers: [], accepted: new Map(), pairs };
  }
  const accepted = new Map<string, Set<string>>();
  for (const row of readCsv(join(root, name, 'truth.csv'))) {
    const right = row.get('right_id') ?? '';
    const left = row.get('left_id') ?? '';
    if (right === '') continue;
    const known = accepted.get(left);
    if (known) known.add(right);
    else accepted.set(left, new Set([right]));
  }
  return {
    name,
    family,
    organizations: readCsv(join(root, name, 'left.csv')).map(namedRow),
    customers: readCsv(join(root, name, 'right.csv')).map(namedRow),
    accepted,
  };
}

function namedRow(row: ReadonlyMap<string, string>): NamedRow {
  return { id: row.get('id') ?? '', name: row.get('name') ?? '' };
}

/** Reads an RFC 4180 file as rows keyed by the header. */
function readCsv(file: string): Map<string, string>[] {
  const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[i + 1] === '"') cell += text[++i]!;
      else isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === ',' || character === '\n') {
      row.push(character === '\n' && cell.endsWith('\r') ? cell.slice(0, -1) : cell);
      cell = '';
      if (character === '\n') {
        rows.push(row);
        row = [];
      }
    } else cell += character;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  const [header = [], ...body] = rows;
  return body.map((cells) => new Map(header.map((key, at) => [key, cells[at] ?? ''])));
}
