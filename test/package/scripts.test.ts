import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { namesOfChunks } from '../../scripts/name-chunks.ts';
import { findManifestProblems, findVersionProblems } from '../../scripts/release-check.ts';
import { thirdPartyNotices } from '../../scripts/third-party-notices.ts';

describe('shared files of the build', () => {
  it('are named by what they hold, whatever their hash is', () => {
    const names = namesOfChunks([
      {
        file: 'chunk-ABCD1234.js',
        sources: ['src/mapping/align.ts', 'src/mapping/suggest-mappings.ts'],
        text: '',
      },
      { file: 'chunk-EFGH5678.js', sources: ['src/errors.ts'], text: '' },
      { file: 'types-a1B2c3D4.d.ts', text: 'interface MappingStore {' },
      { file: 'errors-a_B2-3D4.d.ts', text: 'class HaloError {' },
    ]);
    expect([...names.values()]).toEqual([
      'shared-mapping-engine.js',
      'shared-errors.js',
      'shared-mapping-document.d.ts',
      'shared-errors.d.ts',
    ]);
  });

  it('are never called the same', () => {
    const files = ['chunk-ABCD1234.js', 'chunk-EFGH5678.js'].map((file) => ({
      file,
      sources: ['a.ts'],
      text: '',
    }));
    expect(() => namesOfChunks(files)).toThrow('shared-a.js');
  });
});

describe('the notices of bundled libraries', () => {
  const root = mkdtempSync(join(tmpdir(), 'halo-psa-notices-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  function library(name: string, licence: string | null): string {
    const folder = join(root, 'node_modules', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.2.3', license: 'MIT' }));
    if (licence !== null) writeFileSync(join(folder, 'LICENSE-MIT.txt'), licence);
    return `node_modules/${name}/lib/index.js`;
  }

  it('name each library once, with its licence text, and nothing of ours', () => {
    const files = [library('b', 'Text of b'), library('@a/a', 'Text of a'), 'src/cli/main.ts'];
    const notices = thirdPartyNotices([...files, ...files], root);
    expect(notices.match(/^.* \(MIT\)$/gm)).toEqual(['@a/a 1.2.3 (MIT)', 'b 1.2.3 (MIT)']);
    expect(notices).toContain('Text of a');
  });

  it('end the build when a library has no licence text', () => {
    expect(() => thirdPartyNotices([library('c', null)], root)).toThrow(
      'c is bundled and has no licence text',
    );
  });
});

describe('a release', () => {
  const changelog = (unreleased: string, title: string, line: string) =>
    `# Changelog\n\n## [Unreleased]\n${unreleased}\n## [${title}\n\n### Added\n\n${line}\n`;

  it.each<[string, string, string[]]>([
    ['1.2.0', changelog('', '1.2.0] - 2027-01-31', '- Something.'), []],
    ['1.2', '', ['1.2 is no semantic version']],
    [
      '1.3.0',
      changelog('', '1.2.0] - 2027-01-31', '- a'),
      ['CHANGELOG.md has no section "## [1.3.0] - <date>"'],
    ],
    ['1.2.0', changelog('', '1.2.0]', '- a'), ['the changelog section of 1.2.0 has no date']],
    ['1.2.0', changelog('', '1.2.0] - 2027-01-31', ''), ['the changelog section of 1.2.0 is empty']],
    [
      '1.2.0',
      changelog('- b\n', '1.2.0] - 2027-01-31', '- a'),
      ['CHANGELOG.md still has lines under Unreleased'],
    ],
  ])('of version %s needs its section in the changelog', (version, text, problems) => {
    expect(findVersionProblems(version, text)).toEqual(problems);
  });

  it.each<[string | undefined, string | undefined, RegExp | null]>([
    [undefined, undefined, /has no repository\.url/],
    ['git+https://github.com/contoso/halo-psa.git', undefined, null],
    ['git+https://github.com/contoso/halo-psa.git', 'contoso/halo-psa', null],
    ['https://github.com/contoso/halo-psa', 'contoso/halo-psa', null],
    ['git@github.com:contoso/halo-psa.git', 'contoso/halo-psa', null],
    ['git+https://github.com/contoso/halo-psa.git', 'fabrikam/halo-psa', /contoso\/halo-psa, and fabrikam/],
  ])('whose manifest names the repository %s can be built by %s', (url, building, problem) => {
    const problems = findManifestProblems(url === undefined ? {} : { repository: { url } }, building);
    expect(problems).toEqual(problem === null ? [] : [expect.stringMatching(problem)]);
  });
});
