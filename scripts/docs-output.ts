/**
 * Runs every example of the documentation that has a printed result, and puts what it prints into the page:
 * `npm run docs:output`. The tests compare the same.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { printedBlocksOf, withPrinted } from './docs/printed-blocks.ts';
import { runCode, startHalo } from './docs/run-code.ts';

const root = new URL('../', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, root), 'utf8');

await using halo = await startHalo();
for (const page of globSync(['*.md', 'docs/**/*.md', 'examples/*.md'], { cwd: root })) {
  const text = read(page);
  const blocks = printedBlocksOf(page, text, read);
  const results: string[] = [];
  for (const { code } of blocks) results.push(await runCode(code, halo));
  const next = withPrinted(text, blocks, results);
  if (next !== text) writeFileSync(new URL(page, root), next);
  if (blocks.length > 0)
    console.log(`${page}: ${blocks.length} results, ${next === text ? 'unchanged' : 'changed'}`);
}
