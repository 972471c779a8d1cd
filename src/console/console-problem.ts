import { isHaloError } from '../index.ts';
import type { ApiProblem } from './api-types.ts';

/** A request that cannot be answered, with the status to say so. */
export class ConsoleProblem extends Error {
  override readonly name = 'ConsoleProblem';
  readonly status: number;
  readonly code: string;
  readonly hint: string | null;

  constructor(status: number, code: string, message: string, hint: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.hint = hint;
  }
}

/** An answer that tells what went wrong. */
export interface ProblemAnswer {
  readonly status: number;
  readonly problem: ApiProblem;
}

/**
 * Returns what the page is told of an error. What is no error of ours may hold anything, so nothing of it is shown.
 *
 * @param onFault told of an error that the page is not shown
 */
export function describeProblem(error: unknown, onFault: (error: unknown) => void): ProblemAnswer {
  if (error instanceof ConsoleProblem) {
    const { status, code, message, hint } = error;
    return { status, problem: { code, message, hint } };
  }
  if (isHaloError(error)) {
    const { code, message, hint } = error;
    return {
      status: code === 'HALO_MAPPING_STORE_CONFLICT' ? 409 : 422,
      problem: { code, message, hint: hint ?? null },
    };
  }
  if (error instanceof TypeError)
    return { status: 400, problem: { code: 'BAD_REQUEST', message: error.message, hint: null } };
  onFault(error);
  const message = 'Something went wrong in the console itself; the terminal says what.';
  return { status: 500, problem: { code: 'INTERNAL', message, hint: null } };
}
