import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPostgresStore, MAPPING_TABLE } from '../../examples/08-postgres-store.ts';
import { testMappingStore } from '../../src/testing/mapping-store-contract.ts';
import type { MappingStore } from '../../src/workflow/types.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { documentOf } from './explore.ts';

const programs = findPostgres();
const why =
  programs === null ? ' (skipped: no server in /usr/lib/postgresql; apt-get install postgresql)' : '';

describe.skipIf(programs === null)(`the PostgreSQL store of the examples, on a real server${why}`, () => {
  let server: PostgresServer;
  let pool: pg.Pool;
  beforeAll(async () => {
    server = await startPostgres(programs ?? '');
    pool = new pg.Pool({ ...server.connection, max: 8 });
    await pool.query(MAPPING_TABLE);
  }, 90_000);
  afterAll(async () => {
    await pool?.end();
    await server?.stop();
  }, 30_000);

  const instances = new WeakMap<MappingStore, string>();
  const open = (instanceId: string) => {
    const store = createPostgresStore(pool, instanceId);
    instances.set(store, instanceId);
    return store;
  };

  testMappingStore(
    async () => {
      await pool.query('TRUNCATE halo_mapping');
      return open('contract-test.example');
    },
    { describe, it },
    { title: 'keeps the promises of a mapping store', reopen: (store) => open(instances.get(store) ?? '') },
  );

  it('keeps the documents of several Halo instances apart', async () => {
    const [uk, us] = [open('uk'), open('us')];
    await uk.save({ ...documentOf(['a']), instanceId: 'uk' }, null);
    expect(await us.load()).toBeNull();
    await expect(us.save({ ...documentOf(['a']), instanceId: 'uk' }, null)).rejects.toMatchObject({
      code: 'HALO_MAPPING_STORE_OTHER_INSTANCE',
    });
  });
});
