import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isHaloError } from '../../src/errors.ts';
import { createHaloClientWith, type HaloClientConfig } from '../../src/halo-client.ts';
import { createFakeHalo, type FakeHalo, type FakeHaloOptions } from '../../src/testing/index.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

interface Missed {
  /** Words of the row's first cell. */
  readonly row: string;
  readonly options?: FakeHaloOptions;
  readonly settings?: Partial<HaloClientConfig>;
  readonly prepare?: (fake: FakeHalo) => void;
}

const teamless = { teamlessAgent: true, teams: [{ name: 'Support' }] };
const MISSED: Missed[] = [
  { row: 'secret copied wrongly', settings: { clientSecret: 'wrong' } },
  { row: 'client id copied before', settings: { clientId: 'wrong' } },
  {
    row: 'another method',
    prepare: (fake) =>
      fake.enqueueFault({ path: '/token', status: 400, body: { error: 'unauthorized_client' }, times: 99 }),
  },
  { row: 'tenant wrong', settings: { tenantId: 'nobody' } },
  { row: 'authorisation server wrong', settings: { authServer: 'https://acme.halopsa.example/elsewhere' } },
  { row: 'scope not ticked', options: { grantedScopes: ['read:customers'] } },
  { row: 'settings of HaloITSM', options: { wrongProduct: true } },
  { row: 'role without Customers', options: { denied: { Client: 403 } } },
  { row: '*Allow use of all Customers* off', options: { restrictedToClients: [11] } },
  { row: 'no default team', options: teamless },
];

const page = readFileSync(new URL('../../docs/halo-account.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
  (match) => match.slice(1, 4) as string[],
);

describe('the table of missed steps', () => {
  it.each(MISSED)('says what Halo does: $row', async ({ row, options, settings, prepare }) => {
    const [, symptom = '', stage = ''] = rows.find(([missed]) => missed?.includes(row)) ?? [];
    const fake = createFakeHalo({
      clients: [
        { id: 11, name: 'Contoso' },
        { id: 12, name: 'Fabrikam' },
      ],
      ...options,
    });
    prepare?.(fake);
    const config = { ...fake.config, fetch: fake.fetch, ...settings } as HaloClientConfig;
    // Pauses between attempts are skipped.
    const halo = createHaloClientWith(config, createVirtualClock({ skipDelaysUpToMs: 9000 }));

    const { stages } = await halo.verify();
    const troubled = stages.filter(({ status }) => status === 'failed' || status === 'warning');
    expect(troubled.length).toBeGreaterThan(0);
    expect(troubled.some(({ title }) => stage.includes(title))).toBe(true);

    const error: unknown = await halo.clients
      .list()
      .toArray()
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    if (symptom.startsWith('no error')) expect(error).toBeUndefined();
    else expect(isHaloError(error) && symptom.includes(`\`${error.code}\``)).toBe(true);
  });
});
