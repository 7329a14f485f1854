import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hasDatabase } from '../../../store-postgres/test/support/find-database.js'
import { configuration } from '../support/configuration.js'
import { configurationFile, temporaryFile } from '../support/files.js'
import { runInProcess } from '../support/run-in-process.js'
import { temporaryDatabase } from '../../../store-postgres/test/support/temporary-database.js'
import { sayNotChecked } from '../../../../tests/support/say-not-checked.js'

const stepsOf = (store: string): readonly string[] =>
  readdirSync(new URL(`../../../${store}/migrations/`, import.meta.url)).toSorted()

const migrate = (store: string) => runInProcess('migrate', '--store', store)

async function serve(...args: readonly string[]): ReturnType<typeof runInProcess> {
  const config = await configurationFile(configuration)
  return runInProcess('serve', '--config', config, '--port', '0', ...args)
}

describe('bailiwick migrate', () => {
  it('makes the tables of a file, and says which steps it took', async () => {
    const file = join(dirname(await temporaryFile('a', '')), 'store.db')
    expect(await migrate(file)).toEqual({
      exitCode: 0,
      stdout: `${stepsOf('store-sqlite').join('\n')}\n`,
      stderr: '',
    })
    expect(await migrate(file)).toEqual({
      exitCode: 0,
      stdout: 'everything is up to date\n',
      stderr: '',
    })
    expect(await serve('--store', file)).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it.each([
    ['memory', '--store memory has no tables\n'],
    [
      'mysql://u:s3cr3t@127.0.0.1/x',
      '--store takes memory, a file, or a postgres:// or redis:// URL, not mysql: URLs\n',
    ],
    [
      'postgres://u:s3cr3t@127.0.0.1:1/x',
      /^cannot migrate the store postgres:\/\/u:\*{3}@127\.0\.0\.1:1\/x: .*ECONNREFUSED/,
    ],
    [
      'postgres://u:s3cr3t@localhost:1/x',
      /^cannot migrate the store postgres:\/\/u:\*{3}@localhost:1\/x: .*ECONNREFUSED/,
    ],
    [
      'postgresql://127.0.0.1:1/x?user=u&password=s3cr3t',
      /^cannot migrate the store postgresql:\/\/127\.0\.0\.1:1\/x: /,
    ],
    ['postgres:/u:s3cr3t@127.0.0.1:1/x', /^--store takes .*: this is none; /],
    ['file:x.db', /^--store takes .*, not file: URLs/],
    ['postgres://u:s3c/r3t@127.0.0.1:1/x', /^--store takes .*: this is none; /],
    ['postgres://u:44/s3cr3t@127.0.0.1:1/x', /^--store takes .*: this is none; /],
    ['postgres://u:44#s3cr3t@127.0.0.1:1/x', /^--store takes .*: this is none; /],
    [
      'postgres://u:s3c@r3t@127.0.0.1:1/x',
      /^cannot migrate the store postgres:\/\/u:\*{3}@127\.0\.0\.1:1\/x: /,
    ],
  ])('says what is wrong with %s', async (place, complaint) => {
    const { exitCode, stdout, stderr } = await migrate(place)
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toEqual(
      typeof complaint === 'string' ? complaint : expect.stringMatching(complaint),
    )
    expect(stderr).not.toMatch(/s3c|r3t|44/)
  })

  it('says what is wrong with a file that is no database', async () => {
    const file = await temporaryFile('no.db', 'this is no database at all, but somebody needs it')
    const { exitCode, stderr } = await migrate(file)
    expect(exitCode).toBe(1)
    expect(stderr).toBe(`cannot migrate the store ${file}: file is not a database\n`)
  })
})

sayNotChecked(hasDatabase, 'PostgreSQL: set DATABASE_URL')

describe.runIf(hasDatabase)('the tables in PostgreSQL', () => {
  const steps = stepsOf('store-postgres')

  it('are made by bailiwick migrate, which says which steps it took', async () => {
    const { url } = await temporaryDatabase()
    expect(await migrate(url)).toEqual({
      exitCode: 0,
      stdout: `${steps.join('\n')}\n`,
      stderr: '',
    })
    expect(await migrate(url)).toMatchObject({ stdout: 'everything is up to date\n' })
  })

  it.each([[], ['--migrate', 'yes']])('are made by bailiwick serve %s %s', async (...args) => {
    const { url, ask } = await temporaryDatabase()
    expect(await serve('--store', url, ...args)).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await ask('SELECT name FROM bailiwick.migrations ORDER BY name')).toEqual(
      steps.map((name) => ({ name })),
    )
  })

  it('are only looked at by bailiwick serve --migrate no', async () => {
    const { url, shown, ask } = await temporaryDatabase()
    const args = ['--store', url, '--migrate', 'no']
    expect(await serve(...args)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `the tables in ${shown} lack ${steps.join(', ')}: run bailiwick migrate --store ${shown}\n`,
    })
    expect(await ask(`SELECT 1 FROM pg_namespace WHERE nspname = 'bailiwick'`)).toEqual([])
    await migrate(url)
    expect(await serve(...args)).toMatchObject({ exitCode: 0, stderr: '' })
    await ask(`DELETE FROM bailiwick.migrations WHERE name = '${steps.at(-1)}'`)
    expect(await serve(...args)).toMatchObject({
      exitCode: 1,
      stderr: `the tables in ${shown} lack ${steps.at(-1)}: run bailiwick migrate --store ${shown}\n`,
    })
  })

  it('are left alone when they are newer', async () => {
    const { url, shown, ask } = await temporaryDatabase()
    await migrate(url)
    await ask(`INSERT INTO bailiwick.migrations (name) VALUES ('999-later.sql')`)
    const why = 'newer than this program, which does not know 999-later.sql\n'
    expect(await migrate(url)).toMatchObject({
      exitCode: 1,
      stderr: `cannot migrate the store ${shown}: the tables are ${why}`,
    })
    expect(await serve('--store', url)).toMatchObject({
      exitCode: 1,
      stderr: `cannot open the store ${shown}: the tables are ${why}`,
    })
    expect(await serve('--store', url, '--migrate', 'no')).toMatchObject({
      exitCode: 1,
      stderr: `the tables in ${shown} are ${why}`,
    })
  })
})
