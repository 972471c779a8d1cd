import type { HaloClient } from '../index.ts';
import { createJsonFileStore } from '../stores/index.ts';
import {
  createMappingWorkflow,
  type MappingDocument,
  type MappingStore,
  type MappingWorkflow,
  type RefreshReport,
} from '../workflow/index.ts';
import type { Connection } from './connect.ts';
import type { CliContext } from './context.ts';
import type { ListedRecord } from './input/lists.ts';
import { organizationsOf } from './organizations.ts';
import { type MappingFiles, mappingFiles } from './pending/mapping-files.ts';
import { PendingDecisions } from './pending/pending-files.ts';
import { watchedHalo } from './read-listing.ts';
import type { RefreshOptions } from './refresh-options.ts';

/** Both sides as they are now. */
export interface Refreshed {
  readonly halo: HaloClient;
  readonly workflow: MappingWorkflow<ListedRecord>;
  readonly refresh: RefreshReport;
  readonly files: MappingFiles;
  /** The mapping as it is saved; null for none. */
  readonly saved: MappingDocument | null;
  readonly pending: PendingDecisions;
}

/**
 * Reads organizations, customers and the mapping.
 *
 * @param counting whether decisions that wait for a save count as made. Default: they do
 */
export async function refreshedWorkflow(
  options: RefreshOptions,
  context: CliContext,
  { halo, progress }: Connection,
  counting: { readonly pending: boolean } = { pending: true },
): Promise<Refreshed> {
  const { records } = await organizationsOf(options, context);
  const files = mappingFiles(options, context);
  const saved = await createJsonFileStore(files.mapping, { instanceId: halo.host }).load();
  const pending = await PendingDecisions.open(files, halo.host);
  const { cardinality = 'one-to-one', azureTenants, websites, acceptVanished } = options;
  const workflow = createMappingWorkflow({
    halo: watchedHalo(halo, progress, context.now),
    organizations: () => records,
    store: readOnlyStore(counting.pending && pending.count > 0 ? pending.view(saved) : saved),
    matching: { cardinality },
    signals: { azureTenants, website: websites },
    now: context.now,
  });
  const refresh = await workflow.refresh({ acceptVanished, signal: context.signal });
  return { halo, workflow, refresh, files, saved, pending };
}

/** What is decided already must not be proposed again, though it is not saved yet. Nothing is saved from here. */
function readOnlyStore(document: MappingDocument | null): MappingStore {
  return {
    load: async () => document,
    save: () => Promise.reject(new TypeError('the command `save` saves decisions')),
  };
}
