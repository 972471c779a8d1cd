/** Fields beyond the named ones: Halo has hundreds, and the fake hands back whatever it is given. */
interface AnyFields {
  [field: string]: unknown;
}

/** A row of Halo's, by its own field names. */
export interface FakeRow extends AnyFields {
  id: number;
}

/** A value of a custom field on a customer. */
export interface FakeCustomFieldValue extends AnyFields {
  id?: number | undefined;
  name?: string | undefined;
  value?: unknown;
}

/** A customer to begin with. `id` is given out in ascending order when left out. */
export interface FakeClientSeed extends AnyFields {
  id?: number | undefined;
  name: string;
  /** @default false */
  inactive?: boolean | undefined;
  /** @default 1 */
  toplevel_id?: number | undefined;
  ref?: string | undefined;
  accountsid?: string | undefined;
  website?: string | undefined;
  domain?: string | undefined;
  trading_name?: string | undefined;
  tax_number?: string | undefined;
  main_site_id?: number | undefined;
  main_phonenumber?: string | undefined;
  main_contact_email?: string | undefined;
  accountsemailaddress?: string | undefined;
  customfields?: readonly FakeCustomFieldValue[] | undefined;
}

/** Membership of an agent in a team; the fake fills in names and departments. */
export interface FakeTeamMembership extends AnyFields {
  team_id: number;
}

/** An agent to begin with. Id 1 is Halo's "Unassigned" pseudo agent and hidden unless asked for. */
export interface FakeAgentSeed extends AnyFields {
  id?: number | undefined;
  name: string;
  email?: string | null | undefined;
  /** @default false */
  isdisabled?: boolean | undefined;
  /** API-only agents are listed with `includeapiagents=true` only. @default false */
  isapiagent?: boolean | undefined;
  /** Name of the default team. @default the name of the first of `teams` */
  team?: string | undefined;
  teams?: readonly FakeTeamMembership[] | undefined;
  /** Limits the agent to one customer; 0 means not limited. @default 0 */
  one_client?: number | undefined;
  /** Limits the agent to these customers; empty means not limited. @default [] */
  clients?: readonly { client_id: number }[] | undefined;
}

/** A team to begin with. */
export interface FakeTeamSeed extends AnyFields {
  id?: number | undefined;
  name: string;
  /** @default false */
  inactive?: boolean | undefined;
  /** Id of the top level that is its department. @default 1 */
  department_id?: number | undefined;
}

/** A site to begin with. */
export interface FakeSiteSeed extends AnyFields {
  id?: number | undefined;
  name: string;
  client_id: number;
  /** @default false */
  inactive?: boolean | undefined;
  phonenumber?: string | undefined;
  emaildomain?: string | undefined;
  azuretenantid?: string | undefined;
}

/** A contact of a customer to begin with. */
export interface FakeUserSeed extends AnyFields {
  id?: number | undefined;
  name: string;
  site_id: number;
  emailaddress?: string | undefined;
  inactive?: boolean | undefined;
}

/** A top level (group of customers, and department of agents) to begin with. */
export interface FakeTopLevelSeed extends AnyFields {
  id?: number | undefined;
  name: string;
  organisation_name?: string | undefined;
}

/** A link between a Microsoft tenant and a customer to begin with. */
export interface FakeAzureTenantSeed extends AnyFields {
  id?: number | undefined;
  client_id: number;
  azure_tenant_id: string;
  azure_tenant_name?: string | undefined;
  azure_tenant_domain?: string | undefined;
}

/** The definition of a custom field on customers. */
export interface FakeCustomFieldSeed extends AnyFields {
  id?: number | undefined;
  /** Begins with `CF` in Halo. */
  name: string;
  label?: string | undefined;
}

/** The rows a fake Halo begins with. */
export interface FakeHaloSeed {
  /** @default none */
  clients?: readonly FakeClientSeed[] | undefined;
  /** @default none but the API agent that the tokens act as */
  agents?: readonly FakeAgentSeed[] | undefined;
  /** @default none */
  teams?: readonly FakeTeamSeed[] | undefined;
  /** @default one main site for every customer, as Halo makes it */
  sites?: readonly FakeSiteSeed[] | undefined;
  /** @default none */
  users?: readonly FakeUserSeed[] | undefined;
  /** @default one, `My Company`, with id 1 */
  topLevels?: readonly FakeTopLevelSeed[] | undefined;
  /** @default none */
  azureTenants?: readonly FakeAzureTenantSeed[] | undefined;
  /** @default none */
  customFields?: readonly FakeCustomFieldSeed[] | undefined;
}

/** A customer as the fake keeps it. */
export type FakeClient = FakeClientSeed & { id: number };
/** An agent as the fake keeps it. */
export type FakeAgent = FakeAgentSeed & { id: number };
/** A team as the fake keeps it. */
export type FakeTeam = FakeTeamSeed & { id: number };
/** A site as the fake keeps it. */
export type FakeSite = FakeSiteSeed & { id: number };
/** A contact as the fake keeps it. */
export type FakeUser = FakeUserSeed & { id: number };
/** A top level as the fake keeps it. */
export type FakeTopLevel = FakeTopLevelSeed & { id: number };
/** A Microsoft tenant link as the fake keeps it. */
export type FakeAzureTenant = FakeAzureTenantSeed & { id: number };
/** A custom field definition as the fake keeps it. */
export type FakeCustomField = FakeCustomFieldSeed & { id: number };
