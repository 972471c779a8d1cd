import { describe, expect, it } from 'vitest';
import { withSection } from '../../bench/lib/sections.ts';

describe('the page of benchmarks', () => {
  it('keeps what the other benchmarks wrote, whichever runs first or again', () => {
    const one = withSection(withSection('', 'client', 'calls'), 'mapping', 'names');
    expect(one).toBe(withSection(withSection('', 'mapping', 'names'), 'client', 'calls'));
    expect(withSection(one, 'client', 'calls')).toBe(one);
    const renewed = withSection(one, 'client', 'faster');
    expect(renewed).toContain('names');
    expect(renewed).toContain('faster');
    expect(renewed).not.toContain('calls');
  });
});
