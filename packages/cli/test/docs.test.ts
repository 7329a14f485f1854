import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hasDatabase } from '../../store-postgres/test/support/find-database.js'
import { temporaryDatabase } from '../../store-postgres/test/support/temporary-database.js'
import { runInProcess } from './support/run-in-process.js'
import { sayNotChecked } from '../../../tests/support/say-not-checked.js'

const text = readFileSync(new URL('../../../docs/guides/stores.md', import.meta.url), 'utf8')

const place = 'postgres://bailiwick:secret@db.example.com/identity'

/** What somebody types, and what comes of it. */
const session = (/```console\n(.*?)```/s.exec(text)?.[1] ?? '')
  .split(/^\$ bailiwick /m)
  .slice(1)
  .map((part) => {
    const [command = '', ...output] = part.split('\n')
    return { args: command.split(' '), stdout: output.join('\n') }
  })

sayNotChecked(hasDatabase, 'PostgreSQL: set DATABASE_URL')

describe.runIf(hasDatabase)('docs/guides/stores.md', () => {
  it('shows what bailiwick migrate says', async () => {
    const { url } = await temporaryDatabase()
    expect(session).toHaveLength(2)
    for (const { args, stdout } of session) {
      expect(args).toContain(place)
      const outcome = await runInProcess(...args.map((arg) => (arg === place ? url : arg)))
      expect(outcome).toEqual({ exitCode: 0, stdout, stderr: '' })
    }
  })
})
