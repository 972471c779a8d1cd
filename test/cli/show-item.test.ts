import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createPrinter } from '../../src/cli/output/printer.ts';
import type { Proposal } from '../../src/cli/pending/suggestions.ts';
import { showItem } from '../../src/cli/review/show-item.ts';
import { suggestMappings } from '../../src/index.ts';
import { emptyDocument } from '../../src/workflow/index.ts';

async function shown(organization: string, customer: string, inFull = false): Promise<string> {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const report = suggestMappings([{ id: 'o', name: organization }], [{ id: 1, name: customer }]);
  const proposal = report.suggestions[0] as Proposal;
  const view = emptyDocument('example.halopsa.com');
  await showItem(createPrinter(stream), { kind: 'proposal', proposal }, { view, position: '1 of 1', inFull });
  return text;
}

it('shows what calls for a person among the few reasons, however little it weighs', async () => {
  expect(await shown('Halden Dental Ltd', 'Halden Dental Inc')).toMatch(
    /Legal forms: ltd \/ inc \(for a person\)$/m,
  );
});

it('marks nothing where the confidence alone decides', async () => {
  expect(await shown('Halden Dental Ltd', 'Halden Dental Limited', true)).not.toContain('for a person');
});
