import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { customerFromClient } from '../src/customer-from-client.ts';
import { type Client, clientSchema } from '../src/resources/clients.ts';

const detail = clientSchema.parse(
  JSON.parse(readFileSync(new URL('./fixtures/halo/client-detail.json', import.meta.url), 'utf8')),
);

describe('customerFromClient', () => {
  it('reads everything that a detail row tells about a customer', () => {
    expect(customerFromClient(detail)).toEqual({
      id: 12,
      name: 'Contoso Ltd',
      aliases: ['Contoso'],
      domains: [
        'https://www.contoso.com',
        'ava@contoso.com',
        'accounts@contoso.com',
        'contoso.onmicrosoft.com',
      ],
      phones: ['020 7946 0000', '020 7946 0001'],
      postalCodes: [],
      identifiers: {
        ref: ['C-0012'],
        tax_number: ['GB123456789'],
        azure_tenant_id: ['8a7f1c0e-0000-4000-8000-000000000012'],
      },
      inactive: false,
      client: detail,
    });
  });

  it('gives an empty name, which the engine reports, where Halo sent none', () => {
    expect(customerFromClient({ id: 7 })).toMatchObject({
      id: 7,
      name: '',
      aliases: [],
      domains: [],
      identifiers: {},
    });
  });

  it("adds domains, phones, postcodes and tenants of the customer's own sites only", () => {
    const sites = [
      {
        id: 1,
        client_id: 12,
        emaildomain: 'contoso.co.uk',
        phonenumber: '0117 496 0000',
        delivery_address_line5: 'BS1 1AA',
      },
      { id: 2, client_id: 12, delivery_address: { postcode: 'BS1 1AB' }, azuretenantid: 'tenant-2' },
      { id: 3, client_id: 13, emaildomain: 'fabrikam.com', phonenumber: '1', delivery_address_line5: 'X' },
    ];
    const customer = customerFromClient({ id: 12, name: 'Contoso' }, { sites });
    expect(customer).toMatchObject({
      domains: ['contoso.co.uk'],
      phones: ['0117 496 0000'],
      postalCodes: ['BS1 1AA', 'BS1 1AB'],
      identifiers: { azure_tenant_id: ['tenant-2'] },
    });
  });

  it("adds the customer's own Microsoft tenants only, each once", () => {
    const own = {
      id: 1,
      client_id: 12,
      azure_tenant_id: 't-1',
      azure_tenant_domain: 'contoso.com',
      azure_tenant_name: 'Contoso',
    };
    const foreign = { ...own, id: 2, client_id: 13, azure_tenant_id: 't-2' };
    const client: Client = { id: 12, azure_tenants: [own], azure_tenant_id: 't-1' };
    expect(customerFromClient(client, { azureTenants: [own, foreign] })).toMatchObject({
      aliases: ['Contoso'],
      domains: ['contoso.com'],
      identifiers: { azure_tenant_id: ['t-1'] },
    });
  });

  it.each([[0], [-1], [-2], ['0'], ['-1'], [''], [' '], ['0.0'], ['00000000-0000-0000-0000-000000000000']])(
    'takes %j for no id',
    (none) => {
      const client = clientSchema.parse({
        id: 12,
        itglue_id: none,
        ninjarmmid: none,
        azure_tenant_id: String(none),
      });
      expect(customerFromClient(client).identifiers).toEqual({});
    },
  );

  it.each([[12], ['C-0'], ['12'], ['0012'], ['a-1']])('keeps %j as an id', (id) => {
    expect(customerFromClient({ id: 12, datto_id: id }).identifiers).toEqual({ datto_id: [id] });
  });

  it('tells inactive customers and leaves its input as it was', () => {
    const client = Object.freeze({ id: 12, inactive: true });
    const customer = customerFromClient(client);
    expect(customer.inactive).toBe(true);
    expect(customer.client).toBe(client);
  });
});
