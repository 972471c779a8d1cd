import { describe, expect, it } from 'vitest';
import { createJsonFileStore } from '../../src/stores/json-file.ts';
import { emptyDocument } from '../../src/workflow/document-changes.ts';
import { createMappingWorkflow } from '../../src/workflow/mapping-workflow.ts';
import { createMemoryStore } from '../../src/workflow/memory-store.ts';
import { setUpWorkflow } from './workflow-setup.ts';

const halo = { host: 'x.halopsa.com', clients: { list: () => {}, get: () => {} } };
const good = { halo, organizations: () => [], store: createMemoryStore() };

/** What a program without types may hand over. */
const make = (options: unknown) => createMappingWorkflow(options as never);

describe('the options of a workflow', () => {
  it.each([
    ['no options', undefined, 'Expected the options of createMappingWorkflow'],
    ['no halo', { ...good, halo: undefined }, 'Expected `halo`'],
    ['settings in place of a client', { ...good, halo: { resourceServer: 'x' } }, 'Expected `halo`'],
    ['a list in place of a function', { ...good, organizations: [] }, 'Expected `organizations`'],
    ['no store', { halo, organizations: () => [] }, 'Expected `store`'],
    ['a path in place of a store', { ...good, store: 'mapping.json' }, 'Expected `store`'],
    ['a number as a name', { ...good, by: 7 }, 'Expected `by`'],
    ['a time in place of a clock', { ...good, now: new Date(0) }, 'Expected `now`'],
    ['an id that is none', { ...good, writeBack: { customField: 'cf' } }, 'Expected `writeBack`'],
    ['an instance that is no text', { ...good, instanceId: 5 }, 'Expected `instanceId`'],
    ['nobody to name the instance', { ...good, halo: { clients: halo.clients } }, 'no `host`'],
    ['a misspelt one', { ...good, matchings: {} }, 'no option `matchings`'],
  ])('are refused before anything is read: %s', (_, options, message) => {
    expect(() => make(options)).toThrow(TypeError);
    expect(() => make(options)).toThrow(message);
  });

  it('may be undefined where they may be left out', () => {
    const options = { by: undefined, now: undefined, signals: undefined, matching: undefined };
    expect(() => make({ ...good, ...options, writeBack: undefined, instanceId: undefined })).not.toThrow();
    expect(() => make({ ...good, newer: undefined })).not.toThrow();
  });
});

describe('what would spoil every later save', () => {
  it('is refused where it is given: a `by` that is no text', async () => {
    const { workflow } = setUpWorkflow();
    await workflow.refresh();
    expect(() => workflow.map('c', 10, { by: 7 as never })).toThrow('Expected `by`');
    expect(workflow.ignore('u')).toBe(true);
    expect(await workflow.save()).toMatchObject({ saved: true });
  });

  it('is refused where it is given: a name that is no text', async () => {
    const setup = setUpWorkflow();
    setup.organizations = [{ id: 'c', name: 5 as never }];
    await expect(setup.workflow.refresh()).rejects.toThrow('Expected organizations[0].name');
  });

  it.each([() => 'today', () => new Date(Number.NaN)])('is refused: a clock without a time', async (now) => {
    const { workflow } = setUpWorkflow({}, { now: now as never });
    await expect(workflow.refresh()).rejects.toThrow('Expected `now` to return a Date');
  });
});

describe('a call of a workflow', () => {
  it('says what acceptSuggestions needs', async () => {
    const { workflow } = setUpWorkflow();
    await workflow.refresh();
    await workflow.suggest();
    expect(() => workflow.acceptSuggestions(undefined as never)).toThrow('Expected `status`');
  });

  it.each([{}, 'yesterday', { organizations: [], customers: 5 }])(
    'does not compare with %j, which is no snapshot',
    async (since) => {
      const { workflow, requests } = setUpWorkflow();
      await expect(workflow.refresh({ since: since as never })).rejects.toThrow('Expected `since`');
      expect(requests()).toEqual([]);
    },
  );

  it('does not take a store that forgot to return for an empty one', async () => {
    const store = { load: async () => undefined, save: async () => {} };
    const { workflow } = setUpWorkflow({}, { store: store as never });
    await expect(workflow.refresh()).rejects.toThrow('Expected `store.load()`');
  });
});

describe('what is no text where one is due', () => {
  it.each([undefined, null, 5, new URL('file:///mapping.json')])('is refused as a path: %s', (path) => {
    expect(() => createJsonFileStore(path as never)).toThrow('Expected `path`');
  });

  it('is refused as the name of an instance', () => {
    expect(() => emptyDocument(undefined as never)).toThrow('Expected `instanceId`');
  });
});
