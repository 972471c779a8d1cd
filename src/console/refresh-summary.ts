import type { RefreshReport, SideChanges, VanishedRows } from '../workflow/index.ts';
import type { RefreshSummary, WaitingDecisions } from './api-types.ts';
import {
  HIDDEN_ADVICE,
  hiddenCount,
  type Side,
  staleCount,
  VANISHED_ADVICE,
  vanishedCount,
} from './refresh-texts.ts';

/** Returns what a refresh found, in sentences for a person. */
export function refreshSummary(report: RefreshReport, waiting: WaitingDecisions | null): RefreshSummary {
  const { at, organizations, customers, stale, hidden, customersHidden, organizationsVanished, summary } =
    report;
  const vanished = [
    ...vanishedNews(customersHidden, 'customers'),
    ...vanishedNews(organizationsVanished, 'organizations'),
  ];
  return {
    at,
    organizations: summary.organizations,
    customers: summary.customers,
    news: [
      ...(stale.length > 0 ? [`${staleCount(stale.length)}.`] : []),
      ...(hidden.length > 0 ? [`${hiddenCount(hidden.length)}. ${HIDDEN_ADVICE}`] : []),
      ...sideNews(customers, 'Customers'),
      ...sideNews(organizations, 'Organizations'),
    ],
    vanished: vanished.length === 0 ? null : vanished.join(' '),
    waiting,
  };
}

/** What to do when they are really gone is a button of the page. */
function vanishedNews(vanished: VanishedRows | null, side: Side): string[] {
  return vanished === null ? [] : [`${vanishedCount(vanished, side)}. ${VANISHED_ADVICE[side]}`];
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
