import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { decodeProtectedHeader } from 'jose'
import { describe, expect, it, onTestFinished } from 'vitest'
import { postForm } from '../support/nodes.js'
import { hasDatabase } from '../../../store-postgres/test/support/find-database.js'
import { temporaryDatabase } from '../../../store-postgres/test/support/temporary-database.js'
import { sayNotChecked } from '../../../../tests/support/say-not-checked.js'

sayNotChecked(hasDatabase, 'PostgreSQL: set DATABASE_URL')

const issuer = 'http://127.0.0.1:5001'

/** Starts one of the programs beside this test, and gives its URL. It is ended after the test. */
async function start(name: string, ...args: readonly string[]): Promise<string> {
  const child = fork(fileURLToPath(new URL(`../support/${name}.ts`, import.meta.url)), args, {
    execArgv: ['--conditions=bailiwick-source', '--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const exited = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await exited
  })
  const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer]
  return line.toString().trim()
}

const turn = (places: readonly string[], index: number): string =>
  places[index % places.length] ?? ''

describe.runIf(hasDatabase)('keys that rotate under load', { timeout: 180_000 }, () => {
  it('fail no request of ten APIs that cache them', async () => {
    const time = String(Date.now())
    const { url: database } = await temporaryDatabase()
    const nodes = await Promise.all(
      [0, 1].map(() => start('rotating-process', time, issuer, database)),
    )
    const apis = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        start('api-process', time, issuer, `${turn(nodes, index)}/.well-known/jwks.json`),
      ),
    )

    const kids = new Set<unknown>()
    const answers = new Map<string, number>()
    let calls = 0
    /** Gets a token from a node and calls an API with it: each in its turn, so that any meets any. */
    async function call(): Promise<void> {
      calls += 1
      const form = { grant_type: 'client_credentials', scope: 'read' }
      const api = turn(apis, calls)
      const { status, body } = await postForm(`${turn(nodes, calls >> 1)}/token`, form)
      const token = String(body['access_token'])
      if (status === 200) kids.add(decodeProtectedHeader(token).kid)
      const response = await fetch(api, { headers: { authorization: `Bearer ${token}` } })
      const answer = `${status} ${response.status} ${await response.text()}`
      answers.set(answer, (answers.get(answer) ?? 0) + 1)
    }

    async function callOnAndOn(): Promise<void> {
      await call()
      // One that was there, one that took over, and one that took over from that.
      if (kids.size < 3) await callOnAndOn()
    }
    await Promise.all([0, 1, 2, 3].map(callOnAndOn))
    expect([...answers.keys()]).toEqual(['200 200 '])
    expect(answers.get('200 200 ')).toBeGreaterThan(100)
  })
})
