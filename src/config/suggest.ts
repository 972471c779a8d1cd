/** Names that other clients and Halo's own screens use for a setting. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  authority: 'authServer',
  authorisationserver: 'authServer',
  authorizationserver: 'authServer',
  authurl: 'authServer',
  authserverurl: 'authServer',
  authserverhostname: 'authServer',
  tokenurl: 'authServer',
  tokenendpoint: 'authServer',
  baseurl: 'resourceServer',
  apiurl: 'resourceServer',
  haloapiurl: 'resourceServer',
  host: 'resourceServer',
  hostname: 'resourceServer',
  url: 'resourceServer',
  server: 'resourceServer',
  resourceserverurl: 'resourceServer',
  resourceserverhostname: 'resourceServer',
  secret: 'clientSecret',
  tenant: 'tenantId',
  tenantname: 'tenantId',
  scopes: 'scope',
  permissions: 'scope',
  isonpremise: 'onPremise',
  isonprem: 'onPremise',
  onprem: 'onPremise',
  insecure: 'allowInsecureHttp',
  allowhttp: 'allowInsecureHttp',
  allowinsecure: 'allowInsecureHttp',
  timeout: 'timeoutMs',
  retries: 'maxRetries',
  retry: 'maxRetries',
  log: 'logger',
  tokens: 'tokenProvider',
};

/** Two slips of the finger; three would turn `host` into `scope`. */
const MOST_EDITS = 2;

/**
 * Returns the setting that an unknown name most likely stands for.
 *
 * @internal
 */
export function suggestName(unknown: string, known: readonly string[]): string | undefined {
  const plain = simplify(unknown);
  const other = Object.hasOwn(OTHER_NAMES, plain) ? OTHER_NAMES[plain] : undefined;
  if (other !== undefined && known.includes(other)) return other;
  let best: { name: string; edits: number } | undefined;
  for (const name of known) {
    const edits = editDistance(plain, simplify(name));
    if (edits <= MOST_EDITS && edits < name.length / 2 && edits < (best?.edits ?? Number.POSITIVE_INFINITY)) {
      best = { name, edits };
    }
  }
  return best?.name;
}

/** Longer names than any of ours are cut, which bounds the work below. */
const LONGEST_NAME = 40;

function simplify(name: string): string {
  return name
    .slice(0, LONGEST_NAME)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** Levenshtein distance by rows (Wagner and Fischer 1974). */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const substituted = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(substituted, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
