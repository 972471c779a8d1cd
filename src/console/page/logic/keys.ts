/** What a key does in the table. */
export type TableCommand =
  | { readonly kind: 'move'; readonly by: number }
  | { readonly kind: 'edge'; readonly at: 'first' | 'last' }
  | { readonly kind: 'accept' | 'reject' | 'ignore' | 'unmap' | 'undo' | 'search' | 'pick' | 'help' };

/** A press of a key. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const PAGE_ROWS = 15;

const COMMANDS: Readonly<Record<string, TableCommand>> = {
  j: { kind: 'move', by: 1 },
  ArrowDown: { kind: 'move', by: 1 },
  k: { kind: 'move', by: -1 },
  ArrowUp: { kind: 'move', by: -1 },
  PageDown: { kind: 'move', by: PAGE_ROWS },
  PageUp: { kind: 'move', by: -PAGE_ROWS },
  Home: { kind: 'edge', at: 'first' },
  End: { kind: 'edge', at: 'last' },
  Enter: { kind: 'accept' },
  r: { kind: 'reject' },
  i: { kind: 'ignore' },
  x: { kind: 'unmap' },
  u: { kind: 'undo' },
  c: { kind: 'pick' },
  '/': { kind: 'search' },
  '?': { kind: 'help' },
};

/** Keys as the help shows them. */
export const KEY_HELP: readonly (readonly [keys: string, does: string])[] = [
  ['j  k  ↓  ↑', 'next, previous organization'],
  ['Enter', 'accept what is proposed, and go on'],
  ['r', 'reject it for good'],
  ['c', 'choose another customer'],
  ['i', 'ignore: it has no customer'],
  ['x', 'end a mapping, or an ignoring'],
  ['u  Ctrl+Z', 'undo the last decision'],
  ['/', 'search'],
  ['?', 'this help'],
];

/** Returns what a key press in the table means, or null where it is the browser's. */
export function tableCommand({ key, ctrlKey, metaKey, altKey }: KeyPress): TableCommand | null {
  if ((ctrlKey || metaKey) && !altKey && key === 'z') return { kind: 'undo' };
  if (ctrlKey || metaKey || altKey) return null;
  return COMMANDS[key] ?? null;
}
