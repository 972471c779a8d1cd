import type { Client, HaloClient } from '../index.ts';
import type { MappingWorkflowHalo } from '../workflow/index.ts';

/** A Halo as the workflow uses it, through whatever client the settings lead to at the time. */
export interface LiveHalo extends MappingWorkflowHalo {
  /** Rows of the last list of customers that was read to its end. */
  readonly lastClients: readonly Client[];
}

/** Returns a Halo that asks for the client at each call, so that new credentials need no new workflow. */
export function liveHalo(host: string, client: () => HaloClient): LiveHalo {
  let lastClients: readonly Client[] = [];
  return {
    host,
    get lastClients() {
      return lastClients;
    },
    clients: {
      list: (query, options) => {
        const listing = client().clients.list(query, options);
        return {
          async toArray() {
            const rows = await listing.toArray();
            lastClients = rows;
            return rows;
          },
          get report() {
            return listing.report;
          },
        };
      },
      get: (id, options) => client().clients.get(id, options),
    },
    sites: {
      list: (query, options) => client().sites.list(query, options),
      get: (id, options) => client().sites.get(id, options),
    },
    request: (spec, schema, options) => client().request(spec, schema, options),
    budget: () => client().budget(),
  };
}
