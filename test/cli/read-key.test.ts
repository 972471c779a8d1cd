import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Interruption } from '../../src/cli/interruption.ts';
import { KeyReader } from '../../src/cli/read-key.ts';

const keys = (characters: string) => new Set(characters);

describe('keys', () => {
  it('are read one at a time, those typed ahead included', async () => {
    const input = new PassThrough();
    const reader = new KeyReader(input, new AbortController().signal);
    const first = reader.next(keys('an'));
    input.write('nxaq');
    expect(await first).toBe('n');
    expect(await reader.next(keys('aq'))).toBe('a');
    expect(await reader.next(keys('q'))).toBe('q');
    const later = reader.next(keys('z'));
    input.write('yz');
    expect(await later).toBe('z');
    expect(input.listenerCount('keypress')).toBe(0);
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-C after another key', 'x\u0003'],
  ])('end with %s', async (_, typed) => {
    const input = new PassThrough();
    const reading = new KeyReader(input, new AbortController().signal).next(keys('a'));
    input.write(typed);
    await expect(reading).rejects.toThrow(Interruption);
  });

  it('end when the program is stopped, before and meanwhile', async () => {
    const stop = new AbortController();
    const reader = new KeyReader(new PassThrough(), stop.signal);
    const reading = reader.next(keys('a'));
    stop.abort(new Interruption('Stopped.', 143));
    await expect(reading).rejects.toThrow('Stopped.');
    await expect(reader.next(keys('a'))).rejects.toThrow('Stopped.');
  });
});
