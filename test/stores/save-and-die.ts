/** Saves revision 2 over revision 1 and kills itself at a call. Arguments: path of the mapping file, name of the call. */
import { systemClock } from '../../src/clock.ts';
import { createJsonFileStoreOn } from '../../src/stores/json-file.ts';
import { applyChanges } from '../../src/workflow/document-changes.ts';
import { faulty } from './faulty-file-system.ts';

const [path = '', lastCall = ''] = process.argv.slice(2);
const store = createJsonFileStoreOn(
  faulty((call) => {
    if (call === lastCall) process.kill(process.pid, 'SIGKILL');
  }),
  systemClock,
  path,
);
const current = await store.load();
if (current === null) throw new Error('Expected a mapping file');
const ignored = { at: '2026-11-23T09:00:00Z' };
const change = { kind: 'ignore', organizationId: 'b', organizationName: '', ignored } as const;
await store.save(applyChanges(current, [change]), current.revision);
