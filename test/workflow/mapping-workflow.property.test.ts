import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Client } from '../../src/resources/clients.ts';
import { createMappingWorkflow } from '../../src/workflow/mapping-workflow.ts';
import type { MappingWorkflow } from '../../src/workflow/mapping-workflow-types.ts';
import { createMemoryStore } from '../../src/workflow/memory-store.ts';
import type { MappingDocument, MappingStore } from '../../src/workflow/types.ts';

type Organization = { id: string; name: string };
const organizations: Organization[] = ['a', 'b', 'c'].map((id) => ({ id, name: `Organization ${id}` }));
const clients = [10, 11, 12].map((id) => ({ id, name: `Customer ${id}` })) as Client[];

function workflowOver(store: MappingStore, by: string): MappingWorkflow<Organization> {
  return createMappingWorkflow({
    halo: {
      host: 'x.halopsa.com',
      clients: {
        list: () => ({ toArray: async () => clients, report: null }),
        get: async (id) => clients.find((client) => client.id === id) as Client,
      },
    },
    organizations: () => organizations,
    store,
    now: () => new Date(0),
    by,
  });
}

/** A decision in words, and the model's idea of it: what one organization comes to. */
type Step = {
  kind: 'map' | 'reject' | 'ignore' | 'unmap' | 'undo' | 'save';
  who: 0 | 1;
  organization: string;
  customer: number;
};
type Decided = { outcome: string; rejected: Set<number> };

const anyStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('map', 'reject', 'ignore', 'unmap', 'undo', 'save'),
  who: fc.constantFrom(0, 1),
  organization: fc.constantFrom('a', 'b', 'c'),
  customer: fc.constantFrom(10, 11, 12),
});

function decide(workflow: MappingWorkflow<Organization>, { kind, organization, customer }: Step): boolean {
  if (kind === 'map') return workflow.map(organization, customer);
  if (kind === 'reject') return workflow.reject(organization, customer);
  if (kind === 'ignore') return workflow.ignore(organization);
  return workflow.unmap(organization);
}

/** The same by hand, on a map of outcomes. */
function decideByHand(model: Map<string, Decided>, { kind, organization, customer }: Step): void {
  const { outcome, rejected } = model.get(organization) ?? { outcome: 'open', rejected: new Set<number>() };
  const after = {
    map: { outcome: `${customer}`, rejected },
    reject: {
      outcome: outcome === `${customer}` ? 'open' : outcome,
      rejected: new Set([...rejected, customer]),
    },
    ignore: { outcome: 'ignored', rejected },
    unmap: { outcome: 'open', rejected },
  }[kind as 'map'];
  model.set(organization, after);
}

const modelOf = ({ entries }: MappingDocument): Map<string, Decided> =>
  new Map(
    entries.map(({ organizationId, mapped, ignored, rejected = [] }) => [
      String(organizationId),
      {
        outcome:
          mapped !== undefined ? String(mapped.customerId) : ignored === undefined ? 'open' : 'ignored',
        rejected: new Set(rejected.map(({ customerId }) => Number(customerId))),
      },
    ]),
  );
const plain = (model: Map<string, Decided>) =>
  [...model]
    .filter(([, { outcome, rejected }]) => outcome !== 'open' || rejected.size > 0)
    .map(([id, { outcome, rejected }]) => [id, outcome, [...rejected].sort()])
    .sort();

describe('any decisions of one administrator', () => {
  it('come to what they come to by hand, can all be undone, and are what is saved', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 25 }), async (steps) => {
        const store = createMemoryStore();
        const workflow = workflowOver(store, 'kim');
        await workflow.refresh();
        const model = new Map<string, Decided>();
        let history: string[] = [];
        for (const step of steps) {
          const before = JSON.stringify(workflow.document.entries);
          if (step.kind === 'save') {
            await workflow.save();
            history = [];
          } else if (step.kind === 'undo') {
            const earlier = history.pop();
            expect(workflow.undo()).toBe(earlier !== undefined);
            if (earlier !== undefined) expect(JSON.stringify(workflow.document.entries)).toBe(earlier);
            model.clear();
            for (const [id, decided] of modelOf(workflow.document)) model.set(id, decided);
          } else {
            if (decide(workflow, step)) history.push(before);
            decideByHand(model, step);
          }
          expect(plain(modelOf(workflow.document))).toEqual(plain(model));
        }
        await workflow.save();
        expect((await store.load())?.entries ?? []).toEqual(workflow.document.entries);
      }),
    );
  });
});

describe('any decisions of two administrators at once', () => {
  it('lose no saved rejection, write nothing on a conflict, and name every outcome that is undone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 40 }), async (steps) => {
        const store = createMemoryStore();
        const both = [workflowOver(store, 'kim'), workflowOver(store, 'robin')] as const;
        for (const each of both) await each.refresh();
        let saved = await store.load();
        for (const step of steps) {
          const workflow = both[step.who];
          if (step.kind === 'undo') workflow.undo();
          else if (step.kind !== 'save') decide(workflow, step);
          else {
            const conflict = await workflow.save().then(
              () => null,
              (error: { code: string }) => error,
            );
            if (conflict !== null) {
              expect(conflict.code).toBe('HALO_MAPPING_STORE_CONFLICT');
              expect(await store.load()).toEqual(saved);
              const base = modelOf(workflow.document);
              const { clashes } = await workflow.reapply();
              await workflow.save();
              const theirs = modelOf(saved as MappingDocument);
              const after = modelOf((await store.load()) as MappingDocument);
              for (const id of ['a', 'b', 'c']) {
                const [was, is] = [theirs.get(id)?.outcome ?? 'open', after.get(id)?.outcome ?? 'open'];
                // What differs from theirs was decided here; whether it is a clash depends on who changed it.
                if (was !== is) expect(base.get(id)?.outcome ?? 'open').toBe(is);
                if (clashes.some(({ organizationId }) => organizationId === id)) expect(was).not.toBe(is);
              }
            }
            const now = await store.load();
            for (const [id, { rejected }] of modelOf(saved ?? workflow.document)) {
              if (saved === null) break;
              for (const customer of rejected)
                expect(modelOf(now as MappingDocument).get(id)?.rejected).toContain(customer);
            }
            saved = now;
          }
        }
      }),
    );
  });
});
