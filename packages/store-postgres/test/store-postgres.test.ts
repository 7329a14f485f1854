import { randomBytes } from 'node:crypto'
import type { NewRecord } from '@bailiwick/core'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeStore } from '../../core/test/support/describe-store.js'
import { createPostgresStore } from '../src/index.js'
import { connectionString, hasDatabase } from './support/find-database.js'
import { sayNotChecked } from '../../../tests/support/say-not-checked.js'

const record: NewRecord = {
  kind: 'session',
  id: 'a',
  subject: 'alice',
  expiresAt: 4_102_444_800,
  data: { member: 'value' },
}

sayNotChecked(hasDatabase, 'PostgreSQL: set DATABASE_URL')

describe.runIf(hasDatabase)('with a database', () => {
  const pool = new Pool({ connectionString })
  const schema = `bailiwick test ${randomBytes(6).toString('hex')}`
  const options = { connectionString, schema }

  beforeAll(async () => {
    // Two nodes that start at once.
    const stores = [createPostgresStore(options), createPostgresStore(options)]
    await Promise.all(stores.map((store) => store.migrate()))
    await Promise.all(stores.map((store) => store.close()))
  })
  afterAll(async () => {
    await pool.query(`DROP SCHEMA "${schema}" CASCADE`)
    await pool.end()
  })

  describe.each([true, false])('prepared: %s', (prepare) => {
    describeStore(`PostgreSQL, prepared: ${prepare}`, async () => {
      await pool.query(`TRUNCATE "${schema}".records`)
      const application = `cut ${randomBytes(6).toString('hex')}`
      const named = { ...options, prepare, connection: { application_name: application } }
      const first = createPostgresStore(named)
      const second = createPostgresStore(named)
      return {
        first,
        second,
        async cut() {
          await pool.query(
            'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1',
            [application],
          )
        },
        async close() {
          await first.close()
          await second.close()
        },
      }
    })
  })

  it('removes all of many, and what is of others never', async () => {
    await pool.query(`TRUNCATE "${schema}".records`)
    await pool.query(
      `INSERT INTO "${schema}".records (kind, id, client_id, expires_at, version, data)
       SELECT 'session', i, 'client-' || i % 2, 4102444800, 0, '{}' FROM generate_series(1, 5000) i`,
    )
    const store = createPostgresStore(options)
    expect(await store.removeAll({ clientId: 'client-1' })).toBe(2500)
    expect(await store.removeAll({ clientId: 'client-1' })).toBe(0)
    expect(await store.removeAll({ kind: 'session' })).toBe(2500)
    await store.close()
  })
})

it('throws when there is no database, and never says that there is no record', async () => {
  const store = createPostgresStore({ connectionString: 'postgres://postgres@127.0.0.1:1/test' })
  await expect(store.find('session', 'a')).rejects.toThrow(/ECONNREFUSED/)
  await expect(store.insert(record)).rejects.toThrow(/ECONNREFUSED/)
  await store.close()
})
