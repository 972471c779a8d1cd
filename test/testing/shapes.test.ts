import { describe, expect, it } from 'vitest';
import { createFakeHalo } from '../../src/testing/index.ts';
import { addressesOf, read, signIn } from './session.ts';

/** Keys that rows of a real instance were seen to have. */
const CLIENT_LIST_KEYS =
  'accountmanagertech accountsid actionemail calldate cautomateid clearemail client_to_invoice client_to_invoice_recurring clientcurrency colour confirmemail contract_tax_code customer_relationship customer_relationship_list customertype dbc_company_id default_currency_code default_mailbox_id excludefrominvoicesync id inactive invoiceduedaysextraclient is_account is_vip item_tax_code itglue_id kashflow_tenant_id key logo mailbox_override';
const TEAM_KEYS =
  'concurrent_lic_limit department_id department_name foropps forprojects forrequests guid hide_agents_in_tree_if_no_tickets homescreendashboardid id inactive last_modified mailbox_override name org_team_name override_column_id sequence teamphotopath ticket_count use';
const SITE_KEYS =
  'client_id client_name client_to_invoice client_to_invoice_recurring clientsite_name colour default_client_currency_code default_currency_code geocoord1 geocoord2 id inactive invoice_address_isdelivery isinvoicesite isstocklocation itglue_id key maincontact_id messagegroup_id name phonenumber site_item_tax_code sla_id stopped table timezone use';
const AZURE_TENANT_KEYS =
  'azure_tenant_domain azure_tenant_id azure_tenant_name client_id client_name details_id details_name id licence_import_type relationship_type token_expiry';

const seed = () =>
  createFakeHalo({
    topLevels: [{ id: 1, name: 'IT', organisation_name: 'My Company' }],
    clients: [
      {
        id: 12,
        name: 'Contoso Ltd',
        website: 'https://contoso.example',
        main_contact_email: 'ava@contoso.example',
        customfields: [{ id: 151, value: 'abc-123' }],
      },
    ],
    customFields: [{ id: 151, name: 'CFExternalCustomerId', label: 'External customer id' }],
    azureTenants: [{ client_id: 12, azure_tenant_id: '8a7f1c0e-0000-4000-8000-000000000012' }],
    teams: [{ id: 1, name: '1st Line Support' }],
    agents: [{ id: 3, name: 'Jane Doe', email: null, teams: [{ team_id: 1 }] }],
    users: [{ id: 77, name: 'Ava Chen', site_id: 1, emailaddress: 'ava@contoso.example' }],
  });

describe('rows of the fake Halo', () => {
  it.each([
    ['Client', (body: { clients: object[] }) => body.clients[0], CLIENT_LIST_KEYS],
    ['Site', (body: { sites: object[] }) => body.sites[0], SITE_KEYS],
    ['Team', (body: object[]) => body[0], TEAM_KEYS],
    ['AreaAzureTenant', (body: object[]) => body[0], AZURE_TENANT_KEYS],
  ] as const)('have, in the list %s, the keys that were seen in a real one', async (path, first, keys) => {
    const { get } = await signIn(seed());
    const row = first((await get(path)).body as never);
    expect(Object.keys(row ?? {})).toEqual(expect.arrayContaining(keys.split(' ')));
  });

  it('carry the constants and sentinels of Halo', async () => {
    const { get } = await signIn(seed());
    const { clients } = (await get('Client')).body;
    expect(clients[0]).toMatchObject({
      use: 'client',
      key: 12,
      table: 2,
      messagegroup_id: -1,
      calldate: '1900-01-01T00:00:00',
    });
    const { sites } = (await get('Site')).body;
    expect(sites[0]).toMatchObject({
      use: 'site',
      key: 1,
      table: 3,
      maincontact_id: -2,
      site_item_tax_code: -3,
      clientsite_name: 'Contoso Ltd/Main',
    });
    const { users } = (await get('Users')).body;
    expect(users[0]).toMatchObject({
      use: 'user',
      table: 4,
      site_id: 1,
      site_id_int: 1,
      client_id: 12,
      client_name: 'Contoso Ltd',
      initials: 'AC',
    });
    expect((await get('Team')).body[0]).toMatchObject({
      use: 'team',
      org_team_name: 'My Company - IT - 1st Line Support',
    });
    expect((await get('Agent')).body[0]).toMatchObject({
      use: 'agent',
      one_client: 0,
      initials: 'JD',
      team: '1st Line Support',
      teams: [{ team_id: 1, agent_id: 3, team_name: '1st Line Support', department_name: 'IT' }],
    });
  });

  it('leave nulls out', async () => {
    const { get } = await signIn(seed());
    const { text, body } = await get('Agent');
    expect(body[0]).not.toHaveProperty('email');
    expect(text).not.toContain('null');
  });

  it('say an inactive agent is disabled, in its name too', async () => {
    const fake = seed();
    const { get } = await signIn(fake);
    fake.tables.agents.set(3, { isdisabled: true });
    const { body } = await get('Agent/3');
    expect(body).toMatchObject({
      isdisabled: true,
      namewithinactive: 'Jane Doe (Inactive)',
      isagentdetails: true,
    });
  });

  it('have the fields of the detail in a list only where they are asked for', async () => {
    const { get } = await signIn(seed());
    const listed = async (query: string) => (await get(`Client?${query}`)).body.clients[0];
    for (const field of [
      'website',
      'notes',
      'customfields',
      'azure_tenants',
      'main_contact_email',
      'trading_name',
    ]) {
      expect(await listed('')).not.toHaveProperty(field);
    }
    expect(await listed('include_website=true')).toMatchObject({ website: 'https://contoso.example' });
    expect(await listed('include_custom_fields=151')).toMatchObject({
      customfields: [{ id: 151, value: 'abc-123' }],
    });
    expect((await listed('include_custom_fields=9')).customfields).toEqual([]);
    expect((await listed('includeazuretenants=true')).azure_tenants).toHaveLength(1);
  });

  it('have extra objects in the detail only with includedetails', async () => {
    const { get } = await signIn(seed());
    const plain = (await get('Client/12')).body;
    expect(plain).toMatchObject({
      id: 12,
      website: 'https://contoso.example',
      main_site_id: 1,
      main_site_name: 'Main',
    });
    expect(plain).not.toHaveProperty('customfields');
    const full = (await get('Client/12?includedetails=true')).body;
    expect(full).toMatchObject({
      customfields: [
        { id: 151, name: 'CFExternalCustomerId', label: 'External customer id', value: 'abc-123' },
      ],
      azure_tenants: [{ client_id: 12, client_name: 'Contoso Ltd', token_expiry: '1900-01-01T00:00:00' }],
      external_links: [],
    });
    expect((await get('Team/1?includedetails=true')).body.agents).toMatchObject([
      { agent_id: 3, team_id: 1 },
    ]);
    expect((await get('Team/1')).body).not.toHaveProperty('agents');
  });

  it('answer /Agent/me with the agent behind the token and its claims', async () => {
    const { get } = await signIn(seed());
    expect((await get('Agent/me')).body).toMatchObject({
      isapiagent: true,
      one_client: 0,
      clients: [],
      claims: [
        { type: 'client_edit', value: 'True' },
        { type: 'role', value: 'Administrator' },
      ],
    });
  });
});

describe('single requests to the fake Halo', () => {
  it.each([
    ['Client/999', 404, ''],
    ['Client/probe', 400, '{"id":["The value \'probe\' is not valid."]}'],
    ['Client/me', 401, ''],
    ['Users/me', 404, ''],
    ['Unknown', 404, ''],
    ['Client/12/more', 404, ''],
  ])('answer %s with %i and the body "%s"', async (path, status, text) => {
    const { get } = await signIn(seed());
    expect(await get(path)).toMatchObject({ status, text });
  });

  it('find the authorisation server without a token, whatever the case', async () => {
    const fake = seed();
    for (const path of ['authinfo', 'AuthInfo']) {
      const { status, text } = await read(await fake.fetch(addressesOf(fake).api + path));
      expect([status, text]).toEqual([
        200,
        '{"auth_url":"https://acme.halopsa.example/auth","tenant_id":"acme"}',
      ]);
    }
  });

  it.each([
    ['none' as const, 404, undefined],
    [{ auth_url: 'https://evil.example/auth' }, 200, { auth_url: 'https://evil.example/auth' }],
  ])('describe the authorisation server as told (%j)', async (authInfo, status, body) => {
    const fake = createFakeHalo({ authInfo });
    expect(await read(await fake.fetch(`${addressesOf(fake).api}authinfo`))).toMatchObject({
      status,
      ...(body && { body }),
    });
  });

  it('describe the instance to a token only', async () => {
    const fake = seed();
    const { get } = await signIn(fake);
    expect((await get('InstanceInfo')).body).toMatchObject({
      app_name: 'Halo PSA',
      tenant_id: 'acme',
      licensed_agent_count: 1,
    });
    expect((await fake.fetch(`${addressesOf(fake).api}InstanceInfo`)).status).toBe(401);
  });

  it.each(['Client', 'Agent'] as const)(
    'say 401 or 403 without a body where the agent lacks the right to %s',
    async (name) => {
      const fake = seed();
      const { get } = await signIn(fake);
      fake.quirks.denied = { [name]: 403 };
      expect(await get(name)).toMatchObject({ status: 403, text: '' });
      fake.quirks.denied = { [name]: 401 };
      expect(await get(name)).toMatchObject({ status: 401, text: '' });
      expect((await get('Team')).status).toBe(200);
    },
  );

  it.each([
    ['read:customers', 'GET', 'Client', 200],
    ['read:customers', 'GET', 'Agent', 200],
    ['read:customers', 'POST', 'Client', 403],
    ['edit:customers', 'POST', 'Client', 201],
    ['edit:customers', 'POST', 'Team', 403],
    ['admin', 'POST', 'Team', 201],
    ['read:tickets', 'GET', 'Client', 403],
    ['read:tickets', 'GET', 'Team', 200],
  ])('hold a token with the scope %s, for %s %s, to %i', async (scope, method, path, status) => {
    const { call, post } = await signIn(seed(), { scope });
    const answer = method === 'POST' ? await post(path, [{ name: 'New' }]) : await call(path);
    expect(answer.status).toBe(status);
    if (status === 403) expect(answer.text).toBe('');
  });

  it.each(['PUT', 'PATCH', 'DELETE'])('know no %s on a list', async (method) => {
    const { call } = await signIn(seed());
    expect((await call('Client', { method })).status).toBe(405);
  });
});
