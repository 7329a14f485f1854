import { randomBytes } from 'node:crypto'
import type { NewRecord } from '@bailiwick/core'
import { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createPostgresStore } from '../src/index.js'
import type { PostgresStore } from '../src/index.js'
import { connectionString, hasDatabase } from './support/find-database.js'
import { hasPostgresBinaries, startPrivatePostgres } from './support/private-postgres.js'
import { startProxy } from './support/proxy.js'
import type { Proxy } from './support/proxy.js'
import { sayNotChecked } from '../../../tests/support/say-not-checked.js'

const record: NewRecord = {
  kind: 'session',
  id: 'a',
  subject: 'alice',
  expiresAt: 4_102_444_800,
  data: 'before',
}

sayNotChecked(hasDatabase, 'PostgreSQL: set DATABASE_URL')

describe.runIf(hasDatabase)('when the network fails', () => {
  const schema = `bailiwick test ${randomBytes(6).toString('hex')}`
  const pool = new Pool({ connectionString })
  const timeout = 0.3

  beforeAll(async () => {
    const store = createPostgresStore({ connectionString, schema })
    await store.migrate()
    await store.close()
  })
  afterAll(async () => {
    await pool.query(`DROP SCHEMA "${schema}" CASCADE`)
    await pool.end()
  })

  /** A store behind a proxy, with one record and one open connection. */
  async function connect(): Promise<{ readonly store: PostgresStore; readonly proxy: Proxy }> {
    const url = new URL(connectionString)
    const proxy = await startProxy(Number(url.port === '' ? 5432 : url.port), url.hostname)
    url.host = `127.0.0.1:${proxy.port}`
    const store = createPostgresStore({ connectionString: url.href, schema, timeout })
    onTestFinished(async () => {
      proxy.resume()
      await store.close()
      await proxy.close()
    })
    await pool.query(`TRUNCATE "${schema}".records`)
    await store.insert(record)
    return { store, proxy }
  }

  it('gives up a connection that hangs, and never uses it again', async () => {
    const { store, proxy } = await connect()
    expect(proxy.connections()).toBe(1)
    proxy.hang()
    await expect(store.find('session', 'a')).rejects.toThrow(/timeout/)
    proxy.resume()
    expect(await store.find('session', 'a')).toEqual({ ...record, version: 0 })
    expect(proxy.connections()).toBe(2)
  })

  it('gives up new connections that hang', async () => {
    const { store, proxy } = await connect()
    proxy.hang()
    const answers = await Promise.allSettled(
      Array.from({ length: 40 }, () => store.find('session', 'a')),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['rejected']))
    await expect(store.insert({ ...record, id: 'b' })).rejects.toThrow(/timeout/)
    proxy.resume()
    expect(await store.find('session', 'a')).toEqual({ ...record, version: 0 })
  })

  it('goes on when its connections are cut', async () => {
    const { store, proxy } = await connect()
    await Promise.all(Array.from({ length: 5 }, () => store.find('session', 'a')))
    proxy.cut()
    await vi.waitFor(() => store.find('session', 'a'), { timeout: 20_000 })
    expect(await store.find('session', 'a')).toEqual({ ...record, version: 0 })
  })

  it('does not say that a replace failed or worked when its answer was lost', async () => {
    const { store, proxy } = await connect()
    const replace = () => store.replace({ ...record, data: 'after', version: 0 })
    proxy.loseAnswer()
    await expect(replace()).rejects.toThrow(/terminated/)
    expect(await store.find('session', 'a')).toEqual({ ...record, data: 'after', version: 1 })
    expect(await replace()).toBe(false)
    expect(await store.find('session', 'a')).toEqual({ ...record, data: 'after', version: 1 })
  })

  it.each<[name: string, ask: (store: PostgresStore) => Promise<unknown>, left: readonly string[]]>(
    [
      ['insert', (store) => store.insert({ ...record, id: 'b' }), ['a', 'b']],
      ['take', (store) => store.take('session', 'a'), []],
      ['removeAll', (store) => store.removeAll({ subject: 'alice' }), []],
    ],
  )('throws when the answer to %s was lost', async (_, ask, left) => {
    const { store, proxy } = await connect()
    proxy.loseAnswer()
    await expect(ask(store)).rejects.toThrow(/terminated/)
    const { records } = await store.list({ kind: 'session' }, { limit: 10 })
    expect(records.map(({ id }) => id)).toEqual(left)
  })
})

sayNotChecked(hasPostgresBinaries, 'initdb and pg_ctl, of a PostgreSQL that can be stopped')

describe.runIf(hasPostgresBinaries)('when the database goes away', () => {
  it.each(['fast', 'immediate'] as const)('works again when it is back (%s)', async (mode) => {
    const postgres = await startPrivatePostgres()
    onTestFinished(postgres.destroy)
    const store = createPostgresStore({ connectionString: postgres.connectionString })
    onTestFinished(store.close)
    await store.migrate()
    await store.insert(record)
    // Several connections are open.
    await Promise.all(Array.from({ length: 5 }, () => store.find('session', 'a')))
    await postgres.stop(mode)
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await expect(store.find('session', 'a')).rejects.toThrow(
        /ECONNREFUSED|terminat|not queryable/,
      )
    }
    await postgres.start()
    const found = await vi.waitFor(() => store.find('session', 'a'), { timeout: 5000 })
    expect(found).toEqual({ ...record, version: 0 })
    expect(await store.replace({ ...record, version: 0 })).toBe(true)
  })
})
