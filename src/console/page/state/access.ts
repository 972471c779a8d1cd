const TOKEN = 'halo-psa-console-token';
const TAB = 'halo-psa-console-tab';

/** Takes the key out of the address, so that it stays in no history and on no screenshot; null where there is none. */
export function takeToken(): string | null {
  const fragment = location.hash.slice(1);
  if (fragment !== '') {
    sessionStorage.setItem(TOKEN, fragment);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(TOKEN);
}

/**
 * Returns the name of this browser tab, the same after a reload. A duplicated tab starts with the other's name, which a
 * lock that the other holds gives away.
 */
export async function takeTab(): Promise<string> {
  const known = sessionStorage.getItem(TAB);
  const tab = known !== null && (await holdLock(known)) ? known : crypto.randomUUID();
  if (tab !== known) await holdLock(tab);
  sessionStorage.setItem(TAB, tab);
  return tab;
}

/** Holds a lock as long as the page lives; false where another page has it. */
function holdLock(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise<never>(() => {});
    });
  });
}
