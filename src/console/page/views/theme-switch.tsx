import { type Theme, theme } from '../state/theme.ts';

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  return (
    <label class="theme-switch">
      <span class="visually-hidden">Colours</span>
      <select
        value={theme.value}
        onChange={(event) => {
          theme.value = event.currentTarget.value as Theme;
        }}
      >
        <option value="auto">Auto</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </select>
    </label>
  );
}
