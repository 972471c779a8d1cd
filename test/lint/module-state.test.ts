import { beforeAll, describe, expect, it } from 'vitest';
import { moduleStateOf } from '../support/module-state.ts';

/** Made or loaded once, on first use, and the same from then on. */
const MADE_ONCE = ['src/config/schema.ts schema', 'src/load-network.ts loading'];

/** How the schemas of the package are read fast: said where each schema is made, and not changed later. */
const SAID_ONCE = ['src/resources/quick-read.ts quickReads'];

const STATE: readonly (readonly [what: string, source: string])[] = [
  ['a variable', 'let x = 1; export const next = () => ++x;'],
  ['memory for numbers', 'const x = new Int32Array(8); export const first = () => x[0];'],
  [
    'memory behind a function',
    'const x = rows(); export function rows(): [Int32Array, number] { return [new Int32Array(8), x[1]]; }',
  ],
  [
    'memory in a readonly list',
    'export const x: readonly Float64Array[] = [1].map((size) => new Float64Array(size));',
  ],
  ['a cache', 'export const x = new Map<string, number>();'],
  ['a weak cache', 'export const x = new WeakMap<object, number>();'],
  ['a cache as an object', 'export const x: Record<string, number> = {};'],
  ['a list that grows', 'export const x: number[] = [];'],
  [
    'a Set that a function fills',
    'const x = new Set([1]); export const keep = (each: number) => x.add(each);',
  ],
  ['a table that a function writes to', 'const x = [1, 2]; export const set = () => { x[0] = 3; };'],
  ['a count in an object', 'const x = { count: 0 }; export const next = () => ++x.count;'],
  ['an object of a class', 'class Pool { size = 0; } export const x = new Pool();'],
];

const CONSTANT: typeof STATE = [
  ['a number', 'export const x = 1;'],
  ['a table', 'export const x = [1, 2];'],
  ['a table of words', "export const x = new Set(['a']);"],
  [
    'a table declared readonly',
    'export const x: ReadonlyMap<number, string> = new Map(Object.entries([1]).map(([key]) => [1, key]));',
  ],
  [
    'a list made of another, declared readonly',
    'export const x: readonly number[] = [1].map((each) => each + 1);',
  ],
  ['a pattern', 'export const x = /a/g;'],
  [
    'a function that keeps what it made',
    'const lazy = <T>(make: () => T) => make; export const x = lazy(() => new Map([[1, 2]]));',
  ],
  [
    'memory within a function',
    'export const x = () => { const list: number[] = []; list.push(1); return list; };',
  ],
];

const probe = (index: number, cases: typeof STATE) => `src/probe-${cases === STATE ? 's' : 'c'}${index}.ts`;

describe('no module holds state', () => {
  let found: readonly string[];

  beforeAll(() => {
    const extra = new Map<string, string>();
    for (const cases of [STATE, CONSTANT])
      for (const [index, [, source]] of cases.entries()) extra.set(probe(index, cases), source);
    found = moduleStateOf(extra);
  });

  it('but what is made once, on first use', () => {
    const known = [...MADE_ONCE, ...SAID_ONCE];
    const state = found.filter((each) => !each.startsWith('src/probe-') && !known.includes(each));
    expect(state).toEqual([]);
  });

  it.each(STATE.map(([what], index) => [what, index] as const))('%s is state', (_what, index) => {
    expect(found).toContain(`${probe(index, STATE)} x`);
  });

  it.each(CONSTANT.map(([what], index) => [what, index] as const))('%s is none', (_what, index) => {
    expect(found.filter((each) => each.startsWith(probe(index, CONSTANT)))).toEqual([]);
  });
});
