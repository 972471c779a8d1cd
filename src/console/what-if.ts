import type { Client, MappingRecord } from '../index.ts';
import { createMappingWorkflow, createMemoryStore, type MappingDocument } from '../workflow/index.ts';
import type { Thresholds, WhatIfAnswer } from './api-types.ts';

/** Both sides as they were read, and what is decided so far. */
export interface WhatIfSources {
  readonly host: string;
  readonly clients: readonly Client[];
  readonly organizations: readonly MappingRecord[];
  readonly document: MappingDocument;
}

/** Runs the engine with both thresholds on what was read, and changes nothing. */
export async function whatIf(
  { host, clients, organizations, document }: WhatIfSources,
  { applied, asked }: { readonly applied: Thresholds; readonly asked: Thresholds },
): Promise<WhatIfAnswer> {
  const count = clients.length;
  const report = {
    complete: true,
    expected: count,
    received: count,
    pages: 1,
    duplicates: 0,
    withoutId: 0,
    cursor: null,
  };
  const workflow = createMappingWorkflow({
    halo: {
      host,
      clients: {
        list: () => ({ toArray: async () => [...clients], report }),
        get: () => Promise.reject(new TypeError('Nothing is read here')),
      },
    },
    organizations: () => organizations,
    store: createMemoryStore(withoutGone(document, clients)),
  });
  await workflow.refresh({ acceptVanished: true });
  const countsAt = async (thresholds: Thresholds) => {
    const { matched, review, conflict, unmatched } = (await workflow.suggest({ thresholds })).summary;
    return { matched, review, conflict, unmatched };
  };
  return { applied: await countsAt(applied), asked: await countsAt(asked) };
}

/** Mapped customers that are gone would be asked for; their organizations take no part anyway. */
function withoutGone(document: MappingDocument, clients: readonly Client[]): MappingDocument {
  const known = new Set(clients.map(({ id }) => String(id)));
  const entries = document.entries.map((entry) => {
    const { mapped, ...rest } = entry;
    if (mapped === undefined || known.has(String(mapped.customerId))) return entry;
    return { ...rest, ignored: { at: mapped.at } };
  });
  return { ...document, entries };
}
