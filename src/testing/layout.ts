/** Where a fake Halo stands. @internal */
export interface Layout {
  readonly resourceServer: URL;
  readonly authServer: URL;
  /** Undefined on premise. */
  readonly tenantId: string | undefined;
}

/** Which of Halo's applications a URL leads to, and the path inside it. @internal */
export interface Location {
  readonly area: 'api' | 'auth' | 'outside' | 'elsewhere';
  /** Without leading slash, lower case: IIS does not tell `/api/client` from `/api/Client`. */
  readonly path: string;
}

/** Returns the place of `url` in a layout; another origin is `elsewhere`. @internal */
export function locate(url: URL, { resourceServer, authServer }: Layout): Location {
  const auth = pathBelow(url, authServer.origin, authServer.pathname);
  const api = pathBelow(url, resourceServer.origin, `${withoutSlash(resourceServer.pathname)}/api`);
  // An authorisation server without a path of its own claims only its end points, so that it can share a host.
  if (auth !== undefined && (withoutSlash(authServer.pathname) !== '' || auth === 'token')) {
    return { area: 'auth', path: auth };
  }
  if (api !== undefined) return { area: 'api', path: api };
  const known = url.origin === resourceServer.origin || url.origin === authServer.origin;
  return { area: known ? 'outside' : 'elsewhere', path: url.pathname };
}

/** Returns `url` as a string without a slash at the end. @internal */
export function asAddress(url: URL): string {
  return withoutSlash(url.href);
}

function pathBelow(url: URL, origin: string, base: string): string | undefined {
  if (url.origin !== origin) return undefined;
  const path = url.pathname.toLowerCase();
  const prefix = `${withoutSlash(base).toLowerCase()}/`;
  return path.startsWith(prefix) ? withoutSlash(path.slice(prefix.length)) : undefined;
}

function withoutSlash(text: string): string {
  return text.endsWith('/') ? text.slice(0, -1) : text;
}
