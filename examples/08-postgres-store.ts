/**
 * A mapping store in PostgreSQL, for platforms whose processes run on several machines.
 *
 * One row holds one document. The database itself compares the revision, in the statement that writes.
 */
import {
  checkMappingSave,
  type MappingDocument,
  type MappingStore,
  mappingConflict,
  parseMappingDocument,
} from 'halo-psa/workflow';
import type { Pool } from 'pg';

/** Belongs among the migrations of your own database. */
export const MAPPING_TABLE = `CREATE TABLE halo_mapping (
  instance_id text PRIMARY KEY, revision bigint NOT NULL, document json NOT NULL)`;
const INSERT = `INSERT INTO halo_mapping (document, instance_id, revision) VALUES ($1, $2, $3)
  ON CONFLICT (instance_id) DO NOTHING`;
const UPDATE = `UPDATE halo_mapping SET document = $1, revision = $3 WHERE instance_id = $2 AND revision = $4`;

export function createPostgresStore(pool: Pool, instanceId: string): MappingStore {
  async function load(): Promise<MappingDocument | null> {
    const sql = 'SELECT document::text AS text FROM halo_mapping WHERE instance_id = $1';
    const { rows } = await pool.query<{ text: string }>(sql, [instanceId]);
    return rows[0] === undefined ? null : parseMappingDocument(rows[0].text, { instanceId });
  }

  async function save(next: MappingDocument, expectedRevision: number | null): Promise<void> {
    const document = parseMappingDocument(checkMappingSave(next, expectedRevision), { instanceId });
    const values = [JSON.stringify(document), instanceId, document.revision];
    const { rowCount } =
      expectedRevision === null
        ? await pool.query(INSERT, values)
        : await pool.query(UPDATE, [...values, expectedRevision]);
    if (rowCount !== 1) {
      throw mappingConflict({ expectedRevision, actualRevision: (await load())?.revision ?? null });
    }
  }

  return { load, save };
}
