import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { canStartRedis, startRedis } from '../../../store-redis/test/support/redis-process.js'
import { configuration } from '../support/configuration.js'
import { configurationFile, temporaryFile } from '../support/files.js'
import { runInProcess } from '../support/run-in-process.js'
import { startServer } from '../support/start-server.js'
import { createUserAgent } from '../support/user-agent.js'
import { sayNotChecked } from '../../../../tests/support/say-not-checked.js'

const people = {
  ...configuration,
  identityResources: ['openid'],
  users: [{ subject: '123', username: 'alice', password: 'alice' }],
}

/** Makes a place for state, which is gone after the test. */
type MakePlace = (config: string) => Promise<string>

const inFile: MakePlace = async (config) => join(config, '../store.db')

const inRedis: MakePlace = async () => {
  const redis = await startRedis()
  onTestFinished(redis.remove)
  return redis.url
}

sayNotChecked(canStartRedis, 'redis-server')

describe('bailiwick serve --store', { timeout: 60_000 }, () => {
  it.each<readonly [string, MakePlace]>([
    ['a file', inFile],
    ...(canStartRedis ? [['Redis', inRedis] as const] : []),
  ])('keeps in %s who is signed in, when the server is started again', async (_, makePlace) => {
    const config = await configurationFile(people)
    const place = await makePlace(config)
    const before = await startServer(config, '--store', place)
    const agent = createUserAgent(before.url)
    await agent.go(`${before.url}/grants`)
    await agent.submit({ username: 'alice', password: 'alice' })
    before.kill('SIGTERM')
    expect(await before.exited).toBe(0)

    const { port } = new URL(before.url)
    const after = await startServer(config, '--store', place, '--port', port)
    expect((await agent.go(`${after.url}/grants`)).html).not.toContain('name="password"')
  })

  it.each([
    ['a file that is no database', '', 'not a database'],
    ['a database that does not answer', 'postgres://u:p4ssword@127.0.0.1:1/x', 'ECONNREFUSED'],
    ['a Redis that does not answer', 'redis://u:p4ssword@127.0.0.1:1', 'ECONNREFUSED'],
    ['a URL that is none', 'redis://u:p4ssword/x@127.0.0.1:1', 'this is none'],
    [
      'what it does not know',
      'mysql://127.0.0.1/x',
      'takes memory, a file, or a postgres:// or redis:// URL',
    ],
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
