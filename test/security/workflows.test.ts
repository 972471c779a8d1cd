import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const files = globSync('.github/workflows/*.yml', { cwd: root });

describe('the workflows on GitHub', () => {
  it('exist for checks and for releases', () => {
    expect(files.map((file) => file.replaceAll('\\', '/')).sort()).toEqual([
      '.github/workflows/ci.yml',
      '.github/workflows/release.yml',
    ]);
  });

  it.each(files)('give no job more rights than it needs, and pin every action to a commit', (file) => {
    const text = readFileSync(join(root, file), 'utf8');
    expect(text).toMatch(/^permissions:\n {2}contents: read\n/m);
    // Publishing with provenance needs an identity; nothing may write to the repository.
    const writes = [...text.matchAll(/^ +([a-z-]+): write$/gm)].map(([, right]) => right);
    expect(writes).toEqual(file.endsWith('release.yml') ? ['id-token'] : []);
    const actions = [...text.matchAll(/uses: (\S+)(.*)$/gm)];
    expect(actions.length).toBeGreaterThan(0);
    for (const [, action, comment] of actions) {
      expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/);
      expect(comment).toMatch(/^ # v\d+\.\d+\.\d+$/);
    }
    expect(text).not.toMatch(/pull_request_target|secrets\.|NODE_AUTH_TOKEN/);
    const checkouts = text.split('actions/checkout@').length - 1;
    expect(text.split('persist-credentials: false').length - 1).toBe(checkouts);
  });
});
