import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import {
  type Agent,
  type AnyHaloError,
  type Client,
  type ClientCreate,
  type ClientUpdate,
  configFromEnv,
  createHaloClient,
  createTokenProvider,
  customerFromClient,
  type HaloClient,
  type HaloErrorCode,
  type HaloRequestSpec,
  isHaloError,
  type Listing,
  type ListingReport,
  type MappingRecord,
  type Site,
  type SiteCreate,
  suggestMappings,
  type Team,
} from '../../src/index.ts';
import { createFakeHalo } from '../../src/testing/index.ts';

declare const halo: HaloClient;
/** Type-checked and never run. */
const compiles = (_check: () => unknown) => undefined;

describe('public types, as the compiler sees them', () => {
  it('are never any', () => {
    expectTypeOf<Client>().not.toBeAny();
    expectTypeOf<Client['name']>().not.toBeAny();
    expectTypeOf<Client['some_newer_field']>().toBeUnknown();
    expectTypeOf<Agent['email']>().not.toBeAny();
    expectTypeOf<Listing<Client>>().not.toBeAny();
    expectTypeOf<AnyHaloError>().not.toBeAny();
    expectTypeOf<HaloErrorCode>().not.toBeAny();
    expectTypeOf(createHaloClient).returns.toEqualTypeOf<HaloClient>();
  });

  it('give every field but the id as possibly missing, never as null', () => {
    expectTypeOf<Client['id']>().toEqualTypeOf<number>();
    expectTypeOf<Client['name']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Client['inactive']>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<Client['autotaskid']>().toEqualTypeOf<string | number | undefined>();
    expectTypeOf<Site['client_id']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Team['department_name']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Agent['isdisabled']>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<NonNullable<Client['azure_tenants']>[number]['azure_tenant_id']>().toEqualTypeOf<
      string | undefined
    >();
    expectTypeOf({ id: 1 }).toExtend<Client>();
  });

  it('know what a write needs, and that it never holds an id', () => {
    expectTypeOf<{ name: string }>().toExtend<ClientCreate>();
    expectTypeOf<{ name: string; notes: null; newer_field: number }>().toExtend<ClientCreate>();
    expectTypeOf<{ ref: string }>().not.toExtend<ClientCreate>();
    expectTypeOf<{ id: number; name: string }>().not.toExtend<ClientCreate>();
    expectTypeOf<{ name: string }>().not.toExtend<SiteCreate>();
    expectTypeOf<{ name: string; client_id: number }>().toExtend<SiteCreate>();
    expectTypeOf<{ website: string }>().toExtend<ClientUpdate>();
    expectTypeOf<{ id: number }>().not.toExtend<ClientUpdate>();
  });

  it('give rows from loops, arrays and pages', () => {
    compiles(async () => {
      for await (const client of halo.clients.list()) expectTypeOf(client).toEqualTypeOf<Client>();
      for await (const page of halo.agents.list().pages()) expectTypeOf(page).toEqualTypeOf<Agent[]>();
      expectTypeOf(await halo.teams.list().toArray()).toEqualTypeOf<Team[]>();
      expectTypeOf(halo.sites.list().report).toEqualTypeOf<ListingReport | null>();
      expectTypeOf(await halo.agents.me()).toEqualTypeOf<Agent>();
      expectTypeOf(halo.clients.delete(1)).toEqualTypeOf<Promise<void>>();
    });
  });

  it('refuse a misspelt option', () => {
    compiles(() => {
      // @ts-expect-error: Halo would ignore it and answer with everything
      halo.clients.list({ serach: 'Contoso' });
      // @ts-expect-error: teams are not searched
      halo.teams.list({ search: 'Contoso' });
      // @ts-expect-error: agents are disabled, not inactive
      halo.agents.list({ includeInactive: true });
      // @ts-expect-error: ids are numbers
      halo.clients.get('12');
    });
  });

  it("give the schema's output from halo.request, and unknown without a schema", () => {
    compiles(async () => {
      const spec: HaloRequestSpec = { path: '/Tickets' };
      expectTypeOf(await halo.request(spec)).toBeUnknown();
      expectTypeOf(await halo.request(spec, undefined, { timeoutMs: 1 })).toBeUnknown();
      const schema = z.object({ count: z.string().transform(Number) });
      expectTypeOf(await halo.request(spec, schema)).toEqualTypeOf<{ count: number }>();
    });
  });

  it('make a customer of the mapping engine that leads back to its row', () => {
    const customer = customerFromClient({ id: 12, name: 'Contoso Ltd' });
    expectTypeOf(customer).toExtend<MappingRecord>();
    expectTypeOf(customer.client).toEqualTypeOf<Client>();
    const report = suggestMappings([{ id: 'a', name: 'Contoso', plan: 'gold' }], [customer]);
    expectTypeOf(report.suggestions[0]!.organization.plan).toEqualTypeOf<string>();
    expectTypeOf(report.suggestions[0]!.customer!.client).toEqualTypeOf<Client>();
    expect(report.suggestions[0]?.customer?.client.id).toBe(12);
  });

  it('let a switch over the code of any error be exhaustive', () => {
    const area = (error: AnyHaloError): string => {
      switch (error.name) {
        case 'HaloConfigError':
          return error.issues[0]?.field ?? '';
        case 'HaloAuthError':
          return error.oauthError ?? '';
        case 'HaloPermissionError':
        case 'HaloNotFoundError':
        case 'HaloServerError':
          return error.hint;
        case 'HaloValidationError':
          return error.issues[0]?.message ?? '';
        case 'HaloRateLimitError':
          return String(error.retryAfterMs);
        case 'HaloNetworkError':
          return error.systemCode ?? '';
        case 'HaloTimeoutError':
          return String(error.timeoutMs);
        case 'HaloRedirectError':
          return error.targetOrigin ?? '';
        case 'HaloResponseError':
          return error.issues[0]?.path ?? '';
        case 'HaloListingError':
          return error.report.cursor ?? '';
        case 'HaloWriteUncertainError':
          return error.lookup;
        case 'HaloMappingStoreError':
          return error.file ?? '';
        default:
          return error satisfies never;
      }
    };
    expectTypeOf(area).returns.toEqualTypeOf<string>();
    expect(isHaloError(new Error())).toBe(false);
  });

  it('let the client take the settings of a fake Halo as they are', () => {
    compiles(async () => {
      const fake = createFakeHalo({ clients: [{ name: 'Contoso Ltd' }] });
      createHaloClient({ ...fake.config, fetch: fake.fetch });
      const server = await fake.listen();
      createHaloClient(server.config);
      const tokenProvider = createTokenProvider({ ...fake.config, fetch: fake.fetch });
      createHaloClient({ resourceServer: fake.config.resourceServer, tokenProvider });
      createHaloClient(configFromEnv());
    });
  });

  it('refuse settings that do not belong together', () => {
    compiles(() => {
      // @ts-expect-error: a hosted Halo has a tenant
      createHaloClient({ resourceServer: 'example.halopsa.com', clientId: 'id', clientSecret: 'secret' });
      const cloud = {
        resourceServer: 'example.halopsa.com',
        clientId: 'id',
        clientSecret: 'secret',
        tenantId: 'acme',
      };
      const tokenProvider = createTokenProvider(cloud);
      // @ts-expect-error: a token provider takes the place of all credentials
      createHaloClient({ resourceServer: 'example.halopsa.com', tokenProvider, clientSecret: 'secret' });
      // @ts-expect-error: the tenant is part of signing in
      createHaloClient({ resourceServer: 'example.halopsa.com', tokenProvider, tenantId: 'acme' });
      // @ts-expect-error: two ways to sign in
      createHaloClient({ ...cloud, tokenProvider });
      // @ts-expect-error: it is what this function makes
      createTokenProvider({ ...cloud, tokenProvider });
      // @ts-expect-error: a hosted Halo is reached over https only
      createHaloClient({ ...cloud, allowInsecureHttp: true });
      // @ts-expect-error: an on-premise Halo has no tenant
      createHaloClient({ ...cloud, onPremise: true });
    });
  });

  it('keep codes literal', () => {
    expectTypeOf<string>().not.toExtend<HaloErrorCode>();
    expectTypeOf<'HALO_LISTING_INCOMPLETE'>().toExtend<HaloErrorCode>();
    compiles((error?: unknown) => {
      if (isHaloError(error) && error.code === 'HALO_WRITE_UNCERTAIN')
        expectTypeOf(error.lookup).toEqualTypeOf<string>();
    });
  });
});
