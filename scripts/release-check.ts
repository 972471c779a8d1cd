/**
 * Checks that this commit can be released: `npm run release:check`. The version is one and has its section in the
 * changelog, the manifest names its repository, nothing is uncommitted, a tag of the version (where there is one) is
 * this commit, and two builds in clean clones give the same tarball to the byte. With `--expect <sha512>` the tarball must
 * be that one.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Returns what is wrong with a version and the changelog that should describe it.
 *
 * @internal
 */
export function findVersionProblems(version: string, changelog: string): string[] {
  if (!/^\d+\.\d+\.\d+(-[0-9a-z.]+)?$/.test(version)) return [`${version} is no semantic version`];
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((each) => each.startsWith(`[${version}]`));
  if (!section) return [`CHANGELOG.md has no section "## [${version}] - <date>"`];
  const [title = '', ...lines] = section.split('\n');
  const problems: string[] = [];
  if (!/\] - \d{4}-\d\d-\d\d$/.test(title)) problems.push(`the changelog section of ${version} has no date`);
  if (!lines.some((line) => line.startsWith('- ')))
    problems.push(`the changelog section of ${version} is empty`);
  const unreleased = sections.find((each) => each.startsWith('[Unreleased]')) ?? '';
  if (/^- /m.test(unreleased)) problems.push('CHANGELOG.md still has lines under Unreleased');
  return problems;
}

/**
 * Returns what would make npm refuse the provenance of a tarball: its manifest has to name the repository that builds it.
 *
 * @param manifest `package.json`
 * @param building `owner/name` of the repository that builds, where that is known
 * @internal
 */
export function findManifestProblems(
  manifest: { readonly repository?: { readonly url?: string } },
  building?: string,
): string[] {
  const url = manifest.repository?.url ?? '';
  if (url === '') return ['package.json has no repository.url, and npm publishes no provenance without it'];
  const named = /[/:]([^/:]+\/[^/]+?)(\.git)?$/.exec(url)?.[1];
  return building === undefined || named === building
    ? []
    : [`package.json names the repository ${named ?? url}, and ${building} builds the tarball`];
}

/** Builds the committed state in a clone of its own, with the dependencies of the lockfile, and hashes the tarball. */
function packCommit(commit: string, folder: string): string {
  const clone = join(folder, 'clone');
  git(['clone', '--quiet', '--no-hardlinks', root, clone], folder);
  git(['checkout', '--quiet', '--detach', commit], clone);
  const options = { cwd: clone, stdio: 'pipe' } as const;
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--silent'], options);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], options);
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '';
  return createHash('sha512')
    .update(readFileSync(join(folder, tarball)))
    .digest('base64');
}

function git(parameters: readonly string[], cwd = root): string {
  return execFileSync('git', parameters, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

function findRepositoryProblems(version: string): string[] {
  const problems: string[] = [];
  if (git(['status', '--porcelain']) !== '') problems.push('the working tree has uncommitted changes');
  const tag = git(['tag', '--list', `v${version}`]);
  if (tag && git(['rev-list', '-n', '1', tag]) !== git(['rev-parse', 'HEAD'])) {
    problems.push(`the tag ${tag} is another commit: raise the version`);
  }
  return problems;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { expect: { type: 'string' } } });
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { version } = manifest;
  const problems = [
    ...findVersionProblems(version, readFileSync(join(root, 'CHANGELOG.md'), 'utf8')),
    ...findManifestProblems(manifest, process.env.GITHUB_REPOSITORY),
    ...findRepositoryProblems(version),
  ];
  const folder = mkdtempSync(join(tmpdir(), 'halo-psa-release-'));
  try {
    const commit = git(['rev-parse', 'HEAD']);
    const [first, second] = ['a', 'b'].map((name) => packCommit(commit, mkdtempSync(join(folder, name))));
    if (first !== second) problems.push(`two builds of ${commit} differ: ${first} and ${second}`);
    else console.log(`halo-psa ${version} at ${commit}\nsha512-${first}`);
    if (values.expect && values.expect !== `sha512-${first}`)
      problems.push(`the tarball is not ${values.expect}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  for (const problem of problems) console.error(`not ready: ${problem}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
