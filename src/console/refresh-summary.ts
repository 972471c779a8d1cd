import type { RefreshReport, SideChanges } from '../workflow/index.ts';
import type { RefreshSummary } from './api-types.ts';

/** Returns what a refresh found, in sentences for a person. */
export function refreshSummary(report: RefreshReport): RefreshSummary {
  const { at, organizations, customers, stale, hidden, customersHidden, organizationsVanished, summary } =
    report;
  const vanished = customersHidden ?? organizationsVanished;
  return {
    at,
    organizations: summary.organizations,
    customers: summary.customers,
    news: [
      ...(stale.length > 0
        ? [`${counted(stale.length, 'mapping no longer holds', 'mappings no longer hold')}.`]
        : []),
      ...(hidden.length > 0
        ? [`${counted(hidden.length, 'mapped customer', 'mapped customers')} may not be read by this agent.`]
        : []),
      ...sideNews(customers, 'customer', 'customers'),
      ...sideNews(organizations, 'organization', 'organizations'),
    ],
    vanished:
      vanished === null
        ? null
        : `${vanished.missing.length} of ${vanished.known} are missing. ${vanished.hint}`,
  };
}

function sideNews(
  { added, removed, renamed, deactivated }: SideChanges,
  one: string,
  many: string,
): string[] {
  const parts = [
    added.length > 0 ? `${added.length} new` : '',
    renamed.length > 0 ? `${renamed.length} renamed` : '',
    deactivated.length > 0 ? `${deactivated.length} now inactive` : '',
    removed.length > 0 ? `${removed.length} gone` : '',
  ].filter((part) => part !== '');
  if (parts.length === 0) return [];
  const total = added.length + renamed.length + deactivated.length + removed.length;
  const named = renamed.length === 1 ? `: ${renamed[0]!.before} is now ${renamed[0]!.name}` : '';
  return [`${total === 1 ? 'One' : 'Some'} ${total === 1 ? one : many}: ${parts.join(', ')}${named}.`];
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
