/** Halo's "no date": the SQL default of a date column. */
const NO_DATE = '1900-01-01T00:00:00';

/** Numbers of Halo's tables, sent with each row. */
const TABLE_NUMBERS = { client: 2, site: 3, user: 4 } as const;

type Defaults = Readonly<Record<string, unknown>>;

/** What a list row of a customer carries when nothing was entered. @internal */
export const CLIENT_DEFAULTS: Defaults = {
  inactive: false,
  colour: '#a75ded',
  confirmemail: 0,
  actionemail: 0,
  clearemail: 0,
  messagegroup_id: -1,
  mailbox_override: -1,
  default_mailbox_id: 0,
  calldate: NO_DATE,
  item_tax_code: 0,
  contract_tax_code: 0,
  accountmanagertech: 0,
  xero_tenant_id: '',
  accountsid: '',
  excludefrominvoicesync: false,
  kashflow_tenant_id: 0,
  client_to_invoice: 0,
  client_to_invoice_recurring: 0,
  invoiceduedaysextraclient: 0,
  itglue_id: '',
  clientcurrency: '',
  default_currency_code: 0,
  qbo_company_id: '',
  cautomateid: 0,
  dbc_company_id: '',
  stopped: 0,
  customertype: 0,
  customer_relationship: [],
  customer_relationship_list: '',
  is_vip: false,
  is_account: false,
  ref: '',
  use: 'client',
  table: TABLE_NUMBERS.client,
  logo: '',
};

/** What only the detail of a customer carries besides. @internal */
export const CLIENT_DETAIL_DEFAULTS: Defaults = {
  website: '',
  notes: '',
  datecreated: NO_DATE,
  alastupdate: NO_DATE,
  main_contact_id: 0,
  trading_name: '',
  tax_number: '',
  accountsemailaddress: '',
  domain: '',
  autotaskid: -1,
  connectwiseid: 0,
  ninjarmmid: 0,
  ateraid: 0,
  syncroid: 0,
  datto_id: '',
  datto_alternate_id: 0,
  hubspot_id: '',
  hudu_url: '',
  xeroid: '',
  gficlientid: '0',
  isnhserveremaildefault: false,
  announcedate: NO_DATE,
};

/** What a list row of a site carries when nothing was entered. @internal */
export const SITE_DEFAULTS: Defaults = {
  inactive: false,
  sla_id: -1,
  phonenumber: '',
  colour: '#a75ded',
  timezone: '',
  invoice_address_isdelivery: true,
  isstocklocation: false,
  messagegroup_id: -1,
  use: 'site',
  table: TABLE_NUMBERS.site,
  itglue_id: '',
  maincontact_id: -2,
  isinvoicesite: false,
  site_item_tax_code: -3,
  default_currency_code: 0,
  default_client_currency_code: 0,
  client_to_invoice: 0,
  client_to_invoice_recurring: 0,
  stopped: 0,
  geocoord1: 0,
  geocoord2: 0,
};

/** What only the detail of a site carries besides. @internal */
export const SITE_DETAIL_DEFAULTS: Defaults = {
  emaildomain: '',
  todomain: '',
  azuretenantid: '',
  ref: '',
  refnumber: '',
  notes: '',
  datto_alternate_id: 0,
  slastupdate: NO_DATE,
  datecreated: NO_DATE,
};

/** What a list row of an agent carries when nothing was entered. @internal */
export const AGENT_DEFAULTS: Defaults = {
  team: '',
  isdisabled: false,
  ad: '',
  colour: '#2bd3c6',
  jobtitle: '',
  sms: '',
  extensionnumber: '',
  is_agent: true,
  one_client: 0,
  linemanager: 0,
  licence_type: 0,
  isapiagent: false,
  use: 'agent',
  onlinestatus: 0,
  lastlogindate: NO_DATE,
};

/** What only the detail of an agent carries besides. @internal */
export const AGENT_DETAIL_DEFAULTS: Defaults = {
  datecreated: NO_DATE,
  sites: [],
  role_list: '',
  roles: [{ id: '00000000-0000-0000-0000-000000000001', name: 'Administrator' }],
  claims: [],
  workday_id: 1,
  costprice: 0,
  chargerate: -1,
  isagentdetails: true,
};

/** What a row of a team carries when nothing was entered. @internal */
export const TEAM_DEFAULTS: Defaults = {
  forrequests: true,
  foropps: true,
  forprojects: true,
  ticket_count: 0,
  inactive: false,
  override_column_id: 0,
  teamphotopath: '',
  last_modified: NO_DATE,
  hide_agents_in_tree_if_no_tickets: false,
  concurrent_lic_limit: -1,
  homescreendashboardid: 0,
  mailbox_override: -1,
  use: 'team',
};

/** What only the detail of a team carries besides. @internal */
export const TEAM_DETAIL_DEFAULTS: Defaults = {
  organisation_id: 1,
  emailaddress: '',
  main_email_address: '',
  phone_number: '',
  timezone: '',
  allowlivechat: true,
  addtoallagents: false,
  messagegroup_id: -1,
};

/** What a row of a contact carries when nothing was entered. @internal */
export const USER_DEFAULTS: Defaults = {
  email2: '',
  email3: '',
  phonenumber: '',
  phonenumber_preferred: '',
  inactive: false,
  colour: '#2bd3c6',
  isimportantcontact: false,
  neversendemails: false,
  isserviceaccount: false,
  linked_agent_id: 0,
  priority_id: 0,
  connectwiseid: 0,
  autotaskid: -1,
  azureoid: '',
  onpremise_activedirectory_dn: '',
  use: 'user',
  table: TABLE_NUMBERS.user,
};

/** What a link to a Microsoft tenant carries when nothing was entered. @internal */
export const AZURE_TENANT_DEFAULTS: Defaults = {
  details_id: 1,
  azure_tenant_name: '',
  azure_tenant_domain: '',
  details_name: 'CSP',
  licence_import_type: 0,
  relationship_type: 0,
  token_expiry: NO_DATE,
};
