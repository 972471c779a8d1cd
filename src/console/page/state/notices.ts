import { signal } from '@preact/signals';
import { ApiError } from './api.ts';

/** What went wrong last, until it is dismissed. */
export interface Notice {
  readonly message: string;
  readonly hint: string | null;
}

export const problem = signal<Notice | null>(null);

/** The last thing that happened, for screen readers and for the line at the foot of the page. */
export const announcement = signal('');

export function announce(text: string): void {
  announcement.value = text;
}

/** Shows an error; what is no answer of the server is a fault of the page and worth seeing as it is. */
export function showProblem(error: unknown): void {
  // What was said last, such as a wait, is over.
  announcement.value = '';
  problem.value =
    error instanceof ApiError
      ? { message: error.problem.message, hint: error.problem.hint }
      : { message: String(error), hint: null };
}
