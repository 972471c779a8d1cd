import { effect, signal } from '@preact/signals';

export type Theme = 'auto' | 'light' | 'dark';

const KEY = 'halo-psa-console-theme';

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'auto';
  } catch {
    // A report opened from a file may have no storage.
    return 'auto';
  }
}

export const theme = signal<Theme>(storedTheme());

/** Keeps the document in the chosen theme. */
export function followTheme(): void {
  effect(() => {
    document.documentElement.dataset.theme = theme.value;
    try {
      localStorage.setItem(KEY, theme.value);
    } catch {
      // Then it is chosen again next time.
    }
  });
}
