// The tables of words first and side by side, then what reads names and what compares them: compression finds what they
// share, 1.5 kB less to load.
import './concepts.ts';
import './prior.ts';
import './word-lists.ts';
import './parse-name.ts';
import './phones.ts';
import './weights.ts';
import './engine.ts';
import './assign.ts';

export type { Calibration, CalibrationBin } from './calibration.ts';
export { DEFAULT_THRESHOLDS, ENGINE_VERSION } from './defaults.ts';
export {
  type Accuracy,
  type EvaluationOptions,
  type EvidenceLift,
  evaluateMappings,
  type MappingEvaluation,
  type MappingMistake,
  type StatusAccuracy,
} from './evaluate.ts';
export { explainPair } from './explain-pair.ts';
export { createMapper } from './mapper.ts';
export { suggestMappings, suggestMappingsAsync } from './suggest-mappings.ts';
export type { ThresholdAdvice } from './threshold-advice.ts';
export type { CustomerIds, MappingTruth } from './truth.ts';
export type {
  AsyncMappingOptions,
  Candidate,
  DecidedPair,
  Evidence,
  Mapper,
  MappingOptions,
  MappingProblem,
  MappingRecord,
  MappingReport,
  MappingStatus,
  MappingSuggestion,
  PairExplanation,
} from './types.ts';
