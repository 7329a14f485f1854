import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { Pool } from 'pg'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { createPostgresStore, migratePostgres } from '../src/index.js'
import { connectionString, hasDatabase } from './support/find-database.js'
import { hasPostgresBinaries, startPrivatePostgres } from './support/private-postgres.js'
import { sayNotChecked } from '../../../tests/support/say-not-checked.js'

const folder = new URL('../migrations/', import.meta.url)
const steps = readdirSync(folder).toSorted()

sayNotChecked(hasDatabase, 'PostgreSQL: set DATABASE_URL')

describe.runIf(hasDatabase)('migrating', () => {
  const pool = new Pool({ connectionString })
  afterAll(() => pool.end())

  /** A store whose schema is not there yet. */
  function create() {
    const schema = `bailiwick test " ${randomBytes(6).toString('hex')}`
    const quoted = `"${schema.replaceAll('"', '""')}"`
    const store = createPostgresStore({ connectionString, schema })
    onTestFinished(async () => {
      await store.close()
      await pool.query(`DROP SCHEMA IF EXISTS ${quoted} CASCADE`)
    })
    return { store, schema, quoted }
  }

  it('tells the steps that it took, and takes each once', async () => {
    const { store } = create()
    expect(await store.readTableState()).toEqual({ missing: steps, unknown: [] })
    expect(await store.migrate()).toEqual(steps)
    expect(await store.readTableState()).toEqual({ missing: [], unknown: [] })
    expect(await store.migrate()).toEqual([])
  })

  it('changes nothing when it looks', async () => {
    const { store, schema } = create()
    await store.readTableState()
    const { rowCount } = await pool.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema])
    expect(rowCount).toBe(0)
  })

  it('goes on from older tables, and keeps what is in them', async () => {
    const { store, quoted } = create()
    const first = readFileSync(new URL(steps[0] ?? '', folder), 'utf8')
    await pool.query(`CREATE SCHEMA ${quoted}; SET search_path TO ${quoted}; ${first};
      CREATE TABLE migrations (name text PRIMARY KEY, taken_at timestamptz NOT NULL DEFAULT now());
      INSERT INTO migrations (name) VALUES ('${steps[0]}');
      INSERT INTO records (kind, id, expires_at, version, data) VALUES ('session', 'a', 4102444800, 0, '1');
      RESET search_path`)
    expect(await store.readTableState()).toEqual({ missing: steps.slice(1), unknown: [] })
    expect(await store.migrate()).toEqual(steps.slice(1))
    expect(await store.find('session', 'a')).toMatchObject({ data: 1 })
  })

  it('leaves newer tables alone', async () => {
    const { store, quoted } = create()
    await store.migrate()
    await pool.query(`INSERT INTO ${quoted}.migrations (name) VALUES ('999-later.sql')`)
    expect(await store.readTableState()).toEqual({ missing: [], unknown: ['999-later.sql'] })
    await expect(store.migrate()).rejects.toThrow(
      'the tables are newer than this program, which does not know 999-later.sql',
    )
  })

  it('takes each step once when several do it at once', async () => {
    const { store, schema, quoted } = create()
    const others = Array.from({ length: 3 }, () => migratePostgres({ pool, schema }))
    const taken = await Promise.all([store.migrate(), ...others])
    expect(taken.flat().toSorted()).toEqual(steps)
    const { rows } = await pool.query(`SELECT name FROM ${quoted}.migrations ORDER BY name`)
    expect(rows).toEqual(steps.map((name) => ({ name })))
  })

  it('needs no more than to read when there is nothing to do', async () => {
    const { store, quoted, schema } = create()
    await store.migrate()
    const role = `bailiwick_test_${randomBytes(6).toString('hex')}`
    await pool.query(`CREATE ROLE ${role}; GRANT USAGE ON SCHEMA ${quoted} TO ${role};
      GRANT SELECT ON ALL TABLES IN SCHEMA ${quoted} TO ${role}`)
    onTestFinished(async () => {
      await pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
    })
    const reader = new Pool({ connectionString, options: `-c role=${role}` })
    onTestFinished(() => reader.end())
    expect(await migratePostgres({ pool: reader, schema })).toEqual([])
    await expect(migratePostgres({ pool: reader, schema: `${schema} 2` })).rejects.toThrow(
      'permission denied',
    )
  })

  it('leaves tables that need no more rights than to read and write records', async () => {
    const { store, quoted, schema } = create()
    await store.migrate()
    const role = `bailiwick_test_${randomBytes(6).toString('hex')}`
    await pool.query(`CREATE ROLE ${role}; GRANT USAGE ON SCHEMA ${quoted} TO ${role};
      GRANT SELECT ON ${quoted}.migrations TO ${role};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ${quoted}.records TO ${role}`)
    const connection = { options: `-c role=${role}` }
    const writer = createPostgresStore({ connectionString, connection, schema })
    onTestFinished(async () => {
      await writer.close()
      await pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
    })
    const record = { kind: 'session', id: 'a', expiresAt: 4_102_444_800, data: 1 } as const
    expect(await writer.readTableState()).toEqual({ missing: [], unknown: [] })
    expect(await writer.insert(record)).toBe(true)
    expect(await writer.replace({ ...record, version: 0 })).toBe(true)
    expect(await writer.removeAll({ kind: 'session' })).toBe(1)
    await pool.query(`INSERT INTO ${quoted}.records (kind, id, expires_at, version, data)
      VALUES ('session', 'b', 1, 0, '1')`)
    expect(await writer.removeExpired(10)).toBe(1)
  })

  it('undoes everything when a step fails', async () => {
    const { store, schema, quoted } = create()
    await pool.query(`CREATE SCHEMA ${quoted}; CREATE VIEW ${quoted}.records AS SELECT 1 AS one`)
    await expect(store.migrate()).rejects.toThrow('column "subject" does not exist')
    const { rows } = await pool.query(
      'SELECT relname FROM pg_class WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1)',
      [schema],
    )
    expect(rows).toEqual([{ relname: 'records' }])
  })
})

sayNotChecked(hasPostgresBinaries, 'initdb and pg_ctl, of a PostgreSQL that can be stopped')

describe.runIf(hasPostgresBinaries)('a database without advisory locks', () => {
  const functions = ['pg_advisory_xact_lock', 'pg_try_advisory_xact_lock']
  const statements = {
    'has no such functions': functions.map(
      (name) => `ALTER FUNCTION ${name}(bigint) RENAME TO gone_${name}`,
    ),
    'has functions that do nothing': [
      ...functions.map((name) => `ALTER FUNCTION ${name}(bigint) RENAME TO gone_${name}`),
      `CREATE FUNCTION pg_catalog.pg_advisory_xact_lock(bigint) RETURNS void LANGUAGE sql AS ''`,
      `CREATE FUNCTION pg_catalog.pg_try_advisory_xact_lock(bigint) RETURNS boolean LANGUAGE sql AS 'SELECT true'`,
    ],
  } as const

  it.each(Object.entries(statements))('%s', async (_, changes) => {
    const postgres = await startPrivatePostgres()
    onTestFinished(postgres.destroy)
    const { connectionString: place } = postgres
    const pool = new Pool({ connectionString: place, options: '-c allow_system_table_mods=on' })
    onTestFinished(() => pool.end())
    for (const change of changes) await pool.query(change)
    const stores = Array.from({ length: 4 }, () => createPostgresStore({ connectionString: place }))
    onTestFinished(async () => {
      await Promise.all(stores.map((store) => store.close()))
    })
    const taken = await Promise.all(stores.map((store) => store.migrate()))
    expect(taken.flat().toSorted()).toEqual(steps)
    await pool.query(
      `INSERT INTO bailiwick.records (kind, id, expires_at, version, data)
       SELECT 'session', i, 1, 0, '1' FROM generate_series(1, 1000) i`,
    )
    const removed = await Promise.all(stores.map((store) => store.removeExpired(250)))
    expect(removed.reduce((sum, count) => sum + count)).toBeGreaterThan(0)
    const { rows } = await pool.query('SELECT count(*)::integer FROM bailiwick.records')
    expect(rows).toEqual([{ count: 1000 - removed.reduce((sum, count) => sum + count) }])
  })
})
