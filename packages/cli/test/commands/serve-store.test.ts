import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { configuration } from '../support/configuration.js'
import { configurationFile, temporaryFile } from '../support/files.js'
import { runInProcess } from '../support/run-in-process.js'
import { startServer } from '../support/start-server.js'
import { createUserAgent } from '../support/user-agent.js'

const people = {
  ...configuration,
  identityResources: ['openid'],
  users: [{ subject: '123', username: 'alice', password: 'alice' }],
}

describe('bailiwick serve --store', { timeout: 60_000 }, () => {
  it('keeps in a file who is signed in, when the server is started again', async () => {
    const config = await configurationFile(people)
    const file = join(config, '../store.db')
    const before = await startServer(config, '--store', file)
    const agent = createUserAgent(before.url)
    await agent.go(`${before.url}/grants`)
    await agent.submit({ username: 'alice', password: 'alice' })
    before.kill('SIGTERM')
    expect(await before.exited).toBe(0)

    const { port } = new URL(before.url)
    const after = await startServer(config, '--store', file, '--port', port)
    expect((await agent.go(`${after.url}/grants`)).html).not.toContain('name="password"')
  })

  it.each([
    ['a file that is no database', '', 'not a database'],
    ['a database that does not answer', 'postgres://u:p4ssword@127.0.0.1:1/x', 'ECONNREFUSED'],
    ['what it does not know', 'mysql://127.0.0.1/x', 'takes memory, a file or a postgres:// URL'],
  ])('says what is wrong with %s', async (_, place, reason) => {
    const config = await configurationFile(people)
    const file = await temporaryFile('no.db', 'this is no database at all, but somebody needs it')
    const { exitCode, stderr } = await runInProcess(
      'serve',
      '--config',
      config,
      '--port',
      '0',
      '--store',
      place === '' ? file : place,
    )
    expect(exitCode).toBe(1)
    expect(stderr).toContain(reason)
    expect(stderr).not.toContain('p4ssword')
  })
})
