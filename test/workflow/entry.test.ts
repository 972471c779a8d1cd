import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const entry = fileURLToPath(new URL('../../src/workflow/index.ts', import.meta.url));

/** Modules that a source file needs when it runs: types vanish. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const statements = text.matchAll(/^(?:import|export)\s+(?!type\b)([^;]*?from\s+)?'([^']+)'/gm);
  return [...statements].map((match) => match[2] ?? '');
}

describe('the entry halo-psa/workflow', () => {
  it('runs in a browser: no node: module, no ky, nothing foreign but zod', () => {
    const seen = new Set<string>();
    const foreign = new Set<string>();
    const waiting = [entry];
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      for (const name of importsOf(file)) {
        if (name.startsWith('.')) waiting.push(join(dirname(file), name));
        else foreign.add(name);
      }
    }
    expect([...seen].every((file) => existsSync(file))).toBe(true);
    expect(seen.size).toBeGreaterThan(20);
    expect([...foreign]).toEqual(['zod']);
    expect([...seen].filter((file) => /src\/(?:http|auth|config|stores|testing)\//.test(file))).toEqual([]);
  });
});
