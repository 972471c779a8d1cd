import { API_APPLICATION } from '../halo-screens.ts';

/** What Halo's permission screen offers with `read:` and `edit:` in front. */
const SCOPED_AREAS = [
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
];

/** Areas that sound like scopes and are none, with what covers them. */
const GUESSED_AREAS: Readonly<Record<string, string>> = {
  agents: 'agents can be read with any scope',
  teams: 'teams can be read with any scope',
  statuses: 'statuses can be read with any scope',
  clients: "Halo calls them customers: use 'read:customers'",
  users: "'read:customers' covers users",
  sites: "'read:customers' covers sites",
  actions: "'read:tickets' covers actions",
};

/**
 * Returns what to do about a scope that Halo refused.
 *
 * @internal
 */
export function scopeHint(scope: string): string {
  const guessed = scope
    .split(' ')
    .map((part) => ({ part, area: /^(?:read|edit):(.+)$/.exec(part)?.[1] ?? '' }))
    .filter(({ area }) => area !== '' && !SCOPED_AREAS.includes(area));
  const advice = guessed
    .slice(0, 3)
    .map(({ part, area }) => {
      const instead = Object.hasOwn(GUESSED_AREAS, area) ? GUESSED_AREAS[area] : undefined;
      return `Halo has no scope '${part.slice(0, 40)}'${instead === undefined ? '' : `: ${instead}`}.`;
    })
    .join(' ');
  const general = `Use the scope 'all', or tick each scope under ${API_APPLICATION} > Permissions; one that is not granted fails the whole request.`;
  return advice === '' ? general : `${advice} ${general}`;
}
