import { randomBytes } from 'node:crypto'
import { env, emitWarning } from 'node:process'
import type { NewRecord } from '@bailiwick/core'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeStore } from '../../core/test/support/describe-store.js'
import { createPostgresStore } from '../src/index.js'

const connectionString = env['DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test'

async function isThere(): Promise<boolean> {
  const pool = new Pool({ connectionString, connectionTimeoutMillis: 2000 })
  try {
    await pool.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await pool.end()
  }
}

const hasDatabase = await isThere()
if (!hasDatabase) {
  emitWarning('NO POSTGRESQL FOUND: the store is not tested. Set DATABASE_URL to test it.')
}

const record: NewRecord = {
  kind: 'session',
  id: 'a',
  subject: 'alice',
  expiresAt: 4_102_444_800,
  data: { member: 'value' },
}

it.each(hasDatabase ? [] : [connectionString])('NOT CHECKED: there is no PostgreSQL', () => {
  expect(hasDatabase).toBe(false)
})

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
      const first = createPostgresStore({ ...options, prepare })
      const second = createPostgresStore({ ...options, prepare })
      return {
        first,
        second,
        async close() {
          await first.close()
          await second.close()
        },
      }
    })
  })

  it('takes each step of the tables once', async () => {
    const store = createPostgresStore(options)
    await store.migrate()
    const { rows } = await pool.query(`SELECT name FROM "${schema}".migrations`)
    expect(rows).toEqual([{ name: '001-records.sql' }, { name: '002-faster-refreshes.sql' }])
    await store.close()
  })

  it('fails, and works again, when its connections are lost in the middle', async () => {
    const application = `lost ${randomBytes(6).toString('hex')}`
    const store = createPostgresStore({ ...options, connection: { application_name: application } })
    await pool.query(`TRUNCATE "${schema}".records`)
    await store.insert(record)
    const lost = pool.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1',
      [application],
    )
    // Whatever is under way fails or is answered; nothing hangs, and nothing is answered wrongly.
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => store.find('session', 'a')),
    )
    await lost
    for (const answer of answers) {
      if (answer.status === 'fulfilled') expect(answer.value).toEqual({ ...record, version: 0 })
    }
    expect(await store.find('session', 'a').catch(() => store.find('session', 'a'))).toEqual({
      ...record,
      version: 0,
    })
    await store.close()
  })
})

it('throws when there is no database, and never says that there is no record', async () => {
  const store = createPostgresStore({ connectionString: 'postgres://postgres@127.0.0.1:1/test' })
  await expect(store.find('session', 'a')).rejects.toThrow(/ECONNREFUSED/)
  await expect(store.insert(record)).rejects.toThrow(/ECONNREFUSED/)
  await store.close()
})
