import type { z } from 'zod';
import { path } from '../http/path.ts';
import type { CallOptions, Transport } from '../http/request.ts';
import {
  type CommonQuery,
  flagParameter,
  idParameter,
  outOfUseParameter,
  textParameter,
} from './parameters.ts';
import { readRow } from './read-answer.ts';
import { createResource, type Resource, type ResourceDescriptor } from './resource.ts';
import { date, flag, listOf, partSchema, type RowInput, reference, rowSchema, text } from './row-schema.ts';

const shape = {
  name: text,
  firstname: text,
  surname: text,
  initials: text,
  /** Missing on many rows. */
  email: text,
  /** Agents are disabled where other rows are inactive. */
  isdisabled: flag,
  is_agent: flag,
  /** Whether it signs in through the API only. */
  isapiagent: flag,
  jobtitle: text,
  /** Mobile number. */
  sms: text,
  extensionnumber: text,
  /** Name, not id, of the default team. */
  team: text,
  department: text,
  teams: listOf(
    partSchema({ team_id: reference, team_name: text, department_id: reference, is_manager: flag }),
  ),
  departments: listOf(partSchema({ department_id: reference, department_name: text, role_name: text })),
  /** The customers that the agent is limited to. */
  clients: listOf(partSchema({ client_id: reference, client_name: text })),
  /** The one customer that the agent is limited to; 0 is no limit. */
  one_client: reference,
  claims: listOf(partSchema({ type: text, value: text })),
  lastlogindate: date,
  datecreated: date,
};

/** Schema of an agent: a person, or an API account, who works in Halo. */
export const agentSchema = rowSchema(shape);

/** A person, or an API account, who works in Halo. Every field but the id may be missing. */
export type Agent = z.infer<typeof agentSchema>;

/** An agent to create. */
export type AgentCreate = RowInput<typeof shape, 'name' | 'email'>;

/** The fields of an agent to change. */
export type AgentUpdate = RowInput<typeof shape>;

/** Which agents to list. */
export interface AgentQuery extends CommonQuery {
  /** Text that Halo looks for in name, e-mail and phone. */
  search?: string | undefined;
  teamId?: number | undefined;
  departmentId?: number | undefined;
  /** Agents who may see this customer. */
  clientId?: number | undefined;
  /** Adds disabled agents to the enabled ones. @default false */
  includeDisabled?: boolean | undefined;
  /** Adds agent 1, who is nobody: Halo's word for "unassigned". @default false */
  includeUnassigned?: boolean | undefined;
  /** Adds the agents that sign in through the API only. @default false */
  includeApiAgents?: boolean | undefined;
  includeRoles?: boolean | undefined;
  /** All agents, whatever the agent behind the API application may see, deleted ones too; needs an administrator. */
  showAll?: boolean | undefined;
}

/** The agents of a Halo. */
export interface Agents extends Resource<Agent, AgentQuery, AgentCreate, AgentUpdate> {
  /**
   * Returns the agent that the API application signs in as, with the rights it has. Can be megabytes long.
   *
   * @throws {HaloPermissionError} when the sign-in has no agent behind it
   * @example
   * ```ts
   * import { configFromEnv, createHaloClient } from 'halo-psa';
   *
   * const halo = createHaloClient(configFromEnv());
   * const me = await halo.agents.me();
   * console.log(me.name, me.teams?.map((team) => team.team_name));
   * ```
   */
  me(options?: CallOptions): Promise<Agent>;
}

/** @internal */
export const agentDescriptor: ResourceDescriptor<Agent, AgentQuery> = {
  name: 'agents',
  singular: 'agent',
  listPath: path`/Agent`,
  rowPath: (id) => path`/Agent/${id}`,
  schema: agentSchema,
  parameters: {
    search: textParameter('search'),
    teamId: idParameter('team_id'),
    departmentId: idParameter('department_id'),
    clientId: idParameter('client_id'),
    includeDisabled: outOfUseParameter('includeenabled', 'includedisabled'),
    includeUnassigned: flagParameter('includeunassigned'),
    includeApiAgents: flagParameter('includeapiagents'),
    includeRoles: flagParameter('includeroles'),
    showAll: flagParameter('showall'),
  },
  defaults: { includeDisabled: false, includeUnassigned: false },
  createLookup: 'halo.agents.list({ search: email, includeDisabled: true, includeApiAgents: true })',
};

/** Makes the calls for agents. @internal */
export function createAgents(transport: Transport): Agents {
  return {
    ...createResource<Agent, AgentQuery, AgentCreate, AgentUpdate>(transport, agentDescriptor),
    async me(options) {
      const answer = await transport.send({ method: 'GET', path: path`/Agent/me`, effect: 'read' }, options);
      return readRow(agentDescriptor, answer, { operation: 'halo.agents.me()' });
    },
  };
}
