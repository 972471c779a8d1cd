import { Engine } from '../../src/mapping/engine.ts';
import { suggestSteps } from '../../src/mapping/suggest-steps.ts';
import type { MappingOptions, MappingRecord, MappingReport } from '../../src/mapping/types.ts';
import { EVIDENCE_WEIGHTS } from '../../src/mapping/weights.ts';
import { drain } from '../lib/drain.ts';

export type Report = MappingReport<MappingRecord, MappingRecord>;

/** What `suggestMappings` does, with weights of one's own: those learned without the family of the set in question. */
export function suggestWith(
  organizations: readonly MappingRecord[],
  customers: readonly MappingRecord[],
  options: MappingOptions,
  weights: readonly number[] = EVIDENCE_WEIGHTS,
): Report {
  const engine = drain(Engine.build(customers, options, weights));
  return drain(suggestSteps(organizations, { rows: customers, engine, options }));
}
