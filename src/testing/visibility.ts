import type { FakeHaloState } from './state.ts';

/** Returns the customers that the agent behind the token may use, or null for all. @internal */
export function visibleClients({ tables, quirks }: FakeHaloState): ReadonlySet<number> | null {
  const agent = tables.agents.peek(tables.loginAgentId);
  if (agent?.one_client) return new Set([agent.one_client]);
  if (quirks.restrictedToClients) return new Set(quirks.restrictedToClients);
  const own = agent?.clients?.map(({ client_id }) => client_id) ?? [];
  return own.length > 0 ? new Set(own) : null;
}

/** Tells whether a row of a customer's may be seen through a restriction. @internal */
export function isVisible(clientId: number | undefined, visible: ReadonlySet<number> | null): boolean {
  return visible === null || (clientId !== undefined && visible.has(clientId));
}
