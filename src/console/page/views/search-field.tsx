import type { Signal } from '@preact/signals';
import { SearchIcon } from './icons.tsx';

/** The search over rows. */
export function SearchField({ search, onLeave }: { search: Signal<string>; onLeave?: () => void }) {
  return (
    <label class="search">
      <SearchIcon />
      <span class="visually-hidden">Search organizations and customers</span>
      <input
        id="search"
        type="search"
        placeholder="Search"
        value={search.value}
        onInput={(event) => {
          search.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (onLeave === undefined || (event.key !== 'Enter' && event.key !== 'ArrowDown')) return;
          event.preventDefault();
          onLeave();
        }}
      />
    </label>
  );
}
