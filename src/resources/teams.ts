import type { z } from 'zod';
import { path } from '../http/path.ts';
import {
  type CommonQuery,
  flagParameter,
  idParameter,
  outOfUseParameter,
  wordParameter,
} from './parameters.ts';
import type { Resource, ResourceDescriptor } from './resource.ts';
import {
  amount,
  date,
  flag,
  listOf,
  partSchema,
  type RowInput,
  reference,
  rowSchema,
  text,
} from './row-schema.ts';

const shape = {
  /** Unique inside its department only. */
  name: text,
  guid: text,
  inactive: flag,
  sequence: amount,
  /** Whether it works on requests, opportunities, projects. */
  forrequests: flag,
  foropps: flag,
  forprojects: flag,
  department_id: reference,
  department_name: text,
  /** `Organisation - Department - Team`. */
  org_team_name: text,
  organisation_id: reference,
  ticket_count: amount,
  emailaddress: text,
  main_email_address: text,
  phone_number: text,
  timezone: text,
  alternative_name: text,
  last_modified: date,
  /** In a list the agents themselves, in a single team their memberships. */
  agents: listOf(
    partSchema({ id: reference, agent_id: reference, agent_name: text, name: text, is_manager: flag }),
  ),
  managers: listOf(partSchema({ id: reference, name: text, agent_id: reference, user_id: reference })),
};

/** Schema of a team of agents. */
export const teamSchema = rowSchema(shape);

/** A team of agents. Every field but the id may be missing. */
export type Team = z.infer<typeof teamSchema>;

/** A team to create. */
export type TeamCreate = RowInput<typeof shape, 'name'>;

/** The fields of a team to change. */
export type TeamUpdate = RowInput<typeof shape>;

const WORK = { requests: 'reqs', opportunities: 'opps', projects: 'prjs' } as const;

/** Which teams to list. Halo neither searches nor sorts teams. */
export interface TeamQuery extends CommonQuery {
  /** Teams that work on these. */
  worksOn?: keyof typeof WORK | undefined;
  departmentId?: number | undefined;
  /** Adds inactive teams to the active ones. @default false */
  includeInactive?: boolean | undefined;
  includeManagers?: boolean | undefined;
  /** Only the teams of the agent behind the API application. */
  myTeamsOnly?: boolean | undefined;
  /** All teams, whatever the agent behind the API application may see; needs an administrator. */
  showAll?: boolean | undefined;
}

/** The teams of a Halo. */
export type Teams = Resource<Team, TeamQuery, TeamCreate, TeamUpdate>;

/** @internal */
export const teamDescriptor: ResourceDescriptor<Team, TeamQuery> = {
  name: 'teams',
  singular: 'team',
  listPath: path`/Team`,
  rowPath: (id) => path`/Team/${id}`,
  schema: teamSchema,
  parameters: {
    worksOn: wordParameter('type', WORK),
    departmentId: idParameter('department_id'),
    includeInactive: outOfUseParameter('includeenabled', 'includedisabled'),
    includeManagers: flagParameter('include_managers'),
    myTeamsOnly: flagParameter('myteamsonly'),
    showAll: flagParameter('showall'),
  },
  defaults: { includeInactive: false },
  createLookup: 'halo.teams.list({ includeInactive: true })',
};
