/** One row as this Halo keeps it, in Halo's own field names. */
export interface SecondRow {
  id: number;
  [field: string]: unknown;
}

/** Rows to begin with. */
export interface SecondHaloRows {
  readonly clients?: readonly SecondRow[] | undefined;
  readonly sites?: readonly SecondRow[] | undefined;
  readonly agents?: readonly SecondRow[] | undefined;
  readonly teams?: readonly SecondRow[] | undefined;
}

export type KindName = 'Client' | 'Site' | 'Agent' | 'Team';

/** What the documentation says about one kind of row. */
export interface Kind {
  readonly name: KindName;
  /** Name of the rows in the envelope; null for a list that is a bare array. */
  readonly listKey: string | null;
  /** Constant of the field `use`. */
  readonly use: string;
  /** Parameters and field that tell rows in use from rows out of use. */
  readonly active: { readonly inUse: string; readonly outOfUse: string; readonly field: string };
  /** Columns that `search` looks into; none for a list that is not searched. */
  readonly searched: readonly string[];
  /** Parameter of the list, and the field that has to equal it. */
  readonly filters: Readonly<Record<string, string>>;
  /** Fields of a single row that a list leaves out, with the parameter that adds them. */
  readonly detailOnly: Readonly<Record<string, string | null>>;
  /** Fields that hold whole numbers: a text, or a number with a decimal point, is refused. */
  readonly integers: readonly string[];
  /** Columns of the database's type FLOAT: `12.0` in every answer. */
  readonly doubles: readonly string[];
}

const ACTIVE = { inUse: 'includeactive', outOfUse: 'includeinactive', field: 'inactive' } as const;

export const KINDS: readonly Kind[] = [
  {
    name: 'Client',
    listKey: 'clients',
    use: 'client',
    active: ACTIVE,
    searched: ['name', 'ref', 'accountsid'],
    filters: { toplevel_id: 'toplevel_id' },
    detailOnly: {
      website: 'include_website',
      notes: 'includenotes',
      azure_tenants: 'includeazuretenants',
      customfields: 'include_custom_fields',
      external_links: null,
      trading_name: null,
      tax_number: null,
      domain: null,
      main_contact_email: null,
      accountsemailaddress: null,
    },
    integers: ['toplevel_id', 'stopped', 'customertype'],
    doubles: [],
  },
  {
    name: 'Site',
    listKey: 'sites',
    use: 'site',
    active: ACTIVE,
    searched: ['name', 'clientsite_name'],
    filters: { client_id: 'client_id' },
    detailOnly: { notes: 'includenotes', emaildomain: null, azuretenantid: null, customfields: null },
    integers: ['client_id', 'sla_id'],
    doubles: ['client_id'],
  },
  {
    name: 'Agent',
    listKey: null,
    use: 'agent',
    active: { inUse: 'includeenabled', outOfUse: 'includedisabled', field: 'isdisabled' },
    searched: ['name', 'email', 'extensionnumber'],
    filters: {},
    detailOnly: { claims: null, clients: null, sites: null, datecreated: null },
    integers: ['linemanager', 'one_client'],
    doubles: [],
  },
  {
    name: 'Team',
    listKey: null,
    use: 'team',
    active: { inUse: 'includeenabled', outOfUse: 'includedisabled', field: 'inactive' },
    searched: [],
    filters: { department_id: 'department_id' },
    detailOnly: { agents: null, main_email_address: null, organisation_id: null },
    integers: ['department_id', 'sequence'],
    doubles: [],
  },
];

/** All rows of one Halo. */
export class SecondTables {
  readonly #rows = new Map<KindName, Map<number, SecondRow>>();

  constructor({ clients = [], sites = [], agents = [], teams = [] }: SecondHaloRows) {
    this.#fill('Client', clients);
    this.#fill('Site', sites);
    this.#fill('Agent', agents);
    this.#fill('Team', teams);
  }

  all(kind: Kind): SecondRow[] {
    return [...this.#table(kind).values()];
  }

  get(kind: Kind, id: number): SecondRow | undefined {
    return this.#table(kind).get(id);
  }

  /** Adds a row under a new id; ids are never used again. */
  add(kind: Kind, fields: Record<string, unknown>): SecondRow {
    const id = Math.max(0, this.#highest.get(kind.name) ?? 0) + 1;
    const row = { ...fields, id };
    this.set(kind, row);
    return row;
  }

  set(kind: Kind, row: SecondRow): void {
    this.#table(kind).set(row.id, row);
    this.#highest.set(kind.name, Math.max(row.id, this.#highest.get(kind.name) ?? 0));
  }

  delete(kind: Kind, id: number): boolean {
    return this.#table(kind).delete(id);
  }

  readonly #highest = new Map<KindName, number>();

  #table(kind: Pick<Kind, 'name'>): Map<number, SecondRow> {
    const table = this.#rows.get(kind.name) ?? new Map<number, SecondRow>();
    this.#rows.set(kind.name, table);
    return table;
  }

  #fill(name: KindName, rows: readonly SecondRow[]): void {
    const kind = KINDS.find((each) => each.name === name)!;
    for (const row of rows) this.set(kind, { ...row });
  }
}
