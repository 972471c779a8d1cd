import { describe, expect, it } from 'vitest';
import { HaloConfigError, HaloServerError } from '../src/errors.ts';

describe('the message of an error', () => {
  it('keeps its advice, however long what failed is', () => {
    const hint = 'Compare it with API Details.';
    const issues = Array.from({ length: 50 }, (_, index) => ({
      field: `field${index}`,
      message: 'is wrong in a way that takes some words to tell',
      hint,
    }));
    const { message } = new HaloConfigError(issues);
    expect(message.endsWith(hint)).toBe(true);
    expect(message.length).toBeLessThanOrEqual(1024);
  });

  it('is one line of at most 1,024 characters, also where every character is escaped', () => {
    const summary = '\u202e'.repeat(2000);
    const { message } = new HaloServerError({ code: 'HALO_SERVER_FAILED', summary, hint: '\n'.repeat(2000) });
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(message.length).toBeLessThanOrEqual(1024);
  });
});
