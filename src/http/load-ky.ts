import type { KyInstance } from 'ky';

let loading: Promise<KyInstance> | undefined;

/** Returns ky, which the first request loads: a program that only imports this package does not wait for it. @internal */
export function loadKy(): Promise<KyInstance> {
  loading ??= load();
  return loading;
}

function load(): Promise<KyInstance> {
  const started = import('ky').then((module) => module.default);
  // Its failure belongs to the call that needs it, and the next one tries again.
  started.catch(() => {
    loading = undefined;
  });
  return started;
}
