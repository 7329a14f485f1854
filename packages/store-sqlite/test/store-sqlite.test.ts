import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { NewRecord } from '@bailiwick/core'
import { expect, it, onTestFinished } from 'vitest'
import { describeStore } from '../../core/test/support/describe-store.js'
import { createSqliteStore } from '../src/index.js'

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

it('says so when the file is no database, and leaves it alone', () => {
  const { file, remove } = temporaryFile()
  onTestFinished(remove)
  writeFileSync(file, 'this is no database, but somebody needs it')
  expect(() => createSqliteStore({ file })).toThrow(/not a database/)
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
