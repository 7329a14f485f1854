import { randomBytes } from 'node:crypto'
import { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPostgresStore } from '../src/index.js'
import type { PostgresStore } from '../src/index.js'
import { connectionString, hasDatabase } from './support/find-database.js'
import { sayNotChecked } from '../../../tests/support/say-not-checked.js'

sayNotChecked(hasDatabase, 'PostgreSQL: set DATABASE_URL')

describe.runIf(hasDatabase)('removeExpired', () => {
  const schema = `bailiwick_test_${randomBytes(6).toString('hex')}`
  const pool = new Pool({ connectionString })
  const stores = [0, 1].map(() => createPostgresStore({ connectionString, schema }))
  const [first, second] = stores as [PostgresStore, PostgresStore]

  beforeAll(async () => {
    await first.migrate()
  })
  beforeEach(async () => {
    await pool.query(`TRUNCATE ${schema}.records`)
    // Every fourth lives. The order of ids is not that of times, and three expire in the same second.
    await pool.query(
      `INSERT INTO ${schema}.records (kind, id, expires_at, version, data)
       SELECT 'session', i, CASE WHEN i % 4 = 0 THEN 4102444800 ELSE 10000 - i / 3 END, 0, '{}'
       FROM generate_series(1, 4000) i`,
    )
  })
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()))
    await pool.query(`DROP SCHEMA ${schema} CASCADE`)
    await pool.end()
  })

  const count = async (): Promise<number> => {
    const { rows } = await pool.query<{ readonly count: number }>(
      `SELECT count(*)::integer FROM ${schema}.records`,
    )
    return rows[0]?.count ?? NaN
  }

  async function sweep(store: PostgresStore): Promise<number> {
    const removed = await store.removeExpired(250)
    return removed < 250 ? removed : removed + (await sweep(store))
  }

  it('removes everything that has expired and nothing else, batch by batch', async () => {
    expect(await sweep(first)).toBe(3000)
    expect(await count()).toBe(1000)
  })

  it('counts each once when two do it', async () => {
    let sum = 0
    while ((await count()) > 1000) {
      const counts = await Promise.all([sweep(first), sweep(second)])
      sum += counts[0] + counts[1]
    }
    expect(sum).toBe(3000)
  })

  it('comes back to what was in use, and to what expired before the last', async () => {
    const client = await pool.connect()
    await client.query('BEGIN')
    await client.query(`SELECT 1 FROM ${schema}.records WHERE id IN ('3999', '1') FOR UPDATE`)
    expect(await sweep(first)).toBe(2998)
    await client.query('COMMIT')
    client.release()
    expect(await sweep(first)).toBe(2)
  })

  it('leaves the work to the one that does it', async () => {
    const client = await pool.connect()
    // Whoever deletes has to wait for this lock, which is that of the test.
    await client.query('SELECT pg_advisory_lock(990017)')
    await client.query(
      `CREATE FUNCTION ${schema}.wait() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN PERFORM pg_advisory_xact_lock_shared(990017); RETURN OLD; END $$`,
    )
    await client.query(
      `CREATE TRIGGER wait BEFORE DELETE ON ${schema}.records
       FOR EACH ROW EXECUTE FUNCTION ${schema}.wait()`,
    )
    const slow = first.removeExpired(100)
    const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 990017 AND NOT granted`
    while ((await client.query(waiting)).rowCount === 0);
    expect(await second.removeExpired(100)).toBe(0)
    await client.query('SELECT pg_advisory_unlock(990017)')
    await client.query(`DROP TRIGGER wait ON ${schema}.records`)
    client.release()
    expect(await slow).toBe(100)
    expect(await second.removeExpired(100)).toBe(100)
  })
})
