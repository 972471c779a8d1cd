import { describe, expect, it } from 'vitest';
import { namesOfChunks } from '../../scripts/name-chunks.ts';
import { findVersionProblems } from '../../scripts/release-check.ts';

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
});
