const AREAS = [
  'tickets',
  'calendar',
  'customers',
  'crm',
  'timesheets',
  'contracts',
  'suppliers',
  'items',
  'projects',
  'sales',
  'quotes',
  'sos',
  'pos',
  'invoices',
  'reporting',
  'software',
  'softwarelicensing',
  'kb',
  'assets',
] as const;

/** Every scope Halo knows. There is none for agents, teams, sites or users: asking for one spoils the whole token. */
const KNOWN_SCOPES: ReadonlySet<string> = new Set([
  'all',
  'all:standard',
  'admin',
  'offline_access',
  'editMine:timesheets',
  'access:chat',
  'access:adpasswordreset',
  ...AREAS.flatMap((area) => [`read:${area}`, `edit:${area}`]),
]);

/** What a request needs a scope for. @internal */
export type Need = 'nothing' | 'read-customers' | 'edit-customers' | 'admin';

const SUFFICIENT: Readonly<Record<Exclude<Need, 'nothing'>, readonly string[]>> = {
  'read-customers': ['all', 'all:standard', 'read:customers', 'edit:customers'],
  'edit-customers': ['all', 'all:standard', 'edit:customers'],
  admin: ['all', 'admin'],
};

/** Tells whether a token's scopes cover a need. @internal */
export function covers(scopes: readonly string[], need: Need): boolean {
  return need === 'nothing' || SUFFICIENT[need].some((scope) => scopes.includes(scope));
}

/** Returns those of `asked` that an application with the scopes `granted` may have. @internal */
export function grantable(asked: readonly string[], granted: readonly string[]): string[] {
  return asked.filter((scope) => KNOWN_SCOPES.has(scope) && isGranted(scope, granted));
}

function isGranted(scope: string, granted: readonly string[]): boolean {
  if (granted.includes('all') || granted.includes(scope) || scope === 'offline_access') return true;
  return scope.startsWith('read:') && granted.includes(scope.replace('read:', 'edit:'));
}
