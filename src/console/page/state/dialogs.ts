import { signal } from '@preact/signals';
import type { ClashView } from '../../api-types.ts';

/** A save that came second. */
export interface SaveConflict {
  readonly message: string;
  readonly hint: string | null;
  /** Where both sides decided; null before the decisions were put onto the newer document. */
  readonly clashes: readonly ClashView[] | null;
}

export const isDiffOpen = signal(false);
export const conflict = signal<SaveConflict | null>(null);
/** Counts up to open the picker of the details panel from the keyboard. */
export const pickerCalls = signal(0);
