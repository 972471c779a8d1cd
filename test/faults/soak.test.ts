import { describe, expect, it } from 'vitest';
import { runChild } from './children.ts';
import { figures } from './figures.ts';

const LONG_MS = 600_000;
/** `npm run faults -- --soak 1000000` is the long form. */
const REQUESTS = 100_000;

describe('memory', () => {
  it(`grows by less than 5 MiB over ${REQUESTS} requests`, { timeout: LONG_MS }, async () => {
    const { code, output } = await runChild('soak', [String(REQUESTS)], ['--expose-gc']);
    expect(code).toBe(0);
    expect(Number(output)).toBeLessThan(5);
  });

  it('of 64 MiB is enough to list 50,000 rows of 2 kB', { timeout: LONG_MS }, async () => {
    const { code, output } = await runChild('large-list', ['50000'], ['--max-old-space-size=64']);
    expect(code).toBe(0);
    expect(output).toMatch(/^50000 /);
  });
});

/** Those that need no results of the matrix, no real second of waiting and no idle machine, and are no row of it. */
const PLAIN = ['H2', 'H3', 'H4', 'H6', 'H7', 'H8', 'H10', 'H12', 'H13', 'H14', 'H18', 'H19'];

describe('a headline figure reaches its target', () => {
  const plain = figures.filter(({ id }) => PLAIN.includes(id));
  it.each(plain.map((figure) => [figure.id, figure.title, figure] as const))(
    '%s, %s',
    { timeout: LONG_MS },
    async (_, __, { measure }) => {
      const { value, ok } = await measure({ results: [], soakRequests: 0 });
      expect(ok, value).toBe(true);
    },
  );
});
