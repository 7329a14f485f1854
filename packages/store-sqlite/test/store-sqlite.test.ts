import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { NewRecord } from '@bailiwick/core'
import Libsql from 'libsql'
import { expect, it, onTestFinished } from 'vitest'
import { describeStore } from '../../core/test/support/describe-store.js'
import { createSqliteStore, migrateSqlite } from '../src/index.js'

function temporaryFile(): { readonly file: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-'))
  return {
    file: join(folder, 'store.db'),
    remove: () => {
      rmSync(folder, { recursive: true })
    },
  }
}

describeStore('SQLite', async () => {
  const { file, remove } = temporaryFile()
  const [first, second] = [createSqliteStore({ file }), createSqliteStore({ file })]
  return {
    first,
    second,
    async close() {
      await first.close()
      await second.close()
      remove()
    },
  }
})

const record: NewRecord = {
  kind: 'session',
  id: 'a',
  subject: 'alice',
  expiresAt: 4_102_444_800,
  data: { member: 'value' },
}

it('keeps what it has when it is closed', async () => {
  const { file, remove } = temporaryFile()
  onTestFinished(remove)
  const before = createSqliteStore({ file })
  await before.insert(record)
  await before.close()
  const after = createSqliteStore({ file })
  expect(await after.find('session', 'a')).toEqual({ ...record, version: 0 })
  await after.close()
  await expect(after.find('session', 'a')).rejects.toThrow(/not open/)
})

it('makes files that only their owner can read', async () => {
  const { file, remove } = temporaryFile()
  onTestFinished(remove)
  const store = createSqliteStore({ file })
  await store.insert(record)
  for (const name of [file, `${file}-wal`]) expect(statSync(name).mode & 0o077).toBe(0)
  await store.close()
})

it('opens the file of exactly the name that is given, also where it could be a URI', async () => {
  const file = `file:${randomUUID()}.db`
  const names = [file, `${file}-wal`, `${file}-shm`]
  onTestFinished(() => {
    for (const name of names) rmSync(name, { force: true })
  })
  const store = createSqliteStore({ file })
  await store.insert(record)
  for (const name of names) expect(statSync(name).mode & 0o077).toBe(0)
  await store.close()
})

it('says so when the file is no database, and leaves it alone', () => {
  const { file, remove } = temporaryFile()
  onTestFinished(remove)
  writeFileSync(file, 'this is no database, but somebody needs it')
  expect(() => createSqliteStore({ file })).toThrow(/not a database/)
})

it('tells the steps that it took, and takes each once', () => {
  const { file, remove } = temporaryFile()
  onTestFinished(remove)
  expect(migrateSqlite({ file })).toEqual(['001-records.sql', '002-records-by-client.sql'])
  expect(migrateSqlite({ file })).toEqual([])
})

it('goes on from older tables, and keeps what is in them', async () => {
  const { file, remove } = temporaryFile()
  onTestFinished(remove)
  const older = new Libsql(file)
  older.exec(readFileSync(new URL('../migrations/001-records.sql', import.meta.url), 'utf8'))
  older.exec(`INSERT INTO records (kind, id, expires_at, version, data)
    VALUES ('session', 'a', 4102444800, 0, '1'); PRAGMA user_version = 1`)
  older.close()
  expect(migrateSqlite({ file })).toEqual(['002-records-by-client.sql'])
  const store = createSqliteStore({ file })
  expect(await store.find('session', 'a')).toMatchObject({ data: 1 })
  await store.close()
})

it('leaves newer tables alone', () => {
  const { file, remove } = temporaryFile()
  onTestFinished(remove)
  migrateSqlite({ file })
  const newer = new Libsql(file)
  newer.exec('PRAGMA user_version = 99')
  newer.close()
  const reason = 'the tables are newer than this program: it knows 2 steps, they took 99'
  expect(() => migrateSqlite({ file })).toThrow(reason)
  expect(() => createSqliteStore({ file })).toThrow(reason)
})

it('has one winner when four processes take 200 records at once', async () => {
  const { file, remove } = temporaryFile()
  onTestFinished(remove)
  const store = createSqliteStore({ file })
  for (let index = 0; index < 200; index += 1) await store.insert({ ...record, id: `id-${index}` })
  const program = fileURLToPath(new URL('support/take-all.ts', import.meta.url))
  const counts = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const child = spawn(
        process.execPath,
        ['--import', import.meta.resolve('tsx'), '--conditions=bailiwick-source', program, file],
        {
          cwd: fileURLToPath(new URL('..', import.meta.url)),
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      )
      let output = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
      await once(child, 'close')
      return Number(output)
    }),
  )
  expect(counts.reduce((sum, count) => sum + count)).toBe(200)
  expect(await store.list({ kind: 'session' }, { limit: 1 })).toEqual({ records: [] })
  await store.close()
})
