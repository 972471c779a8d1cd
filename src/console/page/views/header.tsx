import { activeName, consoleState, isHelpOpen, type View, view } from '../state/console.ts';
import { problem } from '../state/notices.ts';
import { ThemeSwitch } from './theme-switch.tsx';

const VIEWS: readonly (readonly [View, string])[] = [
  ['mapping', 'Mapping'],
  ['connection', 'Connection'],
];

/** Name of the page, instances, the two views, theme and help. */
export function Header() {
  const { instances, demo } = consoleState.value!;
  return (
    <header class="header">
      <h1 class="brand">
        <span class="brand-mark" aria-hidden="true" />
        Halo PSA mapping
        {demo !== null && <span class="tag">demo</span>}
      </h1>
      {instances.length > 1 && (
        <nav class="instances" aria-label="Halo instances">
          {instances.map(({ name, settings }) => (
            <button
              key={name}
              type="button"
              class="tab"
              aria-current={name === activeName.value ? 'true' : undefined}
              title={settings.resourceServer}
              onClick={() => {
                activeName.value = name;
                problem.value = null;
              }}
            >
              {name}
            </button>
          ))}
        </nav>
      )}
      <nav class="views" aria-label="Views">
        {VIEWS.map(([id, label]) => (
          <button
            key={id}
            type="button"
            class="tab"
            aria-current={id === view.value ? 'page' : undefined}
            onClick={() => {
              view.value = id;
            }}
          >
            {label}
          </button>
        ))}
      </nav>
      <div class="header-end">
        <ThemeSwitch />
        <button
          type="button"
          class="icon-button"
          aria-label="Help and keys"
          onClick={() => {
            isHelpOpen.value = true;
          }}
        >
          ?
        </button>
      </div>
    </header>
  );
}
