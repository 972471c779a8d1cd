import { checkRecord } from './check-input.ts';
import { parseName } from './parse-name.ts';
import { finish } from './suggest-mappings.ts';
import { prepareCustomers, suggestSteps } from './suggest-steps.ts';
import type { Candidate, Mapper, MappingOptions, MappingRecord, MappingReport } from './types.ts';

/**
 * Indexes the customers once, for many questions or one at a time.
 *
 * @param customers Halo's side
 * @param options those of `suggestMappings`
 * @throws {TypeError} when a row or an option has the wrong type
 * @example
 * ```ts
 * import { createMapper } from 'halo-psa/mapping';
 *
 * const mapper = createMapper([{ id: 'c9', name: 'Contoso Ltd' }]);
 * const [suggestion] = mapper.suggest([{ id: 1, name: 'Contoso' }]).suggestions;
 * console.log(suggestion?.status, suggestion?.customer?.name);
 * ```
 */
export function createMapper<C extends MappingRecord>(
  customers: readonly C[],
  options: MappingOptions = {},
): Mapper<C> {
  // A copy: what the caller does to the list later must not change the answers.
  const prepared = finish(prepareCustomers([...customers], { ...options }));
  const { engine } = prepared;
  return {
    suggest<O extends MappingRecord>(organizations: readonly O[]): MappingReport<O, C> {
      return finish(suggestSteps(organizations, prepared));
    },
    explain<O extends MappingRecord>(organization: O, customer: C): Candidate<C> | null {
      checkRecord(organization, 'organization');
      checkRecord(customer, 'customer');
      const number = engine.numberOf(customer.id);
      if (number < 0) return null;
      const name = parseName(organization.name ?? '', organization.aliases);
      const usual = engine.ask(organization, name).candidates.find((each) => each.customer === number);
      const asked =
        usual ?? engine.ask(organization, name, [number]).candidates.find((each) => each.customer === number);
      return asked === undefined ? null : engine.describe(asked);
    },
  };
}
