import { describe, expect, it } from 'vitest';
import { createFakeHalo } from '../../src/testing/index.ts';
import { signIn } from './session.ts';

const seed = () =>
  createFakeHalo({
    clients: [{ id: 12, name: 'Contoso Ltd', ref: 'C-12' }],
    teams: [{ id: 1, name: 'First' }],
  });

describe('writes to the fake Halo', () => {
  it('create a customer with its main site and answer 201 with one bare object', async () => {
    const fake = seed();
    const { post, get } = await signIn(fake);
    const { status, body } = await post('Client', [{ name: 'Fabrikam', newclient_sitename: 'Head office' }]);
    expect(status).toBe(201);
    expect(body).toMatchObject({ id: 13, name: 'Fabrikam', inactive: false, main_site_name: 'Head office' });
    expect(body).not.toHaveProperty('newclient_sitename');
    expect((await get(`Site/${body.main_site_id}`)).body).toMatchObject({
      name: 'Head office',
      client_id: 13,
    });
  });

  it('create the first contact of a customer', async () => {
    const { post, get } = await signIn(seed());
    const { body } = await post('Client', [
      { name: 'Fabrikam', newclient_contactname: 'Ava Chen', newclient_contactemail: 'ava@fabrikam.example' },
    ]);
    expect(body).toMatchObject({ main_contact_name: 'Ava Chen', main_contact_email: 'ava@fabrikam.example' });
    expect((await get(`Users/${body.main_contact_id}`)).body).toMatchObject({
      client_id: 13,
      emailaddress: 'ava@fabrikam.example',
    });
  });

  it('change only the fields that were sent', async () => {
    const { post, get } = await signIn(seed());
    const { status, body } = await post('Client', [
      { id: 12, name: 'Contoso Group', _dont_fire_automations: true },
    ]);
    expect([status, body.name, body.ref]).toEqual([201, 'Contoso Group', 'C-12']);
    expect((await get('Client/12')).body).toMatchObject({ name: 'Contoso Group', ref: 'C-12' });
    expect(body).not.toHaveProperty('_dont_fire_automations');
  });

  it('make another row where the id is lost', async () => {
    const { post, get } = await signIn(seed());
    await post('Client', [{ name: 'Contoso Ltd' }]);
    expect((await get('Client')).body.record_count).toBe(2);
  });

  it('merge custom fields by id and by name', async () => {
    const fake = createFakeHalo({
      clients: [
        {
          id: 12,
          name: 'Contoso Ltd',
          customfields: [
            { id: 151, value: 'a' },
            { id: 152, value: 'b' },
          ],
        },
      ],
      customFields: [
        { id: 151, name: 'CFOne' },
        { id: 152, name: 'CFTwo' },
      ],
    });
    const { post } = await signIn(fake);
    const { body } = await post('Client', [{ id: 12, customfields: [{ id: 152, value: 'c' }] }]);
    expect(body.customfields.map(({ value }: { value: unknown }) => value)).toEqual(['a', 'c']);
    const named = await post('Client', [{ name: 'New', customfields: [{ name: 'CFTwo', value: 'd' }] }]);
    expect(named.body.customfields[1]).toMatchObject({ id: 152, name: 'CFTwo', value: 'd' });
  });

  it('answer a row of several elements with an array', async () => {
    const { post } = await signIn(seed());
    const { body } = await post('Team', [{ name: 'Second' }, { name: 'Third' }]);
    expect(body).toMatchObject([{ id: 2 }, { id: 3 }]);
  });

  it.each([
    ['array', (body: unknown) => expect(body).toMatchObject([{ id: 2 }])],
    ['envelope', (body: unknown) => expect(body).toMatchObject({ record_count: 1, teams: [{ id: 2 }] })],
    ['empty', (body: unknown) => expect(body).toBeUndefined()],
  ] as const)('answer in the shape %s where Halo does', async (writeAnswer, check) => {
    const fake = seed();
    Object.assign(fake.quirks, { writeAnswer, writeStatus: 200 });
    const { post } = await signIn(fake);
    const { status, body } = await post('Team', [{ name: 'Second' }]);
    expect(status).toBe(200);
    check(body);
    expect(fake.tables.teams.size).toBe(2);
  });

  it.each([
    ['Client', {}, 'Name must be entered'],
    ['Client', { name: '' }, 'Name must be entered'],
    ['Site', {}, 'Name must be entered'],
    ['Site', { name: 'Branch' }, 'A Customer must be selected'],
    ['Users', { name: 'Ava' }, 'A Site must be selected'],
    ['Agent', { name: 'Jane' }, 'Email Address must be entered'],
    ['Team', {}, 'Name must be entered'],
  ])('name one missing field of a new %s at a time (%j)', async (path, row, message) => {
    const { post } = await signIn(seed());
    const { status, body } = await post(path, [row]);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      ClassName: 'System.Exception',
      Message: message,
      Data: null,
      HResult: -2146233088,
    });
  });

  it('refuse a bare object', async () => {
    const fake = seed();
    const { post } = await signIn(fake);
    const { status, body } = await post('Client', { name: 'Fabrikam' });
    expect([status, Object.keys(body)]).toEqual([400, ['']]);
    expect(fake.tables.clients.size).toBe(1);
  });

  it.each([
    ['[{"id":12.0,"name":"X"}]', '[0].id', '12.0'],
    ['[{"name":"X"},{"name":"Y","toplevel_id":1.5}]', '[1].toplevel_id', '1.5'],
    ['[{"id":"twelve","name":"X"}]', '[0].id', 'twelve'],
  ])('refuse a number that is no integer in %s', async (body, path, source) => {
    const fake = seed();
    const { post } = await signIn(fake);
    const answer = await post('Client', body);
    expect(answer.status).toBe(400);
    expect(answer.body[path]?.[0]).toContain(
      `Could not convert string to integer: ${source}. Path '${path}'`,
    );
    expect(fake.tables.clients.get(12)?.name).toBe('Contoso Ltd');
  });

  it.each(['', 'not json', '[1]', '[null]'])('refuse the body "%s"', async (body) => {
    const { post } = await signIn(seed());
    expect((await post('Client', body)).status).toBe(400);
  });

  it('refuse a body that does not say it is JSON', async () => {
    const { call, token } = await signIn(seed());
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/plain' };
    expect((await call('Client', { method: 'POST', headers, body: '[{"name":"X"}]' })).status).toBe(415);
  });

  it('answer an update of a missing row with 404, and of a hidden one with 403', async () => {
    const fake = seed();
    const { post } = await signIn(fake);
    expect((await post('Client', [{ id: 99, name: 'X' }])).status).toBe(404);
    fake.quirks.restrictedToClients = [];
    expect((await post('Client', [{ id: 12, name: 'X' }])).status).toBe(403);
  });

  it('delete a row, answer with it, and know it no more', async () => {
    const fake = seed();
    const { remove, get, post } = await signIn(fake);
    expect(await remove('Client/12')).toMatchObject({ status: 200, body: { id: 12, name: 'Contoso Ltd' } });
    expect((await get('Client/12')).status).toBe(404);
    expect((await remove('Client/12')).status).toBe(404);
    expect(fake.tables.sites.size).toBe(0);
    expect((await post('Client', [{ name: 'Next' }])).body.id).toBe(13);
  });

  it('delete with a customer what belongs to it', async () => {
    const fake = createFakeHalo({
      clients: [
        { id: 12, name: 'Contoso Ltd' },
        { id: 13, name: 'Fabrikam' },
      ],
      users: [
        { name: 'Ava Chen', site_id: 1 },
        { name: 'Bo Lund', site_id: 2 },
      ],
      azureTenants: [{ client_id: 12, azure_tenant_id: '8a7f1c0e-0000-4000-8000-000000000012' }],
    });
    const { remove } = await signIn(fake);
    await remove('Client/12');
    expect(fake.tables.sites.all()).toMatchObject([{ client_id: 13 }]);
    expect(fake.tables.users.all()).toMatchObject([{ name: 'Bo Lund' }]);
    expect(fake.tables.azureTenants.size).toBe(0);
  });

  it('keep what else is known of a custom field when its value changes', async () => {
    const fake = createFakeHalo({
      clients: [{ id: 12, name: 'A', customfields: [{ id: 9, name: 'CFNine', value: 1 }] }],
    });
    const { post } = await signIn(fake);
    await post('Client', [{ id: 12, customfields: [{ id: 9, value: 2 }] }]);
    expect(fake.tables.clients.get(12)?.customfields).toEqual([{ id: 9, name: 'CFNine', value: 2 }]);
  });

  it('leave a row with a hostile key as harmless as any other', async () => {
    const { post } = await signIn(seed());
    const { status, body } = await post(
      'Client',
      '[{"name":"X","__proto__":{"polluted":true},"constructor":"c"}]',
    );
    expect(status).toBe(201);
    expect(body.polluted).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
