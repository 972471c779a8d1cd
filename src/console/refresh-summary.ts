import type { RefreshReport, SideChanges, VanishedRows } from '../workflow/index.ts';
import type { RefreshSummary } from './api-types.ts';

/** Returns what a refresh found, in sentences for a person. */
export function refreshSummary(report: RefreshReport): RefreshSummary {
  const { at, organizations, customers, stale, hidden, customersHidden, organizationsVanished, summary } =
    report;
  const vanished = [
    ...vanishedText(customersHidden, 'customers'),
    ...vanishedText(organizationsVanished, 'organizations'),
  ];
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
    vanished: vanished.length === 0 ? null : vanished.join(' '),
  };
}

/** The last sentence of the hint tells programmers what a button of the page does. */
const FOR_PROGRAMMERS = / If they are really gone, refresh with .*$/;

function vanishedText(vanished: VanishedRows | null, side: string): string[] {
  if (vanished === null) return [];
  const { missing, known, hint } = vanished;
  return [`${missing.length} of ${known} ${side} are missing. ${hint.replace(FOR_PROGRAMMERS, '')}`];
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
