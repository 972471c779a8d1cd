import { type Findings, STAGE_IDS, STAGE_TITLES, type VerificationStage } from './report.ts';

type Redact = (text: string) => string;

/**
 * Tells stages while a verification runs: each once, in order, without secrets.
 *
 * @internal
 */
export class StageTeller {
  readonly #onStage: ((stage: VerificationStage) => void) | undefined;
  readonly #redact: Redact;
  #told = 0;

  constructor(onStage: ((stage: VerificationStage) => void) | undefined, redact: Redact) {
    this.#onStage = onStage;
    this.#redact = redact;
  }

  /** Tells the stages up to the first that is not known yet. */
  known(findings: Findings): void {
    for (let id = STAGE_IDS[this.#told]; id !== undefined; id = STAGE_IDS[this.#told]) {
      const finding = findings[id];
      if (finding === undefined) return;
      this.#tell(redactedStage({ id, title: STAGE_TITLES[id], ...finding }, this.#redact));
    }
  }

  /** Tells the rest, skipped ones among them. */
  done(stages: readonly VerificationStage[]): void {
    for (const stage of stages.slice(this.#told)) this.#tell(stage);
  }

  #tell(stage: VerificationStage): void {
    this.#told += 1;
    this.#onStage?.(stage);
  }
}

/** @internal */
export function redactedStage(stage: VerificationStage, redact: Redact): VerificationStage {
  return {
    ...stage,
    observed: redact(stage.observed),
    meaning: redact(stage.meaning),
    fix: stage.fix === null ? null : redact(stage.fix),
  };
}
