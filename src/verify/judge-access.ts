import { HaloPermissionError, oneLine } from '../errors.ts';
import { API_APPLICATION, agentScreen } from '../halo-screens.ts';
import type { Agent } from '../resources/agents.ts';
import { haloId } from '../resources/halo-id.ts';
import { judgeFailure, type Outcome, TimeOver } from './judge-connection.ts';
import { plural } from './plural.ts';
import { doubtful, type Finding, failed, fine } from './report.ts';

/** The agent behind the token. @internal */
export function judgeAgent(outcome: Outcome<Agent>): Finding {
  if (outcome.kind === 'failure') {
    return judgeFailure(outcome.error, 'Whose rights the application has cannot be read.');
  }
  const agent = outcome.value;
  const kind = agent.isapiagent === true ? ', for the API only' : '';
  const observed = `signed in as ${nameOf(agent) ?? 'an agent without a name'} (id ${agent.id}${kind})`;
  const meaning = 'The application sees what this agent sees, and no more.';
  if (agent.isdisabled !== true) return fine(observed, meaning);
  return doubtful(
    `${observed}, who is disabled`,
    'Halo may stop accepting the application at any time.',
    `${agentScreen(nameOf(agent))}: enable the agent, or choose another one under ${API_APPLICATION} > Agent to log in as.`,
  );
}

/** What is known of an agent's limits; null where it could not be read. @internal */
export interface CustomerLimit {
  readonly agentName: string | undefined;
  /** Customers that the agent is limited to; empty for no limit. */
  readonly names: readonly string[];
}

/** Reads to which customers an agent is limited: `one_client`, or the list `clients`. @internal */
export function customerLimit(outcome: Outcome<Agent> | undefined): CustomerLimit | null {
  if (outcome?.kind !== 'value') return null;
  const { one_client: one, clients = [] } = outcome.value;
  const only = haloId(one);
  const rows = clients.filter((row) => haloId(row.client_id) !== null);
  const nameOfRow = (id: number) => {
    const name = rows.find((row) => row.client_id === id)?.client_name;
    return name === undefined ? `customer ${id}` : oneLine(name, 60);
  };
  const ids = only === null ? rows.map((row) => row.client_id as number) : [only];
  return { agentName: nameOf(outcome.value), names: ids.map(nameOfRow) };
}

/** How many customers are visible, and whether that may be all. @internal */
export function judgeCustomers(
  outcome: Outcome<number>,
  limit: CustomerLimit | null,
  scope: string | undefined,
): Finding {
  if (outcome.kind === 'failure') return judgeDenied(outcome.error, limit, scope);
  const count = outcome.value;
  const visible = plural(count, 'customer');
  const allCustomers = `${agentScreen(limit?.agentName)}: switch on "Allow use of all Customers", or accept that the other customers are never seen.`;
  if (limit !== null && limit.names.length > 0) {
    return doubtful(
      `${visible} visible; the agent is limited to ${plural(limit.names.length, 'customer')}: ${listed(limit.names)}`,
      'Halo leaves the other customers out of every list without saying so.',
      allCustomers,
    );
  }
  if (count === 0) {
    return doubtful(
      'no customer visible',
      'Either this Halo has none, or the agent may see none; Halo does not say which.',
      allCustomers,
    );
  }
  const known =
    limit === null
      ? 'Whether the agent is limited to some of them could not be read.'
      : 'The agent is not limited to some of them.';
  return fine(`${visible} visible, inactive ones included`, known);
}

function judgeDenied(error: unknown, limit: CustomerLimit | null, scope: string | undefined): Finding {
  const finding = judgeFailure(error, 'The customers cannot be read.');
  if (error instanceof TimeOver || !(error instanceof HaloPermissionError)) return finding;
  const missing = scope === undefined ? false : !mayRead(scope);
  const fix = missing
    ? `${API_APPLICATION} > Permissions: tick read:customers or all.`
    : `${agentScreen(limit?.agentName)} > Roles: give a role with access to Customers; and tick read:customers or all under ${API_APPLICATION} > Permissions.`;
  return { ...finding, fix };
}

/** How many teams are visible. @internal */
export function judgeTeams(outcome: Outcome<number>, agentName: string | undefined): Finding {
  if (outcome.kind === 'failure') return judgeFailure(outcome.error, 'The teams cannot be read.');
  if (outcome.value > 0) return fine(`${plural(outcome.value, 'team')} visible`, 'Teams can be listed.');
  return doubtful(
    'no team visible',
    'The agent is probably in no team, and then sees no teams and no agents.',
    `${agentScreen(agentName)} > Departments & Teams: add the agent to a team, and give it a default team.`,
  );
}

/** How many agents are visible. @internal */
export function judgeAgents(outcome: Outcome<number>, agentName: string | undefined): Finding {
  if (outcome.kind === 'failure') return judgeFailure(outcome.error, 'The agents cannot be read.');
  if (outcome.value > 0) return fine(`${plural(outcome.value, 'agent')} visible`, 'Agents can be listed.');
  return doubtful(
    'no agent visible',
    'The agent may not see other agents, as when it is in no team.',
    `${agentScreen(agentName)} > Departments & Teams: add the agent to a team, and allow it to view other agents.`,
  );
}

const EVERYTHING: ReadonlySet<string> = new Set(['all', 'all:standard']);

function mayRead(scope: string): boolean {
  return scope.split(' ').some((each) => EVERYTHING.has(each) || /^(?:read|edit):customers$/.test(each));
}

/** Which scopes the token has, and which of those needed here it lacks. @internal */
export function judgeScope(scope: string | undefined): Finding {
  if (scope === undefined) {
    return fine(
      'the scopes are not known',
      'The token comes from a provider; the other stages show what it may do.',
    );
  }
  const granted = scope.split(' ');
  if (granted.includes('all')) return fine('all', 'The application may do whatever the agent may do.');
  const observed = oneLine(granted.join(' '), 200);
  if (!mayRead(scope)) {
    return failed(
      `${observed}; read:customers is missing`,
      'Customers and sites cannot be read.',
      `${API_APPLICATION} > Permissions: tick read:customers or all, and ask for it with the setting scope.`,
    );
  }
  const mayEdit = granted.some((each) => EVERYTHING.has(each) || each === 'edit:customers');
  return fine(
    observed,
    mayEdit
      ? 'Customers can be read and written.'
      : 'Customers, agents and teams can be read. Writing customers would need edit:customers.',
  );
}

/** Scopes that Halo refused together with the token. @internal */
export function judgeRefusedScope(asked: string, hint: string): Finding {
  return failed(
    `asked for ${oneLine(asked, 200)}; refused`,
    'At least one of these scopes was not granted to the application.',
    hint,
    'HALO_AUTH_INVALID_SCOPE',
  );
}

function nameOf({ name }: Agent): string | undefined {
  const text = name?.trim() ?? '';
  return text === '' ? undefined : oneLine(text, 80);
}

/** Names enough to recognise the list by. */
const NAMES_SHOWN = 3;

function listed(names: readonly string[]): string {
  const more = names.length - NAMES_SHOWN;
  return names.slice(0, NAMES_SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
