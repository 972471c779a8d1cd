import { describe, expect, it, vi } from 'vitest';
import { compareContacts } from '../../src/mapping/contact-evidence.ts';
import { readContact } from '../../src/mapping/contact-index.ts';
import { GramProducts } from '../../src/mapping/gram-products.ts';
import { type MappingRecord, suggestMappings, suggestMappingsAsync } from '../../src/mapping/index.ts';
import { parseName } from '../../src/mapping/parse-name.ts';
import { prepareCustomers } from '../../src/mapping/suggest-steps.ts';

/** Wall time is noisy on a shared machine: the best of three counts. */
function fastestMs(run: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

const MEGABYTE = 1_000_000;

describe('hostile names stay cheap', () => {
  it.each([
    ['one letter', 'a'.repeat(MEGABYTE)],
    ['spaces', ' '.repeat(MEGABYTE)],
    ['alternating combining marks', '\u0315\u0300'.repeat(MEGABYTE / 2)],
    ['dots and letters', 'a.'.repeat(MEGABYTE / 2)],
    ['open brackets', '('.repeat(MEGABYTE)],
    ['legal forms', 'ltd '.repeat(MEGABYTE / 4)],
    ['the ligature that NFKC makes 18 letters', '\ufdfa'.repeat(MEGABYTE)],
    ['alias markers', ' t/a x'.repeat(MEGABYTE / 6)],
  ])('a name of a megabyte of %s takes under 50 ms', (_what, name) => {
    expect(fastestMs(() => parseName(name))).toBeLessThan(50);
  });

  it('names of object properties are names like others', () => {
    const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString'];
    const rows = names.map((name, id) => ({ id, name }));
    const { suggestions } = suggestMappings(rows, rows);
    expect(suggestions.map(({ customer }) => customer?.id)).toEqual([0, 1, 2, 3]);
  });

  it('20,000 identical names are ties, in seconds', () => {
    const rows = Array.from({ length: 20_000 }, (_, id) => ({ id, name: 'Acme Dental Ltd' }));
    const start = performance.now();
    const { summary } = suggestMappings(rows.slice(0, 200), rows, { maxCandidates: 1 });
    expect(summary.matched + summary.review).toBe(0);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('10,000 customers that share every word are told apart by their numbers', () => {
    const rows = Array.from({ length: 10_000 }, (_, id) => ({ id, name: `Acme Dental Centre ${id}` }));
    const { suggestions } = suggestMappings([rows[77]!, rows[9876]!], rows);
    expect(suggestions.map(({ customer }) => customer?.id)).toEqual([77, 9876]);
  });
});

describe('hostile rows stay cheap', () => {
  const many = <T>(item: (i: number) => T) => Array.from({ length: 20_000 }, (_, i) => item(i));

  it('of 20,000 aliases only as many are read as are compared', () => {
    let reads = 0;
    const aliases = new Proxy(
      many((i) => `Alias ${i}`),
      {
        get(target, property) {
          if (typeof property === 'string' && /^\d+$/.test(property)) reads++;
          return Reflect.get(target, property);
        },
      },
    );
    expect(parseName('Acme', aliases).variants).toHaveLength(8);
    expect(reads).toBeLessThan(10);
  });

  it('two rows of 20,000 domains, phones and ids each are compared in under 100 ms', () => {
    const contact = (from: number) =>
      readContact({
        id: from,
        name: 'Acme',
        domains: many((i) => `a${from + i}.com`),
        phones: many((i) => `+44 20 79${100_000 + from + i}`),
        identifiers: { crm: many((i) => from + i + 1) },
      });
    const left = contact(0);
    const right = contact(30_000);
    expect(fastestMs(() => compareContacts(left, right))).toBeLessThan(100);
    const kinds = compareContacts(left, contact(19_999)).map(({ kind }) => kind);
    expect(kinds).toEqual(['identifier', 'domain', 'phone']);
  });

  it('names of 40 words that all share are scored twice at most', () => {
    const scored = vi.spyOn(GramProducts.prototype, 'similarityAt');
    const nameAt = (at: number) =>
      Array.from({ length: 40 }, (_, word) => `zar${(at * 31 + word * word * 7) % 50}`).join(' ');
    const customers = Array.from({ length: 300 }, (_, id) => ({ id, name: nameAt(id) }));
    suggestMappings([{ id: 1, name: nameAt(7) }], customers);
    expect(scored.mock.calls.length).toBeLessThan(2.1 * customers.length);
    scored.mockRestore();
  });

  it('few rows are read in a step, however long reading one takes', () => {
    const folded = vi.spyOn(String.prototype, 'normalize');
    const rows = Array.from({ length: 64 }, (_, id) => ({ id, name: `\u0315\u0301 ${id}` }));
    let most = 0;
    for (const steps = prepareCustomers(rows, {}); ; ) {
      folded.mockClear();
      const { done } = steps.next();
      most = Math.max(most, folded.mock.calls.length);
      if (done) break;
    }
    folded.mockRestore();
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(20);
  });
});

describe('the asynchronous form', () => {
  const rows = (prefix: string): MappingRecord[] =>
    Array.from({ length: 1500 }, (_, i) => ({
      id: `${prefix}${i}`,
      name: `Company ${(i * 7919) % 10007} of ${(i * 31) % 97}`,
    }));

  it('gives the report of the synchronous form and tells its progress', async () => {
    const progress: number[] = [];
    const report = await suggestMappingsAsync(rows('o'), rows('c'), {
      onProgress: (done) => progress.push(done),
    });
    expect(report).toEqual(suggestMappings(rows('o'), rows('c')));
    expect(progress.at(-1)).toBe(1);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.every((done) => done >= 0 && done <= 1)).toBe(true);
  });

  it('lets others run while it works', async () => {
    let turns = 0;
    let isDone = false;
    const work = suggestMappingsAsync(rows('o'), rows('c')).finally(() => {
      isDone = true;
    });
    const tick = () => {
      turns++;
      if (!isDone) setImmediate(tick);
    };
    setImmediate(tick);
    await work;
    expect(turns).toBeGreaterThan(3);
  });

  it('rejects with the signal’s reason, before and during the work', async () => {
    const reason = new Error('enough');
    await expect(
      suggestMappingsAsync(rows('o'), rows('c'), { signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
    const controller = new AbortController();
    const work = suggestMappingsAsync(rows('o'), rows('c'), {
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(work).rejects.toBe(reason);
  });

  it('rejects with a TypeError for wrong input', async () => {
    await expect(suggestMappingsAsync([null as unknown as MappingRecord], [])).rejects.toThrow(TypeError);
  });
});
