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
      ...sideNews(customers, 'Customers'),
      ...sideNews(organizations, 'Organizations'),
    ],
    vanished:
      vanished === null
        ? null
        : `${vanished.missing.length} of ${vanished.known} are missing. ${vanished.hint}`,
  };
}

function sideNews({ added, removed, renamed, deactivated }: SideChanges, side: string): string[] {
  const [first] = renamed;
  const isOne = first !== undefined && renamed.length === 1;
  const parts = [
    added.length > 0 ? `${added.length} new` : '',
    renamed.length > 0
      ? `${renamed.length} renamed${isOne ? ` (${first.before} to ${first.name})` : ''}`
      : '',
    deactivated.length > 0 ? `${deactivated.length} now inactive` : '',
    removed.length > 0 ? `${removed.length} gone` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? [] : [`${side}: ${parts.join(', ')}.`];
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
