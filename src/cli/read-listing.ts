import { waitText } from '../console/wait-text.ts';
import type { HaloClient, Listing } from '../index.ts';
import type { MappingWorkflowHalo } from '../workflow/index.ts';
import type { Progress } from './output/progress.ts';
import { timeLeftMs } from './output/time-left.ts';

/** What a reading tells its progress to. */
export interface ReadingContext {
  readonly halo: Pick<HaloClient, 'budget'>;
  readonly progress: Progress;
  /** `customers`, `agents`, ... */
  readonly what: string;
  readonly now: () => Date;
}

/** Reads a list page by page and shows how far it is. */
export async function* readPages<Row>(
  listing: Listing<Row>,
  { halo, progress, what, now }: ReadingContext,
): AsyncGenerator<Row[]> {
  const startedMs = now().getTime();
  progress.show(`Reading ${what} ...`);
  try {
    for await (const page of listing.pages()) {
      const { received = 0, expected = null, pages = 0 } = listing.report ?? {};
      const elapsedMs = now().getTime() - startedMs;
      const leftMs = timeLeftMs({ received, expected, pages, elapsedMs, budget: halo.budget() });
      const left = leftMs === null || leftMs < 1000 ? '' : `, about ${waitText(leftMs)} left`;
      progress.show(`Reading ${what}: ${received}${expected === null ? '' : ` of ${expected}`}${left}`);
      yield page;
    }
  } finally {
    progress.clear();
  }
}

/** Returns the Halo of a workflow, whose reading of customers shows how far it is. */
export function watchedHalo(halo: HaloClient, progress: Progress, now: () => Date): MappingWorkflowHalo {
  const { host, sites } = halo;
  return {
    host,
    sites,
    request: (spec, schema, options) => halo.request(spec, schema, options),
    budget: () => halo.budget(),
    clients: {
      get: (id, options) => halo.clients.get(id, options),
      list(query, options) {
        const listing = halo.clients.list(query, options);
        return {
          get report() {
            return listing.report;
          },
          async toArray() {
            const rows = [];
            for await (const page of readPages(listing, { halo, progress, what: 'customers', now }))
              rows.push(...page);
            return rows;
          },
        };
      },
    },
  };
}
